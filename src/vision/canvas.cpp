#include "vision/canvas.hpp"

#include <algorithm>
#include <cassert>

#include <opencv2/imgproc.hpp>

namespace bongsu::vision {
namespace {

/// ITU-R BT.601: coefficients of R, G and B for luma and centred chroma.
struct ColourRules {
    float luma_offset;
    float luma_gain;
    float red_v;
    float green_u;
    float green_v;
    float blue_u;
};

constexpr ColourRules kStudioRange{16.F, 1.164384F, 1.596027F, -0.391762F, -0.812968F, 2.017232F};
constexpr ColourRules kFullRange{0.F, 1.F, 1.402F, -0.344136F, -0.714136F, 1.772F};

struct RowInput {
    const std::uint8_t* y;
    const std::uint8_t* u;
    const std::uint8_t* v;
    int count;
};

/// Writes one row of the three planes. Kept free of branches and calls so that it is vectorised.
void convert_row(
    const RowInput& in,
    const ColourRules& rules,
    const Normalisation& normal,
    std::array<float*, 3> out
) {
    const std::size_t blue = normal.is_rgb ? 2 : 0;
    const std::size_t red = 2 - blue;
    float* const blue_out = out[blue];
    float* const green_out = out[1];
    float* const red_out = out[red];
    const float mean_b = normal.mean[blue];
    const float mean_g = normal.mean[1];
    const float mean_r = normal.mean[red];
    const float scale_b = normal.scale[blue];
    const float scale_g = normal.scale[1];
    const float scale_r = normal.scale[red];
    const ColourRules k = rules;
    for (int i = 0; i < in.count; ++i) {
        const float luma = (static_cast<float>(in.y[i]) - k.luma_offset) * k.luma_gain;
        const float u = static_cast<float>(in.u[i]) - 128.F;
        const float v = static_cast<float>(in.v[i]) - 128.F;
        const float b = std::clamp(luma + k.blue_u * u, 0.F, 255.F);
        const float g = std::clamp(luma + k.green_u * u + k.green_v * v, 0.F, 255.F);
        const float r = std::clamp(luma + k.red_v * v, 0.F, 255.F);
        blue_out[i] = (b - mean_b) * scale_b;
        green_out[i] = (g - mean_g) * scale_g;
        red_out[i] = (r - mean_r) * scale_r;
    }
}

/// The part of a plane that belongs to a rectangle in luma pixels.
PixelRect part_of_plane(const PixelRect& rect, const Plane& plane, const Frame& frame) {
    if (plane.width == frame.width) {
        return rect;
    }
    PixelRect out{rect.x / 2, rect.y / 2, (rect.w + 1) / 2, (rect.h + 1) / 2};
    out.w = std::min(out.w, plane.width - out.x);
    out.h = std::min(out.h, plane.height - out.y);
    return out;
}

}  // namespace

Canvas::Canvas(std::span<float> planes, int width, int height, Normalisation normalisation)
    : planes_(planes), width_(width), height_(height), normalisation_(normalisation) {
    assert(planes.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
}

void Canvas::clear() {
    std::ranges::fill(planes_, 0.F);
}

std::span<const std::uint8_t> Canvas::resized(
    const Plane& plane, const PixelRect& source, const PixelRect& target, std::size_t slot
) {
    // OpenCV's Mat has no const form; the source is only read.
    const cv::Mat whole(
        plane.height,
        plane.width,
        CV_8UC1,
        const_cast<std::uint8_t*>(plane.data),
        static_cast<std::size_t>(plane.stride)
    );
    const cv::Mat part = whole(cv::Rect(source.x, source.y, source.w, source.h));
    std::vector<std::uint8_t>& buffer = scratch_[slot];
    buffer.resize(static_cast<std::size_t>(target.w) * static_cast<std::size_t>(target.h));
    cv::Mat out(target.h, target.w, CV_8UC1, buffer.data());
    const bool is_shrinking = target.w < source.w || target.h < source.h;
    cv::resize(part, out, out.size(), 0, 0, is_shrinking ? cv::INTER_AREA : cv::INTER_LINEAR);
    return buffer;
}

void Canvas::draw(const Frame& frame, const PixelRect& source, const PixelRect& target) {
    assert(source.w >= 1 && source.h >= 1 && source.x >= 0 && source.y >= 0);
    assert(source.x + source.w <= frame.width && source.y + source.h <= frame.height);
    assert(target.w >= 1 && target.h >= 1 && target.x >= 0 && target.y >= 0);
    assert(target.x + target.w <= width_ && target.y + target.h <= height_);
    std::array<std::span<const std::uint8_t>, 3> planes;
    for (std::size_t i = 0; i < planes.size(); ++i) {
        const Plane& plane = frame.planes[i];
        planes[i] = resized(plane, part_of_plane(source, plane, frame), target, i);
    }
    const ColourRules& rules = frame.is_full_range ? kFullRange : kStudioRange;
    const std::size_t area = static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_);
    for (int row = 0; row < target.h; ++row) {
        const auto from = static_cast<std::size_t>(row) * static_cast<std::size_t>(target.w);
        const auto to =
            static_cast<std::size_t>(target.y + row) * static_cast<std::size_t>(width_) +
            static_cast<std::size_t>(target.x);
        convert_row(
            {planes[0].data() + from, planes[1].data() + from, planes[2].data() + from, target.w},
            rules,
            normalisation_,
            {planes_.data() + to, planes_.data() + area + to, planes_.data() + 2 * area + to}
        );
    }
}

}  // namespace bongsu::vision
