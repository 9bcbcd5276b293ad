#include "identity/second_factor.hpp"

#include "identity/secrets.hpp"
#include "identity/totp.hpp"

#include <algorithm>

#include <sodium.h>

namespace bongsu::identity {
namespace {

constexpr std::size_t kSecretBytes = 20;  // as long as the output of SHA-1 (RFC 4226 section 4, R6)
constexpr int kRecoveryCodes = 10;
constexpr std::size_t kTotpDigits = 6;

Result<store::UserRow> load(store::IdentityStore& store, const std::string& user) {
    BONGSU_ASSIGN(auto row, store.user(user));
    if (!row) {
        return fail(ErrorKind::NotFound, "unknown_user"_code, "there is no user '" + user + "'");
    }
    return *std::move(row);
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

/// Recovery codes are read off paper: case and dashes do not matter.
std::string hash_of_recovery(const std::string& code) {
    std::string plain;
    for (const char c : code) {
        if (c != '-' && c != ' ') {
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return sha256_hex(plain);
}

}  // namespace

SecondFactor::SecondFactor(
    store::IdentityStore& store, SecretBox box, std::string issuer, const Clock& clock
)
    : store_(store), box_(std::move(box)), issuer_(std::move(issuer)), clock_(clock) {}

Result<Enrolment> SecondFactor::enrol(const std::string& user) {
    BONGSU_ASSIGN(store::UserRow row, load(store_, user));
    if (row.is_totp_confirmed) {
        return fail(
            ErrorKind::FailedPrecondition,
            "factor_in_use"_code,
            "a second factor is in use; remove it before a new one"
        );
    }
    const std::string secret = random_bytes(kSecretBytes);
    row.totp_secret = box_.seal(secret);
    BONGSU_TRY(store_.update_user(row));
    const std::string text = to_base32(secret);
    return Enrolment{text, otpauth_uri(issuer_, user, text)};
}

Result<std::vector<std::string>> SecondFactor::confirm(
    const std::string& user, const std::string& code
) {
    BONGSU_ASSIGN(store::UserRow row, load(store_, user));
    if (row.is_totp_confirmed || row.totp_secret.empty()) {
        return fail(
            ErrorKind::FailedPrecondition,
            "factor_not_started"_code,
            "no second factor waits to be confirmed"
        );
    }
    BONGSU_ASSIGN(const bool is_right, check_totp(row, code));
    if (!is_right) {
        return fail(
            ErrorKind::PermissionDenied,
            "factor_code_wrong"_code,
            "the code is wrong; check the clock of the device"
        );
    }
    std::vector<std::string> codes;
    row.recovery_hashes.clear();
    for (int i = 0; i < kRecoveryCodes; ++i) {
        codes.push_back(random_words(4));
        row.recovery_hashes.push_back(hash_of_recovery(codes.back()));
    }
    row.is_totp_confirmed = true;
    BONGSU_TRY(store_.update_user(row));
    return codes;
}

Status SecondFactor::remove(const std::string& user) {
    BONGSU_ASSIGN(store::UserRow row, load(store_, user));
    row.totp_secret.clear();
    row.is_totp_confirmed = false;
    row.recovery_hashes.clear();
    return store_.update_user(row);
}

Result<bool> SecondFactor::check(const store::UserRow& user, const std::string& code) {
    return code.size() == kTotpDigits ? check_totp(user, code) : use_recovery_code(user, code);
}

Result<bool> SecondFactor::check_totp(const store::UserRow& user, const std::string& code) {
    BONGSU_ASSIGN(const std::string secret, box_.unseal(user.totp_secret));
    const auto step = find_totp_step(secret, code, clock_.wall());
    return step ? store_.use_totp_step(user.id, *step) : Result<bool>(false);
}

Result<bool> SecondFactor::use_recovery_code(store::UserRow user, const std::string& code) {
    const std::string hash = hash_of_recovery(code);
    const auto used = std::ranges::find_if(user.recovery_hashes, [&](const std::string& left) {
        return is_same_secret(left, hash);
    });
    if (used == user.recovery_hashes.end()) {
        return false;
    }
    user.recovery_hashes.erase(used);
    // The revision makes sure that two logins at once cannot both use it.
    const Status updated = store_.update_user(user);
    if (!updated && updated.error().kind != ErrorKind::FailedPrecondition) {
        return fail(updated.error());
    }
    return updated.has_value();
}

}  // namespace bongsu::identity
