#include "ingest/rtsp/session.hpp"

#include "core/log.hpp"
#include "domain/camera.hpp"
#include "media/rtsp/text.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace bongsu::ingest::rtsp {
namespace {

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

constexpr Duration kUdpInterval = std::chrono::milliseconds{20};
constexpr Duration kLongestInterval = std::chrono::seconds{1};
constexpr Duration kControlInterval = std::chrono::milliseconds{200};

}  // namespace

Session::Session(
    SourceParams params, RtspSettings settings, SourceListener& listener, SourceContext& context
)
    : params_(std::move(params)),
      settings_(std::move(settings)),
      listener_(listener),
      clock_(context.clock),
      gate_(context.gate),
      names_(context.names),
      thread_(context.threads.next()),
      shown_url_(redact_url(params_.url)),
      read_interval_(settings_.read_interval.count()),
      backoff_(
          {settings_.first_retry, settings_.longest_retry, settings_.refused_retry},
          [this] { return random(); }
      ),
      meter_(context.metrics, params_.camera, params_.role),
      receiver_(params_.camera, params_.role, listener),
      key_patience_(settings_.key_timeout) {}

void Session::start() {
    asio::co_spawn(
        thread_.context,
        [self = shared_from_this()]() { return self->run(); },
        asio::bind_cancellation_slot(
            cancel_.slot(),
            [self = shared_from_this()](const std::exception_ptr&) { self->finished_.set_value(); }
        )
    );
}

std::future<void> Session::stop() {
    auto finished = finished_.get_future();
    is_stopping_ = true;
    asio::post(thread_.context, [self = shared_from_this()] {
        self->cancel_.emit(asio::cancellation_type::terminal);
    });
    return finished;
}

asio::awaitable<void> Session::run() {
    while (!is_stopping_) {
        Error error;
        try {
            error = co_await attempt();
        } catch (const std::exception& exception) {
            error = {ErrorKind::Internal, exception.what(), nullptr};
        }
        say_goodbye();
        known_challenge_.reset();
        if (requester_ && error.kind != ErrorKind::PermissionDenied) {
            known_challenge_ = requester_->challenge();
        }
        if (is_stopping_) {
            break;
        }
        ++counted_.failures;
        learn(error);
        enter(needs_a_person(error.kind) ? StreamState::Failed : StreamState::Lost, &error);
        connection_.reset();
        co_await pause(wait_after(error));
    }
}

asio::awaitable<Error> Session::attempt() {
    is_open_ = false;
    url_ = settings_.url;
    redirects_ = 0;
    const auto place = gate_.reserve(clock_.mono(), attempt_);
    attempt_ = Attempt::Again;
    co_await pause(place - clock_.mono());
    enter(StreamState::Connecting, nullptr);
    if (auto opened = co_await open(); !opened) {
        co_return opened.error();
    }
    is_open_ = true;
    attempt_ = Attempt::First;
    has_logged_in_ = true;
    playing_since_ = clock_.mono();
    heard_at_ = playing_since_;
    probed_at_.reset();
    played_timeout_ = playing_.session.timeout;
    kept_alive_at_ = playing_since_;
    reported_at_ = playing_since_;
    ++counted_.connects;
    enter(StreamState::Playing, nullptr);
    const auto ended = co_await (receive() || supervise());
    co_return std::visit([](const Error& error) { return error; }, ended);
}

asio::awaitable<void> Session::pause(Duration wait) {
    if (wait > Duration::zero()) {
        asio::steady_timer timer(thread_.context, wait);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

/// Takes in packets until something ends the stream.
asio::awaitable<Error> Session::receive() {
    asio::steady_timer timer(thread_.context);
    while (true) {
        // UDP is always polled: the kernel's buffer of a datagram socket is small, and looking at
        // both sockets fifty times a second is cheaper than a wake-up for every datagram.
        const Duration set(read_interval_.load());
        const Duration interval = playing_.udp ? kUdpInterval : std::min(set, kLongestInterval);
        connection_->set_watched(interval == Duration::zero());
        if (interval == Duration::zero()) {
            co_await connection_->wait_readable();
        } else {
            // On a common grid, so that one wake-up of the thread serves all of its cameras.
            const auto grid = std::chrono::duration_cast<Duration>(
                std::chrono::steady_clock::now().time_since_epoch()
            );
            timer.expires_at(
                std::chrono::steady_clock::time_point(grid - grid % interval + interval)
            );
            co_await timer.async_wait(asio::use_awaitable);
        }
        if (auto drained = drain(); !drained) {
            co_return drained.error();
        }
        if (receiver_.is_over()) {
            co_return Error{
                ErrorKind::Unavailable, shown_url_ + " ended the stream (RTCP BYE)", nullptr
            };
        }
    }
}

Status Session::drain() {
    arrival_ = {clock_.mono(), clock_.wall()};
    if (playing_.udp) {
        playing_.udp->drain(
            [this](Bytes packet) { receiver_.on_datagram(packet, arrival_); },
            [this](Bytes packet) { receiver_.on_rtcp(packet, arrival_); }
        );
        receiver_.flush_late(arrival_);
        if (is_open_ && arrival_.mono - looked_at_control_ < kControlInterval) {
            return {};
        }
        looked_at_control_ = arrival_.mono;
    }
    return connection_->drain([this](media::RtspItem& item) {
        heard_at_ = arrival_.mono;
        return on_item(item);
    });
}

/// Once a second: keeps the session alive, reports, and notices that nothing comes any more.
asio::awaitable<Error> Session::supervise() {
    asio::steady_timer timer(thread_.context);
    while (true) {
        timer.expires_after(std::chrono::seconds{1});
        co_await timer.async_wait(asio::use_awaitable);
        publish();
        if (auto stall = find_stall()) {
            co_return *stall;
        }
        if (auto tended = tend(); !tended) {
            co_return tended.error();
        }
    }
}

Status Session::on_item(media::RtspItem& item) {
    if (const auto* frame = std::get_if<media::InterleavedFrame>(&item)) {
        if (frame->channel == playing_.channels.first) {
            receiver_.on_rtp(frame->payload, arrival_);
        } else if (frame->channel == playing_.channels.second) {
            receiver_.on_rtcp(frame->payload, arrival_);
        }
        return {};
    }
    if (const auto* response = std::get_if<media::RtspResponse>(&item)) {
        return on_response(*response);
    }
    // A request of the camera, such as a keep-alive of its own: a polite no keeps it going.
    const auto& request = std::get<media::RtspRequest>(item);
    media::RtspResponse refusal{.status = 501, .reason = {}, .headers = {}, .body = {}};
    if (const auto cseq = request.headers.cseq()) {
        refusal.headers.add("CSeq", std::to_string(*cseq));
    }
    return connection_->send(media::write_response(refusal));
}

double Session::random() {
    return std::uniform_real_distribution<double>(0, 1)(generator_);
}

std::string Session::client_nonce() {
    return fmt::format("{:016x}", generator_());
}

void Session::enter(StreamState state, const Error* error) {
    counted_.state = state;
    if (error != nullptr) {
        counted_.last_error = error->describe();
        if (const auto held_back = log_limit_.admit(clock_.mono())) {
            log::warn(
                "ingest.lost",
                {{"camera", params_.camera.value()},
                 {"role", to_string(params_.role)},
                 {"error", counted_.last_error},
                 {"held_back", *held_back}}
            );
        }
    } else if (state == StreamState::Playing) {
        log::info(
            "ingest.playing",
            {{"camera", params_.camera.value()},
             {"role", to_string(params_.role)},
             {"url", shown_url_},
             {"transport", counted_.transport}}
        );
    }
    publish();
    listener_.on_state(state, error);
}

void Session::publish() {
    if (connection_) {
        counted_.resyncs = resyncs_before_ + connection_->reader().resyncs();
    }
    receiver_.report(counted_);
    meter_.publish(counted_, clock_.mono());
}

}  // namespace bongsu::ingest::rtsp
