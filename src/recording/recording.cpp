#include "recording/recording.hpp"

#include "core/log.hpp"
#include "recording/marks.hpp"
#include "recording/metrics.hpp"

#include <algorithm>
#include <functional>

namespace bongsu::recording {
namespace {

constexpr Duration kIndexPeriod = std::chrono::milliseconds{200};
constexpr Duration kTickPeriod = std::chrono::seconds{1};

Counter& lost(Metrics& metrics, const char* reason) {
    return metrics.counter(kUnitsLost, {{"reason", reason}});
}

}  // namespace

Recording::Recording(
    RecordingConfig config,
    store::SegmentIndex& index,
    const Clock& clock,
    Metrics& metrics,
    Hooks hooks
)
    : config_(std::move(config)),
      index_(index),
      clock_(clock),
      metrics_(metrics),
      disk_(
          config_.root, {.first = config_.retry_first, .most = config_.retry_most}, clock, metrics
      ),
      index_queue_(metrics),
      lost_to_queue_(lost(metrics, "queue_full")),
      lost_unknown_(lost(metrics, "unknown_camera")),
      parts_{
          .config = config_,
          .clock = clock,
          .disk = disk_,
          .index = index_queue_,
          .units_written = metrics.counter(kUnitsWritten),
          .bytes_written = metrics.counter(kBytesWritten),
          .lost_to_disk = lost(metrics, "disk"),
          .lost_without_key = lost(metrics, "no_key"),
          .segments_closed = metrics.counter(kSegmentsClosed),
          .sync_seconds = metrics.histogram(kSyncSeconds),
      },
      keeping_(Keeping{
          .retention = Retention({
              .root = config_.root,
              .index = index,
              .clock = clock,
              .metrics = metrics,
              .is_held = std::move(hooks.is_held),
              .free_bytes = std::move(hooks.free_bytes),
          }),
          .rules =
              {
                  .cameras = {},
                  .unlisted = {.keep_for = config_.keep_unlisted},
                  .organisations = {},
                  .keep_bytes_per_organisation = config_.keep_bytes_per_organisation,
                  .free_floor = config_.free_floor,
              },
      }) {}

Recording::~Recording() {
    stop();
}

Result<std::unique_ptr<Recording>> Recording::create(
    RecordingConfig config,
    store::SegmentIndex& index,
    const Clock& clock,
    Metrics& metrics,
    Hooks hooks
) {
    std::unique_ptr<Recording> recording(
        new Recording(std::move(config), index, clock, metrics, std::move(hooks))
    );
    BONGSU_TRY(recording->begin());
    return recording;
}

Status Recording::begin() {
    BONGSU_ASSIGN(lock_, RootLock::take(config_.root));
    BONGSU_ASSIGN(recovery_, recover(config_.root, index_));
    log::info(
        "recording.recovered",
        {{"root", config_.root},
         {"recovered", recovery_.recovered},
         {"torn", recovery_.torn},
         {"torn_bytes", recovery_.torn_bytes},
         {"unreadable", recovery_.unreadable},
         {"missing", recovery_.missing}}
    );
    start_threads();
    return {};
}

void Recording::start_threads() {
    for (int i = 0; i < std::max(config_.writers, 1); ++i) {
        writers_.push_back(std::make_unique<WriterThread>(
            "record-" + std::to_string(i), config_.queue_units, queued_bytes_, metrics_
        ));
    }
    exec::PeriodicTimers timers(clock_);
    timers.add(kIndexPeriod, [this] { flush_index(); });
    timers.add(kTickPeriod, [this] {
        for (const auto& writer : writers_) {
            writer->tick();
        }
    });
    timers.add(config_.retention_every, [this] { retain(); });
    upkeep_ = std::make_unique<exec::TimerThread>("record-upkeep", std::move(timers));
}

Status Recording::add_camera(const CameraConfig& camera) {
    keeping_.with([&](Keeping& keeping) {
        keeping.rules.cameras[camera.id] = {
            .keep_for = camera.keep_for, .keep_bytes = camera.keep_bytes
        };
    });
    const StreamKey key{camera.id, StreamRole::Main};
    if (!camera.is_recorded || find(key) != nullptr) {
        return {};
    }
    BONGSU_ASSIGN(
        auto stream,
        make_stream(
            {.organisation = camera.organisation, .camera = camera.id, .role = StreamRole::Main}
        )
    );
    const std::unique_lock lock(streams_mutex_);
    const auto [at, is_new] = streams_.try_emplace(key, std::move(stream));
    if (is_new) {
        at->second->writer->adopt(at->second->recorder);
    }
    return {};
}

Result<std::unique_ptr<Recording::Stream>> Recording::make_stream(const StreamPlace& place) {
    const std::size_t share = std::hash<CameraId>{}(place.camera) % writers_.size();
    std::unique_ptr<Stream> stream(
        new Stream{.recorder = StreamRecorder(place, parts_), .writer = writers_[share].get()}
    );
    BONGSU_ASSIGN(const auto days, index_.chain_days(place.camera));
    for (const store::ChainDay& day : days) {
        const auto root = digest_from_hex(day.root);
        if (day.role == place.role && root) {
            stream->recorder.continue_chain(day.day, *root);
        }
    }
    return stream;
}

Recording::Stream* Recording::find(const StreamKey& key) {
    const std::shared_lock lock(streams_mutex_);
    const auto found = streams_.find(key);
    return found == streams_.end() ? nullptr : found->second.get();
}

void Recording::limit_organisation(const OrganisationId& organisation, std::int64_t keep_bytes) {
    keeping_.with([&](Keeping& keeping) { keeping.rules.organisations[organisation] = keep_bytes; }
    );
}

void Recording::push(const AccessUnitPtr& unit) {
    if (is_stopped_) {
        return;
    }
    Stream* const stream = find({unit->camera, unit->role});
    if (stream == nullptr) {
        lost_unknown_.add();
        return;
    }
    const bool is_full =
        queued_bytes_ + static_cast<std::int64_t>(unit->bytes->size()) > config_.queue_bytes;
    if ((stream->skips_to_key && !unit->is_key) || is_full ||
        !stream->writer->push(stream->recorder, unit)) {
        turn_away(*stream, *unit);
        return;
    }
    stream->skips_to_key = false;
}

void Recording::turn_away(Stream& stream, const AccessUnit& unit) {
    stream.skips_to_key = true;  // what follows cannot be decoded without this one
    lost_to_queue_.add();
    const auto held_back =
        full_log_.with([&](RateLimited& limit) { return limit.admit(clock_.mono()); });
    if (held_back) {
        log::error(
            "recording.queue_full",
            {{"camera", unit.camera.value()},
             {"held_back", *held_back},
             {"queued_bytes", queued_bytes_.load()},
             {"advice", "the disk is too slow for the cameras"}}
        );
    }
}

RecordingState Recording::state() const {
    const DiskState::View disk = disk_.view();
    std::size_t queued = 0;
    for (const auto& writer : writers_) {
        queued += writer->queued();
    }
    return {
        .is_paused = disk.is_paused,
        .paused_since = disk.since,
        .reason = disk.reason,
        .lost_to_disk = static_cast<std::uint64_t>(parts_.lost_to_disk.value()),
        .lost_to_queue = static_cast<std::uint64_t>(lost_to_queue_.value()),
        .queued_units = queued,
        .queued_bytes = queued_bytes_,
        .index_pending = index_queue_.size(),
        .index_error = index_error_.with([](const std::string& text) { return text; }),
    };
}

void Recording::flush_index() {
    const Status outcome = index_queue_.flush(index_);
    const std::string now = outcome ? "" : outcome.error().describe();
    const bool has_changed = index_error_.with([&](std::string& before) {
        return std::exchange(before, now).empty() != now.empty();
    });
    if (has_changed && !outcome) {
        log::error("recording.index_away", {{"reason", now}, {"pending", index_queue_.size()}});
    } else if (has_changed) {
        log::warn("recording.index_back");
    }
}

void Recording::retain() {
    const auto outcome = run_retention();
    if (!outcome) {
        log::error("recording.retention_failed", {{"reason", outcome.error().describe()}});
    }
}

Result<RetentionOutcome> Recording::run_retention() {
    return keeping_.with([](Keeping& keeping) { return keeping.retention.run(keeping.rules); });
}

void Recording::stop() {
    if (is_stopped_.exchange(true) || !upkeep_) {  // without it nothing was started
        return;
    }
    upkeep_->stop();
    for (const auto& writer : writers_) {
        writer->stop();
    }
    flush_index();
    log::info(
        "recording.stopped", {{"root", config_.root}, {"index_pending", index_queue_.size()}}
    );
}

}  // namespace bongsu::recording
