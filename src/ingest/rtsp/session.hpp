#pragma once

#include "core/clock.hpp"
#include "core/rate_limited.hpp"
#include "ingest/backoff.hpp"
#include "ingest/connect_gate.hpp"
#include "ingest/rtsp/connection.hpp"
#include "ingest/rtsp/requester.hpp"
#include "ingest/rtsp/rhythm.hpp"
#include "ingest/rtsp/rtsp_settings.hpp"
#include "ingest/rtsp/stream_receiver.hpp"
#include "ingest/rtsp/udp_pair.hpp"
#include "ingest/source.hpp"
#include "ingest/stream_meter.hpp"

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

namespace bongsu::ingest::rtsp {

/// One camera stream over RTSP, for as long as it is wanted: connects, logs in, sets up video
/// (never audio), plays, keeps the session alive and, when that ends, starts again after a wait.
/// One coroutine pinned to one network thread. Owned by RtspSource, kept alive by its own
/// coroutine.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(
        SourceParams params, RtspSettings settings, SourceListener& listener, SourceContext& context
    );

    void start();

    /// Thread-safe. The future is ready when the last callback has returned.
    std::future<void> stop();

    StreamStatistics statistics() const { return meter_.latest(); }

    void set_read_interval(Duration interval) { read_interval_ = interval.count(); }

private:
    /// What was agreed with the camera.
    struct Playing {
        std::string url;  ///< of the aggregate: PLAY, keep-alive, TEARDOWN
        media::RtspSession session;
        media::ChannelPair channels{0, 1};
        std::unique_ptr<UdpPair> udp;  ///< null: interleaved
        std::string keep_alive_method;
    };

    using Response = Result<media::RtspResponse>;

    boost::asio::awaitable<void> run();
    boost::asio::awaitable<Error> attempt();
    boost::asio::awaitable<Status> open();
    boost::asio::awaitable<Status> connect();
    boost::asio::awaitable<Response> request(
        std::string method, std::string url, Requester::Headers headers
    );
    boost::asio::awaitable<Response> exchange(std::string method, std::string bytes);
    boost::asio::awaitable<Response> await_response();
    boost::asio::awaitable<Status> ask_options();
    boost::asio::awaitable<Result<media::RtspResponse>> describe();
    boost::asio::awaitable<Status> set_up(std::string control);
    boost::asio::awaitable<Status> set_up_as(std::string control, bool is_tcp);
    boost::asio::awaitable<Error> receive();
    boost::asio::awaitable<Error> supervise();
    boost::asio::awaitable<void> pause(Duration wait);

    Status follow_redirect(const media::RtspResponse& response);
    Status accept_transport(const media::RtspResponse& response, bool is_tcp);
    Status drain();
    Status on_item(media::RtspItem& item);
    Status on_response(const media::RtspResponse& response);
    Status tend();
    Status send_keep_alive();
    Status send_report();
    std::optional<Error> find_stall();
    std::optional<Error> find_silence();
    std::optional<Error> find_blindness();
    void learn(const Error& error);
    void learn_keep_alive();
    Duration wait_after(const Error& error);
    static bool needs_a_person(ErrorKind kind);
    void enter(StreamState state, const Error* error);
    void publish();
    void say_goodbye();
    double random();
    std::string client_nonce();

    const SourceParams params_;
    const RtspSettings settings_;
    SourceListener& listener_;
    const Clock& clock_;
    ConnectGate& gate_;
    NameLookup& names_;
    IoThread thread_;
    const std::string shown_url_;
    std::atomic<Duration::rep> read_interval_;
    std::mt19937_64 generator_{std::random_device{}()};
    Backoff backoff_;
    StreamMeter meter_;
    StreamStatistics counted_;
    StreamReceiver receiver_;
    RateLimited log_limit_{std::chrono::seconds{10}};

    // Learnt from the attempts before.
    std::optional<media::AuthChallenge> known_challenge_;
    bool prefers_options_ = false;    ///< GET_PARAMETER did not keep a session alive
    bool has_logged_in_ = false;      ///< the password was right once
    bool has_asked_for_key_ = false;  ///< began a session anew because no key picture came
    Duration key_patience_{};         ///< how long a key picture is waited for
    Attempt attempt_ = Attempt::First;

    // Of the current attempt.
    media::RtspUrl url_;
    std::optional<Connection> connection_;
    std::optional<Requester> requester_;
    Playing playing_;
    std::vector<media::RtspResponse> responses_;  ///< not looked at yet
    bool is_open_ = false;
    int redirects_ = 0;
    std::uint64_t resyncs_before_ = 0;
    MonoTime playing_since_;
    MonoTime kept_alive_at_;
    Duration played_timeout_{};  ///< of the session that plays or played last
    MonoTime heard_at_;          ///< when anything came
    std::optional<MonoTime> probed_at_;
    MonoTime reported_at_;
    MonoTime looked_at_control_;
    Arrival arrival_;  ///< of what is being drained

    boost::asio::cancellation_signal cancel_;
    std::atomic<bool> is_stopping_{false};
    std::promise<void> finished_;
};

}  // namespace bongsu::ingest::rtsp
