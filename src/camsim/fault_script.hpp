#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bongsu::media {
struct RtspRequest;
struct RtspResponse;
}  // namespace bongsu::media

namespace bongsu::camsim {

/// What a session is about to send, for a fault script to judge.
struct FaultMoment {
    Duration since_play{};     ///< media time since the session's PLAY
    Duration previous_play{};  ///< the same of the unit before; less than since_play
};

enum class FaultAction {
    None,
    Withhold,  ///< the picture is not sent
    Garbage,   ///< bytes that are no RTP are sent before the picture
    Tear,      ///< bytes are missing in the middle of a packet of the picture
    Cut,       ///< half of the picture is sent, then the TCP connection is reset
    Reset,     ///< the TCP connection is reset
    Hang,      ///< nothing is sent or read any more, the connection stays open
};

/// The word for an action in the journal of a stream.
std::string_view to_string(FaultAction action);

/// A UDP packet that is about to be sent.
struct PacketMoment {
    std::uint64_t seed = 0;    ///< differs between cameras and sessions, not between runs
    std::uint32_t number = 0;  ///< of the packet in its session, from 0
};

/// What becomes of one UDP packet on its way.
struct PacketFate {
    int copies = 1;        ///< 0: lost, 2: doubled
    bool is_late = false;  ///< overtaken by the packets behind it
};

/// What goes wrong with a camera. Every hook does nothing unless it is overridden.
/// Implementations are immutable and shared by all sessions of the camera: the same moments give
/// the same faults in every run.
class FaultScript {
public:
    virtual ~FaultScript() = default;

    // Pictures and packets.
    virtual FaultAction before_unit(const FaultMoment& /*moment*/) const {
        return FaultAction::None;
    }

    virtual PacketFate fate_of(const PacketMoment& /*packet*/) const { return {}; }

    /// How far the wall clock of sender reports is off; nothing when none are sent.
    virtual std::optional<Duration> report_offset(Duration /*since_play*/) const {
        return Duration{};
    }

    /// Whether the camera's other film is played: in its nth session (from 0), at this time.
    virtual bool plays_other_film(std::uint64_t /*session*/, Duration /*since_play*/) const {
        return false;
    }

    // The conversation.
    virtual void change_response(
        const media::RtspRequest& /*request*/, media::RtspResponse& /*response*/
    ) const {}

    virtual void change_description(std::string& /*sdp*/) const {}

    /// Whether this keeps the session alive: the method of a request, or "RTCP".
    virtual bool is_sign_of_life(std::string_view /*method*/) const { return true; }

    /// Whether the camera hangs up after it answered this method.
    virtual bool hangs_up_after(std::string_view /*method*/) const { return false; }

    /// Instead of the simulator's own timeout.
    virtual std::optional<Duration> session_timeout() const { return std::nullopt; }
};

}  // namespace bongsu::camsim
