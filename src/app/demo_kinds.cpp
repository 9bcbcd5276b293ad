#include "app/demo_kinds.hpp"

#include "behaviours/registry.hpp"

#include <string_view>

namespace bongsu::app {
namespace {

std::string line(std::string_view title, const std::vector<std::string>& kinds) {
    if (kinds.empty()) {
        return "";
    }
    std::string out = std::string(title) + " (" + std::to_string(kinds.size()) + "):";
    for (const std::string& kind : kinds) {
        out += " " + kind;
    }
    return out + "\n";
}

}  // namespace

std::string DemoKinds::to_text() const {
    return line("kinds seen", seen) + line("watched for, not seen in this run", missed) +
           line("no camera of the demo watches for", not_watched);
}

DemoKinds demo_kinds(std::span<const CameraConfig> cameras, const std::set<std::string>& raised) {
    std::set<std::string> watched;
    for (const CameraConfig& camera : cameras) {
        for (const RuleConfig& rule : camera.rules) {
            watched.insert(rule.behaviour);
        }
    }
    behaviours::Registry registry;
    behaviours::register_all(registry);
    DemoKinds out;
    for (const auto& [name, registration] : registry.all()) {
        if (raised.contains(name)) {
            out.seen.push_back(name);
        } else if (watched.contains(name)) {
            out.missed.push_back(name);
        } else {
            out.not_watched.push_back(name);
        }
    }
    return out;
}

}  // namespace bongsu::app
