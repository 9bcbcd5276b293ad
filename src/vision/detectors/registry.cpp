#include "vision/detectors/registry.hpp"

#include <cassert>

namespace bongsu::detectors {

void Registry::add(Registration registration) {
    const bool is_new = registrations_.emplace(registration.name, registration).second;
    assert(is_new && "two detectors have the same name");
    static_cast<void>(is_new);
}

const Registration* Registry::find(std::string_view name) const {
    const auto found = registrations_.find(name);
    return found != registrations_.end() ? &found->second : nullptr;
}

std::vector<std::string> Registry::names() const {
    std::vector<std::string> out;
    for (const auto& [name, registration] : registrations_) {
        out.push_back(name);
    }
    return out;
}

}  // namespace bongsu::detectors
