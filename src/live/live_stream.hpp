#pragma once

#include "domain/access_unit.hpp"
#include "live/fragment_feed.hpp"
#include "live/held_gop.hpp"
#include "live/live_hub.hpp"
#include "live/painted_feed.hpp"
#include "live/picture_feed.hpp"
#include "live/still_maker.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

namespace bongsu::live {

/// One stream of one camera: its held GOP and the feeds that serve its viewers. Thread-safe.
class LiveStream {
public:
    struct Parts {
        exec::WorkerPool& fragment_pool;
        exec::WorkerPool& picture_pool;
        std::shared_ptr<const FeedParts> feed;
        const PictureFeed::Making& making;
        HoldBudget& hold_budget;
        std::int64_t gop_bytes = 0;
        Counter& fragments;
        Counter& holds_given_up;
    };

    LiveStream(StreamRole role, const Parts& parts);

    /// Cheap: holds the unit and queues it for the feeds that have viewers.
    void push(const AccessUnitPtr& unit);
    void join(const LiveViewerPtr& viewer, Form form, std::string_view note);
    void leave(const LiveViewerPtr& viewer, Form form);
    void set_state(StreamState state);
    void show(const SharedText& scene);
    void tell(const SharedText& text);
    void masks_changed();
    /// Says one last thing to the viewers and nothing more.
    void end(const SharedText& text);
    void close();

    /// Of the latest unit; nothing before the first one.
    std::optional<Codec> codec() const;
    std::uint32_t width() const;
    /// Whether one more viewer can have painted video: somebody has it, or the budget has a place.
    bool can_paint() const;
    /// The latest key picture, or null.
    AccessUnitPtr key() const;

    StillCache& stills() { return stills_; }

private:
    struct Watched {
        std::shared_ptr<Feed> feed;
        int viewers = 0;
    };

    Watched& watched(Form form) { return watched_[static_cast<std::size_t>(form)]; }

    const Watched& watched(Form form) const { return watched_[static_cast<std::size_t>(form)]; }

    Counter& holds_given_up_;
    mutable std::mutex mutex_;
    HeldGop held_;
    std::shared_ptr<const CodecParameters> parameters_;
    std::optional<StreamState> state_;
    PictureBudget& picture_budget_;
    std::array<Watched, kForms> watched_;  ///< by form
    StillCache stills_;
};

}  // namespace bongsu::live
