#pragma once

#include "core/clock.hpp"
#include "core/guarded.hpp"
#include "core/metrics.hpp"
#include "core/rate_limited.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "domain/camera.hpp"
#include "exec/periodic_timers.hpp"
#include "recording/config.hpp"
#include "recording/disk_state.hpp"
#include "recording/index_queue.hpp"
#include "recording/recovery.hpp"
#include "recording/retention.hpp"
#include "recording/root_lock.hpp"
#include "recording/stream_recorder.hpp"
#include "recording/writer_thread.hpp"
#include "store/segment_index.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

namespace bongsu::recording {

/// How recording is doing, for health pages and alarms.
struct RecordingState {
    bool is_paused = false;  ///< the disk refuses; retried with growing pauses
    WallTime paused_since;
    std::string reason;               ///< of the last pause
    std::uint64_t lost_to_disk = 0;   ///< access units since start
    std::uint64_t lost_to_queue = 0;  ///< access units since start
    std::size_t queued_units = 0;
    std::int64_t queued_bytes = 0;
    std::size_t index_pending = 0;  ///< segments whose state has not reached the index
    std::string index_error;        ///< why; empty while the index answers

    bool is_healthy() const { return !is_paused && index_error.empty(); }
};

/// Records the main streams of all cameras of one root folder, never re-encoding, and deletes what
/// retention no longer allows. Owns its writer threads and one thread for index, retention and
/// upkeep.
class Recording {
public:
    struct Hooks {
        Retention::IsHeld is_held;        ///< legal hold; may be empty
        Retention::FreeBytes free_bytes;  ///< may be empty: asks the disk
    };

    /// Makes the folder if needed, locks it against other processes, recovers what an earlier run
    /// left, and starts the threads. Everything passed by reference must outlive it. Clear errors
    /// for a folder that is read-only, in use, or not to be made.
    static Result<std::unique_ptr<Recording>> create(
        RecordingConfig config,
        store::SegmentIndex& index,
        const Clock& clock,
        Metrics& metrics,
        Hooks hooks = {}
    );
    ~Recording();
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    /// Accepts a camera's main stream from now on (unless it is not to be recorded) and sets its
    /// retention. Calling again for a known camera updates the retention. Thread-safe.
    Status add_camera(const CameraConfig& camera);

    /// Limits the recordings of all cameras of an organisation together, instead of the general
    /// limit. Thread-safe.
    void limit_organisation(const OrganisationId& organisation, std::int64_t keep_bytes);

    /// Takes one access unit; never blocks on disk or database. Units of one stream must come in
    /// order. When a writer's queue is full the unit is turned away (policy: reject), counted, and
    /// the stream continues with its next key frame. Thread-safe.
    void push(const AccessUnitPtr& unit);

    /// What create() found. Does not change.
    const RecoveryReport& recovery() const { return recovery_; }

    RecordingState state() const;

    /// One retention pass now. Thread-safe.
    Result<RetentionOutcome> run_retention();

    /// Writes and closes everything that was accepted and brings the index up to date. Idempotent.
    void stop();

private:
    struct Stream {
        StreamRecorder recorder;
        WriterThread* writer = nullptr;
        std::atomic<bool> skips_to_key = false;
    };

    using StreamKey = std::pair<CameraId, StreamRole>;

    Recording(
        RecordingConfig config,
        store::SegmentIndex& index,
        const Clock& clock,
        Metrics& metrics,
        Hooks hooks
    );
    Status begin();
    void start_threads();
    Result<std::unique_ptr<Stream>> make_stream(const StreamPlace& place);
    Stream* find(const StreamKey& key);
    void turn_away(Stream& stream, const AccessUnit& unit);
    void flush_index();
    void retain();

    const RecordingConfig config_;
    store::SegmentIndex& index_;
    const Clock& clock_;
    Metrics& metrics_;
    DiskState disk_;
    IndexQueue index_queue_;
    Counter& lost_to_queue_;
    Counter& lost_unknown_;
    RecordingParts parts_;
    std::optional<RootLock> lock_;
    RecoveryReport recovery_;
    Guarded<RateLimited> full_log_;
    Guarded<std::string> index_error_;
    std::atomic<std::int64_t> queued_bytes_ = 0;
    std::vector<std::unique_ptr<WriterThread>> writers_;
    mutable std::shared_mutex streams_mutex_;
    std::map<StreamKey, std::unique_ptr<Stream>> streams_;

    struct Keeping {
        Retention retention;
        RetentionRules rules;
    };

    Guarded<Keeping> keeping_;
    std::atomic<bool> is_stopped_ = false;
    std::unique_ptr<exec::TimerThread> upkeep_;
};

}  // namespace bongsu::recording
