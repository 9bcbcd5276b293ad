#include "console/live_sockets.hpp"

#include "console/hidden_areas.hpp"
#include "core/json.hpp"
#include "fleet/fleet.hpp"
#include "identity/identity.hpp"
#include "live/live_hub.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::console {
namespace {

constexpr Duration kCheckEvery = std::chrono::seconds{10};
constexpr std::size_t kLongestText = 1'000;
// Codes of applications (RFC 6455 7.4.2) that the page takes as final, and one that it does not.
constexpr std::uint16_t kCloseProtocol = 1008;
constexpr std::uint16_t kCloseSession = 4001;
constexpr std::uint16_t kCloseRight = 4003;
constexpr std::uint16_t kCloseGone = 4004;
constexpr std::uint16_t kCloseBusy = 1013;

/// A socket as the hub sees it.
class SocketSink final : public live::ViewerSink {
public:
    explicit SocketSink(std::shared_ptr<net::WebSocket> socket) : socket_(std::move(socket)) {}

    bool send_text(std::shared_ptr<const std::string> text) override {
        return socket_->send_text(std::move(text));
    }

    bool send_binary(std::vector<live::SharedBytes> pieces) override {
        return socket_->send_binary(std::move(pieces));
    }

    std::size_t queued_bytes() const override { return socket_->queued_bytes(); }

private:
    const std::shared_ptr<net::WebSocket> socket_;
};

/// {"type":"can","hevc":true}: the page's first message.
Result<bool> parse_can(std::string_view text) {
    BONGSU_ASSIGN(const Value message, parse_json(text, "message", kLongestText));
    const Value* type = message.find("type");
    const Value* hevc = message.find("hevc");
    const bool is_good = type != nullptr && type->as_text() != nullptr && hevc != nullptr &&
                         *type->as_text() == "can" && hevc->as_bool() != nullptr;
    if (!is_good) {
        return fail(ErrorKind::InvalidArgument, R"(say {"type":"can","hevc":true or false} first)");
    }
    return *hevc->as_bool();
}

std::uint16_t close_code(const Error& error) {
    return error.kind == ErrorKind::NotFound ? kCloseGone : kCloseBusy;
}

}  // namespace

struct LiveSockets::Viewer {
    std::shared_ptr<net::WebSocket> socket;
    PrincipalPtr principal;
    identity::Purpose purpose;
    CameraId camera;
    live::WantedRole role;
    bool wants_scenes = false;
    bool may_unmask = false;
    live::Subscription place;  ///< on the socket's thread
    bool is_watching = false;  ///< the same
};

LiveSockets::LiveSockets(const ConsoleParts& parts) : parts_(parts) {
    exec::PeriodicTimers timers(parts.clock);
    timers.add(kCheckEvery, [this] { check_rights(); });
    timer_.emplace("live-rights", std::move(timers));
}

LiveSockets::~LiveSockets() {
    timer_->stop();
}

net::WebSocketAccept LiveSockets::accept(
    const Call& call, live::WantedRole role, bool wants_scenes
) {
    return [this,
            role,
            wants_scenes,
            is_unmasking = may_unmask(call, *call.camera),
            principal = call.principal,
            purpose = call.purpose,
            camera = call.camera->config.id](std::shared_ptr<net::WebSocket> socket) {
        const auto viewer = std::make_shared<Viewer>();
        viewer->socket = std::move(socket);
        viewer->principal = principal;
        viewer->purpose = purpose;
        viewer->camera = camera;
        viewer->role = role;
        viewer->wants_scenes = wants_scenes;
        viewer->may_unmask = is_unmasking;
        {
            const std::scoped_lock lock(mutex_);
            viewers_.emplace(viewer.get(), viewer);
        }
        net::WebSocketHandlers handlers;
        handlers.on_text = [this, viewer](std::string_view text) { on_text(*viewer, text); };
        handlers.on_close = [this, viewer] { forget(*viewer); };
        return handlers;
    };
}

void LiveSockets::on_text(Viewer& viewer, std::string_view text) {
    if (viewer.is_watching) {
        return;  // nothing more is asked of a page
    }
    const auto can_hevc = parse_can(text);
    if (!can_hevc) {
        viewer.socket->close(kCloseProtocol, can_hevc.error().message);
        return;
    }
    auto place = parts_.live->watch(
        viewer.camera,
        viewer.role,
        {.can_hevc = *can_hevc,
         .wants_overlays = viewer.wants_scenes,
         .may_unmask = viewer.may_unmask},
        std::make_shared<SocketSink>(viewer.socket)
    );
    if (!place) {
        viewer.socket->close(close_code(place.error()), place.error().message);
        return;
    }
    viewer.place = *std::move(place);
    viewer.is_watching = true;
}

void LiveSockets::forget(const Viewer& viewer) {
    ViewerPtr gone;  // destroyed after the lock
    const std::scoped_lock lock(mutex_);
    const auto found = viewers_.find(&viewer);
    if (found != viewers_.end()) {
        found->second->place = {};
        gone = std::move(found->second);
        viewers_.erase(found);
    }
}

std::size_t LiveSockets::open() const {
    const std::scoped_lock lock(mutex_);
    return viewers_.size();
}

void LiveSockets::check_rights() {
    std::vector<ViewerPtr> all;
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& [key, viewer] : viewers_) {
            all.push_back(viewer);
        }
    }
    std::unordered_map<std::string, bool> sessions;
    for (const ViewerPtr& viewer : all) {
        const auto [session, is_new] = sessions.try_emplace(viewer->principal->session, true);
        if (is_new) {
            session->second = is_session_open(*viewer->principal);
        }
        if (!session->second) {
            viewer->socket->close(kCloseSession, "the session has ended");
        } else if (!parts_.fleet.get(viewer->camera)) {
            viewer->socket->close(kCloseGone, "the camera was removed");
        } else if (!may_look(*viewer)) {
            viewer->socket->close(kCloseRight, "the right to look was withdrawn");
        }
    }
}

/// A database that does not answer throws nobody out.
bool LiveSockets::is_session_open(const identity::Principal& principal) const {
    if (principal.session.starts_with("token:")) {
        return true;  // their rights are looked at below
    }
    const auto sessions = parts_.identity.sessions().list(principal.user);
    return !sessions ||
           std::ranges::find(*sessions, principal.session, &identity::SessionInfo::handle) !=
               sessions->end();
}

bool LiveSockets::may_look(const Viewer& viewer) const {
    const auto now = parts_.identity.directory().renewed(*viewer.principal);
    const auto camera = parts_.fleet.get(viewer.camera);
    if (!now || !camera) {
        return true;
    }
    const auto is_allowed = [&](identity::Right right) {
        return identity::judge(**now, right, subject_of(*camera), viewer.purpose) ==
               identity::Verdict::Allowed;
    };
    return *now && is_allowed(identity::Right::ViewLive) &&
           (!viewer.may_unmask || is_allowed(identity::Right::Unmask));
}

}  // namespace bongsu::console
