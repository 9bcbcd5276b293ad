#include "live/fragment_feed.hpp"

#include "core/log.hpp"
#include "media/mp4/codec_string.hpp"
#include "media/mp4/fragment_writer.hpp"

#include <array>
#include <utility>

namespace bongsu::live {
namespace {

constexpr std::int64_t kTicksPerSecond = 90'000;
constexpr std::int64_t kLongestJump = 10 * kTicksPerSecond;
constexpr std::int64_t kLongestReorder = 2 * kTicksPerSecond;

SharedBytes share(std::vector<std::uint8_t> bytes) {
    return std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
}

}  // namespace

FragmentFeed::FragmentFeed(
    exec::WorkerPool& pool,
    StreamRole role,
    std::shared_ptr<const FeedParts> parts,
    Counter& fragments,
    std::size_t most_units
)
    : Feed(pool, most_units, std::move(parts)), role_(role), fragments_(fragments) {}

void FragmentFeed::on_first_join(const HeldUnits& held) {
    std::vector<std::int64_t> shown;
    for (const AccessUnitPtr& unit : held.units) {
        shown.push_back(unit->media_time);
    }
    clock_.learn(shown);
    for (const AccessUnitPtr& unit : held.units) {
        on_unit(unit, true);
    }
    is_gop_whole_ = is_gop_whole_ && held.is_whole;
    if (!held.is_whole) {
        needs_key_ = true;
        for (const LiveViewerPtr& viewer : viewers()) {
            make_wait(*viewer);
        }
    }
}

void FragmentFeed::on_join(LiveViewer& viewer) {
    if (!parameters_) {
        return;  // announced with the first picture
    }
    send_begin(viewer);
    for (const Fragment& fragment : gop_) {
        send_fragment(viewer, fragment);
    }
    if (!is_gop_whole_) {
        make_wait(viewer);
    }
}

void FragmentFeed::on_unit(const AccessUnitPtr& unit, bool is_held) {
    if (!begin(*unit)) {
        return;
    }
    const auto fragment = make(*unit);
    if (!fragment) {
        return;
    }
    keep(*fragment, is_held);
    for (const LiveViewerPtr& viewer : viewers()) {
        send_fragment(*viewer, *fragment);
    }
}

/// Notices breaks in the stream; false while the unit cannot be shown.
bool FragmentFeed::begin(const AccessUnit& unit) {
    const bool is_run_new = is_new_run(unit);
    const bool is_gap = last_sequence_ && !is_run_new && unit.sequence > *last_sequence_ + 1;
    last_sequence_ = unit.sequence;
    last_media_time_ = unit.media_time;
    if (is_run_new) {
        clock_.restart();
        needs_key_ = true;
    }
    if (!parameters_ || has_other_parameters(*unit.parameters)) {
        needs_key_ = true;
        if (!unit.is_key || unit.parameters == refused_ || !change_parameters(unit)) {
            return false;
        }
    }
    if (is_run_new || is_gap || unit.lost_before > 0) {
        for (const LiveViewerPtr& viewer : viewers()) {
            viewer->is_behind = true;
        }
    }
    needs_key_ = needs_key_ && !unit.is_key;
    return !needs_key_ && !viewers().empty();
}

bool FragmentFeed::is_new_run(const AccessUnit& unit) const {
    if (!last_sequence_) {
        return false;
    }
    const std::int64_t step = unit.media_time - last_media_time_;
    return unit.sequence <= *last_sequence_ || step > kLongestJump || step < -kLongestReorder;
}

bool FragmentFeed::has_other_parameters(const CodecParameters& parameters) const {
    return &parameters != parameters_.get() &&
           (parameters.codec != parameters_->codec || parameters.width != parameters_->width ||
            parameters.height != parameters_->height ||
            parameters.decoder_config != parameters_->decoder_config);
}

bool FragmentFeed::change_parameters(const AccessUnit& unit) {
    auto init = media::mp4::init_segment(*unit.parameters);
    auto mime = media::mp4::mime_type(*unit.parameters);
    if (!init || !mime) {
        const Error& error = init ? mime.error() : init.error();
        log::warn(
            "live.parameters_refused", {{"camera", unit.camera.value()}, {"what", error.describe()}}
        );
        refused_ = unit.parameters;
        return false;
    }
    parameters_ = unit.parameters;
    init_ = share(*std::move(init));
    mime_ = *std::move(mime);
    gop_.clear();
    move_viewers();
    for (const LiveViewerPtr& viewer : viewers()) {
        viewer->needs_key = true;
        send_begin(*viewer);
    }
    return true;
}

std::optional<FragmentFeed::Fragment> FragmentFeed::make(const AccessUnit& unit) {
    const FragmentClock::Times times = clock_.next(unit.media_time);
    const std::array samples{media::mp4::Sample{
        .size = static_cast<std::uint32_t>(unit.bytes->size()),
        .duration = times.duration,
        .composition_offset = times.offset,
        .is_key = unit.is_key,
    }};
    auto moof = media::mp4::fragment_head(
        {.sequence = ++counter_, .decode_time = times.decode, .samples = samples}
    );
    if (!moof) {
        needs_key_ = true;
        return std::nullopt;
    }
    fragments_.add();
    Fragment fragment{
        .head =
            {.kind = MessageKind::Fragment,
             .is_key = unit.is_key,
             .is_time_estimated = unit.is_wall_estimated,
             .counter = counter_,
             .wall = unit.wall,
             .decode_time = times.decode},
        .wire_head = nullptr,
        .moof = share(*std::move(moof)),
        .data = unit.bytes,
    };
    fragment.wire_head = to_bytes(fragment.head);
    return fragment;
}

void FragmentFeed::keep(const Fragment& fragment, bool is_held) {
    if (fragment.head.is_key) {
        gop_.clear();
        is_gop_whole_ = is_held;
    } else if (is_gop_whole_ && !is_held) {
        is_gop_whole_ = false;
        gop_.erase(gop_.begin() + 1, gop_.end());
    }
    if (is_gop_whole_) {
        gop_.push_back(fragment);
    }
}

void FragmentFeed::on_announce(LiveViewer& viewer) {
    if (!parameters_) {
        return;
    }
    viewer.sink->send_text(stream_text({
        .is_jpeg = false,
        .mime = mime_,
        .width = parameters_->width,
        .height = parameters_->height,
        .role = role_,
        .note = viewer.note,
    }));
}

void FragmentFeed::send_begin(LiveViewer& viewer) {
    on_announce(viewer);
    const MessageHead head{.kind = MessageKind::Init, .counter = counter_};
    viewer.needs_init = !send(viewer, {to_bytes(head), init_});
    if (viewer.needs_init) {
        make_wait(viewer);
    }
}

void FragmentFeed::send_fragment(LiveViewer& viewer, const Fragment& fragment) {
    if (viewer.needs_key && !fragment.head.is_key) {
        viewer.is_behind = true;
        return;
    }
    const auto most = static_cast<std::size_t>(parts().viewer_bytes);
    if (viewer.sink->queued_bytes() > most) {
        make_wait(viewer);
        return;
    }
    if (viewer.needs_init) {
        send_begin(viewer);
    }
    SharedBytes head = fragment.wire_head;
    if (viewer.is_behind) {
        MessageHead told = fragment.head;
        told.is_after_gap = true;
        head = to_bytes(told);
    }
    if (viewer.needs_init || !send(viewer, {std::move(head), fragment.moof, fragment.data})) {
        make_wait(viewer);
        return;
    }
    viewer.needs_key = false;
    viewer.is_behind = false;
}

void FragmentFeed::make_wait(LiveViewer& viewer) {
    if (!viewer.needs_key) {
        parts().viewer_cuts.add();
    }
    viewer.needs_key = true;
    viewer.is_behind = true;
}

void FragmentFeed::on_idle() {
    clock_ = {};
    parameters_ = nullptr;
    init_ = nullptr;
    gop_.clear();
    is_gop_whole_ = false;
    needs_key_ = true;
    last_sequence_.reset();
    counter_ = 0;
}

}  // namespace bongsu::live
