#include "identity/lockout.hpp"

#include "core/log.hpp"

#include <algorithm>

namespace bongsu::identity {
namespace {

constexpr Duration kLongestLock = std::chrono::hours{24};

std::string user_key(const std::string& user) {
    return "user:" + user;
}

std::string address_key(const std::string& address) {
    return "address:" + address;
}

std::unexpected<Error> locked(Duration left) {
    return fail(
        ErrorKind::ResourceExhausted,
        "locked_out"_code,
        "too many wrong passwords; try again in " +
            std::to_string(std::chrono::duration_cast<std::chrono::seconds>(left).count() + 1) +
            " seconds"
    );
}

}  // namespace

Status Lockout::admit(const std::string& user, const std::string& address) {
    BONGSU_TRY(count(address_key(address), config_.address_attempts));
    return user.empty() ? Status{} : count(user_key(user), config_.attempts);
}

Status Lockout::count(const std::string& key, int attempts) {
    const WallTime now = clock_.wall();
    bool is_new_lock = false;
    BONGSU_ASSIGN(
        const store::LockoutRow row,
        store_.change_lockout(
            key,
            [&](store::LockoutRow& entry) {
                if (entry.locked_until > now) {
                    return;
                }
                if (now - entry.since > kLongestLock) {
                    entry.locks = 0;
                }
                if (now - entry.since > config_.attempt_window) {
                    entry.failures = 0;
                    entry.since = now;
                }
                if (++entry.failures > attempts) {
                    const Duration doubled =
                        config_.lock_for *
                        (std::int64_t{1} << std::min<std::int64_t>(entry.locks, 12));
                    entry.locked_until = now + std::min(doubled, kLongestLock);
                    entry.since = entry.locked_until;
                    entry.failures = 0;
                    ++entry.locks;
                    is_new_lock = true;
                }
            }
        )
    );
    if (is_new_lock) {
        log::warn("identity.locked", {{"key", key}, {"locks", row.locks}});
    }
    return row.locked_until > now ? Status{locked(row.locked_until - now)} : Status{};
}

Status Lockout::succeeded(const std::string& user, const std::string& address) {
    BONGSU_TRY(store_.clear_lockout(user_key(user)));
    const auto row = store_.change_lockout(address_key(address), [](store::LockoutRow& entry) {
        entry.failures = std::max<std::int64_t>(0, entry.failures - 1);
    });
    return row ? Status{} : Status{fail(row.error())};
}

Status Lockout::unlock(const std::string& user) {
    return store_.clear_lockout(user_key(user));
}

Result<std::optional<WallTime>> Lockout::locked_until(const std::string& user) {
    BONGSU_ASSIGN(const auto row, store_.lockout(user_key(user)));
    return row && row->locked_until > clock_.wall() ? std::optional(row->locked_until)
                                                    : std::nullopt;
}

}  // namespace bongsu::identity
