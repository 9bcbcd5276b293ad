#pragma once

#include "camsim/fault_script.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::camsim {

/// What a camera gets wrong about keeping its session alive.
enum class KeepAliveFlaw {
    RefusesGetParameter,  ///< listed, answered 454, and the session is dropped
    RefusesSetParameter,  ///< listed, answered 400; GET_PARAMETER is not listed and answered 501
    OptionsOnly,          ///< GET_PARAMETER is listed and answered 200, yet only OPTIONS counts
};

class KeepAliveFault final : public FaultScript {
public:
    explicit KeepAliveFault(KeepAliveFlaw flaw) : flaw_(flaw) {}

    void change_response(const media::RtspRequest& request, media::RtspResponse& response)
        const override;
    bool is_sign_of_life(std::string_view method) const override;
    bool hangs_up_after(std::string_view method) const override;

private:
    KeepAliveFlaw flaw_;
};

/// A session timeout of the camera's own.
class OwnTimeout final : public FaultScript {
public:
    explicit OwnTimeout(Duration timeout) : timeout_(timeout) {}

    std::optional<Duration> session_timeout() const override { return timeout_; }

private:
    Duration timeout_;
};

/// Every answer carries a number that nobody asked with.
class WrongNumbers final : public FaultScript {
public:
    void change_response(const media::RtspRequest& request, media::RtspResponse& response)
        const override;
};

/// The word for each way in which a description can be wrong.
const std::vector<std::string>& description_flaws();

/// A description with flaws, each one of description_flaws().
class DescriptionFault final : public FaultScript {
public:
    explicit DescriptionFault(std::vector<std::string> flaws) : flaws_(std::move(flaws)) {}

    void change_description(std::string& sdp) const override;

private:
    std::vector<std::string> flaws_;
};

}  // namespace bongsu::camsim
