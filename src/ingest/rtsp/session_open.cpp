// The part of Session that brings a stream up: OPTIONS, DESCRIBE, SETUP, PLAY (RFC 2326 10,
// appendix A).
#include "ingest/rtsp/session.hpp"
#include "media/rtsp/sdp.hpp"
#include "media/rtsp/text.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace bongsu::ingest::rtsp {
namespace {

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

constexpr int kMaxRedirects = 3;

/// `step`, or a Timeout error that says what was waited for.
template <class T>
asio::awaitable<Result<T>> within(
    asio::io_context& context,
    Duration limit,
    std::string waited_for,
    asio::awaitable<Result<T>> step
) {
    asio::steady_timer timer(context, limit);
    auto outcome = co_await (std::move(step) || timer.async_wait(asio::use_awaitable));
    if (auto* result = std::get_if<0>(&outcome)) {
        co_return std::move(*result);
    }
    co_return fail(
        ErrorKind::Timeout, fmt::format("{} within {:.1f} s", waited_for, to_seconds(limit))
    );
}

}  // namespace

asio::awaitable<Status> Session::open() {
    if (auto connected = co_await connect(); !connected) {
        co_return connected;
    }
    if (auto asked = co_await ask_options(); !asked) {
        co_return asked;
    }
    auto described = co_await describe();
    if (!described) {
        co_return fail(std::move(described).error());
    }
    const auto description = media::parse_sdp(described->body);
    if (!description) {
        co_return fail(description.error().within(shown_url_));
    }
    auto video = media::choose_video(*description);
    if (!video) {
        co_return fail(video.error().within(shown_url_));
    }
    const auto base = media::base_url(
        described->headers.find("Content-Base"),
        described->headers.find("Content-Location"),
        url_.request_url()
    );
    playing_.url = media::resolve_control(base, description->control);
    if (auto set = co_await set_up(media::resolve_control(base, video->control)); !set) {
        co_return set;
    }
    receiver_.begin(*video);
    const auto played = co_await request("PLAY", playing_.url, {{"Range", "npt=0.000-"}});
    if (!played) {
        co_return fail(played.error());
    }
    co_return Status{};
}

asio::awaitable<Status> Session::connect() {
    if (connection_) {
        resyncs_before_ += connection_->reader().resyncs();
    }
    connection_.emplace(thread_, names_, shown_url_);
    responses_.clear();
    playing_ = {};
    requester_.emplace(settings_.credentials, shown_url_, [this] { return client_nonce(); });
    if (url_.host == settings_.url.host) {
        requester_->expect_challenge(known_challenge_);
    } else {
        requester_->forbid_basic();
    }
    auto connected = co_await within<void>(
        thread_.context,
        settings_.connect_timeout,
        fmt::format("{} could not be reached", shown_url_),
        connection_->connect(url_.host, url_.port)
    );
    co_return connected;
}

/// Sends a request and judges the answer; answers a challenge and comes back with the final word.
asio::awaitable<Session::Response> Session::request(
    std::string method, std::string url, Requester::Headers headers
) {
    while (true) {
        auto response = co_await exchange(method, requester_->write(method, url, headers));
        if (!response) {
            co_return response;
        }
        const auto verdict = requester_->judge(method, *response);
        if (!verdict) {
            co_return fail(verdict.error());
        }
        if (*verdict != Verdict::Repeat) {
            co_return response;
        }
    }
}

asio::awaitable<Session::Response> Session::exchange(std::string method, std::string bytes) {
    if (auto sent = connection_->send(bytes); !sent) {
        co_return fail(sent.error());
    }
    auto response = co_await within<media::RtspResponse>(
        thread_.context,
        settings_.reply_timeout,
        fmt::format("{} did not answer {}", shown_url_, method),
        await_response()
    );
    co_return response;
}

/// The response to the only request that is under way. Its number is not asked for: some cameras
/// send back wrong ones, and nothing else can be meant.
asio::awaitable<Session::Response> Session::await_response() {
    while (true) {
        for (auto& response : std::exchange(responses_, {})) {
            if (response.status >= 200) {
                co_return std::move(response);
            }
        }
        co_await connection_->wait_readable();
        const auto drained = drain();
        if (!drained && responses_.empty()) {
            co_return fail(drained.error());
        }
    }
}

/// OPTIONS says whether GET_PARAMETER may be used. Cameras that refuse it are served all the same.
asio::awaitable<Status> Session::ask_options() {
    playing_.keep_alive_method = settings_.keep_alive == KeepAlive::Off            ? ""
                                 : settings_.keep_alive == KeepAlive::GetParameter ? "GET_PARAMETER"
                                                                                   : "OPTIONS";
    if (settings_.keep_alive != KeepAlive::Auto) {
        co_return Status{};
    }
    const auto bytes = requester_->write("OPTIONS", url_.request_url());
    const auto response = co_await exchange("OPTIONS", bytes);
    if (!response) {
        co_return fail(response.error());
    }
    const auto* methods = response->headers.find("Public");
    const bool has_get_parameter =
        methods != nullptr && media::lists_word(*methods, "GET_PARAMETER");
    if (has_get_parameter && !prefers_options_) {
        playing_.keep_alive_method = "GET_PARAMETER";
    }
    co_return Status{};
}

asio::awaitable<Session::Response> Session::describe() {
    while (true) {
        auto response =
            co_await request("DESCRIBE", url_.request_url(), {{"Accept", "application/sdp"}});
        if (!response || response->status < 300) {
            co_return response;
        }
        if (auto followed = follow_redirect(*response); !followed) {
            co_return fail(followed.error());
        }
        const std::string keep_alive = playing_.keep_alive_method;
        if (auto connected = co_await connect(); !connected) {
            co_return fail(connected.error());
        }
        playing_.keep_alive_method = keep_alive == "GET_PARAMETER" ? "OPTIONS" : keep_alive;
    }
}

Status Session::follow_redirect(const media::RtspResponse& response) {
    const std::string& location = *response.headers.find("Location");
    if (++redirects_ > kMaxRedirects) {
        return fail(
            ErrorKind::Unavailable,
            fmt::format("{} redirected more than {} times", shown_url_, kMaxRedirects)
        );
    }
    auto next = media::parse_rtsp_url(media::resolve_control(url_.request_url(), location));
    if (!next) {
        return fail(next.error().within(shown_url_ + " redirected to an unusable address"));
    }
    url_ = *std::move(next);
    return {};
}

asio::awaitable<Status> Session::set_up(std::string control) {
    const bool starts_with_tcp = settings_.transport != TransportChoice::Udp;
    auto status = co_await set_up_as(control, starts_with_tcp);
    const bool may_change = settings_.transport == TransportChoice::Auto && !status &&
                            status.error().kind == ErrorKind::Unsupported;
    if (may_change) {
        status = co_await set_up_as(control, false);
    }
    co_return status;
}

asio::awaitable<Status> Session::set_up_as(std::string control, bool is_tcp) {
    media::RtspTransport wanted;
    wanted.is_tcp = is_tcp;
    if (is_tcp) {
        wanted.interleaved = playing_.channels;
    } else {
        auto udp = UdpPair::open(thread_, connection_->peer_address(), [this] { return random(); });
        if (!udp) {
            co_return fail(std::move(udp).error());
        }
        playing_.udp = *std::move(udp);
        const auto port = playing_.udp->rtp_port();
        wanted.client_port = media::PortPair{port, static_cast<std::uint16_t>(port + 1)};
    }
    const auto response =
        co_await request("SETUP", control, {{"Transport", media::write_transport(wanted)}});
    if (!response) {
        co_return fail(response.error());
    }
    co_return accept_transport(*response, is_tcp);
}

Status Session::accept_transport(const media::RtspResponse& response, bool is_tcp) {
    if (const auto* header = response.headers.find("Session")) {
        if (auto session = media::parse_session(*header)) {
            playing_.session = *std::move(session);
            requester_->set_session(playing_.session.id);
        }
    }
    media::RtspTransport transport;
    if (const auto* header = response.headers.find("Transport")) {
        auto transports = media::parse_transports(*header);
        if (!transports) {
            return fail(transports.error().within(shown_url_));
        }
        transport = transports->front();
    }
    counted_.transport = is_tcp ? "tcp" : "udp";
    if (is_tcp) {
        playing_.channels = transport.interleaved.value_or(playing_.channels);
        connection_->reader().expect_channels(playing_.channels);
        return {};
    }
    if (!transport.server_port) {
        return fail(
            ErrorKind::Unsupported,
            fmt::format("{} names no server_port for UDP; set transport: tcp", shown_url_)
        );
    }
    playing_.udp->set_camera_ports(*transport.server_port);
    return {};
}

}  // namespace bongsu::ingest::rtsp
