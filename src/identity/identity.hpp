#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "identity/api_tokens.hpp"
#include "identity/config.hpp"
#include "identity/directory.hpp"
#include "identity/lockout.hpp"
#include "identity/passwords.hpp"
#include "identity/second_factor.hpp"
#include "identity/sessions.hpp"
#include "identity/sign_in.hpp"
#include "store/identity_store.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::identity {

/// A new account and the password with which it is first used.
struct OneTimePassword {
    std::string user;
    std::string password;
};

/// Everything about who may do what, put together. Thread-safe.
class Identity {
public:
    /// `key_file` encrypts the secrets of second factors and is made when it is not there. `store`
    /// and `clock` must outlive it. Errors: those of SecretBox::open.
    static Result<std::unique_ptr<Identity>> open(
        store::IdentityStore& store,
        const IdentityConfig& config,
        const std::filesystem::path& key_file,
        const Clock& clock
    );

    /// Without any user: makes the organisation "city" and the users admin, supervisor and operator
    /// with one-time passwords, which the caller prints once. Otherwise nothing.
    Result<std::vector<OneTimePassword>> prepare_first_start();

    Directory& directory() { return directory_; }

    Passwords& passwords() { return passwords_; }

    SignIn& sign_in() { return sign_in_; }

    Sessions& sessions() { return sessions_; }

    ApiTokens& tokens() { return tokens_; }

    SecondFactor& second_factor() { return second_factor_; }

    Lockout& lockout() { return lockout_; }

    /// The caller of a cookie or of "Bearer bgs_...".
    Result<Caller> by_cookie(std::string_view cookie) { return sessions_.find(cookie); }

    Result<Caller> by_token(std::string_view bearer) { return tokens_.find(bearer); }

    /// Forgets expired sessions and old lock-outs. To be called about once a minute.
    Status sweep();

private:
    Identity(
        store::IdentityStore& store, const IdentityConfig& config, SecretBox box, const Clock& clock
    );

    store::IdentityStore& store_;
    const IdentityConfig config_;
    const Clock& clock_;
    Directory directory_;
    PasswordHasher hasher_;
    Sessions sessions_;
    ApiTokens tokens_;
    Passwords passwords_;
    Lockout lockout_;
    SecondFactor second_factor_;
    SignIn sign_in_;
};

}  // namespace bongsu::identity
