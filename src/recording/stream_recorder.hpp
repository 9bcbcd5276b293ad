#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "domain/access_unit.hpp"
#include "recording/config.hpp"
#include "recording/disk_state.hpp"
#include "recording/index_queue.hpp"
#include "recording/segment_writer.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::recording {

/// What all streams of one recording share.
struct RecordingParts {
    const RecordingConfig& config;
    const Clock& clock;
    DiskState& disk;
    IndexQueue& index;
    Counter& units_written;
    Counter& bytes_written;
    Counter& lost_to_disk;
    Counter& lost_without_key;
    Counter& segments_closed;
    Histogram& sync_seconds;
};

/// Cuts one stream into fragments and segments and writes them. A fragment is one GOP, or a part of
/// a long one; a segment ends at a key frame when it is long enough, at midnight (UTC), and when
/// the stream breaks: a new session, a jump in time, new parameters. Disk errors end the segment
/// and are told to DiskState; recording goes on at the next key frame for which the disk may be
/// tried again. Runs on: its writer thread.
class StreamRecorder {
public:
    /// `parts` outlives it.
    StreamRecorder(StreamPlace place, const RecordingParts& parts);

    /// The chain of `day` goes on behind `digest`. Before the first push.
    void continue_chain(const std::string& day, const Digest& digest) { chains_[day] = digest; }

    void push(const AccessUnitPtr& unit);

    /// Once a second: writes what a silent stream left behind, closes its segment, forces to disk.
    void tick();

    /// Writes and closes everything.
    void close();

private:
    bool is_new_run(const AccessUnit& unit) const;
    bool has_other_parameters(const AccessUnit& unit) const;
    bool must_cut(const AccessUnit& unit) const;
    bool is_segment_due(const AccessUnit& unit) const;
    void flush(std::optional<std::int64_t> next_shown);
    Status write(const SegmentWriter::Piece& piece);
    Status open_segment(const SegmentWriter::Piece& piece);
    void close_segment();
    void give_up(const Error& error);
    void sync();

    const StreamPlace place_;
    const RecordingParts& parts_;
    std::map<std::string, Digest> chains_;  ///< end of each day's chain; the latest few days
    std::optional<SegmentWriter> writer_;
    std::shared_ptr<const CodecParameters> parameters_;
    AccessUnitPtr last_;
    std::vector<AccessUnitPtr>
        pending_;  ///< the fragment that grows; empty, or writer_ is open, or starts with a key
    std::size_t pending_bytes_ = 0;
    std::int64_t latest_shown_ = 0;  ///< of the pending units
    std::uint32_t lost_ = 0;         ///< for the mark of the pending fragment
    bool waits_for_key_ = true;
    MonoTime last_push_;
    MonoTime last_sync_;
};

}  // namespace bongsu::recording
