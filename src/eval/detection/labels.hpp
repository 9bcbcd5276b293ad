#pragma once

#include "core/result.hpp"
#include "domain/geometry.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::eval {

/// What is to be found in one picture.
struct PictureTruth {
    std::vector<Box> people;
    std::vector<Box> ignored;  ///< neither a miss when not found nor a false box when found
};

/// Truth by name of the picture (its path or frame number).
using TruthByPicture = std::map<std::string, PictureTruth>;

/// Reads a table of boxes: a header line that names the columns x, y, w, h, considered and `key`,
/// optionally cls and visibility (MOTChallenge numbers: classes 2, 7, 8, 12 and visibility below
/// 0.25 are ignored, other classes than 1 are left out). At most 16 MiB; errors name the line.
Result<TruthByPicture> parse_box_labels(
    std::string_view csv, std::string_view key, std::string_view origin
);

}  // namespace bongsu::eval
