#pragma once

#include "live/fragment_feed.hpp"
#include "live/picture_feed.hpp"
#include "media/encoder/repainter.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

namespace bongsu::live {

/// One stream as video in which private areas are black: decoded, painted and encoded once for all
/// its viewers, with a place of the budget of decoded streams. Pictures that come out of order
/// (B-frames) are left out. A stream that is slower to make than to show goes on at its key
/// pictures.
class PaintedFeed final : public FragmentFeed {
public:
    PaintedFeed(
        exec::WorkerPool& pool,
        StreamRole role,
        std::shared_ptr<const FeedParts> parts,
        const PictureFeed::Making& making,
        Counter& fragments
    );

private:
    void on_first_join(const HeldUnits& held) override;
    void on_unit(const AccessUnitPtr& unit, bool is_held) override;
    void on_idle() override;

    AccessUnitPtr paint(const AccessUnitPtr& unit);
    AccessUnitPtr origin_of(const Frame& frame) const;
    bool is_late(const AccessUnit& origin) const;

    const PictureFeed::Making& making_;
    std::optional<media::Repainter> repainter_;
    std::array<AccessUnitPtr, 16> origins_;  ///< the latest units: frames may come later than they
    std::size_t next_origin_ = 0;
    std::optional<std::int64_t> last_shown_;  ///< media time
    std::uint64_t last_source_ = 0;           ///< sequence of the latest unit
    std::uint64_t sequence_ = 0;
    bool needs_key_ = true;
    bool has_place_ = false;
};

}  // namespace bongsu::live
