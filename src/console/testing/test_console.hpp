#pragma once

#include "audit/audit_log.hpp"
#include "behaviours/registry.hpp"
#include "console/config.hpp"
#include "console/event_stream.hpp"
#include "console/ports.hpp"
#include "console/router.hpp"
#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "fleet/fleet.hpp"
#include "identity/identity.hpp"
#include "store/store.hpp"
#include "store/testing/temporary_folder.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace bongsu::console::testing {

/// What a request says beyond its target.
struct Ask {
    std::string method = "GET";
    std::string body;  ///< JSON unless `type` says otherwise
    std::string type = "application/json";
    net::HttpFields headers;
    std::string purpose = "control";  ///< header Bongsu-Purpose; empty: none
    bool has_csrf = true;
};

/// A console over real parts in one process: SQLite in a temporary folder, the audit log, the fleet
/// and a user for every role, named after it ("operator", "privacy_officer" ...) with a grant on
/// everything, and "park_operator" with a grant on the organisation "parks" only. Cameras: "gate"
/// and "plaza" of "city", "pond" of "parks". Requests go straight to the router, through sessions
/// that are real. Aborts when the parts cannot be made.
class TestConsole {
public:
    /// `adapt` may fill in further parts before the routes are made.
    explicit TestConsole(const std::function<void(ConsoleParts&)>& adapt = {});
    ~TestConsole();
    TestConsole(const TestConsole&) = delete;
    TestConsole& operator=(const TestConsole&) = delete;

    ConsoleParts& parts() { return *parts_; }

    ManualClock& clock() { return clock_; }

    Router& router() { return *router_; }

    /// `target` is a path with a query. An empty user sends no session.
    net::HttpResponse ask(const std::string& user, const std::string& target, const Ask& ask = {});
    net::HttpResponse get(const std::string& user, const std::string& target);
    net::HttpResponse post(
        const std::string& user, const std::string& target, const boost::json::value& body
    );
    net::HttpResponse put(
        const std::string& user,
        const std::string& target,
        const boost::json::value& body,
        const std::string& if_match = ""
    );

    /// Stores an incident on the camera and returns its id.
    IncidentId add_incident(const std::string& camera, int gravity = 3);

    /// Draws a private mask over the left half of the camera's picture.
    void mask_left_half(const std::string& camera);

    /// Actions in the audit log, newest first, as "who action object outcome".
    std::vector<std::string> audit_lines();

private:
    void add_accounts();
    void add_cameras();
    identity::NewSession& session_of(const std::string& user);

    store::testing::TemporaryFolder folder_;
    ManualClock clock_{WallTime{std::chrono::seconds{1'790'000'000}}};
    Metrics metrics_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<identity::Identity> identity_;
    std::unique_ptr<audit::AuditLog> audit_;
    std::unique_ptr<fleet::Fleet> fleet_;
    std::unique_ptr<EventStream> events_;
    behaviours::Registry behaviours_;
    ConsoleConfig config_;
    std::unique_ptr<ConsoleParts> parts_;
    std::unique_ptr<Router> router_;
    std::map<std::string, identity::NewSession> sessions_;
    int incidents_ = 0;
};

/// The body of an answer as JSON; aborts when it is none.
boost::json::value json_of(const net::HttpResponse& response);

}  // namespace bongsu::console::testing
