#include "live/live_hub.hpp"

#include "core/guarded.hpp"
#include "live/live_stream.hpp"
#include "live/metrics.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace bongsu::live {
namespace {

constexpr std::array kRoles{StreamRole::Main, StreamRole::Sub};

StreamRole other(StreamRole role) {
    return role == StreamRole::Main ? StreamRole::Sub : StreamRole::Main;
}

}  // namespace

/// One camera inside the hub. Its streams last as long as it does; a role that is not configured
/// has none.
struct LiveCamera {
    CameraId id;
    Guarded<CameraView> view;
    std::array<std::shared_ptr<LiveStream>, 2> streams;
    std::atomic<int> overlay_viewers = 0;

    LiveCamera(CameraId camera, CameraView first_view)
        : id(std::move(camera)), view(std::move(first_view)) {}

    std::shared_ptr<LiveStream>& stream(StreamRole role) {
        return streams[static_cast<std::size_t>(role)];
    }

    bool has(StreamRole role) const {
        return view.with([role](const CameraView& v) {
            return std::ranges::find(v.roles, role) != v.roles.end();
        });
    }

    std::vector<Polygon> masks() const {
        return view.with([](const CameraView& v) { return v.private_masks; });
    }

    /// How a viewer is best served as far as the streams are known by now.
    Serving serve(const LiveViewer& viewer);
    Serving serve_masked(StreamRole role);
    Serving serve_pictures(StreamRole role, std::string_view note);
};

Serving LiveCamera::serve(const LiveViewer& viewer) {
    const StreamRole auto_role = has(StreamRole::Sub) ? StreamRole::Sub : StreamRole::Main;
    const StreamRole asked = viewer.wanted.value_or(auto_role);
    const StreamRole role = has(asked) ? asked : other(asked);
    const std::string_view note = role == asked ? std::string_view{} : StreamNote::kNoSuchStream;
    if (!viewer.capabilities.may_unmask && !masks().empty()) {
        return serve_masked(role);
    }
    const auto codec = stream(role)->codec();
    if (viewer.capabilities.can_hevc || codec != Codec::H265) {
        return {.stream = stream(role), .role = role, .form = Form::Fragments, .note = note};
    }
    const StreamRole second = other(role);
    if (has(second) && stream(second)->codec() == Codec::H264) {
        return {
            .stream = stream(second),
            .role = second,
            .form = Form::Fragments,
            .note = StreamNote::kHevcOther
        };
    }
    return serve_pictures(role, StreamNote::kHevcJpeg);
}

/// For those who must not see what the privacy masks hide.
Serving LiveCamera::serve_masked(StreamRole role) {
    if (!stream(role)->can_paint()) {
        return serve_pictures(role, StreamNote::kMaskedJpeg);
    }
    return {
        .stream = stream(role), .role = role, .form = Form::Painted, .note = StreamNote::kMasked
    };
}

/// Of the smaller stream, which is cheaper to decode.
Serving LiveCamera::serve_pictures(StreamRole role, std::string_view note) {
    const bool has_live_sub = has(StreamRole::Sub) && stream(StreamRole::Sub)->codec();
    const StreamRole cheapest = has_live_sub ? StreamRole::Sub : role;
    return {.stream = stream(cheapest), .role = cheapest, .form = Form::Pictures, .note = note};
}

struct LiveHub::Impl : std::enable_shared_from_this<LiveHub::Impl> {
    const LiveConfig config;
    const Clock& clock;
    EncodeJpeg encode_jpeg;
    Gauge& viewers_gauge;
    Counter& sent_bytes;
    Counter& viewer_cuts;
    Counter& dropped_full;
    Counter& dropped_unknown;
    Counter& fragments;
    Counter& holds_given_up;
    HoldBudget hold_budget;
    PictureBudget picture_budget;
    PictureFeed::Making making;
    StillMaker still_maker;
    std::atomic<int> viewer_count = 0;
    std::atomic<bool> is_stopped = false;
    exec::WorkerPool fragment_pool;
    exec::WorkerPool picture_pool;
    mutable std::shared_mutex mutex;
    std::map<CameraId, std::shared_ptr<LiveCamera>> cameras;

    Impl(LiveConfig settings, Parts parts);
    std::shared_ptr<LiveCamera> find(const CameraId& camera) const;
    std::shared_ptr<LiveCamera> make_camera(const CameraId& camera, CameraView view);
    void seat(LiveCamera& camera, const LiveViewerPtr& viewer);
    bool move_if_better(const LiveViewerPtr& viewer);
    void leave(const LiveViewerPtr& viewer);
    void stop();
};

LiveHub::Impl::Impl(LiveConfig settings, Parts parts)
    : config(settings),
      clock(parts.clock),
      encode_jpeg(parts.encode_jpeg),
      viewers_gauge(parts.metrics.gauge(kViewers)),
      sent_bytes(parts.metrics.counter(kSentBytes)),
      viewer_cuts(parts.metrics.counter(kViewerCuts)),
      dropped_full(parts.metrics.counter(kUnitsDropped, {{"reason", "queue_full"}})),
      dropped_unknown(parts.metrics.counter(kUnitsDropped, {{"reason", "unknown_camera"}})),
      fragments(parts.metrics.counter(kFragments)),
      holds_given_up(parts.metrics.counter(kHoldGivenUp)),
      hold_budget(config.held_bytes, parts.metrics.gauge(kHeldBytes)),
      picture_budget(config.picture_streams),
      making{
          .config = config,
          .encode_jpeg = encode_jpeg,
          .budget = picture_budget,
          .pictures = parts.metrics.counter(kPictures, {{"use", "viewer"}}),
          .failures = parts.metrics.counter(kPictureFailures, {{"use", "viewer"}}),
      },
      still_maker(config, encode_jpeg, parts.metrics),
      fragment_pool("live", static_cast<unsigned>(config.threads)),
      picture_pool("live-picture", static_cast<unsigned>(config.picture_threads)) {}

std::shared_ptr<LiveCamera> LiveHub::Impl::find(const CameraId& camera) const {
    const std::shared_lock lock(mutex);
    const auto found = cameras.find(camera);
    return found == cameras.end() ? nullptr : found->second;
}

std::shared_ptr<LiveCamera> LiveHub::Impl::make_camera(const CameraId& camera, CameraView view) {
    const auto made = std::make_shared<LiveCamera>(camera, std::move(view));
    const auto feed_parts = std::make_shared<const FeedParts>(FeedParts{
        .move_if_better =
            [weak = weak_from_this()](const LiveViewerPtr& viewer) {
                const auto self = weak.lock();
                return self && self->move_if_better(viewer);
            },
        .private_masks =
            [weak = std::weak_ptr(made)] {
                const auto self = weak.lock();
                return self ? self->masks() : std::vector<Polygon>{};
            },
        .viewer_bytes = config.viewer_bytes,
        .sent_bytes = sent_bytes,
        .viewer_cuts = viewer_cuts,
        .dropped_units = dropped_full,
    });
    for (const StreamRole role : kRoles) {
        made->stream(role) = std::make_shared<LiveStream>(
            role,
            LiveStream::Parts{
                .fragment_pool = fragment_pool,
                .picture_pool = picture_pool,
                .feed = feed_parts,
                .making = making,
                .hold_budget = hold_budget,
                .gop_bytes = config.gop_bytes,
                .fragments = fragments,
                .holds_given_up = holds_given_up,
            }
        );
    }
    return made;
}

void LiveHub::Impl::seat(LiveCamera& camera, const LiveViewerPtr& viewer) {
    Serving serving = camera.serve(*viewer);
    if (const auto stream = serving.stream.lock()) {
        stream->join(viewer, serving.form, serving.note);
    }
    viewer->seat.serving = std::move(serving);
    viewer->seat.is_seated = true;
}

bool LiveHub::Impl::move_if_better(const LiveViewerPtr& viewer) {
    const auto camera = find(viewer->camera);
    const std::scoped_lock lock(viewer->seat.mutex);
    if (!camera || viewer->is_gone || !viewer->seat.is_seated) {
        return false;
    }
    const Serving& now = viewer->seat.serving;
    const Serving better = camera->serve(*viewer);
    if (better.role == now.role && better.form == now.form) {
        return false;
    }
    if (const auto stream = now.stream.lock()) {
        stream->leave(viewer, now.form);
    }
    seat(*camera, viewer);
    return true;
}

void LiveHub::Impl::leave(const LiveViewerPtr& viewer) {
    const std::scoped_lock lock(viewer->seat.mutex);
    if (viewer->is_gone.exchange(true)) {
        return;
    }
    viewers_gauge.set(static_cast<double>(--viewer_count));
    if (const auto stream = viewer->seat.serving.stream.lock()) {
        stream->leave(viewer, viewer->seat.serving.form);
    }
    const auto camera = find(viewer->camera);
    if (camera && viewer->capabilities.wants_overlays) {
        --camera->overlay_viewers;
    }
}

void LiveHub::Impl::stop() {
    if (is_stopped.exchange(true)) {
        return;
    }
    std::map<CameraId, std::shared_ptr<LiveCamera>> ended;
    {
        const std::unique_lock lock(mutex);
        ended.swap(cameras);
    }
    for (const auto& [id, camera] : ended) {
        for (const auto& stream : camera->streams) {
            stream->close();
        }
    }
    fragment_pool.stop();
    picture_pool.stop();
}

class Subscription::Place {
public:
    Place(std::weak_ptr<LiveHub::Impl> hub, LiveViewerPtr viewer)
        : hub_(std::move(hub)), viewer_(std::move(viewer)) {}

    ~Place() {
        if (const auto hub = hub_.lock()) {
            hub->leave(viewer_);
        } else {
            viewer_->is_gone = true;
        }
    }

    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::weak_ptr<LiveHub::Impl> hub_;
    LiveViewerPtr viewer_;
};

Subscription::Subscription(std::unique_ptr<Place> place) : place_(std::move(place)) {}

Subscription::Subscription() = default;
Subscription::~Subscription() = default;
Subscription::Subscription(Subscription&&) noexcept = default;
Subscription& Subscription::operator=(Subscription&&) noexcept = default;

LiveHub::LiveHub(LiveConfig config, Parts parts)
    : impl_(std::make_shared<Impl>(config, std::move(parts))) {}

LiveHub::~LiveHub() {
    stop();
}

void LiveHub::stop() {
    impl_->stop();
}

void LiveHub::set_camera(const CameraId& camera, CameraView view) {
    std::shared_ptr<LiveCamera> known;
    {
        const std::unique_lock lock(impl_->mutex);
        if (impl_->is_stopped) {
            return;
        }
        auto& place = impl_->cameras[camera];
        if (!place) {
            place = impl_->make_camera(camera, std::move(view));
            return;
        }
        known = place;
    }
    known->view.with([&view](CameraView& v) { v = std::move(view); });
    for (const auto& stream : known->streams) {
        stream->masks_changed();
    }
}

void LiveHub::remove_camera(const CameraId& camera) {
    std::shared_ptr<LiveCamera> removed;
    {
        const std::unique_lock lock(impl_->mutex);
        const auto found = impl_->cameras.find(camera);
        if (found == impl_->cameras.end()) {
            return;
        }
        removed = std::move(found->second);
        impl_->cameras.erase(found);
    }
    for (const auto& stream : removed->streams) {
        stream->end(state_text("removed", impl_->clock.wall(), {}));
    }
}

void LiveHub::push(const AccessUnitPtr& unit) {
    if (const auto camera = impl_->find(unit->camera)) {
        camera->stream(unit->role)->push(unit);
    } else {
        impl_->dropped_unknown.add();
    }
}

void LiveHub::overlay(const Scene& scene) {
    const auto camera = impl_->find(scene.camera);
    if (!camera || camera->overlay_viewers == 0) {
        return;
    }
    const SharedText text = scene_text(scene);
    for (const auto& stream : camera->streams) {
        stream->show(text);
    }
}

void LiveHub::state(const CameraId& camera, StreamRole role, StreamState state) {
    if (const auto found = impl_->find(camera)) {
        found->stream(role)->set_state(std::move(state));
    }
}

Result<Subscription> LiveHub::watch(
    const CameraId& camera,
    WantedRole role,
    ViewerCapabilities capabilities,
    std::shared_ptr<ViewerSink> sink
) {
    const auto found = impl_->find(camera);
    if (!found) {
        return fail(
            ErrorKind::NotFound,
            "unknown_camera"_code,
            "there is no camera '" + camera.value() + "'"
        );
    }
    if (++impl_->viewer_count > impl_->config.viewers) {
        --impl_->viewer_count;
        return fail(
            ErrorKind::ResourceExhausted,
            "all " + std::to_string(impl_->config.viewers) +
                " live pictures are in use; close some, or raise live.viewers"
        );
    }
    impl_->viewers_gauge.set(static_cast<double>(impl_->viewer_count));
    auto viewer = std::make_shared<LiveViewer>(camera, role, capabilities, std::move(sink));
    if (capabilities.wants_overlays) {
        ++found->overlay_viewers;
    }
    {
        const std::scoped_lock lock(viewer->seat.mutex);
        impl_->seat(*found, viewer);
    }
    return Subscription(std::make_unique<Subscription::Place>(impl_, viewer));
}

Result<SharedBytes> LiveHub::still(const CameraId& camera, int max_width) {
    const auto found = impl_->find(camera);
    if (!found) {
        return fail(
            ErrorKind::NotFound,
            "unknown_camera"_code,
            "there is no camera '" + camera.value() + "'"
        );
    }
    auto stream = found->stream(StreamRole::Main);
    const auto& sub = found->stream(StreamRole::Sub);
    const bool is_sub_enough = static_cast<int>(sub->width()) >= max_width || !stream->key();
    if (sub->key() && is_sub_enough) {
        stream = sub;
    }
    const AccessUnitPtr key = stream->key();
    if (!key) {
        return fail(
            ErrorKind::Unavailable, "camera '" + camera.value() + "' has not sent a picture yet"
        );
    }
    return stream->stills().get(key, max_width, found->masks(), impl_->still_maker);
}

std::size_t LiveHub::viewers() const {
    return static_cast<std::size_t>(impl_->viewer_count);
}

}  // namespace bongsu::live
