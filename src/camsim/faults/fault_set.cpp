#include "camsim/faults/fault_set.hpp"

#include <algorithm>

namespace bongsu::camsim {

FaultAction FaultSet::before_unit(const FaultMoment& moment) const {
    for (const auto& part : parts_) {
        const FaultAction action = part->before_unit(moment);
        if (action != FaultAction::None) {
            return action;
        }
    }
    return FaultAction::None;
}

PacketFate FaultSet::fate_of(const PacketMoment& packet) const {
    PacketFate fate;
    for (const auto& part : parts_) {
        const PacketFate more = part->fate_of(packet);
        fate.copies = std::min(fate.copies * more.copies, 2);
        fate.is_late = fate.is_late || more.is_late;
    }
    return fate;
}

std::optional<Duration> FaultSet::report_offset(Duration since_play) const {
    Duration sum{};
    for (const auto& part : parts_) {
        const auto offset = part->report_offset(since_play);
        if (!offset) {
            return std::nullopt;
        }
        sum += *offset;
    }
    return sum;
}

bool FaultSet::plays_other_film(std::uint64_t session, Duration since_play) const {
    return std::ranges::any_of(parts_, [&](const auto& part) {
        return part->plays_other_film(session, since_play);
    });
}

void FaultSet::change_response(const media::RtspRequest& request, media::RtspResponse& response)
    const {
    for (const auto& part : parts_) {
        part->change_response(request, response);
    }
}

void FaultSet::change_description(std::string& sdp) const {
    for (const auto& part : parts_) {
        part->change_description(sdp);
    }
}

bool FaultSet::is_sign_of_life(std::string_view method) const {
    return std::ranges::all_of(parts_, [&](const auto& part) {
        return part->is_sign_of_life(method);
    });
}

bool FaultSet::hangs_up_after(std::string_view method) const {
    return std::ranges::any_of(parts_, [&](const auto& part) {
        return part->hangs_up_after(method);
    });
}

std::optional<Duration> FaultSet::session_timeout() const {
    for (const auto& part : parts_) {
        if (const auto timeout = part->session_timeout()) {
            return timeout;
        }
    }
    return std::nullopt;
}

}  // namespace bongsu::camsim
