#pragma once

#include "domain/detection.hpp"

#include <optional>
#include <span>
#include <vector>

namespace bongsu::detectors::nanodet {

/// One level of the pyramid: a grid of cells, `stride` input pixels apart.
struct Level {
    std::span<const float> scores;  ///< cells x classes, already through a sigmoid
    std::span<const float> boxes;   ///< cells x 4 sides (left, top, right, bottom) x bins
    int stride = 0;
    int columns = 0;
    int rows = 0;
};

struct DecodeRules {
    int bins = 0;
    /// What each of the network's classes means to us; nothing = dropped. Its size is the class
    /// count.
    std::vector<std::optional<ObjectClass>> classes;
    float min_score = 0;
};

/// Appends the boxes of one level in input pixels. The distance from the cell's centre to each side
/// is the expectation of a softmax over the bins, in strides (Li et al., "Generalized Focal Loss",
/// 2020, section 3). Cells whose numbers are not finite are dropped.
void decode_level(const Level& level, const DecodeRules& rules, std::vector<Detection>& out);

}  // namespace bongsu::detectors::nanodet
