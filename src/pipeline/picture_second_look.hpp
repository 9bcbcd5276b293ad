#pragma once

#include "domain/frame.hpp"
#include "domain/second_look.hpp"
#include "vision/second_looks.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace bongsu::pipeline {

/// Second looks of one camera: the pictures of the last seconds while somebody keeps looking, and a
/// bound on how many looks one instant may cost. Runs on: the thread of the camera's analysis.
class PictureSecondLook final : public SecondLook {
public:
    /// Without `looks` every answer is nothing. It outlives this.
    explicit PictureSecondLook(vision::SecondLooks* looks) : looks_(looks) {}

    /// Begins an instant. `frame` may be null and must live until the next call; `may_look`: there
    /// is time for looks now.
    void begin(WallTime time, const Frame* frame, bool may_look);

    /// A picture that was decoded on the way from the last instant to the next one. Kept, at most
    /// ten a second with those of the instants, while somebody keeps looking: quick movements need
    /// more pictures than the instants have, and these are there anyway.
    void pass(const Frame& frame);

    std::optional<Pose> pose(const Box& person) override;
    std::optional<float> verify(std::string_view verifier, const Box& where) override;
    std::optional<std::vector<Detection>> everybody() override;
    void keep_looking(Duration time) override;

    /// Until when every analysed instant must have its picture; the past: no longer.
    WallTime keeps_looking_until() const { return until_; }

private:
    bool may_ask(int& left) const;
    void remember(const Frame& frame);

    vision::SecondLooks* looks_;
    const Frame* frame_ = nullptr;
    WallTime now_{};
    WallTime until_{};
    WallTime next_crowd_{};  ///< before it everybody() says nothing
    /// Looks that this instant may still cost. Apart, so that what costs much does not starve what
    /// costs little.
    int poses_left_ = 0;
    int verifications_left_ = 0;
    std::vector<Frame>
        recent_;  ///< oldest first; the present one last while somebody keeps looking
};

}  // namespace bongsu::pipeline
