#include "incidents/snapshot_writer.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <unistd.h>

namespace bongsu::incidents {
namespace {

const cv::Scalar kZoneColour{0, 200, 255};  // BGR
const cv::Scalar kBoxColour{0, 0, 255};

cv::Mat view(const Plane& plane) {
    // OpenCV has no read-only view; nothing writes through this one.
    return {
        plane.height,
        plane.width,
        CV_8UC1,
        const_cast<std::uint8_t*>(plane.data),  // NOLINT(cppcoreguidelines-pro-type-const-cast)
        static_cast<std::size_t>(plane.stride)
    };
}

/// ITU-R BT.601 in both ranges; chroma is spread over its four pixels.
cv::Mat to_bgr(const Frame& frame) {
    cv::Mat luma = view(frame.planes[0]);
    if (!frame.is_full_range) {
        luma.convertTo(luma, CV_8U, 255.0 / 219.0, -16.0 * 255.0 / 219.0);
    }
    std::array<cv::Mat, 2> chroma;
    for (std::size_t i = 0; i < chroma.size(); ++i) {
        cv::Mat plane = view(frame.planes.at(i + 1));
        if (!frame.is_full_range) {
            plane.convertTo(plane, CV_8U, 255.0 / 224.0, 128.0 - 128.0 * 255.0 / 224.0);
        }
        cv::resize(plane, chroma.at(i), luma.size(), 0, 0, cv::INTER_LINEAR);
    }
    cv::Mat ycrcb;
    cv::merge(std::array<cv::Mat, 3>{luma, chroma[1], chroma[0]}, ycrcb);
    cv::Mat bgr;
    cv::cvtColor(ycrcb, bgr, cv::COLOR_YCrCb2BGR);
    return bgr;
}

cv::Point to_cv(Point p) {
    return {static_cast<int>(p.x), static_cast<int>(p.y)};
}

void mark(cv::Mat& picture, const BehaviourEvent& event, std::span<const Zone> zones) {
    const int line = std::max(1, picture.cols / 480);
    for (const Zone& zone : zones) {
        std::vector<cv::Point> corners;
        for (const Point& corner : to_pixels(zone.corners, picture.cols, picture.rows)) {
            corners.push_back(to_cv(corner));
        }
        cv::polylines(picture, corners, !zone.is_line(), kZoneColour, line, cv::LINE_AA);
    }
    const bool has_size = event.picture_width > 0 && event.picture_height > 0;
    const float fx =
        has_size ? static_cast<float>(picture.cols) / static_cast<float>(event.picture_width) : 1;
    const float fy =
        has_size ? static_cast<float>(picture.rows) / static_cast<float>(event.picture_height) : 1;
    const Box box = scaled(event.box, fx, fy);
    if (box.area() > 0) {
        const cv::Point corner = to_cv({box.right(), box.bottom()});
        cv::rectangle(picture, to_cv({box.x, box.y}), corner, kBoxColour, line + 1, cv::LINE_AA);
    }
    const double size = std::max(0.5, picture.cols / 1600.0);
    const cv::Point at{line * 4, picture.rows - line * 6};
    const std::string label = event.kind + " " + to_iso8601(event.time);
    cv::putText(
        picture, label, at, cv::FONT_HERSHEY_SIMPLEX, size, {0, 0, 0}, line + 3, cv::LINE_AA
    );
    cv::putText(
        picture, label, at, cv::FONT_HERSHEY_SIMPLEX, size, {255, 255, 255}, line, cv::LINE_AA
    );
}

Error disk_error(const std::filesystem::path& path, int code) {
    return Error{
        ErrorKind::Unavailable,
        "cannot write picture '" + path.string() + "': " + std::strerror(code) +
            "; check space and rights",
        nullptr
    };
}

/// Whole or not at all: written beside, flushed to disk, then renamed.
Status write_file(const std::filesystem::path& path, const std::vector<unsigned char>& bytes) {
    const std::filesystem::path part = path.string() + ".part";

    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    {
        const std::unique_ptr<std::FILE, Closer> file{std::fopen(part.c_str(), "wbe")};
        if (!file) {
            return fail(disk_error(path, errno));
        }
        const bool is_written =
            std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
            std::fflush(file.get()) == 0 && ::fsync(::fileno(file.get())) == 0;
        if (!is_written) {
            return fail(disk_error(path, errno));
        }
    }
    if (std::rename(part.c_str(), path.c_str()) != 0) {
        return fail(disk_error(path, errno));
    }
    return {};
}

Status write_jpeg(const std::filesystem::path& path, const cv::Mat& picture, int quality) {
    std::vector<unsigned char> bytes;
    if (!cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, quality})) {
        return fail(
            ErrorKind::Internal, "the picture '" + path.string() + "' could not be encoded as JPEG"
        );
    }
    return write_file(path, bytes);
}

}  // namespace

Result<std::string> SnapshotWriter::write(
    const Incident& incident,
    const BehaviourEvent& event,
    const Frame& frame,
    std::span<const Zone> zones
) const {
    if (frame.width <= 0 || frame.height <= 0 || frame.planes[0].data == nullptr) {
        return fail(
            ErrorKind::InvalidArgument,
            "incident '" + incident.id.value() + "': the frame has no picture"
        );
    }
    const std::string day = to_iso8601(frame.wall).substr(0, 10);
    const std::string name = day + "/" + incident.id.value() + ".jpg";
    std::error_code error;
    std::filesystem::create_directories(folder_ / day, error);
    if (error) {
        return fail(disk_error(folder_ / day, error.value()));
    }
    try {
        cv::Mat picture = to_bgr(frame);
        BONGSU_TRY(write_jpeg(folder_ / name, picture, quality_));
        mark(picture, event, zones);
        BONGSU_TRY(write_jpeg(folder_ / marked_name(name), picture, quality_));
    } catch (const cv::Exception& exception) {
        return fail(
            ErrorKind::Internal, "incident '" + incident.id.value() + "': " + exception.what()
        );
    }
    return name;
}

std::string SnapshotWriter::marked_name(const std::string& name) {
    return name.substr(0, name.rfind('.')) + "-marked.jpg";
}

}  // namespace bongsu::incidents
