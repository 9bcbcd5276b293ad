#pragma once

#include "core/clock.hpp"
#include "ingest/rtsp/rhythm.hpp"
#include "ingest/source.hpp"
#include "media/rtp/access_unit_assembler.hpp"
#include "media/rtp/reorder_buffer.hpp"
#include "media/rtp/rtcp.hpp"
#include "media/rtp/rtp_clock.hpp"
#include "media/rtp/rtp_sequence.hpp"
#include "media/rtsp/sdp.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace bongsu::ingest::rtsp {

/// When something came in. Taken once per batch of packets.
struct Arrival {
    MonoTime mono;
    WallTime wall;
};

/// Turns the RTP and RTCP packets of one stream into access units and hands them to the listener.
/// Lives as long as the source: across reconnections the sequence goes on and media time never runs
/// back. Knows nothing of sockets. Runs on: the session's thread.
class StreamReceiver {
public:
    StreamReceiver(const CameraId& camera, StreamRole role, SourceListener& listener);

    /// A new RTSP session begins. `video.codec` must be set.
    void begin(const media::SdpMedia& video);

    /// A packet that came in order (TCP).
    void on_rtp(Bytes packet, const Arrival& arrival);

    /// A packet that may have overtaken others (UDP).
    void on_datagram(Bytes packet, const Arrival& arrival);

    /// Gives up on missing datagrams whose time has come.
    void flush_late(const Arrival& arrival);

    void on_rtcp(Bytes packet, const Arrival& arrival);

    /// The receiver report that is due now; nothing before the first packet.
    std::optional<std::vector<std::uint8_t>> make_receiver_report(MonoTime now);

    /// When the last packet of this session came, and when the last picture was handed on.
    std::optional<MonoTime> last_packet() const { return last_packet_; }

    std::optional<MonoTime> last_unit() const { return last_unit_; }

    const Rhythm& rhythm() const { return rhythm_; }

    /// The sender said that it ends the stream.
    bool is_over() const { return is_over_; }

    /// Fills in what it counted.
    void report(StreamStatistics& statistics) const;

private:
    void take(Bytes packet, const Arrival& arrival);
    void follow_source(std::uint32_t ssrc);
    void deliver(media::AssembledUnit unit, const Arrival& arrival);
    bool refresh_parameters();
    std::int64_t continuous_media_time(std::int64_t media_time, MonoTime now);

    const CameraId camera_;
    const StreamRole role_;
    SourceListener& listener_;
    StreamStatistics counted_;

    // Of the current RTSP session.
    media::SdpMedia video_;
    std::optional<media::AccessUnitAssembler> assembler_;
    media::ReorderBuffer reorder_;
    media::RtpSequence rtp_sequence_;
    media::RtpClock clock_;
    std::optional<std::uint32_t> ssrc_;
    std::optional<media::SenderReport> sender_report_;
    MonoTime sender_report_at_;
    std::uint64_t reported_lost_ = 0;
    std::uint64_t reported_received_ = 0;
    std::optional<MonoTime> last_packet_;
    std::optional<MonoTime> last_unit_;
    bool is_over_ = false;
    bool is_first_unit_ = true;
    std::uint32_t interrupted_loss_ = 0;

    // Across sessions.
    Rhythm rhythm_;
    std::vector<media::AssembledUnit> units_;
    std::shared_ptr<const CodecParameters> parameters_;
    std::optional<std::uint64_t> parameter_version_;
    std::uint64_t sequence_ = 0;
    std::int64_t media_base_ = 0;
    std::int64_t last_media_time_ = 0;
    std::optional<MonoTime> last_unit_ever_;
};

}  // namespace bongsu::ingest::rtsp
