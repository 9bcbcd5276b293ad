#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::store {

enum class SegmentState {
    Open,      ///< being written; after a crash its figures are those of its start
    Closed,    ///< whole: the figures are final
    Retiring,  ///< retention has decided: the file may already be gone, the row follows
};

/// One recorded file. `path` is its identity.
struct Segment {
    std::string path;  ///< below the recordings folder, with '/'
    CameraId camera;
    OrganisationId organisation;
    StreamRole role = StreamRole::Main;
    SegmentState state = SegmentState::Open;
    WallTime start;  ///< of its first picture
    WallTime end;    ///< end of its last picture; equals start while nothing is known
    bool is_wall_estimated = true;  ///< no RTCP sender report at its start
    std::int64_t media_start =
        0;  ///< 90 kHz ticks of its first picture, as in AccessUnit::media_time
    std::int64_t media_duration = 0;  ///< 90 kHz ticks
    Codec codec = Codec::H264;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::int64_t bytes = 0;
    std::int64_t fragments =
        0;  ///< pieces with a hash of their own: one GOP each, or a part of a long GOP
    std::string chain_before;  ///< SHA-256 (hex) that the first piece builds on
    std::string chain_after;   ///< SHA-256 (hex) after the last piece

    bool operator==(const Segment&) const = default;
};

/// What is known of one camera's chain of hashes on one UTC day.
struct ChainDay {
    CameraId camera;
    StreamRole role = StreamRole::Main;
    std::string day;              ///< 2026-11-21
    std::string root;             ///< chain_after of the day's last closed segment
    WallTime root_time;           ///< start of that segment
    std::int64_t retired = 0;     ///< segments of this day that retention has deleted
    std::string retired_through;  ///< chain_after of the last of those; empty when none

    bool operator==(const ChainDay&) const = default;
};

struct SegmentQuery {
    std::optional<CameraId> camera;
    std::optional<OrganisationId> organisation;
    std::optional<StreamRole> role;
    std::optional<WallTime> from;  ///< segments that end after this
    std::optional<WallTime> to;    ///< segments that start before this
    std::optional<SegmentState> state;
    std::string after_path;  ///< with after_start: continues behind that segment
    std::optional<WallTime> after_start;
    int limit = 10'000;
};

struct StoredStream {
    CameraId camera;
    OrganisationId organisation;
    StreamRole role = StreamRole::Main;
    std::int64_t segments = 0;
    std::int64_t bytes = 0;
    WallTime oldest;
    WallTime newest;
};

/// Which recorded files exist. Thread-safe; every call blocks until the database has answered, and
/// a write has been committed when it returns. Errors: Unavailable or ResourceExhausted (retry),
/// Internal.
class SegmentIndex {
public:
    virtual ~SegmentIndex() = default;

    /// Stores or replaces the row of `segment.path`. A closed segment also moves its day's root
    /// forward.
    virtual Status put(const Segment& segment) = 0;

    /// Ordered by start, then path.
    virtual Result<std::vector<Segment>> find(const SegmentQuery& query) = 0;
    virtual Result<std::optional<Segment>> get(const std::string& path) = 0;

    /// The newest segment of the stream by start.
    virtual Result<std::optional<Segment>> newest(const CameraId& camera, StreamRole role) = 0;

    /// One row per stream that has segments, ordered by camera and role.
    virtual Result<std::vector<StoredStream>> streams() = 0;

    /// Marks segments as about to be deleted, in one transaction.
    virtual Status mark_retiring(const std::vector<std::string>& paths) = 0;

    /// Removes the rows and remembers in their days' chains what was retired, in one transaction.
    virtual Status retire(const std::vector<std::string>& paths) = 0;

    /// Ordered by camera, role and day.
    virtual Result<std::vector<ChainDay>> chain_days(const std::optional<CameraId>& camera) = 0;
};

}  // namespace bongsu::store
