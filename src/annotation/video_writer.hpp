#pragma once

#include "annotation/overlay.hpp"
#include "core/result.hpp"
#include "domain/frame.hpp"

#include <filesystem>
#include <memory>

namespace bongsu::annotation {

/// Writes annotated frames into an H.264 MP4 for people to judge. The encoder is the separate
/// program ffmpeg, fed through a pipe. Runs on: one thread. Frames of another size are scaled to
/// the first's.
class VideoWriter {
public:
    /// Fails when ffmpeg is not installed or `path` cannot be written.
    static Result<std::unique_ptr<VideoWriter>> create(
        const std::filesystem::path& path, int width, int height, double frames_per_second
    );

    ~VideoWriter();
    VideoWriter(const VideoWriter&) = delete;
    VideoWriter& operator=(const VideoWriter&) = delete;

    Status write(const Frame& frame, const Overlay& overlay);

    /// Ends the file; says why when ffmpeg failed. Later calls do nothing.
    Status finish();

private:
    struct Impl;
    explicit VideoWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::annotation
