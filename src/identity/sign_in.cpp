#include "identity/sign_in.hpp"

#include "core/log.hpp"
#include "identity/directory.hpp"

#include <algorithm>

namespace bongsu::identity {
namespace {

constexpr std::size_t kLongestPassword = 256;
constexpr std::size_t kLongestCode = 32;

std::unexpected<Error> wrong() {
    return fail(
        ErrorKind::PermissionDenied,
        "login_wrong"_code,
        "the user name, the password or the code is wrong"
    );
}

/// Names are lower case; people do not type them so.
std::string to_lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

}  // namespace

SignIn::SignIn(
    store::IdentityStore& store,
    PasswordHasher& hasher,
    Lockout& lockout,
    SecondFactor& second_factor,
    Sessions& sessions,
    const Clock& clock
)
    : store_(store),
      hasher_(hasher),
      lockout_(lockout),
      second_factor_(second_factor),
      sessions_(sessions),
      clock_(clock) {}

Result<NewSession> SignIn::log_in(const Credentials& credentials, const Client& client) {
    const std::string name = to_lower(credentials.user);
    const bool is_name = check_user_id(name).has_value();
    BONGSU_TRY(lockout_.admit(is_name ? name : "", client.address));
    std::optional<store::UserRow> user;
    if (is_name) {
        BONGSU_ASSIGN(user, store_.user(name));
    }
    const bool is_usable = user && user->is_active;
    BONGSU_ASSIGN(
        const bool is_right,
        hasher_.verify(
            is_usable ? user->password_hash : "", credentials.password.substr(0, kLongestPassword)
        )
    );
    if (!is_right || credentials.password.size() > kLongestPassword) {
        return wrong();
    }
    return log_in_known(*user, credentials, client);
}

Result<NewSession> SignIn::log_in_known(
    const store::UserRow& user, const Credentials& credentials, const Client& client
) {
    if (user.is_totp_confirmed) {
        if (credentials.code.empty()) {
            return fail(
                ErrorKind::FailedPrecondition,
                "code_needed"_code,
                "a code of the second factor is needed"
            );
        }
        if (credentials.code.size() > kLongestCode) {
            return wrong();
        }
        BONGSU_ASSIGN(const bool is_right, second_factor_.check(user, credentials.code));
        if (!is_right) {
            return wrong();
        }
    }
    BONGSU_TRY(lockout_.succeeded(user.id, client.address));
    if (hasher_.is_outdated(user.password_hash)) {
        renew_hash(user.id, credentials.password);
    }
    BONGSU_TRY(store_.touch_login(user.id, clock_.wall()));
    return sessions_.begin(user.id, client);
}

void SignIn::renew_hash(const std::string& user, const std::string& password) {
    const auto hash = hasher_.hash(password);
    auto row = store_.user(user);
    if (!hash || !row || !*row) {
        return;
    }
    (*row)->password_hash = *hash;
    if (const Status updated = store_.update_user(**row); !updated) {
        log::warn("identity.hash_not_renewed", {{"user", user}});  // the next login tries again
    }
}

}  // namespace bongsu::identity
