#include "console/event_stream.hpp"

#include "console/metrics.hpp"
#include "core/log.hpp"
#include "domain/incident_summary.hpp"
#include "incidents/json.hpp"

#include <future>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;

constexpr std::size_t kQueue = 20'000;
constexpr int kPage = 500;
// Beyond so many missed changes loading the lists anew is cheaper than being told each.
constexpr std::int64_t kMostCaughtUp = 1'000;
constexpr int kRefreshEvery = 10;  // ticks of a second
constexpr std::uint64_t kTickKey = 0;
constexpr std::uint16_t kCloseSlow = 4008;
constexpr std::uint16_t kCloseProtocol = 4000;
constexpr std::uint16_t kCloseSession = 4001;
constexpr std::uint16_t kCloseUnavailable = 1013;

std::string incident_text(
    const Incident& incident,
    const std::vector<incidents::IncidentChange>& changes,
    const incidents::IncidentSettings& settings
) {
    return json::serialize(json::object{
        {"type", "incident"},
        {"change", incident.change},
        {"changes", incidents::to_array(changes)},
        {"incident", incidents::to_object(summary_of(incident), &settings)}
    });
}

json::object to_object(const CameraState& state) {
    return {
        {"id", state.camera.value()},
        {"state", state.state},
        {"since", to_iso8601(state.since)},
        {"words", state.words}
    };
}

std::string states_text(json::array states, bool is_all) {
    return json::serialize(
        json::object{{"type", "cameras"}, {"is_all", is_all}, {"states", std::move(states)}}
    );
}

/// {"type":"hello","after":N}: N, or nothing for a console that has nothing yet.
Result<std::optional<std::int64_t>> parse_hello(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    const json::object* object = error ? nullptr : value.if_object();
    const json::value* type = object != nullptr ? object->if_contains("type") : nullptr;
    if (type == nullptr || !type->is_string() || type->get_string() != "hello") {
        return fail(ErrorKind::InvalidArgument, R"(say {"type":"hello","after":N} first)");
    }
    const json::value* after = object->if_contains("after");
    if (after == nullptr || after->is_null()) {
        return std::nullopt;
    }
    if (!after->is_int64() || after->get_int64() < 0) {
        return fail(
            ErrorKind::InvalidArgument, "wrong_kind"_code, "after must be a number of a change"
        );
    }
    return after->get_int64();
}

}  // namespace

struct EventStream::Console {
    std::shared_ptr<net::WebSocket> socket;
    PrincipalPtr principal;
    bool is_greeted = false;
    bool is_closed = false;
    std::int64_t position = 0;  ///< number of the newest change that it has or need not have
};

EventStream::EventStream(Parts parts)
    : parts_(std::move(parts)),
      open_(parts_.metrics.gauge(kOpenConsoles)),
      sent_(parts_.metrics.counter(kMessagesSent)),
      cut_(parts_.metrics.counter(kConsolesCut)),
      queue_(pool_, kQueue, exec::Overflow::Coalesce) {}

EventStream::~EventStream() {
    stop();
}

Status EventStream::start() {
    BONGSU_ASSIGN(latest_, parts_.incidents.latest_change());
    exec::PeriodicTimers timers(parts_.clock);
    timers.add(std::chrono::seconds{1}, [this] { queue_.push([this] { tick(); }, kTickKey); });
    ticker_.emplace("console-tick", std::move(timers));
    return {};
}

void EventStream::stop() {
    if (ticker_) {
        ticker_->stop();
        ticker_.reset();
    }
    queue_.close();
    pool_.stop();
    for (const auto& [key, console] : consoles_) {
        console->socket->close(1001, "the server stops");
    }
    consoles_.clear();
}

void EventStream::push(exec::Task task) {
    // What does not fit is not lost: the next tick compares with the store.
    queue_.push(std::move(task), next_key_++);
}

void EventStream::count(const std::string& user, bool is_open) {
    count_ += is_open ? 1 : -1;
    open_.set(static_cast<double>(count_));
    by_user_.with([&](std::map<std::string, std::size_t>& open) {
        if (is_open) {
            ++open[user];
        } else if (--open[user] == 0) {
            open.erase(user);
        }
    });
}

bool EventStream::has_console(const std::string& user) const {
    return by_user_.with([&](const std::map<std::string, std::size_t>& open) {
        return open.contains(user);
    });
}

std::size_t EventStream::consoles() const {
    return count_;
}

net::WebSocketAccept EventStream::accept(PrincipalPtr principal) {
    return [this, principal = std::move(principal)](std::shared_ptr<net::WebSocket> socket) {
        auto console = std::make_shared<Console>();
        console->socket = std::move(socket);
        console->principal = principal;
        count(principal->user, true);
        net::WebSocketHandlers handlers;
        handlers.on_text = [this, console](std::string_view text) {
            auto hello = parse_hello(text);
            if (!hello) {
                console->socket->close(kCloseProtocol, hello.error().message);
                return;
            }
            push([this, console, after = *hello] { greet(console, after); });
        };
        handlers.on_close = [this, console, user = principal->user] {
            count(user, false);
            push([this, console] {
                console->is_closed = true;
                consoles_.erase(console.get());
                console->socket.reset();  // its handlers hold the console
            });
        };
        return handlers;
    };
}

void EventStream::greet(const ConsolePtr& console, std::optional<std::int64_t> after) {
    if (console->is_greeted || console->is_closed) {
        return;
    }
    console->is_greeted = true;
    fetch_missing();
    consoles_.emplace(console.get(), console);
    console->position = latest_;
    const json::object welcome{
        {"type", "welcome"},
        {"change", latest_},
        {"time", to_iso8601(parts_.clock.wall())},
        {"user", console->principal->user}
    };
    console->socket->send_text(std::make_shared<const std::string>(json::serialize(welcome)));
    send_states(*console);
    if (!after) {
        return;
    }
    if (const Status caught_up = catch_up(*console, *after); !caught_up) {
        log::warn("console.catch_up_failed", {{"error", caught_up.error().describe()}});
        console->socket->close(kCloseUnavailable, "the store does not answer");
    }
}

Status EventStream::catch_up(Console& console, std::int64_t after) {
    // A number from the future comes from another installation or a restored backup.
    if (after > latest_ || latest_ - after > kMostCaughtUp) {
        console.socket->send_text(std::make_shared<const std::string>(R"({"type":"resync"})"));
        return {};
    }
    const std::int64_t until = latest_;
    while (after < until) {
        BONGSU_ASSIGN(
            const std::vector<Incident> page, parts_.incidents.changes_after(after, kPage)
        );
        if (page.empty()) {
            break;
        }
        for (const Incident& incident : page) {
            // A change beyond `until` is told now, and not again when it is broadcast.
            console.position = std::max(console.position, incident.change);
            if (parts_.sees(*console.principal, incident.camera)) {
                console.socket->send_text(std::make_shared<const std::string>(
                    incident_text(incident, {}, parts_.settings)
                ));
            }
        }
        after = page.back().change;
    }
    return {};
}

void EventStream::send_states(Console& console) const {
    json::array list;
    for (const auto& [camera, state] : states_) {
        if (state.state != "ok" && parts_.sees(*console.principal, camera)) {
            list.push_back(to_object(state));
        }
    }
    console.socket->send_text(std::make_shared<const std::string>(states_text(std::move(list), true)
    ));
}

void EventStream::publish(const incidents::IncidentUpdate& update) {
    push([this, update] {
        if (update.incident.change <= latest_) {
            return;
        }
        if (update.incident.change > latest_ + 1) {
            fetch_missing();
            return;
        }
        latest_ = update.incident.change;
        broadcast(
            {{latest_,
              update.incident.camera,
              std::make_shared<const std::string>(
                  incident_text(update.incident, update.changes, parts_.settings)
              )}}
        );
    });
}

void EventStream::fetch_missing() {
    for (;;) {
        const auto page = parts_.incidents.changes_after(latest_, kPage);
        if (!page) {
            log::warn("console.store_unavailable", {{"error", page.error().describe()}});
            return;
        }
        if (page->empty()) {
            return;
        }
        std::vector<Message> messages;
        for (const Incident& incident : *page) {
            messages.push_back(
                {incident.change,
                 incident.camera,
                 std::make_shared<const std::string>(incident_text(incident, {}, parts_.settings))}
            );
        }
        latest_ = page->back().change;
        broadcast(messages);
    }
}

void EventStream::broadcast(const std::vector<Message>& messages) {
    for (const auto& [key, console] : consoles_) {
        for (const Message& message : messages) {
            send(*console, message);
        }
    }
}

void EventStream::send(Console& console, const Message& message) const {
    if (console.is_closed || message.change <= console.position) {
        return;
    }
    console.position = message.change;
    if (!parts_.sees(*console.principal, message.camera)) {
        return;
    }
    if (console.socket->send_text(message.text)) {
        sent_.add();
        return;
    }
    // It says its last number when it comes back, so cutting it loses nothing.
    console.is_closed = true;
    cut_.add();
    console.socket->close(kCloseSlow, "too slow; come back with your last number");
}

void EventStream::set_states(std::vector<CameraState> changed) {
    push([this, changed = std::move(changed)] {
        for (const CameraState& state : changed) {
            states_[state.camera] = state;
        }
        for (const auto& [key, console] : consoles_) {
            json::array list;
            for (const CameraState& state : changed) {
                if (parts_.sees(*console->principal, state.camera)) {
                    list.push_back(to_object(state));
                }
            }
            if (!list.empty() && !console->is_closed) {
                console->socket->send_text(
                    std::make_shared<const std::string>(states_text(std::move(list), false))
                );
            }
        }
    });
}

void EventStream::send_to_user(const std::string& user, std::string text) {
    send_to_all(std::move(text), [user](const identity::Principal& principal) {
        return principal.user == user;
    });
}

void EventStream::send_to_all(
    std::string text, std::function<bool(const identity::Principal&)> may_see
) {
    push([this,
          text = std::make_shared<const std::string>(std::move(text)),
          may_see = std::move(may_see)] {
        for (const auto& [key, console] : consoles_) {
            if (!console->is_closed && may_see(*console->principal)) {
                console->socket->send_text(text);
            }
        }
    });
}

void EventStream::end_session(const std::string& session, std::string reason) {
    push([this, session, reason = std::move(reason)] {
        const auto text = std::make_shared<const std::string>(
            json::serialize(json::object{{"type", "session_ended"}, {"reason", reason}})
        );
        for (const auto& [key, console] : consoles_) {
            if (console->principal->session == session) {
                console->socket->send_text(text);
                console->socket->close(kCloseSession, "the session ended");
            }
        }
    });
}

void EventStream::tick() {
    const auto stored = parts_.incidents.latest_change();
    if (stored && *stored > latest_) {
        fetch_missing();
    }
    if (++ticks_ % kRefreshEvery == 0) {
        refresh_principals();
    }
}

void EventStream::refresh_principals() {
    for (const auto& [key, console] : consoles_) {
        PrincipalPtr now = parts_.refresh(console->principal);
        if (now) {
            console->principal = std::move(now);
        } else {
            console->socket->close(kCloseSession, "the session ended");
        }
    }
}

}  // namespace bongsu::console
