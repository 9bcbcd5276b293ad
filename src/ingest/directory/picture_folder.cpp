#include "ingest/directory/picture_folder.hpp"

#include "media/rtsp/text.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <tuple>

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace bongsu::ingest::directory {
namespace {

namespace fs = std::filesystem;

bool is_picture(const fs::path& path) {
    const std::string extension = media::to_lower(path.extension().string());
    return extension == ".jpg" || extension == ".jpeg" || extension == ".png" ||
           extension == ".bmp";
}

/// The last run of digits in a name without leading zeros: shorter numbers are smaller.
std::string number_in(const std::string& name) {
    const auto last = name.find_last_of("0123456789");
    if (last == std::string::npos) {
        return {};
    }
    const auto before = name.find_last_not_of("0123456789", last);
    const auto first = before == std::string::npos ? 0 : before + 1;
    const auto digits = name.substr(first, last - first + 1);
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

auto order_of(const std::string& path) {
    std::string number = number_in(fs::path(path).stem().string());
    const std::size_t digits = number.size();
    return std::tuple(digits, std::move(number), path);
}

/// I420 with chroma halved, rounding up: odd sides are extended by one pixel for the conversion.
Frame to_frame(const cv::Mat& bgr) {
    cv::Mat even = bgr;
    if (bgr.cols % 2 != 0 || bgr.rows % 2 != 0) {
        cv::copyMakeBorder(bgr, even, 0, bgr.rows % 2, 0, bgr.cols % 2, cv::BORDER_REPLICATE);
    }
    cv::Mat i420;
    cv::cvtColor(even, i420, cv::COLOR_BGR2YUV_I420);
    WritableFrame target = allocate_frame(bgr.cols, bgr.rows);
    const std::uint8_t* source = i420.data;
    for (std::size_t i = 0; i < 3; ++i) {
        const Plane& plane = target.frame.planes.at(i);
        const int stride = i == 0 ? even.cols : even.cols / 2;
        const int rows = i == 0 ? even.rows : even.rows / 2;
        for (int y = 0; y < plane.height; ++y) {
            std::memcpy(
                target.data.at(i) + static_cast<std::ptrdiff_t>(y) * plane.stride,
                source + static_cast<std::ptrdiff_t>(y) * stride,
                static_cast<std::size_t>(plane.width)
            );
        }
        source += static_cast<std::ptrdiff_t>(rows) * stride;
    }
    target.frame.is_key = true;
    return target.frame;
}

}  // namespace

Result<PictureFolder> PictureFolder::open(const std::string& path) {
    std::error_code error;
    PictureFolder folder;
    for (const auto& entry : fs::directory_iterator(path, error)) {
        if (is_picture(entry.path())) {
            folder.files_.push_back(entry.path().string());
        }
    }
    if (error) {
        return fail(
            ErrorKind::NotFound,
            fmt::format("the folder '{}' cannot be read: {}", path, error.message())
        );
    }
    if (folder.files_.empty()) {
        return fail(
            ErrorKind::NotFound,
            fmt::format("the folder '{}' holds no jpg, png or bmp picture", path)
        );
    }
    std::ranges::sort(folder.files_, {}, order_of);
    return folder;
}

Result<PictureFolder::Picture> PictureFolder::read(std::size_t index) const {
    const std::string& file = files_.at(index);
    try {
        const cv::Mat bgr = cv::imread(file, cv::IMREAD_COLOR);
        if (!bgr.empty()) {
            std::error_code ignored;
            return Picture{.frame = to_frame(bgr), .coded_bytes = fs::file_size(file, ignored)};
        }
    } catch (const cv::Exception&) {
        // Falls through: OpenCV throws for some damaged files and returns nothing for others.
    }
    return fail(ErrorKind::Corrupt, fmt::format("'{}' is no picture that can be read", file));
}

}  // namespace bongsu::ingest::directory
