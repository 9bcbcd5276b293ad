#include "scenelog/block.hpp"
#include "scenelog/block_layout.hpp"
#include "scenelog/compact.hpp"

#include <algorithm>
#include <limits>

namespace bongsu::scenelog {
namespace {

using namespace layout;

constexpr std::int64_t kMostSide = 1 << 16;  ///< pixels
/// Times further away than this from their scene are nonsense: some 300 years.
constexpr std::int64_t kMostMicroseconds = std::int64_t{1} << 53U;

std::unexpected<Error> broken(const char* what) {
    return fail(ErrorKind::Corrupt, std::string("block of the scene log: ") + what);
}

WallTime at_microseconds(std::uint64_t value) {
    return WallTime{Duration{static_cast<std::int64_t>(value)}};
}

bool is_sane(WallTime time) {
    const std::int64_t value = time.time_since_epoch().count();
    return value > -kMostMicroseconds && value < kMostMicroseconds;
}

Result<std::uint64_t> varint(ByteReader& in) {
    const auto value = take_varint(in);
    return value ? Result<std::uint64_t>(*value) : broken("it ends within a number");
}

Result<std::uint8_t> byte(ByteReader& in) {
    const auto value = in.u8();
    return value ? Result<std::uint8_t>(*value) : broken("it ends within a scene");
}

Result<int> side(ByteReader& in) {
    BONGSU_ASSIGN(const std::uint64_t value, varint(in));
    if (value > static_cast<std::uint64_t>(kMostSide)) {
        return broken("a picture is too large");
    }
    return static_cast<int>(value);
}

/// (time of the scene - time).
Result<WallTime> time_before(ByteReader& in, WallTime scene) {
    BONGSU_ASSIGN(const std::uint64_t value, varint(in));
    const std::int64_t back = unzigzag(value);
    if (back > kMostMicroseconds || back < -kMostMicroseconds) {
        return broken("a time is impossible");
    }
    return scene - Duration{back};
}

Status read_float(ByteReader& in, float& figure, FloatSize size) {
    const auto value = take_float(in, figure, size);
    if (!value) {
        return broken("it ends within a figure");
    }
    figure = *value;
    return {};
}

Status read_quality(ByteReader& in, ViewQuality& quality) {
    BONGSU_ASSIGN(const std::uint64_t sizes, varint(in));
    for (std::size_t i = 0; i < kQualityFigures.size(); ++i) {
        BONGSU_TRY(read_float(in, quality.*kQualityFigures[i], (sizes >> (2 * i)) & 3U));
    }
    return {};
}

}  // namespace

Result<BlockHead> read_block_head(Bytes bytes) {
    ByteReader in(bytes);
    const auto magic = in.take(4);
    if (bytes.size() < kBlockHeadBytes || !std::ranges::equal(*magic, std::string_view("BSCN"))) {
        return broken("it does not begin as one");
    }
    const std::uint8_t version = *in.u8();
    if (version != kFormatVersion) {
        return broken("it has a version that this program does not know");
    }
    (void)in.skip(1);
    BlockHead head;
    head.most_tracks = *in.u16();
    head.bytes = *in.u32();
    head.scenes = *in.u32();
    head.first = at_microseconds(*in.u64());
    head.last = at_microseconds(*in.u64());
    head.checksum = *in.u32();
    if (head.bytes > kMostBlockBytes || !is_sane(head.first) || !is_sane(head.last) ||
        head.last < head.first) {
        return broken("its head is impossible");
    }
    return head;
}

bool is_intact(Bytes head, Bytes scenes) {
    const auto parsed = read_block_head(head);
    return parsed && parsed->bytes == scenes.size() &&
           crc32c(scenes, crc32c(head.first(32))) == parsed->checksum;
}

BlockReader::BlockReader(const BlockHead& head, Bytes scenes) : in_(scenes), left_(head.scenes) {
    scene_.time = head.first;
}

Result<const StoredScene*> BlockReader::next() {
    if (left_ == 0) {
        return nullptr;
    }
    --left_;
    if (auto read = read_scene(); !read) {
        left_ = 0;
        return fail(std::move(read).error());
    }
    return &scene_;
}

Status BlockReader::read_scene() {
    BONGSU_ASSIGN(const std::uint64_t elapsed, varint(in_));
    if (elapsed > static_cast<std::uint64_t>(kMostMicroseconds)) {
        return broken("a time is impossible");
    }
    scene_.time += Duration{static_cast<std::int64_t>(elapsed)};
    if (!is_sane(scene_.time)) {
        return broken("a time is impossible");
    }
    BONGSU_ASSIGN(const unsigned flags, byte(in_));
    scene_.level = static_cast<TriageLevel>(flags & 3U);
    scene_.signal = (flags & kSignalLost) != 0 ? SignalState::Lost : SignalState::Up;
    scene_.has_detections = (flags & kHasDetections) != 0;
    if ((flags & kNewSize) != 0) {
        BONGSU_ASSIGN(scene_.width, side(in_));
        BONGSU_ASSIGN(scene_.height, side(in_));
    }
    if ((flags & kNewUncertainty) != 0) {
        BONGSU_ASSIGN(const std::uint64_t uncertainty, varint(in_));
        scene_.time_uncertainty = Duration{unzigzag(uncertainty)};
    }
    if ((flags & kHasQuality) != 0) {
        BONGSU_TRY(read_quality(in_, quality_));
        quality_.is_identical = (flags & kIsIdentical) != 0;
        scene_.quality = quality_;
    } else {
        scene_.quality.reset();
    }
    return read_tracks();
}

Status BlockReader::read_tracks() {
    BONGSU_ASSIGN(const std::uint64_t count, varint(in_));
    if (count > kMostTracks) {
        return broken("a scene has too many tracks");
    }
    std::swap(before_, scene_.tracks);
    scene_.tracks.clear();
    std::uint64_t id = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        BONGSU_ASSIGN(StoredTrack track, read_track(id));
        scene_.tracks.push_back(track);
        ++id;
    }
    return {};
}

Result<StoredTrack> BlockReader::read_track(std::uint64_t& id) {
    BONGSU_ASSIGN(const std::uint64_t step, varint(in_));
    id += static_cast<std::uint64_t>(unzigzag(step));
    BONGSU_ASSIGN(const unsigned flags, byte(in_));
    BONGSU_ASSIGN(const unsigned sizes, byte(in_));
    unsigned more = 0;
    if ((flags & kMore) != 0) {
        BONGSU_ASSIGN(more, byte(in_));
    }
    StoredTrack track;
    const bool is_known = (flags & kKnown) != 0;
    if (is_known) {
        const StoredTrack* before = find_before(before_, TrackId{id}, scene_.tracks.size());
        if (before == nullptr) {
            return broken("a track goes on that was not there");
        }
        track = *before;
        ++track.history_length;
    }
    track.id = TrackId{id};
    track.state = static_cast<TrackState>(std::min(flags & 3U, 2U));
    track.is_observed = (flags & kObserved) != 0;
    track.is_stationary = (flags & kStationary) != 0;
    if (!is_known || (more & kNewClass) != 0) {
        BONGSU_ASSIGN(const std::uint8_t cls, byte(in_));
        if (cls > static_cast<std::uint8_t>(ObjectClass::Bag)) {
            return broken("a track is of an unknown class");
        }
        track.cls = static_cast<ObjectClass>(cls);
    }
    BONGSU_TRY(read_times(track, is_known, more));
    for (std::size_t i = 0; i < kBoxFigures.size(); ++i) {
        BONGSU_TRY(read_float(in_, track.box.*kBoxFigures[i], (sizes >> (2 * i)) & 3U));
    }
    BONGSU_TRY(read_float(in_, track.score, (flags >> kScoreShift) & 3U));
    return track;
}

Status BlockReader::read_times(StoredTrack& track, bool is_known, unsigned more) {
    if (!is_known) {
        BONGSU_ASSIGN(track.first_seen, time_before(in_, scene_.time));
    }
    if ((more & kOddLastSeen) != 0) {
        BONGSU_ASSIGN(track.last_seen, time_before(in_, scene_.time));
    } else if (track.is_observed || !is_known) {
        track.last_seen = scene_.time;
    }
    if (!is_known || (more & kOddHistory) != 0) {
        BONGSU_ASSIGN(const std::uint64_t length, varint(in_));
        if (length > std::numeric_limits<std::uint16_t>::max()) {
            return broken("a history is too long");
        }
        track.history_length = static_cast<std::uint32_t>(length);
    } else if ((more & kFullHistory) != 0) {
        --track.history_length;
    }
    return {};
}

}  // namespace bongsu::scenelog
