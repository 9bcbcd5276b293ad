#pragma once

#include "console/idempotency.hpp"
#include "console/route.hpp"

#include <functional>
#include <string>
#include <vector>

namespace bongsu::console {

/// Who a request comes from.
struct Authenticated {
    PrincipalPtr principal;
    std::string csrf;        ///< of the session; empty for API tokens
    bool is_cookie = false;  ///< a browser sent it on its own accord: CSRF and Origin are checked
};

/// Session cookie or bearer token to principal. PermissionDenied when there is none or it is not
/// valid any more; Unavailable when that cannot be told now.
using Authenticate = std::function<Result<Authenticated>(const net::HttpRequest&)>;

/// The one place through which every request of the interface goes: finds the route, then session,
/// origin, CSRF token, purpose and right, writes the audit record, and only then calls the handler.
/// Thread-safe.
class Router {
public:
    Router(Gate gate, Authenticate authenticate, std::vector<Route> routes);

    /// Never throws: what a handler throws is logged and answered with 500.
    net::HttpAnswer answer(const net::HttpRequest& request);

    const std::vector<Route>& routes() const { return routes_; }

private:
    struct Found {
        const Route* route = nullptr;
        PathValues path;
    };

    struct Entry {
        PathPattern pattern;
        std::size_t route = 0;
    };

    Result<Found> find(const net::HttpRequest& request, std::string& allowed) const;
    net::HttpAnswer open_call(const net::HttpRequest& request, Found found);
    net::HttpAnswer checked_call(const net::HttpRequest& request, Found found);
    Status resolve(Call& call) const;
    net::HttpAnswer permitted_call(const Call& call);
    net::HttpAnswer run(const Call& call);

    const Gate gate_;
    const Authenticate authenticate_;
    const std::vector<Route> routes_;
    std::vector<Entry> entries_;  ///< patterns with fewer names first
    Idempotency idempotency_;
};

}  // namespace bongsu::console
