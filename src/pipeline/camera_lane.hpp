#pragma once

#include "core/guarded.hpp"
#include "core/rate_limited.hpp"
#include "domain/access_unit.hpp"
#include "exec/bounded_mailbox.hpp"
#include "exec/serial_queue.hpp"
#include "pipeline/camera_stats.hpp"
#include "pipeline/decoder_leases.hpp"
#include "pipeline/frame_analysis.hpp"
#include "pipeline/inbox.hpp"
#include "pipeline/instruments.hpp"
#include "pipeline/settings.hpp"
#include "pipeline/shared_looks.hpp"
#include "pipeline/worker_kit.hpp"
#include "triage/coverage_ledger.hpp"
#include "triage/gate_sensitivity.hpp"
#include "triage/keyframe_gate.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace bongsu::pipeline {

/// What all lanes share. Everything outlives them and is thread-safe or owned by a worker.
struct LaneSurroundings {
    const AnalysisConfig& config;
    const Clock& clock;
    exec::WorkerPool& pool;
    WorkerKits& kits;
    SharedLooks& looks;
    DecoderLeases& leases;
    triage::Scheduler& scheduler;
    triage::CoverageLedger& ledger;
    Instruments& instruments;
};

/// One camera on its way up and down the triage ladder. Quiet (T1): the gate sees key frames, the
/// detector what moved (T2). Followed (T3): decoded from before the waking key frame on, analysed
/// at a steady rate. push*() may be called from any thread and never blocks on analysis; the rest
/// runs on the lane's queue.
class CameraLane {
public:
    CameraLane(FrameAnalysis analysis, LaneSurroundings around);
    ~CameraLane();
    CameraLane(const CameraLane&) = delete;
    CameraLane& operator=(const CameraLane&) = delete;

    void push(AccessUnitPtr unit);
    void push_frame(Frame frame);
    void set_signal(SignalState state);
    /// The detector sees the next picture, and the camera is followed for the hold time.
    void request_look();
    /// Takes changed zones, masks and rules; the error is that of FrameAnalysis. Returns when done.
    Status replace(const CameraConfig& camera);
    /// Once a second: a camera without signal still has time-dependent rules, a stalled one needs
    /// no decoder.
    void tick();
    /// Returns when everything pushed so far has been analysed. For replays and tests; not from a
    /// worker.
    void flush();
    /// Ends open events and takes nothing more. Not from a worker.
    void finish();

    CameraStats stats() const;

private:
    void schedule();
    void run_and_wait(const std::function<void()>& work);
    void advance();
    bool advance_frames();
    void begin_coverage(WallTime first_picture);

    // Quiet: camera_lane_quiet.cpp
    void advance_quiet();
    void look_early();
    std::optional<Frame> walk(std::span<const AccessUnitPtr> group, DecoderLease& lease);
    void keep_walker(bool has_long_groups);
    bool can_wait_for_next_key(const AccessUnit& key, Duration interval) const;
    void consider(const Frame& frame, Duration until_next);
    triage::GateVerdict gate(const Frame& frame, std::span<const Box> known = {});
    std::vector<Box> explained_boxes() const;
    std::optional<std::vector<Box>> plan_look(
        const triage::GateVerdict& verdict, const Frame& frame, Duration until_next
    );
    std::vector<Box> with_tracks(std::vector<Box> regions) const;
    bool has_person_track() const;
    bool is_worth_following(std::span<const Detection> found, const triage::GateVerdict& verdict)
        const;
    /// Whether something moved, and nothing was found wherever it did.
    bool discount_empty_regions(
        std::span<const Detection> found, const triage::GateVerdict& verdict
    );
    bool try_follow(WallTime picture);

    /// What is known of a picture before it is decoded.
    struct Instant {
        WallTime wall;
        Duration uncertainty{};
        MonoTime arrived;
        bool is_key = false;
    };

    static Instant instant_of(const Frame& frame);
    static Instant instant_of(const AccessUnit& unit);

    // Followed: camera_lane_following.cpp
    void advance_following();
    AccessUnitPtr read_until_due();
    std::optional<Frame> decode_undecoded();
    const Frame* make_picture();
    bool is_new(WallTime picture) const;
    bool is_due(const Instant& instant) const;
    /// What the detector is to see of a picture.
    enum class Look { None, Regions, Whole };
    Look decide_look(const Instant& instant);
    void follow(const Frame& frame, Look look);
    Look next_look(const Instant& instant);
    bool sets_beat(const Instant& instant);
    void set_next_detection(const Instant& instant);
    bool may_detect(const Instant& instant);
    bool is_gate_due(const Instant& instant, Look look) const;
    std::vector<vision::Interest> places_of(
        const Frame& frame, const std::optional<triage::GateVerdict>& verdict
    ) const;

    /// A picture that waits for its look at regions, shared with other cameras.
    struct Waiting {
        Frame frame;
        std::optional<triage::GateVerdict> verdict;
    };

    void share_look(Waiting waiting, std::vector<vision::Interest> places);
    void queue_answer(std::uint64_t number, SharedLooks::Answer answer);
    void take_answer(std::uint64_t number, SharedLooks::Answer answer);

    /// What was found out about an instant.
    struct Findings {
        const Frame* frame = nullptr;  ///< null: nobody needed to see it
        const triage::GateVerdict* verdict = nullptr;
        std::optional<std::vector<Detection>> found{};
    };

    void finish_scene(const Instant& instant, const Findings& findings);
    bool must_catch_up(const Instant& instant);
    void prolong(std::span<const Track> tracks, WallTime picture, bool has_motion);
    void stop_following();
    void skip_when_late();

    std::optional<std::vector<Detection>> detect(const Frame& frame, std::span<const Box> regions);
    std::optional<std::vector<Detection>> accept(
        Result<std::vector<Detection>> found, const Frame& frame, bool is_whole
    );
    void charge(triage::Stage stage, Duration used);
    std::span<const Track> observe(Observation observation);
    void observe_without_picture();
    void note_decode_error(const Error& error);
    void publish_stats();

    LaneSurroundings around_;
    FrameAnalysis analysis_;
    const CameraId id_;
    const bool uses_sub_stream_;
    std::atomic<bool> is_following_{false};
    std::atomic<bool> is_pending_{false};  ///< an advance() waits in the queue
    std::atomic<bool> is_waiting_{false};  ///< for a shared look; until then nothing goes on
    std::atomic<bool> is_look_requested_{false};
    std::atomic<bool> is_signal_lost_{false};
    std::atomic<std::uint64_t> next_wait_key_{16};
    Guarded<Inbox> inbox_;
    exec::BoundedMailbox<Frame> frames_;

    // Below: only on the queue.
    triage::KeyframeGate gate_;
    triage::GateSensitivity sensitivity_;
    std::unique_ptr<DecoderLease> lease_;  ///< while units are followed
    /// While quiet with key frames far apart: decodes each picture once instead of the group anew
    /// for each look into it.
    std::unique_ptr<DecoderLease> walker_;
    WallTime walked_key_{};    ///< of the group that the walker stands in
    WallTime walked_until_{};  ///< its newest unit that was decoded
    bool has_moved_ = true;    ///< at the gate's latest look
    std::optional<Waiting> waiting_;
    /// Coded pictures since the last decoded one, or from a later key frame on: nobody needs them
    /// unless a look falls due before the next key frame.
    std::vector<AccessUnitPtr> undecoded_;
    std::optional<Frame> made_picture_;  ///< the latest one made for an event
    bool is_reordered_ = false;  ///< pictures leave the decoder later than they come (B-frames)
    std::uint64_t asked_ = 0;    ///< shared looks so far; answers to older ones are too late
    std::optional<WallTime> last_gate_;
    std::optional<WallTime> last_detection_;
    std::optional<WallTime> last_whole_look_;
    WallTime last_object_{};
    WallTime hold_until_{};
    WallTime next_due_{};
    WallTime detection_due_{};
    WallTime lead_in_ends_{};  ///< pictures up to here are older than the wake-up
    WallTime newest_picture_{};
    RateLimited error_log_{std::chrono::seconds{60}};
    CameraStats working_;
    Guarded<CameraStats> published_;

    /// Where answers find the lane, while it lives.
    std::shared_ptr<Guarded<CameraLane*>> address_;

    exec::SerialQueue queue_;  ///< last, so destroyed first: no task outlives what it uses
};

}  // namespace bongsu::pipeline
