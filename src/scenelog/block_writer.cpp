#include "scenelog/block.hpp"
#include "scenelog/block_layout.hpp"
#include "scenelog/compact.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace bongsu::scenelog {
namespace {

using namespace layout;

void put_big_endian(std::uint8_t* at, std::uint64_t value, unsigned width) {
    for (unsigned i = 0; i < width; ++i) {
        at[i] = static_cast<std::uint8_t>(value >> (8U * (width - 1 - i)));
    }
}

std::uint64_t since(WallTime time, WallTime earlier) {
    return zigzag((time - earlier).count());
}

unsigned flags_of(const StoredScene& scene, const StoredScene& before) {
    unsigned flags = static_cast<unsigned>(scene.level) & 3U;
    flags |= scene.signal == SignalState::Lost ? kSignalLost : 0;
    flags |= scene.has_detections ? kHasDetections : 0;
    flags |= scene.quality ? kHasQuality : 0;
    flags |= scene.quality && scene.quality->is_identical ? kIsIdentical : 0;
    const bool has_new_size = scene.width != before.width || scene.height != before.height;
    flags |= has_new_size ? kNewSize : 0;
    flags |= scene.time_uncertainty != before.time_uncertainty ? kNewUncertainty : 0;
    return flags;
}

void put_quality(
    std::vector<std::uint8_t>& out, const ViewQuality& quality, const ViewQuality& before
) {
    unsigned sizes = 0;
    for (std::size_t i = 0; i < kQualityFigures.size(); ++i) {
        const auto figure = kQualityFigures[i];
        sizes |= float_size(quality.*figure, before.*figure) << (2 * i);
    }
    put_varint(out, sizes);
    for (std::size_t i = 0; i < kQualityFigures.size(); ++i) {
        const auto figure = kQualityFigures[i];
        put_float(out, quality.*figure, before.*figure, (sizes >> (2 * i)) & 3U);
    }
}

/// What of a track is not as it usually goes on.
unsigned more_of(const StoredTrack& track, const StoredTrack* before, WallTime time) {
    const WallTime usual = track.is_observed || before == nullptr ? time : before->last_seen;
    unsigned more = track.last_seen != usual ? kOddLastSeen : 0;
    if (before == nullptr) {
        return more;  // class and history are given in any case
    }
    more |= track.cls != before->cls ? kNewClass : 0;
    if (track.history_length == before->history_length) {
        more |= kFullHistory;
    } else if (track.history_length != before->history_length + 1) {
        more |= kOddHistory;
    }
    return more;
}

}  // namespace

void BlockWriter::add(const StoredScene& scene) {
    if (bytes_.empty()) {
        bytes_.resize(kBlockHeadBytes);
        head_.first = scene.time;
        previous_ = {};
        previous_.time = scene.time;
    }
    const unsigned flags = flags_of(scene, previous_);
    put_varint(bytes_, static_cast<std::uint64_t>((scene.time - previous_.time).count()));
    bytes_.push_back(static_cast<std::uint8_t>(flags));
    if ((flags & kNewSize) != 0) {
        put_varint(bytes_, static_cast<std::uint64_t>(std::max(scene.width, 0)));
        put_varint(bytes_, static_cast<std::uint64_t>(std::max(scene.height, 0)));
    }
    if ((flags & kNewUncertainty) != 0) {
        put_varint(bytes_, zigzag(scene.time_uncertainty.count()));
    }
    if (scene.quality) {
        put_quality(bytes_, *scene.quality, previous_.quality.value_or(ViewQuality{}));
    }
    const std::size_t count = std::min(scene.tracks.size(), kMostTracks);
    put_varint(bytes_, count);
    std::uint64_t expected = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const StoredTrack& track = scene.tracks[i];
        const auto step = static_cast<std::int64_t>(track.id.value() - expected);
        add_track(track, find_before(previous_.tracks, track.id, i), step, scene.time);
        expected = track.id.value() + 1;
    }
    head_.most_tracks = std::max(head_.most_tracks, static_cast<std::uint16_t>(count));
    head_.last = scene.time;
    ++head_.scenes;
    const std::optional<ViewQuality> quality = scene.quality ? scene.quality : previous_.quality;
    previous_ = scene;
    previous_.quality = quality;
    previous_.tracks.resize(count);
}

void BlockWriter::add_track(
    const StoredTrack& track, const StoredTrack* before, std::int64_t id_step, WallTime time
) {
    // One that got another first_seen is another object under an old number.
    if (before != nullptr && before->first_seen != track.first_seen) {
        before = nullptr;
    }
    const StoredTrack zero;
    const StoredTrack& reference = before != nullptr ? *before : zero;
    const unsigned more = more_of(track, before, time);
    const FloatSize score = float_size(track.score, reference.score);
    unsigned flags = static_cast<unsigned>(track.state) & 3U;
    flags |= before != nullptr ? kKnown : 0;
    flags |= track.is_observed ? kObserved : 0;
    flags |= track.is_stationary ? kStationary : 0;
    flags |= score << kScoreShift;
    flags |= more != 0 ? kMore : 0;
    unsigned sizes = 0;
    for (std::size_t i = 0; i < kBoxFigures.size(); ++i) {
        const auto figure = kBoxFigures[i];
        sizes |= float_size(track.box.*figure, reference.box.*figure) << (2 * i);
    }
    put_varint(bytes_, zigzag(id_step));
    bytes_.push_back(static_cast<std::uint8_t>(flags));
    bytes_.push_back(static_cast<std::uint8_t>(sizes));
    if (more != 0) {
        bytes_.push_back(static_cast<std::uint8_t>(more));
    }
    if (before == nullptr || (more & kNewClass) != 0) {
        bytes_.push_back(static_cast<std::uint8_t>(track.cls));
    }
    if (before == nullptr) {
        put_varint(bytes_, since(time, track.first_seen));
    }
    if ((more & kOddLastSeen) != 0) {
        put_varint(bytes_, since(time, track.last_seen));
    }
    if (before == nullptr || (more & kOddHistory) != 0) {
        put_varint(bytes_, track.history_length);
    }
    for (std::size_t i = 0; i < kBoxFigures.size(); ++i) {
        const auto figure = kBoxFigures[i];
        put_float(bytes_, track.box.*figure, reference.box.*figure, (sizes >> (2 * i)) & 3U);
    }
    put_float(bytes_, track.score, reference.score, score);
}

std::vector<std::uint8_t> BlockWriter::seal() {
    std::vector<std::uint8_t> block = std::exchange(bytes_, {});
    if (block.empty()) {
        return block;
    }
    std::uint8_t* at = block.data();
    std::ranges::copy(std::string_view("BSCN"), at);
    at[4] = kFormatVersion;
    at[5] = 0;
    put_big_endian(at + 6, head_.most_tracks, 2);
    put_big_endian(at + 8, block.size() - kBlockHeadBytes, 4);
    put_big_endian(at + 12, head_.scenes, 4);
    put_big_endian(at + 16, static_cast<std::uint64_t>(head_.first.time_since_epoch().count()), 8);
    put_big_endian(at + 24, static_cast<std::uint64_t>(head_.last.time_since_epoch().count()), 8);
    const Bytes all(block);
    const std::uint32_t sum = crc32c(all.subspan(kBlockHeadBytes), crc32c(all.first(32)));
    put_big_endian(at + 32, sum, 4);
    head_ = {};
    return block;
}

}  // namespace bongsu::scenelog
