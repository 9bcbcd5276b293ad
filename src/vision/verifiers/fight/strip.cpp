#include "vision/verifiers/fight/strip.hpp"

#include "vision/verifiers/spaced.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ranges>

#include <opencv2/imgproc.hpp>

namespace bongsu::verifiers::fight {
namespace {

/// What the head was trained with: surroundings in body heights, and ten pictures a second.
constexpr float kSurroundings = 2.2F;
constexpr Duration kSpan = std::chrono::milliseconds{2050};
constexpr Duration kApart = std::chrono::milliseconds{70};

/// Too little to judge by.
constexpr double kShortest = 1.15;
constexpr double kLongestGap = 0.35;
constexpr std::size_t kFewest = 6;
constexpr float kSmallestBody = 20;

bool suffices(std::span<const Frame* const> frames) {
    if (frames.size() < kFewest ||
        to_seconds(frames.back()->wall - frames.front()->wall) < kShortest) {
        return false;
    }
    return std::ranges::adjacent_find(frames, [](const Frame* a, const Frame* b) {
               return to_seconds(b->wall - a->wall) > kLongestGap;
           }) == frames.end();
}

/// Shrunk or stretched so that the longer side is kSide.
cv::Mat small_grey(const Frame& frame, const cv::Rect& part) {
    const double scale = static_cast<double>(kSide) / std::max(part.width, part.height);
    const cv::Size size(
        std::max(8, static_cast<int>(std::lround(part.width * scale))),
        std::max(8, static_cast<int>(std::lround(part.height * scale)))
    );
    cv::Mat grey;
    cv::resize(luma_of(frame)(part), grey, size, 0, 0, cv::INTER_AREA);
    if (!frame.is_full_range) {
        grey.convertTo(grey, -1, 255.0 / 219.0, -16.0 * 255.0 / 219.0);
    }
    return grey;
}

}  // namespace

std::vector<const Frame*> choose(std::span<const Frame> recent) {
    std::vector<const Frame*> out = spaced(recent, kSpan, kApart);
    return suffices(out) ? out : std::vector<const Frame*>{};
}

std::span<const Frame* const> since_moving(
    std::span<const Frame* const> frames, std::size_t still
) {
    std::size_t first = std::min(still, frames.size());
    while (first > 0 && !suffices(frames.subspan(first))) {
        --first;
    }
    return frames.subspan(first);
}

cv::Rect surroundings_of(const Frame& frame, const Box& body) {
    const auto width = static_cast<float>(frame.width);
    const auto height = static_cast<float>(frame.height);
    const float side = kSurroundings * std::max(body.w, body.h);
    const float w = std::min(side, width);
    const float h = std::min(side, height);
    const float x = std::clamp(body.centre().x - w / 2, 0.0F, width - w);
    const float y = std::clamp(body.centre().y - h / 2, 0.0F, height - h);
    const cv::Rect part(
        static_cast<int>(std::lround(x)),
        static_cast<int>(std::lround(y)),
        static_cast<int>(std::lround(w)),
        static_cast<int>(std::lround(h))
    );
    return part & cv::Rect(0, 0, frame.width, frame.height);
}

cv::Mat luma_of(const Frame& frame) {
    const Plane& luma = frame.planes[0];
    // OpenCV has no view of constant memory.
    return {
        luma.height,
        luma.width,
        CV_8UC1,
        const_cast<std::uint8_t*>(luma.data),
        static_cast<std::size_t>(luma.stride)
    };
}

std::optional<Strip> cut_strip(std::span<const Frame* const> frames, const Box& body) {
    const float height = std::max(body.w, body.h);
    if (height < kSmallestBody || frames.size() < kFewest) {
        return std::nullopt;
    }
    const cv::Rect part = surroundings_of(*frames.back(), body);
    if (part.width < 8 || part.height < 8) {
        return std::nullopt;
    }
    Strip strip;
    strip.bodies_per_pixel =
        static_cast<float>(std::max(part.width, part.height)) / static_cast<float>(kSide) / height;
    for (const Frame* frame : frames) {
        strip.grey.push_back(small_grey(*frame, part));
        strip.seconds.push_back(to_seconds(frame->wall - frames.front()->wall));
    }
    return strip;
}

}  // namespace bongsu::verifiers::fight
