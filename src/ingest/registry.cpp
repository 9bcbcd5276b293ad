#include "ingest/registry.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bongsu::ingest {

std::string_view to_string(StreamState state) {
    switch (state) {
        case StreamState::Connecting:
            return "connecting";
        case StreamState::Playing:
            return "playing";
        case StreamState::Lost:
            return "lost";
        case StreamState::Failed:
            return "failed";
        case StreamState::Ended:
            return "ended";
    }
    return "unknown";
}

void Registry::add(Registration registration) {
    const std::string name = registration.name;
    if (!registrations_.emplace(name, std::move(registration)).second) {
        std::abort();
    }
}

Result<const Registration*> Registry::find(std::string_view name) const {
    if (const auto found = registrations_.find(name); found != registrations_.end()) {
        return &found->second;
    }
    std::vector<std::string> names;
    for (const auto& [known, registration] : registrations_) {
        names.push_back(known);
    }
    const auto nearest = nearest_name(name, names);
    return fail(
        ErrorKind::InvalidArgument,
        fmt::format(
            "there is no kind of source '{}'; {}",
            name,
            nearest ? fmt::format("did you mean '{}'?", *nearest)
                    : fmt::format("known are {}", fmt::join(names, ", "))
        )
    );
}

}  // namespace bongsu::ingest
