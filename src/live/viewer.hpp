#pragma once

#include "core/clock.hpp"
#include "domain/access_unit.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::live {

/// Shared bytes of a message, so that one buffer serves all viewers. The same type as
/// net::SharedBytes, which this module does not see.
using SharedBytes = std::shared_ptr<const std::vector<std::uint8_t>>;

/// The connection to one viewer, as the hub sees it; the console puts a WebSocket behind it.
/// Called by one hub thread at a time, but by scenes and pictures alike: must be thread-safe. Every
/// call returns at once.
class ViewerSink {
public:
    virtual ~ViewerSink() = default;

    /// False when it was not taken (outbox full, closing).
    virtual bool send_text(std::shared_ptr<const std::string> text) = 0;
    /// One binary message made of the pieces. False when it was not taken.
    virtual bool send_binary(std::vector<SharedBytes> pieces) = 0;
    /// Bytes that wait to be sent: what tells a slow viewer.
    virtual std::size_t queued_bytes() const = 0;
};

/// What a page says of itself in its first message.
struct ViewerCapabilities {
    bool can_hevc = false;        ///< plays H.265
    bool wants_overlays = false;  ///< tracks drawn over the picture
    bool may_unmask = false;      ///< may see what privacy masks hide from everybody else
};

/// Which stream a viewer asks for; nothing: auto, the sub stream when there is one.
using WantedRole = std::optional<StreamRole>;

}  // namespace bongsu::live
