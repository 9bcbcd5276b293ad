#include "identity/config.hpp"

#include "core/setting_fields.hpp"

namespace bongsu::identity {

const SettingsSchema& identity_schema() {
    using namespace fields;
    constexpr double kDay = 86'400;
    static const SettingsSchema schema{{
        seconds("session_idle", "30m", 60, kDay, "A session without requests for so long ends."),
        seconds(
            "shift_idle", "12h", 60, kDay, "The same for operators and supervisors, who watch."
        ),
        seconds(
            "session_longest", "14h", 600, 7 * kDay, "A session ends after so long in any case."
        ),
        whole("attempts", 5, 1, 100, "Wrong passwords of one user before the user is locked."),
        whole(
            "address_attempts",
            30,
            1,
            10'000,
            "Wrong passwords from one address before it is locked."
        ),
        seconds("attempt_window", "15m", 60, kDay, "Wrong passwords count together for so long."),
        seconds(
            "lock_for", "15m", 1, kDay, "A lock holds so long; each further one twice as long."
        ),
        whole("parallel_hashes", 2, 1, 64, "Passwords that are checked at once."),
        bytes(
            "hash_memory",
            "64MiB",
            "Memory of one check of a password (argon2id).",
            8.0 * 1024,
            4.0 * 1024 * 1024 * 1024
        ),
        seconds("longest_token", "365d", 3'600, 3'650 * kDay, "The longest life of an API token."),
        flag(
            "one_time_must_change", true, "One-time passwords must be changed at the first login."
        ),
    }};
    return schema;
}

IdentityConfig read_identity_config(const Settings& settings) {
    return {
        .session_idle = settings.duration("session_idle"),
        .shift_idle = settings.duration("shift_idle"),
        .session_longest = settings.duration("session_longest"),
        .attempts = static_cast<int>(settings.integer("attempts")),
        .address_attempts = static_cast<int>(settings.integer("address_attempts")),
        .attempt_window = settings.duration("attempt_window"),
        .lock_for = settings.duration("lock_for"),
        .parallel_hashes = static_cast<int>(settings.integer("parallel_hashes")),
        .hash_memory = static_cast<std::size_t>(settings.bytes("hash_memory")),
        .longest_token = settings.duration("longest_token"),
        .one_time_must_change = settings.flag("one_time_must_change"),
    };
}

}  // namespace bongsu::identity
