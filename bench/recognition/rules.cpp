// Which rules there are, and which are measured together.
#include "behaviours/registry.hpp"
#include "recognition/rounds.hpp"

#include <algorithm>

namespace bongsu::bench {
namespace {

const std::vector<RulePart>& known_parts() {
    static const std::vector<RulePart> parts{
        {"fall", {"fall"}},
        {"fight", {"fight"}},
        {"fire", {"fire"}},
        {"smoke", {"smoke"}},
        {"running", {"running", "panic"}},
        {"things", {"abandoned_object", "removed_object"}},
        {"weather", {"flood", "heavy_rain"}},
        {"crowding", {"crowding"}},
        {"everybody", {kEverybody}},
        {"traffic", {"stopped_vehicle", "wrong_way", "person_on_road"}},
    };
    return parts;
}

}  // namespace

std::vector<std::string> every_kind() {
    behaviours::Registry registry;
    behaviours::register_all(registry);
    std::vector<std::string> kinds = registry.names();
    std::erase_if(kinds, [](const std::string& kind) { return kind.starts_with("camera_"); });
    return kinds;
}

std::vector<RulePart> rule_parts() {
    std::vector<std::string> left = every_kind();
    std::erase(left, "intrusion");
    std::vector<RulePart> parts;
    for (RulePart part : known_parts()) {
        std::erase_if(part.kinds, [&](const std::string& kind) {
            return kind != kEverybody && std::ranges::find(left, kind) == left.end();
        });
        for (const std::string& kind : part.kinds) {
            std::erase(left, kind);
        }
        if (!part.kinds.empty()) {
            parts.push_back(std::move(part));
        }
    }
    if (!left.empty()) {
        parts.push_back({"others", std::move(left)});
    }
    return parts;
}

}  // namespace bongsu::bench
