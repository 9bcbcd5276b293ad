#include "ingest/rtsp/stream_receiver.hpp"

#include "core/log.hpp"
#include "media/rtp/rtp_packet.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::ingest::rtsp {
namespace {

constexpr std::uint32_t kOwnSsrc = 0x426F6E67;
constexpr std::string_view kOwnName = "bongsu";
constexpr std::int64_t kMaxLostPerReport = 255;

std::int64_t to_ticks(Duration d) {
    return d.count() * 9 / 100;
}

}  // namespace

StreamReceiver::StreamReceiver(const CameraId& camera, StreamRole role, SourceListener& listener)
    : camera_(camera), role_(role), listener_(listener) {}

void StreamReceiver::begin(const media::SdpMedia& video) {
    video_ = video;
    assembler_.emplace(*video.codec, video.parameter_sets);
    reorder_ = media::ReorderBuffer();
    rtp_sequence_ = media::RtpSequence();
    clock_ = media::RtpClock();
    ssrc_.reset();
    sender_report_.reset();
    reported_lost_ = 0;
    reported_received_ = 0;
    last_packet_.reset();
    last_unit_.reset();
    is_over_ = false;
    is_first_unit_ = true;
    interrupted_loss_ = 0;
    parameter_version_.reset();
    rhythm_.begin();
}

void StreamReceiver::on_rtp(Bytes packet, const Arrival& arrival) {
    take(packet, arrival);
}

void StreamReceiver::on_datagram(Bytes packet, const Arrival& arrival) {
    const auto rtp = media::parse_rtp(packet);
    if (!rtp) {
        ++counted_.malformed_packets;
        return;
    }
    if (reorder_.push(rtp->sequence, packet, arrival.mono)) {
        take(packet, arrival);
    }
    flush_late(arrival);
}

void StreamReceiver::flush_late(const Arrival& arrival) {
    while (const auto packet = reorder_.pop(arrival.mono)) {
        take(*packet, arrival);
    }
}

void StreamReceiver::take(Bytes packet, const Arrival& arrival) {
    const auto rtp = media::parse_rtp(packet);
    if (!rtp) {
        ++counted_.malformed_packets;
        return;
    }
    if (video_.payload_type >= 0 && rtp->payload_type != video_.payload_type) {
        return;
    }
    last_packet_ = arrival.mono;
    ++counted_.packets;
    follow_source(rtp->ssrc);
    const auto lost = rtp_sequence_.advance(rtp->sequence);
    if (!lost) {
        return;
    }
    counted_.lost_packets += *lost;
    clock_.on_arrival(clock_.unwrap(rtp->timestamp), arrival.wall);
    const auto interrupted = std::exchange(interrupted_loss_, 0);
    assembler_->push(*rtp, *lost + interrupted, units_);
    for (auto& unit : units_) {
        deliver(std::move(unit), arrival);
    }
    units_.clear();
}

/// A camera that restarts its encoder takes a new SSRC, with new sequence numbers and a new clock.
void StreamReceiver::follow_source(std::uint32_t ssrc) {
    if (ssrc_ && *ssrc_ != ssrc) {
        rtp_sequence_ = media::RtpSequence();
        clock_ = media::RtpClock();
        sender_report_.reset();
        reported_lost_ = 0;
        reported_received_ = 0;
        interrupted_loss_ = 1;
        is_first_unit_ = true;
    }
    ssrc_ = ssrc;
}

void StreamReceiver::on_rtcp(Bytes packet, const Arrival& arrival) {
    const auto news = media::parse_rtcp(packet);
    if (!news) {
        ++counted_.malformed_packets;
        return;
    }
    is_over_ = is_over_ || news->is_bye;
    // Reports may come before the first picture; their timestamps are only comparable after it.
    if (news->report && (!ssrc_ || *ssrc_ == news->report->ssrc)) {
        sender_report_ = news->report;
        sender_report_at_ = arrival.mono;
        clock_.on_sender_report(news->report->wall, news->report->rtp_timestamp, arrival.wall);
    }
}

bool StreamReceiver::refresh_parameters() {
    if (parameter_version_ == assembler_->parameter_version()) {
        return parameters_ != nullptr;
    }
    auto made = media::make_codec_parameters(*video_.codec, assembler_->parameter_sets());
    if (!made) {
        log::warn(
            "ingest.parameters",
            {{"camera", camera_.value()},
             {"role", to_string(role_)},
             {"error", made.error().message}}
        );
        return false;
    }
    parameter_version_ = assembler_->parameter_version();
    const bool is_same = parameters_ && parameters_->codec == made->codec &&
                         parameters_->decoder_config == made->decoder_config;
    if (!is_same) {
        parameters_ = std::make_shared<const CodecParameters>(*std::move(made));
    }
    return true;
}

/// RTP time starts anywhere; ours goes on from the last picture by the time that passed.
std::int64_t StreamReceiver::continuous_media_time(std::int64_t media_time, MonoTime now) {
    if (is_first_unit_) {
        const std::int64_t start =
            last_unit_ever_
                ? last_media_time_ + std::max<std::int64_t>(1, to_ticks(now - *last_unit_ever_))
                : media_time;
        media_base_ = start - media_time;
    }
    return media_base_ + media_time;
}

void StreamReceiver::deliver(media::AssembledUnit unit, const Arrival& arrival) {
    if (!refresh_parameters()) {
        ++counted_.dropped_units;
        return;
    }
    const std::int64_t rtp_time = clock_.unwrap(unit.rtp_timestamp);
    const auto estimate = clock_.wall(rtp_time, arrival.wall);
    auto result = std::make_shared<AccessUnit>();
    result->camera = camera_;
    result->role = role_;
    result->is_key = unit.is_key;
    result->media_time = continuous_media_time(rtp_time, arrival.mono);
    result->wall = estimate.wall;
    result->wall_uncertainty = estimate.uncertainty;
    result->is_wall_estimated = estimate.is_estimated;
    result->arrived = arrival.mono;
    result->sequence = sequence_++;
    result->lost_before = unit.lost_before;
    if (is_first_unit_ && last_unit_ever_) {
        result->lost_before = std::max(result->lost_before, 1U);
    }
    result->parameters = parameters_;
    counted_.bytes += unit.bytes.size();
    ++counted_.access_units;
    counted_.key_units += unit.is_key ? 1 : 0;
    counted_.is_wall_estimated = estimate.is_estimated;
    result->bytes = std::make_shared<const std::vector<std::uint8_t>>(std::move(unit.bytes));
    is_first_unit_ = false;
    last_media_time_ = result->media_time;
    last_unit_ = arrival.mono;
    rhythm_.note(arrival.mono);
    last_unit_ever_ = arrival.mono;
    listener_.on_access_unit(std::move(result));
}

std::optional<std::vector<std::uint8_t>> StreamReceiver::make_receiver_report(MonoTime now) {
    if (!ssrc_) {
        return std::nullopt;
    }
    const auto lost = rtp_sequence_.lost() - reported_lost_;
    const auto received = rtp_sequence_.received() - reported_received_;
    reported_lost_ = rtp_sequence_.lost();
    reported_received_ = rtp_sequence_.received();
    const auto expected = lost + received;
    const media::ReceptionReport report{
        .receiver_ssrc = kOwnSsrc,
        .sender_ssrc = *ssrc_,
        .fraction_lost = static_cast<std::uint8_t>(
            expected == 0 ? 0 : std::min<std::uint64_t>(kMaxLostPerReport, lost * 256 / expected)
        ),
        .total_lost = static_cast<std::int32_t>(std::min<std::uint64_t>(reported_lost_, 0x7FFFFF)),
        .highest_sequence = rtp_sequence_.highest(),
        .jitter = 0,
        .last_report = sender_report_ ? sender_report_->ntp_middle : 0,
        .since_last_report = sender_report_ ? now - sender_report_at_ : Duration{},
    };
    return media::write_receiver_report(report, kOwnName);
}

void StreamReceiver::report(StreamStatistics& statistics) const {
    const auto own = statistics;
    statistics = counted_;
    statistics.state = own.state;
    statistics.resyncs = own.resyncs;
    statistics.connects = own.connects;
    statistics.failures = own.failures;
    statistics.transport = own.transport;
    statistics.last_error = own.last_error;
    if (assembler_) {
        const auto& assembled = assembler_->counters();
        statistics.dropped_units += assembled.dropped_units;
        statistics.malformed_packets += assembled.malformed_packets;
    }
    statistics.clock_offset = clock_.sender_offset();
    if (parameters_) {
        statistics.codec = parameters_->codec;
        statistics.width = parameters_->width;
        statistics.height = parameters_->height;
    }
}

}  // namespace bongsu::ingest::rtsp
