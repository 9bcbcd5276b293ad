#pragma once

#include "domain/access_unit.hpp"
#include "exec/serial_queue.hpp"
#include "live/live_viewer.hpp"
#include "live/messages.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace bongsu::live {

/// What a new viewer of a stream begins with.
struct HeldUnits {
    std::vector<AccessUnitPtr> units;  ///< from a key picture on, or empty
    bool is_whole = true;              ///< false: what followed the key picture was not held
};

/// What feeds share with the hub.
struct FeedParts {
    /// Whether the viewer should be served otherwise than (stream, form) by now; then it is
    /// moved. Called on the feed's queue.
    std::function<bool(const LiveViewerPtr&)> move_if_better;
    std::function<std::vector<Polygon>()> private_masks;
    std::int64_t viewer_bytes = 0;
    Counter& sent_bytes;
    Counter& viewer_cuts;
    Counter& dropped_units;
};

/// Serves the viewers of one stream in one form. All work runs on a serial queue of its own, so
/// that the ingest thread only queues. Queue: bounded, policy reject; after a rejected unit the
/// feed continues at the next key picture, and its viewers are told. Thread-safe.
class Feed : public std::enable_shared_from_this<Feed> {
public:
    Feed(exec::WorkerPool& pool, std::size_t most_units, std::shared_ptr<const FeedParts> parts);
    virtual ~Feed() = default;
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;

    /// `held` is used when there is no viewer yet. Units pushed from now on follow it.
    void join(LiveViewerPtr viewer, HeldUnits held, std::string_view note);
    void leave(const LiveViewerPtr& viewer);
    /// `is_held`: the unit is part of the held GOP, so it may be kept for later viewers as well.
    void push(AccessUnitPtr unit, bool is_held);
    /// To all viewers, whatever waits for them.
    void tell(SharedText text);
    /// To the viewers who want overlays; a newer scene replaces one that waits.
    void show(SharedText scene);
    /// The areas changed: moves those who must not see it as it is by now, announces the stream
    /// anew to the others.
    void announce_again();
    /// Says one last thing (or nothing) to all viewers and forgets them.
    void end(SharedText text);

    /// Drops what waits and lets nothing new in.
    void close() { queue_.close(); }

protected:
    // All of these on the queue.
    virtual void on_join(LiveViewer& viewer) = 0;
    virtual void on_first_join(const HeldUnits& held) = 0;
    virtual void on_unit(const AccessUnitPtr& unit, bool is_held) = 0;
    virtual void on_announce(LiveViewer& viewer) = 0;
    virtual void on_idle() = 0;

    const std::vector<LiveViewerPtr>& viewers() const { return viewers_; }

    const FeedParts& parts() const { return *parts_; }

    /// Moves those viewers away who are better served elsewhere.
    void move_viewers();
    bool is_behind_in_time() const;
    /// Hands a message to a viewer, with its scene that waited; false when it was not taken.
    bool send(LiveViewer& viewer, std::vector<SharedBytes> pieces);

private:
    template <class F>
    bool run(F task);
    void forget_gone();
    void show_latest();

    const std::shared_ptr<const FeedParts> parts_;
    const std::size_t most_units_;
    std::vector<LiveViewerPtr> viewers_;  ///< on the queue
    std::mutex mutex_;
    SharedText latest_scene_;  ///< waits for its task
    std::atomic<bool> skips_to_key_ = false;
    exec::SerialQueue queue_;  ///< last: closed first
};

}  // namespace bongsu::live
