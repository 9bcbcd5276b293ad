#pragma once

#include "identity/rights.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bongsu::identity {

/// The roles of an installation. They are constants, not data: who may do what can be read in one
/// table, and changing it is a change of the program. Duties are kept apart: an administrator
/// neither reads the audit log nor sees video, an auditor and a privacy officer read the log and
/// see no video, and nobody who sees video decides about requests.
enum class Role : std::uint8_t {
    Operator,        ///< watches and answers
    Supervisor,      ///< an operator who leads a shift, exports and tunes rules
    Administrator,   ///< cameras, users, settings; no video beyond stills for setting up
    Agency,          ///< police, fire, disaster desk: video for incidents and requests, unmasked
    Officer,         ///< missing persons: search and playback for requests
    Planner,         ///< figures and places of cameras
    Researcher,      ///< figures only
    PrivacyOfficer,  ///< decides about requests, reads the audit log
    Auditor,         ///< reads and verifies the audit log
};

inline constexpr std::size_t kRoles = 9;

struct RoleInfo {
    Role role;
    std::string_view name;  ///< "privacy_officer"
    RightSet rights;
};

/// The one table of roles, in the order of the enumeration.
const std::array<RoleInfo, kRoles>& role_table();

RightSet rights_of(Role role);
std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view name);

}  // namespace bongsu::identity
