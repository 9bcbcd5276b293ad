#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::media {

/// One coded picture as a file holds it.
struct ContainerUnit {
    bool is_key = false;           ///< judged by its NAL units, not by the file's own flags
    std::int64_t decode_time = 0;  ///< 90 kHz ticks from the first unit, strictly rising
    std::int64_t media_time = 0;   ///< 90 kHz ticks, presentation order, same origin
    std::shared_ptr<const std::vector<std::uint8_t>> bytes;  ///< as AccessUnit::bytes
};

/// Reads the H.264 or H.265 video track of an MP4, MKV, AVI, TS or raw file, one access unit at a
/// time, through libavformat. Audio and other tracks are passed over. Pictures without time stamps
/// get them from the frame rate. Runs on: one thread at a time.
class ContainerReader {
public:
    /// Errors: NotFound or PermissionDenied (the file), Corrupt (not a media file), Unsupported (no
    /// H.264 or H.265 video in it; names the codec that is there).
    static Result<ContainerReader> open(const std::string& path);
    ~ContainerReader();
    ContainerReader(ContainerReader&&) noexcept;
    ContainerReader& operator=(ContainerReader&&) noexcept;

    /// Never null.
    const std::shared_ptr<const CodecParameters>& parameters() const;

    /// The next unit in decoding order; nothing at the end of the file.
    Result<std::optional<ContainerUnit>> next();

private:
    struct Impl;
    explicit ContainerReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::media
