#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"
#include "domain/access_unit.hpp"
#include "domain/frame.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bongsu::ingest {

class ConnectGate;
class IoThreads;
class NameLookup;

enum class StreamState {
    Connecting,
    Playing,
    Lost,    ///< was or should be there; tried again soon
    Failed,  ///< wrong password, wrong path, unsupported codec ...: tried again rarely, a person
             ///< must act
    Ended,   ///< a file or folder that does not loop came to its end
};
std::string_view to_string(StreamState state);

/// Receives what a source delivers. Called on one thread per source, which it must not block: other
/// cameras live on the same thread. (Sources with `pace: fast` have their own thread and may be
/// held up.)
class SourceListener {
public:
    virtual ~SourceListener() = default;

    virtual void on_access_unit(AccessUnitPtr unit) = 0;

    /// From sources whose pictures are not coded as H.264 or H.265; such a camera cannot be
    /// recorded.
    virtual void on_frame(Frame /*frame*/) {}

    /// `error` says why for Lost and Failed, and is null otherwise.
    virtual void on_state(StreamState state, const Error* error) = 0;
};

/// What one stream has done so far. A copy, at most about a second old.
struct StreamStatistics {
    StreamState state = StreamState::Connecting;
    std::uint64_t bytes = 0;
    std::uint64_t access_units = 0;
    std::uint64_t key_units = 0;
    std::uint64_t packets = 0;
    std::uint64_t lost_packets = 0;
    std::uint64_t dropped_units = 0;  ///< incomplete or not decodable after a loss
    std::uint64_t malformed_packets = 0;
    std::uint64_t resyncs = 0;   ///< the interleaved framing was broken and found again
    std::uint64_t connects = 0;  ///< how often it came to Playing
    std::uint64_t failures = 0;
    double bit_rate = 0;                   ///< bits per second over the last seconds
    std::optional<Duration> clock_offset;  ///< camera's clock minus ours, when it reports its clock
    bool is_wall_estimated = true;
    std::string transport;  ///< "tcp", "udp", "file" ...
    std::optional<Codec> codec;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::string last_error;  ///< one sentence; empty when there was none
};

/// What identifies and configures one stream.
struct SourceParams {
    CameraId camera;
    StreamRole role = StreamRole::Main;
    std::string url;    ///< may hold credentials
    Settings settings;  ///< passed the source's schema
};

/// What a source may use. Outlives every source.
struct SourceContext {
    IoThreads& threads;
    ConnectGate& gate;
    NameLookup& names;
    const Clock& clock;
    Metrics& metrics;
};

/// One running stream. Starts working when made; the destructor stops it and returns when no
/// callback runs or will run any more. It must not be destroyed from a callback.
class Source {
public:
    virtual ~Source() = default;
    virtual StreamStatistics statistics() const = 0;

    /// Reads from the network no more often than this: larger is cheaper, smaller is quicker.
    /// Sources that have no network ignore it. Thread-safe.
    virtual void set_read_interval(Duration interval) { (void)interval; }
};

}  // namespace bongsu::ingest
