#include "annotation/picture.hpp"

#include "annotation/painter.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace bongsu::annotation {
namespace {

Result<std::vector<std::uint8_t>> encode(const cv::Mat& bgr, int quality) {
    std::vector<std::uint8_t> bytes;
    try {
        if (cv::imencode(".jpg", bgr, bytes, {cv::IMWRITE_JPEG_QUALITY, quality})) {
            return bytes;
        }
    } catch (const cv::Exception& error) {
        return fail(ErrorKind::Internal, std::string("JPEG encoding failed: ") + error.what());
    }
    return fail(ErrorKind::Internal, "JPEG encoding failed");
}

Status check_size(const Frame& frame) {
    if (frame.width < 2 || frame.height < 2) {
        return fail(ErrorKind::InvalidArgument, "cannot draw a picture smaller than 2x2");
    }
    return {};
}

}  // namespace

Result<std::vector<std::uint8_t>> encode_jpeg(const Frame& frame, int quality) {
    BONGSU_TRY(check_size(frame));
    return encode(to_bgr(frame), quality);
}

Result<std::vector<std::uint8_t>> encode_annotated_jpeg(
    const Frame& frame, const Overlay& overlay, int quality
) {
    BONGSU_TRY(check_size(frame));
    cv::Mat bgr = to_bgr(frame);
    paint(bgr, overlay);
    return encode(bgr, quality);
}

Result<std::vector<std::uint8_t>> black_out_jpeg(
    std::span<const std::uint8_t> jpeg, const std::vector<Polygon>& areas, int quality
) {
    constexpr int kEdge = 5;  // pixels: half of it lies outside
    cv::Mat bgr;
    try {
        bgr = cv::imdecode(
            cv::Mat(
                1,
                static_cast<int>(jpeg.size()),
                CV_8UC1,
                const_cast<std::uint8_t*>(jpeg.data())  // for OpenCV's signature; it only reads
            ),
            cv::IMREAD_COLOR
        );
    } catch (const cv::Exception& error) {
        return fail(ErrorKind::Corrupt, std::string("no JPEG picture: ") + error.what());
    }
    if (bgr.empty()) {
        return fail(ErrorKind::Corrupt, "no JPEG picture");
    }
    for (const Polygon& area : areas) {
        std::vector<cv::Point> corners;
        for (const Point& corner : area) {
            corners.emplace_back(
                cvRound(corner.x * static_cast<float>(bgr.cols)),
                cvRound(corner.y * static_cast<float>(bgr.rows))
            );
        }
        if (!corners.empty()) {
            cv::fillPoly(bgr, std::vector{corners}, cv::Scalar::all(0));
            cv::polylines(bgr, std::vector{corners}, true, cv::Scalar::all(0), kEdge);
        }
    }
    return encode(bgr, quality);
}

Status write_file(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes) {
    std::filesystem::path part = path;
    part += ".part";
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file.write(
        reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())
    );
    file.close();
    std::error_code error;
    if (file.good()) {
        std::filesystem::rename(part, path, error);
    }
    if (!file.good() || error) {
        const std::string reason = error ? error.message() : std::strerror(errno);
        std::filesystem::remove(part, error);
        return fail(ErrorKind::Unavailable, "cannot write " + path.string() + ": " + reason);
    }
    return {};
}

}  // namespace bongsu::annotation
