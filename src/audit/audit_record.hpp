#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bongsu::audit {

enum class Outcome : std::uint8_t { Allowed, Denied, Failed };

std::string_view to_string(Outcome outcome);

/// One act, as it goes into the log. Never a secret. Texts are cut to their limits and freed of
/// control characters and broken UTF-8 before they are stored. The fields are those that Article 8
/// of Korea's standard on safety measures for personal data asks for (who, when, from where, whose
/// data, what) and the ground.
struct AuditRecord {
    WallTime time{};           ///< zero: the log's own clock
    std::string who;           ///< user, "token:<id> of <user>", or "system"; 128 bytes
    std::string organisation;  ///< of the one who acts; 128 bytes
    std::string action;        ///< dotted name such as "camera.view_live"; 64 bytes
    std::string object;        ///< "camera:gate-1", "user:kim"; 256 bytes
    std::string purpose;       ///< as said, such as "request:2026-17"; 128 bytes
    std::string incident;      ///< id, when one is concerned; 64 bytes
    Outcome outcome = Outcome::Allowed;
    std::string address;  ///< of the client; 64 bytes
    std::string detail;   ///< JSON object or empty; 4,096 bytes
};

}  // namespace bongsu::audit
