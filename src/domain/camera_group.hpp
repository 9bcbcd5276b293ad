#pragma once

#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "core/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bongsu {

/// A named set of cameras of one organisation, such as a district or a kind of place. Cameras name
/// their groups; rights are granted on groups.
struct CameraGroup {
    GroupId id;
    std::string name;  ///< for people
    OrganisationId organisation;
    std::string note;
    std::int64_t version = 0;  ///< counts changes from 1; 0 while it is not stored

    bool operator==(const CameraGroup&) const = default;
};

/// Reads {id, name?, organisation?, note?}. `path` names the place in errors.
Result<CameraGroup> parse_group(const Value& value, std::string_view path);

/// The form that parse_group reads, with `version` left out.
Value to_value(const CameraGroup& group);

}  // namespace bongsu
