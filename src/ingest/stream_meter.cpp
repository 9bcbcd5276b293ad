#include "ingest/stream_meter.hpp"

#include "ingest/metrics.hpp"

#include <string>
#include <utility>

namespace bongsu::ingest {
namespace {

constexpr Duration kRatePeriod = std::chrono::seconds{2};

Labels labels_of(const CameraId& camera, StreamRole role) {
    return {{"camera", camera.value()}, {"role", std::string(to_string(role))}};
}

}  // namespace

StreamMeter::StreamMeter(Metrics& metrics, const CameraId& camera, StreamRole role)
    : bytes_(metrics.counter(metrics::kBytes, labels_of(camera, role))),
      access_units_(metrics.counter(metrics::kAccessUnits, labels_of(camera, role))),
      lost_packets_(metrics.counter(metrics::kLostPackets, labels_of(camera, role))),
      dropped_units_(metrics.counter(metrics::kDroppedUnits, labels_of(camera, role))),
      resyncs_(metrics.counter(metrics::kResyncs, labels_of(camera, role))),
      connects_(metrics.counter(metrics::kConnects, labels_of(camera, role))),
      failures_(metrics.counter(metrics::kFailures, labels_of(camera, role))),
      is_playing_(metrics.gauge(metrics::kIsPlaying, labels_of(camera, role))),
      clock_offset_(metrics.gauge(metrics::kClockOffset, labels_of(camera, role))) {}

void StreamMeter::publish(StreamStatistics current, MonoTime now) {
    if (!rated_at_) {
        rated_at_ = now;
    }
    if (now - *rated_at_ >= kRatePeriod) {
        const auto bits = 8.0 * static_cast<double>(current.bytes - rated_bytes_);
        bit_rate_ = bits / to_seconds(now - *rated_at_);
        rated_bytes_ = current.bytes;
        rated_at_ = now;
    }
    current.bit_rate = current.state == StreamState::Playing ? bit_rate_ : 0;
    const auto grow = [&](Counter& counter, std::uint64_t StreamStatistics::* member) {
        counter.add(static_cast<double>(current.*member - published_.*member));
    };
    grow(bytes_, &StreamStatistics::bytes);
    grow(access_units_, &StreamStatistics::access_units);
    grow(lost_packets_, &StreamStatistics::lost_packets);
    grow(dropped_units_, &StreamStatistics::dropped_units);
    grow(resyncs_, &StreamStatistics::resyncs);
    grow(connects_, &StreamStatistics::connects);
    grow(failures_, &StreamStatistics::failures);
    is_playing_.set(current.state == StreamState::Playing ? 1 : 0);
    if (current.clock_offset) {
        clock_offset_.set(to_seconds(*current.clock_offset));
    }
    published_ = current;
    latest_.with([&](StreamStatistics& latest) { latest = std::move(current); });
}

StreamStatistics StreamMeter::latest() const {
    return latest_.with([](const StreamStatistics& latest) { return latest; });
}

}  // namespace bongsu::ingest
