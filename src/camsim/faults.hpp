#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"

#include <cstdint>
#include <memory>
#include <optional>

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
    Reset,     ///< the TCP connection is reset
};

/// What goes wrong with a camera. Implementations are immutable and shared by all sessions of the
/// camera: the same moments give the same faults in every run.
class FaultScript {
public:
    virtual ~FaultScript() = default;
    virtual FaultAction before_unit(const FaultMoment& moment) const = 0;
    /// Whether the UDP packet with this number is lost on the way.
    virtual bool loses_packet(std::uint32_t ssrc, std::uint16_t sequence) const = 0;
    virtual bool sends_reports() const = 0;
};

/// {stall_every?, stall_for?, reset_after?, garbage_every?, udp_loss?, sender_reports?}: faults at
/// fixed intervals of the session's own time.
const SettingsSchema& faults_schema();
Result<std::shared_ptr<const FaultScript>> parse_faults(const Value& map, std::string_view path);

/// A camera without faults.
std::shared_ptr<const FaultScript> no_faults();

}  // namespace bongsu::camsim
