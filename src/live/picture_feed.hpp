#pragma once

#include "live/config.hpp"
#include "live/feed.hpp"
#include "live/picture_coder.hpp"
#include "media/decoder/decoder.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace bongsu::live {

/// Streams that may be decoded wholly. Thread-safe.
class PictureBudget {
public:
    explicit PictureBudget(int streams) : free_(streams) {}

    bool take() {
        if (free_.fetch_sub(1) > 0) {
            return true;
        }
        free_.fetch_add(1);
        return false;
    }

    bool has_place() const { return free_ > 0; }

    void give_back() { free_.fetch_add(1); }

private:
    std::atomic<int> free_;
};

/// One stream as JPEG pictures, for pages that cannot play H.265 and for viewers of masked cameras
/// beyond the budget of painted video: decoded and encoded once for all
/// of them, a few pictures per second within the budget, key pictures only beyond it.
class PictureFeed final : public Feed {
public:
    struct Making {
        const LiveConfig& config;
        const EncodeJpeg& encode_jpeg;
        PictureBudget& budget;
        Counter& pictures;
        Counter& failures;
    };

    PictureFeed(
        exec::WorkerPool& pool,
        StreamRole role,
        std::shared_ptr<const FeedParts> parts,
        const Making& making
    );

private:
    void on_join(LiveViewer& viewer) override;
    void on_first_join(const HeldUnits& held) override;
    void on_unit(const AccessUnitPtr& unit, bool is_held) override;
    void on_announce(LiveViewer& viewer) override;
    void on_idle() override;

    void announce_changes(const AccessUnit& unit);
    std::optional<Frame> decode(const AccessUnit& unit);
    bool is_due(const AccessUnit& unit) const;
    void show(const AccessUnit& unit, const Frame& frame);
    void send_picture(LiveViewer& viewer);

    const StreamRole role_;
    const Making& making_;
    std::optional<media::Decoder> decoder_;
    bool is_whole_ = false;  ///< a place of the budget is taken
    bool needs_key_ = true;
    std::shared_ptr<const CodecParameters> parameters_;
    std::optional<std::int64_t> last_shown_;  ///< media time
    MessageHead head_{.kind = MessageKind::Picture};
    SharedBytes picture_;  ///< the latest
    std::uint32_t counter_ = 0;
};

}  // namespace bongsu::live
