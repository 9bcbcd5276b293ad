#include "identity/sessions.hpp"

#include "identity/secrets.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_map>

namespace bongsu::identity {
namespace {

/// How long a session is used without looking whether another process ended it.
constexpr Duration kFresh = std::chrono::seconds{5};
constexpr std::size_t kMostPerUser = 20;
constexpr std::size_t kLongestAgent = 200;
constexpr std::size_t kHandleBytes = 8;

/// Tied to the secret of the session, so that it needs no column of its own.
std::string csrf_of(std::string_view cookie) {
    return sha256_hex("bongsu csrf " + std::string(cookie));
}

std::unexpected<Error> refused() {
    return fail(ErrorKind::PermissionDenied, "the session has ended; log in again");
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
    std::mutex mutex;
    std::unordered_map<std::string, Entry> entries{};  ///< by hash of the id
    std::uint64_t endings = 0;  ///< guards against caching what was read before an end

    Impl(
        store::IdentityStore& store_in,
        Directory& directory_in,
        const IdentityConfig& config_in,
        const Clock& clock_in
    )
        : store(store_in), directory(directory_in), config(config_in), clock(clock_in) {}

    /// The row from memory, or from the database when it is not there or old.
    Result<store::SessionRow> row_of(const std::string& hash) {
        std::uint64_t before = 0;
        {
            const std::scoped_lock lock(mutex);
            const auto found = entries.find(hash);
            if (found != entries.end() && clock.mono() - found->second.read_at < kFresh) {
                return found->second.row;
            }
            before = endings;
        }
        BONGSU_ASSIGN(auto row, store.session(hash));
        const std::scoped_lock lock(mutex);
        if (!row || before != endings) {
            entries.erase(hash);
            return row ? Result<store::SessionRow>(*std::move(row)) : refused();
        }
        Entry& entry = entries[hash];
        row->last_seen = std::max(row->last_seen, entry.row.last_seen);
        entry.row = *row;
        entry.read_at = clock.mono();
        return *std::move(row);
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
        const std::scoped_lock lock(mutex);
        const auto found = entries.find(hash);
        if (found != entries.end() && found->second.base == base) {
            found->second.row.last_seen = clock.wall();
            found->second.is_touched = true;
            return found->second.principal;
        }
        auto own = std::make_shared<Principal>(*base);
        own->session = handle;
        if (found != entries.end()) {
            found->second.base = base;
            found->second.principal = own;
            found->second.row.last_seen = clock.wall();
            found->second.is_touched = true;
        }
        return own;
    }

    Status end_row(const store::SessionRow& row, std::string_view reason) {
        BONGSU_TRY(store.remove_session(row.id_hash));
        {
            const std::scoped_lock lock(mutex);
            ++endings;
            entries.erase(row.id_hash);
        }
        if (on_ended) {
            on_ended(row.handle, reason);
        }
        return {};
    }

    Status make_room(const std::string& user) {
        BONGSU_ASSIGN(const auto rows, store.sessions(user));
        for (std::size_t i = kMostPerUser - 1; i < rows.size(); ++i) {
            BONGSU_TRY(end_row(rows[i], "too_many_sessions"));
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
    const std::scoped_lock lock(impl_->mutex);
    for (const store::SessionRow& row : rows) {
        if (row.expires <= now) {
            continue;
        }
        SessionInfo& info = infos.emplace_back(to_session_info(row));
        if (const auto found = impl_->entries.find(row.id_hash); found != impl_->entries.end()) {
            info.last_seen = std::max(info.last_seen, found->second.row.last_seen);
        }
    }
    return infos;
}

Status Sessions::sweep() {
    std::vector<std::pair<std::string, WallTime>> seen;
    const WallTime now = impl_->clock.wall();
    {
        const std::scoped_lock lock(impl_->mutex);
        for (auto& [hash, entry] : impl_->entries) {
            if (std::exchange(entry.is_touched, false)) {
                seen.emplace_back(hash, entry.row.last_seen);
            }
        }
        std::erase_if(impl_->entries, [&](const auto& item) {
            return item.second.row.expires <= now ||
                   now - item.second.row.last_seen > impl_->config.shift_idle;
        });
    }
    if (!seen.empty()) {
        BONGSU_TRY(impl_->store.touch_sessions(seen));
    }
    return impl_->store.remove_sessions_expired(now);
}

}  // namespace bongsu::identity
