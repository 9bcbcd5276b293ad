#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"
#include "domain/camera.hpp"
#include "ingest/name_lookup.hpp"
#include "ingest/registry.hpp"
#include "ingest/source.hpp"

#include <memory>
#include <vector>

namespace bongsu::ingest {

/// Settings of the whole module.
struct IngestOptions {
    int threads = 1;  ///< network threads; one is enough for about a thousand cameras
    double connects_per_second =
        100;  ///< of all cameras together, so that a power cut is no stampede

    static const SettingsSchema& schema();
    static IngestOptions from(const Settings& settings);
};

/// One stream in a report.
struct StreamReport {
    CameraId camera;
    StreamRole role = StreamRole::Main;
    StreamStatistics statistics;
};

/// Brings in the streams of all cameras: owns the network threads and one source per stream.
/// Thread-safe; not to be called from a SourceListener.
class Ingest {
public:
    /// `clock`, `metrics` and `registry` must outlive it.
    Ingest(
        IngestOptions options,
        const Registry& registry,
        const Clock& clock,
        Metrics& metrics,
        NameLookup::Resolver resolver = NameLookup::ask_system
    );
    ~Ingest();
    Ingest(const Ingest&) = delete;
    Ingest& operator=(const Ingest&) = delete;

    /// Starts one stream; `listener` must live until `remove` or `stop` has returned. Fails on an
    /// unknown source, on settings outside its schema (the key is named), on an unusable URL, and
    /// when the camera already has a stream of this role. That a camera cannot be reached is no
    /// failure here: it comes through SourceListener::on_state and is tried again.
    Status add(const CameraConfig& camera, const StreamConfig& stream, SourceListener& listener);

    /// Stops all streams of a camera. When it returns, no callback runs any more.
    void remove(const CameraId& camera);

    /// Stops one stream, with the same promise.
    void remove(const CameraId& camera, StreamRole role);

    /// Stops everything. Called by the destructor.
    void stop();

    /// See Source::set_read_interval. Without effect when there is no such stream.
    void set_read_interval(const CameraId& camera, StreamRole role, Duration interval);

    std::vector<StreamReport> report() const;

    /// CPU time that the network threads have used so far. Sources with a thread of their own
    /// (file, directory) are not in it.
    Duration cpu_time() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::ingest
