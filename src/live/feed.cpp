#include "live/feed.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::live {
namespace {

constexpr std::size_t kControlTasks = 1'024;  // places kept for joining and leaving
constexpr std::size_t kSceneBytes = 256'000;  // a viewer with more waiting gets only the latest

}  // namespace

Feed::Feed(exec::WorkerPool& pool, std::size_t most_units, std::shared_ptr<const FeedParts> parts)
    : parts_(std::move(parts)),
      most_units_(most_units),
      queue_(pool, most_units + kControlTasks, exec::Overflow::Reject) {}

template <class F>
bool Feed::run(F task) {
    const auto admission =
        queue_.push([self = shared_from_this(), task = std::move(task)]() mutable { task(*self); });
    return admission != exec::Admission::Rejected;
}

void Feed::join(LiveViewerPtr viewer, HeldUnits held, std::string_view note) {
    run([viewer = std::move(viewer), held = std::move(held), note](Feed& feed) {
        feed.forget_gone();
        if (viewer->is_gone) {
            return;
        }
        viewer->needs_init = true;
        viewer->needs_key = true;
        viewer->is_behind = false;
        viewer->note = note;
        const bool is_first = feed.viewers_.empty();
        feed.viewers_.push_back(viewer);
        if (is_first) {
            feed.on_first_join(held);
        } else {
            feed.on_join(*viewer);
        }
    });
}

void Feed::leave(const LiveViewerPtr& viewer) {
    run([viewer](Feed& feed) {
        std::erase(feed.viewers_, viewer);
        if (feed.viewers_.empty()) {
            feed.on_idle();
        }
    });
}

void Feed::push(AccessUnitPtr unit, bool is_held) {
    if (skips_to_key_ && !unit->is_key) {
        parts_->dropped_units.add();
        return;
    }
    skips_to_key_ =
        queue_.waiting() >= most_units_ || !run([unit = std::move(unit), is_held](Feed& feed) {
            feed.forget_gone();
            if (!feed.viewers_.empty()) {
                feed.on_unit(unit, is_held);
            }
        });
    if (skips_to_key_) {
        parts_->dropped_units.add();
    }
}

void Feed::tell(SharedText text) {
    run([text = std::move(text)](Feed& feed) {
        for (const LiveViewerPtr& viewer : feed.viewers_) {
            viewer->sink->send_text(text);
        }
    });
}

void Feed::end(SharedText text) {
    run([text = std::move(text)](Feed& feed) {
        for (const LiveViewerPtr& viewer : feed.viewers_) {
            viewer->sink->send_text(text);
        }
        feed.viewers_.clear();
        feed.on_idle();
    });
}

void Feed::show(SharedText scene) {
    {
        const std::scoped_lock lock(mutex_);
        if (std::exchange(latest_scene_, std::move(scene))) {
            return;  // its task shows this one instead
        }
    }
    if (!run([](Feed& feed) { feed.show_latest(); })) {
        const std::scoped_lock lock(mutex_);
        latest_scene_ = nullptr;
    }
}

void Feed::show_latest() {
    SharedText scene;
    {
        const std::scoped_lock lock(mutex_);
        scene = std::exchange(latest_scene_, nullptr);
    }
    for (const LiveViewerPtr& viewer : viewers_) {
        if (!viewer->capabilities.wants_overlays) {
            continue;
        }
        const bool is_sent =
            viewer->sink->queued_bytes() < kSceneBytes && viewer->sink->send_text(scene);
        viewer->waiting_scene = is_sent ? nullptr : scene;
    }
}

void Feed::announce_again() {
    run([](Feed& feed) {
        feed.forget_gone();
        feed.move_viewers();
        for (const LiveViewerPtr& viewer : feed.viewers_) {
            feed.on_announce(*viewer);
        }
    });
}

void Feed::move_viewers() {
    std::erase_if(viewers_, [this](const LiveViewerPtr& viewer) {
        return parts_->move_if_better(viewer);
    });
    if (viewers_.empty()) {
        on_idle();
    }
}

bool Feed::is_behind_in_time() const {
    return queue_.waiting() > most_units_ / 2;
}

bool Feed::send(LiveViewer& viewer, std::vector<SharedBytes> pieces) {
    if (viewer.waiting_scene && viewer.sink->queued_bytes() < kSceneBytes) {
        viewer.sink->send_text(std::exchange(viewer.waiting_scene, nullptr));
    }
    std::size_t size = 0;
    for (const SharedBytes& piece : pieces) {
        size += piece->size();
    }
    if (!viewer.sink->send_binary(std::move(pieces))) {
        return false;
    }
    parts_->sent_bytes.add(static_cast<double>(size));
    return true;
}

void Feed::forget_gone() {
    const auto forgotten =
        std::erase_if(viewers_, [](const LiveViewerPtr& viewer) { return viewer->is_gone.load(); });
    if (forgotten > 0 && viewers_.empty()) {
        on_idle();
    }
}

}  // namespace bongsu::live
