#include "identity/sessions.hpp"

#include "identity/fresh_rows.hpp"
#include "identity/secrets.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::identity {
namespace {

constexpr std::size_t kMostPerUser = 20;
constexpr std::size_t kLongestAgent = 200;
constexpr std::size_t kHandleBytes = 8;

/// Tied to the secret of the session, so that it needs no column of its own.
std::string csrf_of(std::string_view cookie) {
    return sha256_hex("bongsu csrf " + std::string(cookie));
}

std::unexpected<Error> refused() {
    return fail(
        ErrorKind::PermissionDenied, "session_ended"_code, "the session has ended; log in again"
    );
}

/// Who watches a wall for a whole shift touches nothing for long.
bool watches(const Principal& principal) {
    return std::ranges::any_of(principal.grants, [](const Grant& grant) {
        return grant.role == Role::Operator || grant.role == Role::Supervisor;
    });
}

SessionInfo to_session_info(const store::SessionRow& row) {
    return {
        .handle = row.handle,
        .user = row.user,
        .address = row.address,
        .agent = row.agent,
        .created = row.created,
        .last_seen = row.last_seen,
        .expires = row.expires,
    };
}

}  // namespace

struct Sessions::Impl {
    struct Entry {
        store::SessionRow row;
        MonoTime read_at;
        bool is_touched = false;                     ///< seen since the last sweep
        std::shared_ptr<const Principal> base;       ///< of the user
        std::shared_ptr<const Principal> principal;  ///< the same with the session's handle
    };

    store::IdentityStore& store;
    Directory& directory;
    const IdentityConfig config;
    const Clock& clock;
    OnEnded on_ended;
    FreshRows<Entry> rows;  ///< by hash of the id

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

    Result<store::SessionRow> row_of(const std::string& hash) {
        BONGSU_ASSIGN(
            auto row,
            rows.get(
                hash,
                [&] { return store.session(hash); },
                [](const store::SessionRow& known, store::SessionRow& fresh) {
                    fresh.last_seen = std::max(fresh.last_seen, known.last_seen);
                }
            )
        );
        return row ? Result<store::SessionRow>(*std::move(row)) : refused();
    }

    Duration idle_limit(const Principal& principal) const {
        return watches(principal) ? config.shift_idle : config.session_idle;
    }

    /// The principal with the handle of the session; notes the activity.
    std::shared_ptr<const Principal> principal_of(
        const std::string& hash,
        const std::string& handle,
        const std::shared_ptr<const Principal>& base
    ) {
        return rows.with([&](FreshRows<Entry>::Entries& entries) {
            const auto found = entries.find(hash);
            if (found == entries.end() || found->second.base != base) {
                auto own = std::make_shared<Principal>(*base);
                own->session = handle;
                if (found == entries.end()) {
                    return std::shared_ptr<const Principal>(std::move(own));
                }
                found->second.base = base;
                found->second.principal = std::move(own);
            }
            found->second.row.last_seen = clock.wall();
            found->second.is_touched = true;
            return found->second.principal;
        });
    }

    Status end_row(const store::SessionRow& row, std::string_view reason) {
        BONGSU_TRY(store.remove_session(row.id_hash));
        rows.remove_if([&](const Entry& entry) { return entry.row.id_hash == row.id_hash; });
        if (on_ended) {
            on_ended(row.handle, reason);
        }
        return {};
    }

    Status make_room(const std::string& user) {
        BONGSU_ASSIGN(const auto held, store.sessions(user));
        for (std::size_t i = kMostPerUser - 1; i < held.size(); ++i) {
            BONGSU_TRY(end_row(held[i], "too_many_sessions"));
        }
        return {};
    }
};

Sessions::Sessions(
    store::IdentityStore& store,
    Directory& directory,
    const IdentityConfig& config,
    const Clock& clock
)
    : impl_(std::make_unique<Impl>(store, directory, config, clock)) {}

Sessions::~Sessions() = default;

void Sessions::on_ended(OnEnded callback) {
    impl_->on_ended = std::move(callback);
}

Result<NewSession> Sessions::begin(const std::string& user, const Client& client) {
    BONGSU_TRY(impl_->make_room(user));
    const WallTime now = impl_->clock.wall();
    NewSession session{.cookie = random_secret(), .caller = {}};
    BONGSU_TRY(impl_->store.add_session({
        .id_hash = sha256_hex(session.cookie),
        .handle = random_hex(kHandleBytes),
        .user = user,
        .address = client.address,
        .agent = client.agent.substr(0, kLongestAgent),
        .created = now,
        .last_seen = now,
        .expires = now + impl_->config.session_longest,
    }));
    BONGSU_ASSIGN(session.caller, find(session.cookie));
    return session;
}

Result<Caller> Sessions::find(std::string_view cookie) {
    if (cookie.size() != kSecretLength) {
        return refused();
    }
    const std::string hash = sha256_hex(cookie);
    BONGSU_ASSIGN(const store::SessionRow row, impl_->row_of(hash));
    BONGSU_ASSIGN(const auto base, impl_->directory.principal(row.user));
    const WallTime now = impl_->clock.wall();
    if (!base) {
        return refused();
    }
    if (now >= row.expires || now - row.last_seen >= impl_->idle_limit(*base)) {
        BONGSU_TRY(impl_->end_row(row, "expired"));
        return refused();
    }
    return Caller{
        .principal = impl_->principal_of(hash, row.handle, base),
        .csrf = csrf_of(cookie),
        .expires = row.expires,
        .idle = impl_->idle_limit(*base),
    };
}

Status Sessions::end(std::string_view cookie) {
    BONGSU_ASSIGN(const auto row, impl_->store.session(sha256_hex(cookie)));
    return row ? impl_->end_row(*row, "logged_out") : Status{};
}

Status Sessions::end_by_handle(const std::string& user, const std::string& handle) {
    BONGSU_ASSIGN(const auto rows, impl_->store.sessions(user));
    const auto found = std::ranges::find(rows, handle, &store::SessionRow::handle);
    if (found == rows.end()) {
        return fail(ErrorKind::NotFound, "there is no session '" + handle + "'");
    }
    return impl_->end_row(*found, "revoked");
}

Status Sessions::end_all(
    const std::string& user, const std::string& except_handle, std::string_view why
) {
    BONGSU_ASSIGN(const auto rows, impl_->store.sessions(user));
    for (const store::SessionRow& row : rows) {
        if (row.handle != except_handle) {
            BONGSU_TRY(impl_->end_row(row, why));
        }
    }
    return {};
}

Result<std::vector<SessionInfo>> Sessions::list(const std::string& user) {
    BONGSU_ASSIGN(
        const auto rows, impl_->store.sessions(user.empty() ? std::nullopt : std::optional(user))
    );
    const WallTime now = impl_->clock.wall();
    std::vector<SessionInfo> infos;
    impl_->rows.with([&](const auto& known) {
        for (const store::SessionRow& row : rows) {
            if (row.expires <= now) {
                continue;
            }
            SessionInfo& info = infos.emplace_back(to_session_info(row));
            if (const auto found = known.find(row.id_hash); found != known.end()) {
                info.last_seen = std::max(info.last_seen, found->second.row.last_seen);
            }
        }
    });
    return infos;
}

Status Sessions::sweep() {
    std::vector<std::pair<std::string, WallTime>> seen;
    const WallTime now = impl_->clock.wall();
    impl_->rows.with([&](auto& entries) {
        for (auto& [hash, entry] : entries) {
            if (std::exchange(entry.is_touched, false)) {
                seen.emplace_back(hash, entry.row.last_seen);
            }
        }
        std::erase_if(entries, [&](const auto& item) {
            return item.second.row.expires <= now ||
                   now - item.second.row.last_seen > impl_->config.shift_idle;
        });
    });
    if (!seen.empty()) {
        BONGSU_TRY(impl_->store.touch_sessions(seen));
    }
    return impl_->store.remove_sessions_expired(now);
}

}  // namespace bongsu::identity
