// Something that belonged to the scene is taken away while somebody is beside it. It belongs to the
// scene after it has stood there for a minute.
#include "behaviours/registry.hpp"
#include "behaviours/still_things/thing_behaviour.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace bongsu::behaviours::removed_object {
namespace {

using still_things::Change;

SettingsSchema schema() {
    std::vector<FieldSpec> fields{
        {.name = "gone_for",
         .type = FieldType::Seconds,
         .fallback = 5.0,
         .min = 2,
         .max = 50,
         .unit = "s",
         .help = "How long the thing must have been gone."}
    };
    std::ranges::move(
        still_things::size_fields("in body heights of who takes it"), std::back_inserter(fields)
    );
    return SettingsSchema(std::move(fields));
}

Result<std::unique_ptr<Behaviour>> make(const RuleContext& context) {
    const Settings& given = context.settings;
    return still_things::make_thing_behaviour(
        {.wanted = Change::Went,
         .rest = given.duration("gone_for"),
         .waits = false,
         .smallest = static_cast<float>(given.number("smallest")),
         .largest = static_cast<float>(given.number("largest"))},
        context.zones
    );
}

}  // namespace

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "removed_object",
         .help = "Somebody takes away a thing that belonged to the scene.",
         .scope = Scope::Area,
         .needs = {.tracks = true},
         .schema = schema(),
         .make = make}
    );
}

}  // namespace bongsu::behaviours::removed_object
