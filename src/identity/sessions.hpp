#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "identity/config.hpp"
#include "identity/directory.hpp"
#include "identity/principal.hpp"
#include "store/identity_store.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::identity {

/// Where a request came from.
struct Client {
    std::string address;
    std::string agent;  ///< header User-Agent, cut to 200 bytes
};

/// Who a request comes from, once its cookie or token was found good.
struct Caller {
    std::shared_ptr<const Principal> principal;
    std::string csrf;  ///< what the header Bongsu-CSRF must hold; empty for API tokens
    WallTime expires;  ///< of the session or token, whatever happens
    Duration idle{};   ///< the session ends after so long without requests; zero for API tokens
};

struct NewSession {
    std::string cookie;  ///< value of the cookie; only here in clear
    Caller caller;
};

struct SessionInfo {
    std::string handle;
    std::string user;
    std::string address;
    std::string agent;
    WallTime created;
    WallTime last_seen;
    WallTime expires;
};

/// Sessions of people. The id is 256 random bits and only its SHA-256 is stored; a stored session
/// cannot be turned back into a cookie. Lookups are answered from memory and re-read after some
/// seconds, so that a change made by another process is seen. Thread-safe.
class Sessions {
public:
    /// Called with the handle after a session ended before its time, on the thread that ended it.
    using OnEnded = std::function<void(const std::string& handle, std::string_view reason)>;

    Sessions(
        store::IdentityStore& store,
        Directory& directory,
        const IdentityConfig& config,
        const Clock& clock
    );
    ~Sessions();

    /// Set before the first session is used.
    void on_ended(OnEnded callback);

    Result<NewSession> begin(const std::string& user, const Client& client);

    /// PermissionDenied for an unknown, ended or expired session or an inactive user; Unavailable
    /// when the database cannot say. Counts as activity.
    Result<Caller> find(std::string_view cookie);

    Status end(std::string_view cookie);
    /// NotFound when it is not the user's.
    Status end_by_handle(const std::string& user, const std::string& handle);
    /// All of the user's but the one with `except_handle`, which may be empty.
    Status end_all(const std::string& user, const std::string& except_handle, std::string_view why);

    /// Of one user, or with an empty name of all; newest first; without expired ones.
    Result<std::vector<SessionInfo>> list(const std::string& user);

    /// Writes activity down and forgets what expired. To be called about once a minute.
    Status sweep();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::identity
