#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace bongsu {

/// An identifier that cannot be mixed up with another kind of identifier or with a bare value.
template <class Tag, class Value>
class StrongId {
public:
    StrongId() = default;

    explicit StrongId(Value value) : value_(std::move(value)) {}

    const Value& value() const { return value_; }

    auto operator<=>(const StrongId&) const = default;

private:
    Value value_{};
};

using CameraId = StrongId<struct CameraTag, std::string>;  ///< configured name, [a-z0-9_-]{1,64}
using OrganisationId = StrongId<struct OrganisationTag, std::string>;
using GroupId = StrongId<struct GroupTag, std::string>;  ///< group of cameras, [a-z0-9_-]{1,64}
using ZoneId = StrongId<struct ZoneTag, std::string>;
using RuleId = StrongId<struct RuleTag, std::string>;
using TrackId =
    StrongId<struct TrackTag, std::uint64_t>;  ///< unique per camera, never reused in one run
using IncidentId = StrongId<struct IncidentTag, std::string>;  ///< sortable by time of creation
using EventId = StrongId<struct EventTag, std::string>;

}  // namespace bongsu

template <class Tag, class Value>
struct std::hash<bongsu::StrongId<Tag, Value>> {
    std::size_t operator()(const bongsu::StrongId<Tag, Value>& id) const noexcept {
        return std::hash<Value>{}(id.value());
    }
};
