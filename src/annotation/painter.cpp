#include "annotation/painter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include <opencv2/imgproc.hpp>

namespace bongsu::annotation {
namespace {

// Five steps from calm to alarming that stay apart for red-green colour-blind eyes: they differ in
// lightness as well as in hue (after Okabe and Ito, "Color Universal Design", 2008). BGR order.
const std::array<cv::Scalar, 5> kGravityColours{
    cv::Scalar(178, 114, 0),
    cv::Scalar(233, 180, 86),
    cv::Scalar(66, 228, 240),
    cv::Scalar(0, 159, 230),
    cv::Scalar(0, 94, 213),
};
const cv::Scalar kZoneColour(233, 180, 86);
const cv::Scalar kTrackColour(115, 158, 0);
const cv::Scalar kLostColour(150, 150, 150);
const cv::Scalar kWhite(255, 255, 255);
const cv::Scalar kBlack(0, 0, 0);
constexpr std::size_t kPathPoints = 25;

const cv::Scalar& colour_of(int gravity) {
    return kGravityColours.at(static_cast<std::size_t>(std::clamp(gravity, 1, 5) - 1));
}

cv::Point to_cv(Point p) {
    return {static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y))};
}

cv::Rect to_cv(const Box& box) {
    return {to_cv(Point{box.x, box.y}), to_cv(Point{box.right(), box.bottom()})};
}

/// Text grows with the picture so that it reads the same at every size.
double text_scale(const cv::Mat& bgr) {
    return std::clamp(bgr.rows / 1100.0, 0.35, 1.2);
}

void put_label(cv::Mat& bgr, const std::string& text, cv::Point at, const cv::Scalar& background) {
    const double scale = text_scale(bgr);
    int baseline = 0;
    const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, 1, &baseline);
    at.x = std::clamp(at.x, 0, std::max(0, bgr.cols - size.width - 4));
    at.y = std::clamp(at.y, size.height + 4, std::max(size.height + 4, bgr.rows - baseline));
    cv::rectangle(
        bgr,
        {at.x, at.y - size.height - 4},
        {at.x + size.width + 4, at.y + baseline},
        background,
        cv::FILLED
    );
    const double lightness = 0.114 * background[0] + 0.587 * background[1] + 0.299 * background[2];
    cv::putText(
        bgr,
        text,
        {at.x + 2, at.y - 2},
        cv::FONT_HERSHEY_SIMPLEX,
        scale,
        lightness > 128 ? kBlack : kWhite,
        1,
        cv::LINE_AA
    );
}

void paint_zone(cv::Mat& bgr, const Zone& zone) {
    std::vector<cv::Point> corners;
    for (const Point& p : to_pixels(zone.corners, bgr.cols, bgr.rows)) {
        corners.push_back(to_cv(p));
    }
    if (zone.is_line()) {
        cv::arrowedLine(bgr, corners[0], corners[1], kZoneColour, 2, cv::LINE_AA, 0, 0.05);
    } else {
        cv::polylines(bgr, corners, true, kZoneColour, 2, cv::LINE_AA);
    }
    put_label(bgr, zone.id.value(), corners[0], kZoneColour);
}

void paint_track(cv::Mat& bgr, const Track& track) {
    if (track.state == TrackState::Tentative) {
        return;
    }
    const bool is_lost = track.state == TrackState::Lost;
    const cv::Scalar& colour = is_lost ? kLostColour : kTrackColour;
    std::vector<cv::Point> path;
    const std::size_t count = std::min(kPathPoints, track.history.size());
    for (std::size_t i = track.history.size() - count; i < track.history.size(); ++i) {
        path.push_back(to_cv(track.history[i].box.foot()));
    }
    cv::polylines(bgr, path, false, colour, 1, cv::LINE_AA);
    cv::rectangle(bgr, to_cv(track.box), colour, is_lost ? 1 : 2);
    const std::string label =
        std::string(to_string(track.cls)) + " " + std::to_string(track.id.value());
    put_label(bgr, label, to_cv(Point{track.box.x, track.box.y}), colour);
}

void paint_highlight(cv::Mat& bgr, const Highlight& highlight) {
    const bool is_whole_picture = highlight.box.area() <= 0;
    const cv::Rect rect = is_whole_picture ? cv::Rect(2, 2, bgr.cols - 4, bgr.rows - 4)
                                           : to_cv(padded(highlight.box, 4));
    cv::rectangle(bgr, rect, colour_of(highlight.gravity), 3);
    const int below = is_whole_picture ? rect.y + rect.height / 2 : rect.y + rect.height + 18;
    put_label(bgr, highlight.label, {rect.x, below}, colour_of(highlight.gravity));
}

/// Copies a plane into contiguous memory.
void copy_plane(const Plane& plane, std::uint8_t* out) {
    for (int row = 0; row < plane.height; ++row) {
        std::memcpy(
            out + static_cast<std::ptrdiff_t>(row) * plane.width,
            plane.data + static_cast<std::ptrdiff_t>(row) * plane.stride,
            static_cast<std::size_t>(plane.width)
        );
    }
}

}  // namespace

cv::Mat to_bgr(const Frame& frame) {
    // OpenCV's I420 needs even sides; an odd last column or row is left out of the picture.
    const int width = frame.width & ~1;
    const int height = frame.height & ~1;
    cv::Mat i420(height * 3 / 2, width, CV_8UC1);
    const auto trimmed = [](Plane plane, int w, int h) {
        plane.width = w;
        plane.height = h;
        return plane;
    };
    std::uint8_t* out = i420.data;
    copy_plane(trimmed(frame.planes[0], width, height), out);
    out += static_cast<std::ptrdiff_t>(width) * height;
    copy_plane(trimmed(frame.planes[1], width / 2, height / 2), out);
    out += static_cast<std::ptrdiff_t>(width / 2) * (height / 2);
    copy_plane(trimmed(frame.planes[2], width / 2, height / 2), out);
    cv::Mat bgr;
    cv::cvtColor(i420, bgr, cv::COLOR_YUV2BGR_I420);
    return bgr;
}

void paint(cv::Mat& bgr, const Overlay& overlay) {
    for (const Zone& zone : overlay.zones) {
        paint_zone(bgr, zone);
    }
    for (const Track& track : overlay.tracks) {
        paint_track(bgr, track);
    }
    for (const Highlight& highlight : overlay.highlights) {
        paint_highlight(bgr, highlight);
    }
    if (!overlay.caption.empty()) {
        put_label(bgr, overlay.caption, {4, 0}, kBlack);
    }
}

}  // namespace bongsu::annotation
