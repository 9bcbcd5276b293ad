// The part of Session that keeps a playing stream alive and takes leave (RFC 2326 10.7 to 10.8).
#include "core/log.hpp"
#include "ingest/rtsp/session.hpp"

#include <algorithm>

namespace bongsu::ingest::rtsp {
namespace {

constexpr Duration kReportInterval = std::chrono::seconds{5};  // RFC 3550 6.2
constexpr std::size_t kMaxUnreadResponses = 16;

}  // namespace

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
