#include "identity/api_tokens.hpp"

#include "identity/fresh_rows.hpp"
#include "identity/secrets.hpp"

#include <algorithm>

namespace bongsu::identity {
namespace {

constexpr std::string_view kPrefix = "bgs_";
constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kIdLength = 2 * kIdBytes;
constexpr std::size_t kMostPerUser = 50;
constexpr std::size_t kLongestName = 80;
constexpr Duration kTouchEvery = std::chrono::seconds{60};

std::unexpected<Error> refused() {
    return fail(ErrorKind::PermissionDenied, "session_ended"_code, "the API token is not valid");
}

struct Parts {
    std::string id;
    std::string_view secret;
};

/// "bgs_<16 hex digits>_<43 characters>".
std::optional<Parts> split(std::string_view bearer) {
    if (bearer.size() != kPrefix.size() + kIdLength + 1 + kSecretLength ||
        !bearer.starts_with(kPrefix) || bearer[kPrefix.size() + kIdLength] != '_') {
        return std::nullopt;
    }
    return Parts{
        std::string(bearer.substr(kPrefix.size(), kIdLength)),
        bearer.substr(kPrefix.size() + kIdLength + 1)
    };
}

RightSet to_rights(const std::vector<std::string>& names) {
    RightSet rights;
    for (const std::string& name : names) {
        if (const auto right = parse_right(name)) {
            rights.add(*right);
        }
    }
    return rights;
}

TokenInfo to_token_info(const store::TokenRow& row) {
    return {
        .id = row.id,
        .name = row.name,
        .rights = to_rights(row.rights),
        .created = row.created,
        .expires = row.expires,
        .last_used = row.last_used,
    };
}

}  // namespace

struct ApiTokens::Impl {
    struct Entry {
        store::TokenRow row;
        MonoTime read_at;
    };

    store::IdentityStore& store;
    Directory& directory;
    const IdentityConfig config;
    const Clock& clock;
    FreshRows<Entry> rows;  ///< by id

    Impl(
        store::IdentityStore& store_in,
        Directory& directory_in,
        const IdentityConfig& config_in,
        const Clock& clock_in
    )
        : store(store_in),
          directory(directory_in),
          config(config_in),
          clock(clock_in),
          rows(clock_in) {}

    Result<store::TokenRow> row_of(const std::string& id) {
        BONGSU_ASSIGN(
            auto row,
            rows.get(
                id, [&] { return store.token(id); }, [](const store::TokenRow&, store::TokenRow&) {}
            )
        );
        return row ? Result<store::TokenRow>(*std::move(row)) : refused();
    }

    Status note_use(const store::TokenRow& row) {
        const WallTime now = clock.wall();
        if (row.last_used && now - *row.last_used < kTouchEvery) {
            return {};
        }
        rows.with([&](auto& entries) {
            if (const auto found = entries.find(row.id); found != entries.end()) {
                found->second.row.last_used = now;
            }
        });
        return store.touch_token(row.id, now);
    }

    void forget(const std::string& user) {
        rows.remove_if([&](const Entry& entry) { return entry.row.user == user; });
    }
};

ApiTokens::ApiTokens(
    store::IdentityStore& store,
    Directory& directory,
    const IdentityConfig& config,
    const Clock& clock
)
    : impl_(std::make_unique<Impl>(store, directory, config, clock)) {}

ApiTokens::~ApiTokens() = default;

Result<NewToken> ApiTokens::make(
    const Principal& owner, const std::string& name, RightSet rights, Duration life
) {
    if (name.empty() || name.size() > kLongestName) {
        return fail(
            ErrorKind::InvalidArgument, "bad_name"_code, "the name of a token has 1 to 80 bytes"
        );
    }
    if (rights.empty()) {
        return fail(
            ErrorKind::InvalidArgument, "token_rights"_code, "a token needs at least one right"
        );
    }
    if (life <= Duration::zero() || life > impl_->config.longest_token) {
        return fail(
            ErrorKind::InvalidArgument,
            "token_life"_code,
            "the token's life is not between now and the longest that identity.longest_token allows"
        );
    }
    if ((rights & rights_anywhere(owner)) != rights) {
        return fail(
            ErrorKind::PermissionDenied,
            "token_rights"_code,
            "a token cannot have rights that its owner does not have"
        );
    }
    BONGSU_ASSIGN(const auto held, impl_->store.tokens(owner.user));
    if (held.size() >= kMostPerUser) {
        return fail(
            ErrorKind::FailedPrecondition,
            "token_too_many"_code,
            "there are 50 tokens already; revoke one before the next"
        );
    }
    const std::string secret = random_secret();
    const WallTime now = impl_->clock.wall();
    const store::TokenRow row{
        .id = random_hex(kIdBytes),
        .user = owner.user,
        .name = name,
        .secret_hash = sha256_hex(secret),
        .rights = names_of(rights),
        .created = now,
        .expires = now + life,
        .last_used = std::nullopt,
    };
    BONGSU_TRY(impl_->store.add_token(row));
    return NewToken{std::string(kPrefix) + row.id + "_" + secret, to_token_info(row)};
}

Result<Caller> ApiTokens::find(std::string_view bearer) {
    const auto parts = split(bearer);
    if (!parts) {
        return refused();
    }
    BONGSU_ASSIGN(const store::TokenRow row, impl_->row_of(parts->id));
    if (!is_same_secret(sha256_hex(parts->secret), row.secret_hash) ||
        impl_->clock.wall() >= row.expires) {
        return refused();
    }
    BONGSU_ASSIGN(const auto base, impl_->directory.principal(row.user));
    if (!base) {
        return refused();
    }
    BONGSU_TRY(impl_->note_use(row));
    auto principal = std::make_shared<Principal>(*base);
    principal->token_rights = to_rights(row.rights);
    principal->session = "token:" + row.id;
    return Caller{.principal = std::move(principal), .csrf = {}, .expires = row.expires};
}

Result<std::vector<TokenInfo>> ApiTokens::list(const std::string& user) {
    BONGSU_ASSIGN(const auto rows, impl_->store.tokens(user));
    std::vector<TokenInfo> infos;
    std::ranges::transform(rows, std::back_inserter(infos), to_token_info);
    return infos;
}

Status ApiTokens::revoke(const std::string& user, const std::string& id) {
    BONGSU_ASSIGN(const auto row, impl_->store.token(id));
    if (!row || row->user != user) {
        return fail(ErrorKind::NotFound, "there is no token '" + id + "'");
    }
    BONGSU_TRY(impl_->store.remove_token(id));
    impl_->forget(user);
    return {};
}

Status ApiTokens::revoke_all(const std::string& user) {
    BONGSU_TRY(impl_->store.remove_tokens_of(user));
    impl_->forget(user);
    return {};
}

}  // namespace bongsu::identity
