#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "identity/api_tokens.hpp"
#include "identity/directory.hpp"
#include "identity/lockout.hpp"
#include "identity/password_hasher.hpp"
#include "identity/sessions.hpp"
#include "store/identity_store.hpp"

#include <string>

namespace bongsu::identity {

/// A new account, as given by the one who makes it.
struct NewUser {
    std::string id;
    std::string display_name;
    OrganisationId organisation;
    std::vector<Grant> grants;
};

/// Accounts' passwords: made, changed, reset. Every change ends the user's other sessions; a reset
/// ends all of them and revokes the tokens. Thread-safe.
class Passwords {
public:
    Passwords(
        store::IdentityStore& store,
        PasswordHasher& hasher,
        Directory& directory,
        Sessions& sessions,
        ApiTokens& tokens,
        const Clock& clock
    );

    /// Adds the account with a random one-time password, which is returned and shown only once.
    /// Errors: InvalidArgument, AlreadyExists, NotFound (organisation).
    Result<std::string> add_user(const NewUser& user, bool must_change);

    /// PermissionDenied when `current` is wrong, InvalidArgument when `next` breaks a rule
    /// (password_rules.hpp). The session with handle `keep_session` goes on.
    Status change(
        const std::string& user,
        const std::string& current,
        const std::string& next,
        const std::string& keep_session
    );

    /// A new one-time password; NotFound for an unknown user.
    Result<std::string> reset(const std::string& user, bool must_change = true);

    /// Whether it is the user's password, for acts that ask for it again.
    Result<bool> is_right(const std::string& user, const std::string& password);

private:
    store::IdentityStore& store_;
    PasswordHasher& hasher_;
    Directory& directory_;
    Sessions& sessions_;
    ApiTokens& tokens_;
    const Clock& clock_;
};

}  // namespace bongsu::identity
