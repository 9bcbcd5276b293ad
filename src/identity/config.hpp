#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"

#include <cstddef>

namespace bongsu::identity {

/// The section "identity" of the configuration.
struct IdentityConfig {
    Duration session_idle = std::chrono::minutes{30};
    Duration shift_idle =
        std::chrono::hours{12};  ///< of those who watch: operators and supervisors
    Duration session_longest = std::chrono::hours{14};
    int attempts = 5;           ///< wrong passwords of one user within `attempt_window`
    int address_attempts = 30;  ///< the same of one address, behind which a whole room may sit
    Duration attempt_window = std::chrono::minutes{15};
    Duration lock_for = std::chrono::minutes{15};  ///< doubles with every further lock, to a day
    int parallel_hashes = 2;                       ///< passwords checked at once
    std::size_t hash_memory = std::size_t{64} << 20U;  ///< bytes of one argon2id computation
    Duration longest_token = std::chrono::hours{24 * 365};
    bool one_time_must_change = true;
};

const SettingsSchema& identity_schema();
IdentityConfig read_identity_config(const Settings& settings);

}  // namespace bongsu::identity
