// The part of Session that keeps a playing stream alive and takes leave (RFC 2326 10.7 to 10.8).
#include "core/log.hpp"
#include "ingest/rtsp/session.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::ingest::rtsp {
namespace {

constexpr Duration kReportInterval = std::chrono::seconds{5};  // RFC 3550 6.2
constexpr std::size_t kMaxUnreadResponses = 16;

// A camera that sends 15 pictures a second and is silent for this long has a fault; a slow one gets
// as many of its own intervals.
constexpr Duration kPatience = std::chrono::seconds{3};
constexpr int kPatientIntervals = 5;
constexpr Duration kLongestKeyPatience = std::chrono::minutes{5};
constexpr Duration kStableAfter = std::chrono::seconds{5};  // then the next failure is a new one
constexpr Duration kHangsUpWithin = std::chrono::seconds{2};

}  // namespace

/// Whether trying again soon is of no use.
bool Session::needs_a_person(ErrorKind kind) {
    return kind == ErrorKind::PermissionDenied || kind == ErrorKind::NotFound ||
           kind == ErrorKind::Unsupported || kind == ErrorKind::InvalidArgument;
}

Status Session::tend() {
    const auto at = clock_.mono();
    if (at - reported_at_ >= kReportInterval) {
        reported_at_ = at;
        BONGSU_TRY(send_report());
    }
    const bool is_due = at - kept_alive_at_ >= playing_.session.timeout / 2;
    if (is_due && !playing_.keep_alive_method.empty()) {
        kept_alive_at_ = at;
        return send_keep_alive();
    }
    return {};
}

Status Session::send_keep_alive() {
    return connection_->send(requester_->write(playing_.keep_alive_method, playing_.url));
}

Status Session::send_report() {
    const auto report = receiver_.make_receiver_report(clock_.mono());
    if (!report) {
        return {};
    }
    if (playing_.udp) {
        playing_.udp->send_rtcp(*report);
        return {};
    }
    std::string frame = {
        '$',
        static_cast<char>(playing_.channels.second),
        static_cast<char>(report->size() >> 8U),
        static_cast<char>(report->size() & 0xFFU),
    };
    frame.append(report->begin(), report->end());
    return connection_->send(frame);
}

/// While the stream plays only keep-alives are answered; their numbers are not checked, because
/// some cameras send back wrong ones.
Status Session::on_response(const media::RtspResponse& response) {
    if (!is_open_) {
        if (responses_.size() < kMaxUnreadResponses) {
            responses_.push_back(response);
        }
        return {};
    }
    if (response.status == 454) {
        return fail(ErrorKind::Unavailable, shown_url_ + " has forgotten the session");
    }
    if (response.status == 401) {
        BONGSU_ASSIGN(
            const Verdict verdict, requester_->judge(playing_.keep_alive_method, response)
        );
        return verdict == Verdict::Repeat ? send_keep_alive() : Status{};
    }
    if (response.status >= 400 && playing_.keep_alive_method == "GET_PARAMETER") {
        log::info(
            "ingest.keep_alive_changed",
            {{"camera", params_.camera.value()}, {"status", response.status}}
        );
        playing_.keep_alive_method = "OPTIONS";
        return send_keep_alive();
    }
    // Clears the count of repeated logins.
    (void)requester_->judge(playing_.keep_alive_method, response);
    return {};
}

std::optional<Error> Session::find_stall() {
    if (auto silence = find_silence()) {
        return silence;
    }
    return find_blindness();
}

/// Nothing comes any more. A camera that still answers may only have paused: it gets twice the
/// time.
std::optional<Error> Session::find_silence() {
    const auto at = clock_.mono();
    const Duration silence = at - receiver_.last_packet().value_or(playing_since_);
    const auto gap = receiver_.rhythm().longest_gap();
    const Duration patience =
        gap ? std::min(std::max(kPatience, *gap * kPatientIntervals), settings_.stall_timeout / 2)
            : settings_.stall_timeout / 2;
    if (silence < patience / 2) {
        probed_at_.reset();
        return std::nullopt;
    }
    const bool may_ask = settings_.keep_alive != KeepAlive::Off;
    if (!probed_at_ && may_ask) {
        probed_at_ = at;
        (void)connection_->send(requester_->write("OPTIONS", playing_.url));
        return std::nullopt;
    }
    const bool has_answered = !may_ask || heard_at_ > *probed_at_;
    if (silence < (has_answered ? 2 * patience : patience)) {
        return std::nullopt;
    }
    const std::string_view what = !may_ask       ? "has sent no video"
                                  : has_answered ? "sends no video, but still answers; silent"
                                                 : "neither sends video nor answers; silent";
    return Error{
        ErrorKind::Timeout,
        fmt::format("{} {} for {:.0f} s", shown_url_, what, to_seconds(silence)),
        nullptr
    };
}

/// Packets come, but no whole picture. One new session is tried early, as most cameras begin it
/// with a key picture; after that the key picture is waited for.
std::optional<Error> Session::find_blindness() {
    const MonoTime seen = receiver_.last_unit().value_or(playing_since_);
    const bool has_data = receiver_.last_packet() && *receiver_.last_packet() > seen;
    const Duration blindness = has_data ? clock_.mono() - seen : Duration{};
    const auto gap = receiver_.rhythm().longest_gap();
    const bool may_ask_early = receiver_.last_unit() && gap && !has_asked_for_key_;
    if (!may_ask_early && receiver_.last_unit() && blindness < kPatience / 2) {
        has_asked_for_key_ = false;
    }
    const Duration early = gap ? std::max(kPatience, *gap * kPatientIntervals) : key_patience_;
    const Duration limit = may_ask_early ? std::min(early, key_patience_) : key_patience_;
    if (blindness <= limit) {
        return std::nullopt;
    }
    if (may_ask_early) {
        has_asked_for_key_ = true;
    } else {
        key_patience_ =
            std::min(key_patience_ * 2, std::max(settings_.key_timeout, kLongestKeyPatience));
    }
    return Error{
        ErrorKind::Timeout,
        fmt::format(
            "{} sends data but has completed no picture for {:.0f} s; check its key picture "
            "interval, or the network when packets are lost",
            shown_url_,
            to_seconds(blindness)
        ),
        nullptr
    };
}

/// What the next attempt should know.
void Session::learn(const Error& error) {
    if (error.kind == ErrorKind::PermissionDenied || !is_open_) {
        return;
    }
    const Duration played = clock_.mono() - playing_since_;
    if (receiver_.last_unit()) {
        key_patience_ = settings_.key_timeout;
        if (played > kStableAfter) {
            backoff_.reset();
        }
    }
    learn_keep_alive();
}

/// A camera that hangs up upon GET_PARAMETER, or when its timeout has passed in spite of it, is
/// kept alive by OPTIONS from now on; if that helps no better, by GET_PARAMETER again.
void Session::learn_keep_alive() {
    const auto at = clock_.mono();
    const double lived = to_seconds(at - playing_since_) / to_seconds(played_timeout_);
    const bool was_asked = kept_alive_at_ > playing_since_;
    const bool hung_up = was_asked && at - kept_alive_at_ < kHangsUpWithin && lived < 0.9;
    const bool timed_out = was_asked && lived > 0.9 && lived < 1.9;
    if (settings_.keep_alive != KeepAlive::Auto || (!hung_up && !timed_out)) {
        return;
    }
    prefers_options_ = !prefers_options_;
    backoff_.reset();
    log::info(
        "ingest.keep_alive_changed",
        {{"camera", params_.camera.value()}, {"prefers_options", prefers_options_}}
    );
}

Duration Session::wait_after(const Error& error) {
    if (error.kind == ErrorKind::PermissionDenied) {
        return backoff_.next_login(has_logged_in_);
    }
    return needs_a_person(error.kind) ? backoff_.next_refused() : backoff_.next();
}

/// A session that is left open blocks one of the few places that a camera has.
void Session::say_goodbye() {
    if (connection_ && requester_ && !playing_.session.id.empty()) {
        (void)connection_->send(requester_->write("TEARDOWN", playing_.url));
    }
    if (connection_) {
        resyncs_before_ += connection_->reader().resyncs();
        connection_->close();
        connection_.reset();
    }
    playing_ = {};
}

}  // namespace bongsu::ingest::rtsp
