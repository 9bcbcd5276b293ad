#include "behaviours/registry.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace bongsu::behaviours {

std::string_view to_string(Scope scope) {
    constexpr std::array<std::string_view, 3> kNames{"area", "line", "whole picture"};
    return kNames.at(static_cast<std::size_t>(scope));
}

void Registry::add(Registration registration) {
    std::string name = registration.name;
    if (!registrations_.emplace(name, std::move(registration)).second) {
        std::fprintf(stderr, "bug: behaviour '%s' registered twice\n", name.c_str());
        std::abort();
    }
}

const Registration* Registry::find(std::string_view name) const {
    const auto found = registrations_.find(name);
    return found != registrations_.end() ? &found->second : nullptr;
}

std::vector<std::string> Registry::names() const {
    std::vector<std::string> names;
    for (const auto& [name, unused] : registrations_) {
        names.push_back(name);
    }
    return names;
}

std::vector<SchemaTable> describe_all() {
    Registry registry;
    register_all(registry);
    std::vector<SchemaTable> tables;
    for (const auto& [name, entry] : registry.all()) {
        std::string help = entry.help + " Drawn on: " + std::string(to_string(entry.scope)) + ".";
        tables.push_back({name, std::move(help), entry.schema});
    }
    return tables;
}

}  // namespace bongsu::behaviours
