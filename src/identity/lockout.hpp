#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "identity/config.hpp"
#include "store/identity_store.hpp"

#include <optional>
#include <string>

namespace bongsu::identity {

/// Slows guessing of passwords down, per user name and per address. Every attempt counts as wrong
/// before the password is looked at, so that attempts in parallel gain nothing; success takes it
/// back. Names of users that do not exist are counted in the same way. Thread-safe.
class Lockout {
public:
    Lockout(store::IdentityStore& store, const IdentityConfig& config, const Clock& clock)
        : store_(store), config_(config), clock_(clock) {}

    /// ResourceExhausted, with the seconds that are left in the message, when locked.
    Status admit(const std::string& user, const std::string& address);

    /// The password was right.
    Status succeeded(const std::string& user, const std::string& address);

    /// Opens the user at once.
    Status unlock(const std::string& user);

    /// The moment until which the user is locked, or nothing.
    Result<std::optional<WallTime>> locked_until(const std::string& user);

private:
    Status count(const std::string& key, int attempts);

    store::IdentityStore& store_;
    const IdentityConfig& config_;
    const Clock& clock_;
};

}  // namespace bongsu::identity
