#include "identity/passwords.hpp"

#include "identity/password_rules.hpp"
#include "identity/secrets.hpp"

#include <algorithm>

namespace bongsu::identity {
namespace {

constexpr int kOneTimeGroups = 4;  // 80 bits

std::unexpected<Error> unknown(const std::string& user) {
    return fail(ErrorKind::NotFound, "unknown_user"_code, "there is no user '" + user + "'");
}

}  // namespace

Passwords::Passwords(
    store::IdentityStore& store,
    PasswordHasher& hasher,
    Directory& directory,
    Sessions& sessions,
    ApiTokens& tokens,
    const Clock& clock
)
    : store_(store),
      hasher_(hasher),
      directory_(directory),
      sessions_(sessions),
      tokens_(tokens),
      clock_(clock) {}

Result<std::string> Passwords::add_user(const NewUser& user, bool must_change) {
    BONGSU_TRY(check_user_id(user.id));
    BONGSU_TRY(check_display_name(user.display_name));
    BONGSU_TRY(check_grants(user.grants));
    const std::string password = random_words(kOneTimeGroups);
    BONGSU_ASSIGN(const std::string hash, hasher_.hash(password));
    store::UserRow row{
        .id = user.id,
        .display_name = user.display_name,
        .organisation = user.organisation,
        .must_change_password = must_change,
        .password_hash = hash,
        .password_changed = clock_.wall(),
        .created = clock_.wall(),
    };
    std::ranges::transform(user.grants, std::back_inserter(row.grants), to_row);
    BONGSU_TRY(store_.add_user(row));
    return password;
}

Status Passwords::change(
    const std::string& user,
    const std::string& current,
    const std::string& next,
    const std::string& keep_session
) {
    BONGSU_ASSIGN(auto row, store_.user(user));
    BONGSU_ASSIGN(const bool is_right, hasher_.verify(row ? row->password_hash : "", current));
    if (!row || !is_right) {
        return fail(
            ErrorKind::PermissionDenied, "password_wrong"_code, "the current password is wrong"
        );
    }
    if (current == next) {
        return fail(
            ErrorKind::InvalidArgument, "password_same"_code, "the new password is the old one"
        );
    }
    BONGSU_TRY(check_password(next, user));
    BONGSU_ASSIGN(row->password_hash, hasher_.hash(next));
    row->must_change_password = false;
    row->password_changed = clock_.wall();
    BONGSU_TRY(store_.update_user(*row));
    directory_.forget(user);
    return sessions_.end_all(user, keep_session, "password_changed");
}

Result<std::string> Passwords::reset(const std::string& user, bool must_change) {
    BONGSU_ASSIGN(auto row, store_.user(user));
    if (!row) {
        return unknown(user);
    }
    std::string password = random_words(kOneTimeGroups);
    BONGSU_ASSIGN(row->password_hash, hasher_.hash(password));
    row->must_change_password = must_change;
    row->password_changed = clock_.wall();
    BONGSU_TRY(store_.update_user(*row));
    directory_.forget(user);
    BONGSU_TRY(tokens_.revoke_all(user));
    BONGSU_TRY(sessions_.end_all(user, "", "password_reset"));
    return password;
}

Result<bool> Passwords::is_right(const std::string& user, const std::string& password) {
    BONGSU_ASSIGN(const auto row, store_.user(user));
    return hasher_.verify(row ? row->password_hash : "", password);
}

}  // namespace bongsu::identity
