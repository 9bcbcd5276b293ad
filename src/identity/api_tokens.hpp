#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "identity/config.hpp"
#include "identity/directory.hpp"
#include "identity/rights.hpp"
#include "identity/sessions.hpp"
#include "store/identity_store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::identity {

struct TokenInfo {
    std::string id;
    std::string name;
    RightSet rights;
    WallTime created;
    WallTime expires;
    std::optional<WallTime> last_used;
};

struct NewToken {
    std::string secret;  ///< "bgs_<id>_<secret>"; only here in clear
    TokenInfo info;
};

/// API tokens of programs: "bgs_", an id that finds the row, and 256 random bits of which only the
/// SHA-256 is stored. A token has at most the rights that its owner has at the time of use.
/// Thread-safe.
class ApiTokens {
public:
    ApiTokens(
        store::IdentityStore& store,
        Directory& directory,
        const IdentityConfig& config,
        const Clock& clock
    );
    ~ApiTokens();

    /// InvalidArgument for an empty name, no rights, or a life longer than identity.longest_token;
    /// PermissionDenied for rights that the owner does not have; FailedPrecondition beyond 50
    /// tokens of one owner.
    Result<NewToken> make(
        const Principal& owner, const std::string& name, RightSet rights, Duration life
    );

    /// As Sessions::find, for "bgs_...".
    Result<Caller> find(std::string_view bearer);

    Result<std::vector<TokenInfo>> list(const std::string& user);
    /// NotFound when it is not the user's.
    Status revoke(const std::string& user, const std::string& id);
    Status revoke_all(const std::string& user);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::identity
