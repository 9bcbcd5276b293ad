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

    explicit BrightnessDetector(Counts& counts, float score = 0.9F)
        : counts_(counts), score_(score) {}

    Result<std::vector<Detection>> detect(const Frame& frame, std::span<const Box> regions)
        override;
    Result<std::vector<std::vector<Detection>>> detect_packed(std::span<const vision::View> views
    ) override;

private:
    Counts& counts_;
    float score_;
};

}  // namespace bongsu::pipeline::testing
