#pragma once

#include "camsim/fault_script.hpp"

#include <memory>
#include <vector>

namespace bongsu::camsim {

/// Faults that act together: of those that disturb a picture the first one counts, offsets of
/// clocks add up, changes of answers follow each other.
class FaultSet final : public FaultScript {
public:
    using Parts = std::vector<std::unique_ptr<const FaultScript>>;

    explicit FaultSet(Parts parts) : parts_(std::move(parts)) {}

    FaultAction before_unit(const FaultMoment& moment) const override;
    PacketFate fate_of(const PacketMoment& packet) const override;
    std::optional<Duration> report_offset(Duration since_play) const override;
    bool plays_other_film(std::uint64_t session, Duration since_play) const override;
    void change_response(const media::RtspRequest& request, media::RtspResponse& response)
        const override;
    void change_description(std::string& sdp) const override;
    bool is_sign_of_life(std::string_view method) const override;
    bool hangs_up_after(std::string_view method) const override;
    std::optional<Duration> session_timeout() const override;

private:
    Parts parts_;
};

}  // namespace bongsu::camsim
