#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include <opencv2/core.hpp>

namespace bongsu::verifiers::fight {

/// Where and when the pictures of a stretch change: grey levels from picture to picture, less what
/// noise does.
class Change {
public:
    /// `frames`: of one size, at least two; they must outlive this.
    explicit Change(std::span<const Frame* const> frames);

    /// Mean change from picture to picture in a part of the picture, pixels of the source.
    double in(const Box& part) const;

    /// The one of `bodies` (squares of one body height, pixels) around whom most changes; nothing
    /// when there are none.
    std::optional<Box> most_restless(std::span<const Box> bodies) const;

    /// How many pictures at the beginning are still around `body`: of a camera that was just woken,
    /// what came before anybody moved says nothing.
    std::size_t still_before(const Box& body) const;

private:
    double density(const cv::Mat& sums, const cv::Rect& part) const;

    std::span<const Frame* const> frames_;
    double scale_ = 1;            ///< from the source to the small pictures
    cv::Mat all_;                 ///< sums over rectangles, of the mean of all steps
    std::vector<cv::Mat> steps_;  ///< the same of each step
};

}  // namespace bongsu::verifiers::fight
