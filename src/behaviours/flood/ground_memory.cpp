#include "behaviours/flood/ground_memory.hpp"

#include "core/json.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::behaviours::flood {
namespace {

/// Of the text; another one is not read.
constexpr std::int64_t kFormat = 1;

}  // namespace

DryGround& GroundMemory::in_light(float luma) {
    const auto light = std::ranges::upper_bound(kLights, luma) - kLights.begin();
    return grounds_.at(static_cast<std::size_t>(light));
}

std::string GroundMemory::kept() const {
    if (std::ranges::none_of(grounds_, &DryGround::is_known)) {
        return {};
    }
    Value::List grounds;
    for (const DryGround& ground : grounds_) {
        grounds.push_back(ground.kept());
    }
    return to_json(Value::Map{{"format", kFormat}, {"grounds", std::move(grounds)}});
}

Status GroundMemory::recall(std::string_view kept) {
    const Result<Value> parsed = parse_json(kept, "what is known of the dry ground");
    if (!parsed) {
        return fail(ErrorKind::Corrupt, parsed.error().message);
    }
    const Value& all = *parsed;
    const Value* const format = all.find("format");
    const Value* const grounds = all.find("grounds");
    if (format == nullptr || *format != Value(kFormat) || grounds == nullptr ||
        grounds->as_list() == nullptr || grounds->as_list()->size() != grounds_.size()) {
        return fail(ErrorKind::Corrupt, "what is known of the dry ground is of another format");
    }
    auto recalled = grounds_;
    for (std::size_t light = 0; light < recalled.size(); ++light) {
        BONGSU_ASSIGN(recalled.at(light), DryGround::recall(grounds->as_list()->at(light)));
    }
    grounds_ = recalled;
    return {};
}

}  // namespace bongsu::behaviours::flood
