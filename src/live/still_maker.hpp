#pragma once

#include "core/metrics.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "domain/geometry.hpp"
#include "live/config.hpp"
#include "live/picture_coder.hpp"
#include "live/viewer.hpp"
#include "media/decoder/decoder.hpp"

#include <mutex>
#include <semaphore>
#include <vector>

namespace bongsu::live {

/// Decodes single key pictures, a few at once. Thread-safe.
class StillMaker {
public:
    StillMaker(const LiveConfig& config, EncodeJpeg encode_jpeg, Metrics& metrics);

    /// Blocks for a free place and one decode. Errors as LiveHub::still.
    Result<SharedBytes> make(
        const AccessUnit& key, int max_width, const std::vector<Polygon>& private_masks
    );

private:
    Result<std::vector<std::uint8_t>> decode_and_encode(
        const AccessUnit& key, int max_width, const std::vector<Polygon>& private_masks
    );
    media::Decoder take_decoder();

    const Duration wait_;
    const EncodeJpeg encode_jpeg_;
    Counter& made_;
    Counter& failed_;
    std::counting_semaphore<> places_;
    std::mutex mutex_;
    std::vector<media::Decoder> idle_;  ///< kept open: a codec costs more than a picture
};

/// The stills made of one stream's latest key picture, by width. Thread-safe; a second request for
/// the same still waits for the first one.
class StillCache {
public:
    Result<SharedBytes> get(
        const AccessUnitPtr& key,
        int max_width,
        const std::vector<Polygon>& private_masks,
        StillMaker& maker
    );

    void clear();

private:
    struct Entry {
        int max_width = 0;
        SharedBytes bytes;
    };

    static constexpr std::size_t kMostWidths = 4;

    std::mutex mutex_;
    AccessUnitPtr key_;
    std::vector<Entry> entries_;
};

}  // namespace bongsu::live
