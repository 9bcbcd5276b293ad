#include "live/picture_feed.hpp"

#include <utility>

namespace bongsu::live {
namespace {

constexpr std::size_t kMostUnits = 128;    // waiting; decoding is slower than real time then
constexpr std::size_t kMostCatchUp = 150;  // pictures decoded before a first viewer sees one
constexpr std::size_t kViewerShare = 8;    // of viewer_bytes: a picture must not be old
constexpr double kTicksPerSecond = 90'000;

}  // namespace

PictureFeed::PictureFeed(
    exec::WorkerPool& pool,
    StreamRole role,
    std::shared_ptr<const FeedParts> parts,
    const Making& making
)
    : Feed(pool, kMostUnits, std::move(parts)), role_(role), making_(making) {}

void PictureFeed::on_first_join(const HeldUnits& held) {
    is_whole_ = making_.budget.take();
    if (held.units.empty()) {
        return;
    }
    announce_changes(*held.units.front());
    const bool catches_up = is_whole_ && held.is_whole && held.units.size() <= kMostCatchUp;
    std::optional<Frame> latest;
    AccessUnitPtr shown;
    for (const AccessUnitPtr& unit : held.units) {
        if (auto frame = decode(*unit)) {
            latest = std::move(frame);
            shown = unit;
        }
        if (!catches_up) {
            break;
        }
    }
    needs_key_ = !catches_up;
    if (latest) {
        show(*shown, *latest);
    }
}

void PictureFeed::on_join(LiveViewer& viewer) {
    on_announce(viewer);
    if (picture_) {
        send_picture(viewer);
    }
}

void PictureFeed::on_unit(const AccessUnitPtr& unit, bool /*is_held*/) {
    announce_changes(*unit);
    if (viewers().empty() || ((needs_key_ || !is_whole_) && !unit->is_key)) {
        return;
    }
    needs_key_ = false;
    const auto frame = decode(*unit);
    if (frame && is_due(*unit) && !is_behind_in_time()) {
        show(*unit, *frame);
    }
}

void PictureFeed::announce_changes(const AccessUnit& unit) {
    if (unit.is_key) {
        move_viewers();
    }
    const bool is_same = parameters_ && (parameters_ == unit.parameters ||
                                         (parameters_->width == unit.parameters->width &&
                                          parameters_->height == unit.parameters->height));
    if (is_same || viewers().empty()) {
        return;
    }
    parameters_ = unit.parameters;
    for (const LiveViewerPtr& viewer : viewers()) {
        on_announce(*viewer);
    }
}

std::optional<Frame> PictureFeed::decode(const AccessUnit& unit) {
    if (!decoder_) {
        decoder_.emplace();
    }
    if (!is_whole_) {
        auto frame = decoder_->decode_key(unit);
        if (!frame) {
            making_.failures.add();
            return std::nullopt;
        }
        return *std::move(frame);
    }
    auto frame = decoder_->decode(unit);
    if (!frame) {
        making_.failures.add();
        return std::nullopt;
    }
    return *std::move(frame);
}

bool PictureFeed::is_due(const AccessUnit& unit) const {
    if (!last_shown_ || unit.media_time < *last_shown_) {
        return true;
    }
    const auto distance = static_cast<double>(unit.media_time - *last_shown_);
    return distance >= kTicksPerSecond / making_.config.picture_rate * 0.95;
}

void PictureFeed::show(const AccessUnit& unit, const Frame& frame) {
    auto jpeg = encode_for_viewers(
        frame, making_.config.picture_width, parts().private_masks(), making_.encode_jpeg
    );
    if (!jpeg) {
        making_.failures.add();
        return;
    }
    making_.pictures.add();
    last_shown_ = unit.media_time;
    picture_ = std::make_shared<const std::vector<std::uint8_t>>(*std::move(jpeg));
    head_ = {
        .kind = MessageKind::Picture,
        .is_key = true,
        .is_time_estimated = unit.is_wall_estimated,
        .counter = ++counter_,
        .wall = frame.wall,
        .decode_time = 0,
    };
    for (const LiveViewerPtr& viewer : viewers()) {
        send_picture(*viewer);
    }
}

void PictureFeed::on_announce(LiveViewer& viewer) {
    if (!parameters_) {
        return;
    }
    const bool is_masked = viewer.note == StreamNote::kMaskedJpeg;
    const std::string_view whole = is_masked ? StreamNote::kMaskedJpeg : StreamNote::kHevcJpeg;
    const std::string_view keys = is_masked ? StreamNote::kMaskedKeyJpeg : StreamNote::kHevcKeyJpeg;
    viewer.sink->send_text(stream_text({
        .is_jpeg = true,
        .mime = "image/jpeg",
        .width = parameters_->width,
        .height = parameters_->height,
        .role = role_,
        .note = is_whole_ ? whole : keys,
    }));
}

void PictureFeed::send_picture(LiveViewer& viewer) {
    const auto most = static_cast<std::size_t>(parts().viewer_bytes) / kViewerShare;
    MessageHead head = head_;
    head.is_after_gap = viewer.is_behind;
    viewer.is_behind =
        viewer.sink->queued_bytes() > most || !send(viewer, {to_bytes(head), picture_});
}

void PictureFeed::on_idle() {
    if (std::exchange(is_whole_, false)) {
        making_.budget.give_back();
    }
    decoder_.reset();
    needs_key_ = true;
    parameters_ = nullptr;
    last_shown_.reset();
    picture_ = nullptr;
}

}  // namespace bongsu::live
