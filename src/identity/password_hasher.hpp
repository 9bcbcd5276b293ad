#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace bongsu::identity {

/// argon2id (RFC 9106) through libsodium. At most `parallel` computations run at once and at most
/// 16 times as many wait, so that a flood of logins can exhaust neither memory nor threads; beyond
/// that callers get ResourceExhausted. Thread-safe; a call takes some tens of milliseconds.
class PasswordHasher {
public:
    /// `memory` in bytes of one computation, at least 8 KiB; `passes` over it.
    PasswordHasher(int parallel, std::size_t memory, unsigned passes = 3);
    ~PasswordHasher();

    /// "$argon2id$v=19$...": salt and parameters are in the text.
    Result<std::string> hash(const std::string& password);

    /// Constant time in the password. An empty `hash` costs the same and is never right.
    Result<bool> verify(const std::string& hash, const std::string& password);

    /// Whether the hash was made with other parameters and should be renewed at the next login.
    bool is_outdated(const std::string& hash) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::identity
