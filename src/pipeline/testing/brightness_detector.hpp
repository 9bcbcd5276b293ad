#pragma once

#include "vision/detector.hpp"

#include <atomic>

namespace bongsu::pipeline::testing {

/// A detector for drawn pictures: every connected area of luma above 200 is a person, of luma below
/// 25 a car. Counts what it was shown.
class BrightnessDetector final : public vision::Detector {
public:
    struct Counts {
        std::atomic<int> whole{0};
        std::atomic<int> regions{0};
    };

    explicit BrightnessDetector(Counts& counts) : counts_(counts) {}

    Result<std::vector<Detection>> detect(const Frame& frame, std::span<const Box> regions)
        override;
    Result<std::vector<std::vector<Detection>>> detect_packed(std::span<const vision::View> views
    ) override;

private:
    Counts& counts_;
};

}  // namespace bongsu::pipeline::testing
