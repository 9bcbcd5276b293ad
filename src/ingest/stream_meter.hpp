#pragma once

#include "core/clock.hpp"
#include "core/guarded.hpp"
#include "core/metrics.hpp"
#include "ingest/source.hpp"

#include <optional>

namespace bongsu::ingest {

/// Publishes the statistics of one stream: to the metrics and to whoever asks. The source counts in
/// its own StreamStatistics without locks and hands a copy over about once a second.
class StreamMeter {
public:
    StreamMeter(Metrics& metrics, const CameraId& camera, StreamRole role);

    /// Runs on: the source's thread. Also works out the bit rate.
    void publish(StreamStatistics current, MonoTime now);

    /// Thread-safe.
    StreamStatistics latest() const;

private:
    Counter& bytes_;
    Counter& access_units_;
    Counter& lost_packets_;
    Counter& dropped_units_;
    Counter& resyncs_;
    Counter& connects_;
    Counter& failures_;
    Gauge& is_playing_;
    Gauge& clock_offset_;

    std::optional<MonoTime> rated_at_;
    std::uint64_t rated_bytes_ = 0;
    double bit_rate_ = 0;
    StreamStatistics published_;
    Guarded<StreamStatistics> latest_;
};

}  // namespace bongsu::ingest
