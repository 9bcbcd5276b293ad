// Something that belonged to the scene is taken away while somebody is beside it. It belongs to the
// scene after it has stood there for a minute.
#include "behaviours/registry.hpp"
#include "behaviours/still_things/thing_behaviour.hpp"

namespace bongsu::behaviours::removed_object {
namespace {

using still_things::Change;

SettingsSchema schema() {
    return SettingsSchema(
        {{.name = "gone_for",
          .type = FieldType::Seconds,
          .fallback = 5.0,
          .min = 2,
          .max = 50,
          .unit = "s",
          .help = "How long the thing must have been gone."},
         {.name = "largest",
          .type = FieldType::Number,
          .fallback = 0.8,
          .min = 0.1,
          .max = 3,
          .unit = "1",
          .help = "Longer side of the largest thing, in body heights of who takes it."},
         {.name = "smallest",
          .type = FieldType::Number,
          .fallback = 0.1,
          .min = 0.02,
          .max = 1,
          .unit = "1",
          .help = "Longer side of the smallest thing, in body heights of who takes it."}}
    );
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
