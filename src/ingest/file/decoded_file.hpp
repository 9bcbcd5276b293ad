#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/frame.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace bongsu::ingest::file {

/// The decoded pictures of a video file that is coded as anything but H.264 and H.265 (MJPEG,
/// MPEG-4 ...), through libav. Runs on: one thread at a time.
class DecodedFile {
public:
    struct Picture {
        Duration time{};  ///< from the first picture
        Frame frame;      ///< without camera and times
        std::size_t coded_bytes = 0;
    };

    /// NotFound, Corrupt (no media file) or Unsupported (no video in it, no decoder for it).
    static Result<DecodedFile> open(const std::string& path);
    ~DecodedFile();
    DecodedFile(DecodedFile&&) noexcept;
    DecodedFile& operator=(DecodedFile&&) noexcept;

    std::string codec_name() const;

    /// The next picture, nothing at the end.
    Result<std::optional<Picture>> next();

private:
    struct Impl;
    explicit DecodedFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::ingest::file
