#pragma once

#include "core/clock.hpp"
#include "domain/access_unit.hpp"
#include "domain/geometry.hpp"
#include "domain/scene.hpp"
#include "live/viewer.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::live {

// The wire form of docs/design/console.md, "Live pictures".

enum class MessageKind : std::uint8_t { Init = 1, Fragment = 2, Picture = 3 };

struct MessageHead {
    MessageKind kind = MessageKind::Fragment;
    bool is_key = false;
    bool is_time_estimated = false;
    bool is_after_gap = false;  ///< pictures were left out before this one
    std::uint32_t counter = 0;
    WallTime wall;
    std::uint64_t decode_time = 0;
};

inline constexpr std::size_t kHeadSize = 24;
SharedBytes to_bytes(const MessageHead& head);

/// What a viewer gets and why; empty note: what it asked for.
struct StreamNote {
    static constexpr std::string_view kHevcOther = "hevc_unsupported_other_stream";
    static constexpr std::string_view kHevcJpeg = "hevc_unsupported_jpeg";
    static constexpr std::string_view kHevcKeyJpeg = "hevc_unsupported_jpeg_keys";
    static constexpr std::string_view kMasked = "masked";
    static constexpr std::string_view kMaskedJpeg = "masked_jpeg";
    static constexpr std::string_view kMaskedKeyJpeg = "masked_jpeg_keys";
    static constexpr std::string_view kNoSuchStream = "role_not_configured";
};

struct StreamAnnouncement {
    bool is_jpeg = false;
    std::string mime;
    std::uint32_t width = 0;  ///< of the camera's picture
    std::uint32_t height = 0;
    StreamRole role = StreamRole::Main;
    std::string_view note;
};

using SharedText = std::shared_ptr<const std::string>;

SharedText stream_text(const StreamAnnouncement& announcement);
/// Confirmed and lost tracks; coordinates in pixels of the scene's own width and height.
SharedText scene_text(const Scene& scene);
/// `state`: "playing", "lost" or "removed".
SharedText state_text(std::string_view state, WallTime since, std::string_view detail);

}  // namespace bongsu::live
