#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"
#include "domain/geometry.hpp"
#include "recording/segment_cache.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::recording {

/// A time during which a stream was recorded without a pause of more than two seconds.
struct RecordedSpan {
    WallTime from;
    WallTime to;
    bool is_growing = false;    ///< its last segment is being written
    bool is_estimated = false;  ///< times of at least one segment come from arrival, not the camera

    bool operator==(const RecordedSpan&) const = default;
};

struct MediaQuery {
    CameraId camera;
    StreamRole role = StreamRole::Main;
    WallTime from;
    WallTime to;
    bool keys_only = false;  ///< one picture per GOP, each shown until the next: for fast play
    bool is_continuation = false;  ///< `from` is MediaPiece::next: do not go back to a key picture
    std::size_t max_bytes = 8U << 20U;  ///< ends at the first fragment that goes beyond, after one
    std::vector<Polygon> black;  ///< areas that this viewer must not see: painted over, see below
    bool can_hevc = true;        ///< false: H.265 is made H.264
};

/// Why a piece ends where it does.
enum class PieceEnd {
    Span,        ///< `to` was reached
    Size,        ///< max_bytes was reached
    Parameters,  ///< the camera changed its video parameters: `next` needs a new init segment
    Gap,         ///< nothing was recorded from `end` to `next`
    Recorded,    ///< nothing more is recorded (yet)
};
std::string_view to_string(PieceEnd end);

/// One fMP4: init segment and fragments. tfdt counts 90 kHz ticks since 1970, so a player's
/// timeline is the wall clock. The same fragment has the same times in every piece. A piece with
/// black areas, or of H.265 for those who cannot play it, is decoded and encoded anew, at most 1280
/// wide; it ends (Size) at the first fragment after 60 pictures.
struct MediaPiece {
    std::vector<std::uint8_t> bytes;
    std::string mime;  ///< video/mp4; codecs="avc1.64001f"
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    WallTime from;  ///< of its first picture: a key picture at or before the asked one, if there is
    WallTime end;   ///< of its last picture
    std::size_t pictures = 0;
    bool is_repainted = false;  ///< made anew, not as stored
    PieceEnd why = PieceEnd::Span;
    std::optional<WallTime> next;      ///< where to go on; nothing when `why` is Span or Recorded
    std::vector<std::string> skipped;  ///< segments that could not be read, with the reason
};

/// How much moves in each of the equal parts of a span, for the playback bar: encoders spend bytes
/// on what changes, so it is the bytes per second, without key pictures where files are read for
/// it (short spans), set between those of the quietest part (0) and the busiest fiftieth (1).
struct Activity {
    WallTime from;
    Duration step{};
    std::vector<float> level;  ///< below 0: nothing recorded
};

/// Reads recordings back for players, as they are stored wherever that may be. Also reads segments
/// that are being written, up to their last whole fragment. Thread-safe; keeps the tables of the
/// latest read segments, and makes at most two pieces anew at once.
class PlaybackReader {
public:
    /// `index` must outlive it.
    PlaybackReader(std::string root, store::SegmentIndex& index);

    /// What is recorded between the times, in order. Errors of the index.
    Result<std::vector<RecordedSpan>> spans(
        const CameraId& camera, StreamRole role, WallTime from, WallTime to
    );

    /// One piece of the span. NotFound when nothing is recorded in it, Corrupt when none of its
    /// segments can be read, Timeout when too many pieces are being made anew. Runs on: the calling
    /// thread, which reads the disk.
    Result<MediaPiece> open_fragments(const MediaQuery& query);

    /// `parts`: 1 to 2000.
    Result<Activity> activity(
        const CameraId& camera, StreamRole role, WallTime from, WallTime to, int parts
    );

private:
    struct Assembly;
    Status assemble(Assembly& assembly, const std::vector<store::Segment>& rows);

    const std::string root_;
    store::SegmentIndex& index_;
    SegmentCache cache_;
    std::counting_semaphore<> painters_;
};

}  // namespace bongsu::recording
