#include "eval/pictures/picture_file.hpp"

#include "eval/mot/sequence.hpp"

#include <cstring>

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestFile = 64U << 20U;
constexpr int kLargestSide = 8192;

/// Copies the planes that OpenCV puts one below the other.
Frame to_frame(const cv::Mat& i420, int width, int height) {
    WritableFrame out = allocate_frame(width, height);
    const std::uint8_t* source = i420.data;
    for (std::size_t p = 0; p < out.data.size(); ++p) {
        const Plane& plane = out.frame.planes.at(p);
        for (int row = 0; row < plane.height; ++row) {
            std::memcpy(
                out.data.at(p) + static_cast<std::ptrdiff_t>(row) * plane.stride,
                source,
                static_cast<std::size_t>(plane.width)
            );
            source += plane.width;
        }
    }
    return out.frame;
}

}  // namespace

Result<Frame> load_picture(const std::filesystem::path& path) {
    BONGSU_ASSIGN(const std::string bytes, read_text_file(path, kLargestFile));
    const auto corrupt = [&] {
        return fail(
            ErrorKind::Corrupt, fmt::format("{} is not a picture that can be read", path.string())
        );
    };
    try {
        const cv::Mat coded(
            1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<char*>(bytes.data())
        );
        const cv::Mat bgr = cv::imdecode(coded, cv::IMREAD_COLOR);
        const int width = bgr.cols & ~1;
        const int height = bgr.rows & ~1;
        if (width < 2 || height < 2 || width > kLargestSide || height > kLargestSide) {
            return corrupt();
        }
        cv::Mat i420;
        cv::cvtColor(bgr(cv::Rect(0, 0, width, height)), i420, cv::COLOR_BGR2YUV_I420);
        return to_frame(i420, width, height);
    } catch (const cv::Exception&) {
        return corrupt();
    }
}

}  // namespace bongsu::eval
