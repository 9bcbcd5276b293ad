#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "domain/frame.hpp"
#include "media/nal/decoder_config.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::ingest::file {

/// One coded picture of a file: as access unit bytes when it is H.264 or H.265.
struct FilePicture {
    Duration time{};  ///< presentation time from the start of the file
    bool is_key = false;
    std::vector<std::uint8_t> bytes;  ///< length-prefixed, without parameter sets
    std::shared_ptr<const CodecParameters> parameters;
};

/// A video file opened by libavformat. H.264 and H.265 come out as they are, in length-prefixed
/// form; everything else (MJPEG, MPEG-4 ...) is decoded. Runs on: one thread.
class VideoFile {
public:
    /// NotFound, Corrupt (no video file) or Unsupported (no video in it, no decoder for it).
    static Result<VideoFile> open(const std::string& path);
    ~VideoFile();
    VideoFile(VideoFile&&) noexcept;
    VideoFile& operator=(VideoFile&&) noexcept;

    /// H.264 or H.265; nothing when pictures are decoded.
    std::optional<Codec> codec() const;
    int width() const;
    int height() const;
    std::string codec_name() const;
    Duration frame_duration() const;  ///< of the average frame rate; 40 ms when not stated

    /// The next coded picture, nothing at the end. Only for files with a codec().
    Result<std::optional<FilePicture>> next_coded();

    /// The next decoded picture with its time, nothing at the end. Only for files without a
    /// codec().
    struct DecodedPicture {
        Duration time{};
        Frame frame;
        std::size_t coded_bytes = 0;
    };

    Result<std::optional<DecodedPicture>> next_decoded();

    Status rewind();

private:
    struct Impl;
    explicit VideoFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::ingest::file
