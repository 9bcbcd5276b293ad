#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "identity/lockout.hpp"
#include "identity/password_hasher.hpp"
#include "identity/second_factor.hpp"
#include "identity/sessions.hpp"
#include "store/identity_store.hpp"

#include <string>

namespace bongsu::identity {

struct Credentials {
    std::string user;
    std::string password;
    std::string code;  ///< six digits or a recovery code; empty when none was asked for
};

/// Turns a name, a password and a code into a session. An unknown user, an inactive one and a wrong
/// password get the same answer after the same work. Thread-safe.
class SignIn {
public:
    SignIn(
        store::IdentityStore& store,
        PasswordHasher& hasher,
        Lockout& lockout,
        SecondFactor& second_factor,
        Sessions& sessions,
        const Clock& clock
    );

    /// PermissionDenied: wrong name, password or code. FailedPrecondition: the password is right
    /// and a code is missing. ResourceExhausted: locked (the message says how long, not whether the
    /// user exists), or too many logins at once.
    Result<NewSession> log_in(const Credentials& credentials, const Client& client);

private:
    /// Stores the hash with the parameters of today, as far as that works.
    void renew_hash(const std::string& user, const std::string& password);
    Result<NewSession> log_in_known(
        const store::UserRow& user, const Credentials& credentials, const Client& client
    );

    store::IdentityStore& store_;
    PasswordHasher& hasher_;
    Lockout& lockout_;
    SecondFactor& second_factor_;
    Sessions& sessions_;
    const Clock& clock_;
};

}  // namespace bongsu::identity
