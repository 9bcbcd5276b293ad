#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "identity/secret_box.hpp"
#include "store/identity_store.hpp"

#include <string>
#include <vector>

namespace bongsu::identity {

/// What a user needs to set an authenticator up.
struct Enrolment {
    std::string secret;  ///< Base32, for typing in
    std::string uri;     ///< otpauth://totp/..., for a QR code
};

/// One-time codes (RFC 6238: SHA-1, 6 digits, 30 s, one step before and after) and recovery codes.
/// A code is good once. Secrets are stored encrypted. Thread-safe.
class SecondFactor {
public:
    SecondFactor(
        store::IdentityStore& store, SecretBox box, std::string issuer, const Clock& clock
    );

    /// Makes a new secret that counts once confirmed. FailedPrecondition while one is in use.
    Result<Enrolment> enrol(const std::string& user);

    /// The first right code switches it on and returns ten recovery codes, shown only here.
    /// PermissionDenied for a wrong code.
    Result<std::vector<std::string>> confirm(const std::string& user, const std::string& code);

    /// Switches it off.
    Status remove(const std::string& user);

    /// Whether the code is right now and was not used before; a recovery code is used up.
    Result<bool> check(const store::UserRow& user, const std::string& code);

private:
    Result<bool> check_totp(const store::UserRow& user, const std::string& code);
    Result<bool> use_recovery_code(store::UserRow user, const std::string& code);

    store::IdentityStore& store_;
    SecretBox box_;
    std::string issuer_;
    const Clock& clock_;
};

}  // namespace bongsu::identity
