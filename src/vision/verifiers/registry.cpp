#include "vision/verifiers/registry.hpp"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace bongsu::verifiers {

void Registry::add(Registration registration) {
    const std::string name = registration.name;
    if (!registrations_.emplace(name, std::move(registration)).second) {
        std::fprintf(stderr, "bongsu: two verifiers are named '%s'\n", name.c_str());
        std::abort();
    }
}

const Registration* Registry::find(std::string_view name) const {
    const auto found = registrations_.find(name);
    return found != registrations_.end() ? &found->second : nullptr;
}

}  // namespace bongsu::verifiers
