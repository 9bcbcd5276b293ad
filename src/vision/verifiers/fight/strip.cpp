#include "vision/verifiers/fight/strip.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ranges>

#include <opencv2/imgproc.hpp>

namespace bongsu::verifiers::fight {
namespace {

/// What the head was trained with: surroundings in body heights, and ten pictures a second.
constexpr float kSurroundings = 2.2F;
constexpr double kSpan = 2.05;
constexpr double kApart = 0.07;

/// Too little to judge by.
constexpr double kShortest = 1.15;
constexpr double kLongestGap = 0.35;
constexpr std::size_t kFewest = 6;
constexpr float kSmallestBody = 20;

/// The pictures to use, oldest first: the last two seconds, at most some twelve a second.
std::vector<const Frame*> chosen(std::span<const Frame> recent) {
    std::vector<const Frame*> out;
    const Frame& present = recent.back();
    for (const Frame& frame : std::views::reverse(recent)) {
        if (frame.width != present.width || frame.height != present.height ||
            to_seconds(present.wall - frame.wall) > kSpan) {
            break;
        }
        if (out.empty() || to_seconds(out.back()->wall - frame.wall) >= kApart) {
            out.push_back(&frame);
        }
    }
    std::ranges::reverse(out);
    return out;
}

bool suffices(const std::vector<const Frame*>& frames) {
    if (frames.size() < kFewest ||
        to_seconds(frames.back()->wall - frames.front()->wall) < kShortest) {
        return false;
    }
    return std::ranges::adjacent_find(frames, [](const Frame* a, const Frame* b) {
               return to_seconds(b->wall - a->wall) > kLongestGap;
           }) == frames.end();
}

/// `side` pixels around `centre`, moved into the picture and cut to it.
cv::Rect part_of(const Frame& frame, Point centre, float side) {
    const auto width = static_cast<float>(frame.width);
    const auto height = static_cast<float>(frame.height);
    const float w = std::min(side, width);
    const float h = std::min(side, height);
    const float x = std::clamp(centre.x - w / 2, 0.0F, width - w);
    const float y = std::clamp(centre.y - h / 2, 0.0F, height - h);
    const cv::Rect part(
        static_cast<int>(std::lround(x)),
        static_cast<int>(std::lround(y)),
        static_cast<int>(std::lround(w)),
        static_cast<int>(std::lround(h))
    );
    return part & cv::Rect(0, 0, frame.width, frame.height);
}

/// Shrunk or stretched so that the longer side is kSide.
cv::Mat small_grey(const Frame& frame, const cv::Rect& part) {
    const Plane& luma = frame.planes[0];
    // OpenCV has no view of constant memory; it is only read.
    const cv::Mat whole(
        luma.height,
        luma.width,
        CV_8UC1,
        const_cast<std::uint8_t*>(luma.data),
        static_cast<std::size_t>(luma.stride)
    );
    const double scale = static_cast<double>(kSide) / std::max(part.width, part.height);
    const cv::Size size(
        std::max(8, static_cast<int>(std::lround(part.width * scale))),
        std::max(8, static_cast<int>(std::lround(part.height * scale)))
    );
    cv::Mat grey;
    cv::resize(whole(part), grey, size, 0, 0, cv::INTER_AREA);
    if (!frame.is_full_range) {
        grey.convertTo(grey, -1, 255.0 / 219.0, -16.0 * 255.0 / 219.0);
    }
    return grey;
}

}  // namespace

std::optional<Strip> cut_strip(std::span<const Frame> recent, const Box& body) {
    const float height = std::max(body.w, body.h);
    const std::vector<const Frame*> frames = chosen(recent);
    if (height < kSmallestBody || !suffices(frames)) {
        return std::nullopt;
    }
    const cv::Rect part = part_of(recent.back(), body.centre(), kSurroundings * height);
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
