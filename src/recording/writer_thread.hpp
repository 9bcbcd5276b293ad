#pragma once

#include "core/guarded.hpp"
#include "core/metrics.hpp"
#include "domain/access_unit.hpp"
#include "exec/bounded_mailbox.hpp"
#include "recording/stream_recorder.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace bongsu::recording {

/// One thread that writes a share of the streams. Queue: bounded, policy reject.
class WriterThread {
public:
    /// `queued_bytes` is shared by all writers and outlives them.
    WriterThread(
        const std::string& name,
        std::size_t queue_units,
        std::atomic<std::int64_t>& queued_bytes,
        Metrics& metrics
    );

    /// A stream that this thread writes from now on; it must outlive the thread. Thread-safe.
    void adopt(StreamRecorder& recorder);

    /// False when the queue is full. Thread-safe, never blocks.
    bool push(StreamRecorder& recorder, AccessUnitPtr unit);

    /// Lets every stream do its upkeep, behind what is queued. Thread-safe.
    void tick();

    std::size_t queued() const { return queue_.size(); }

    /// Writes what is queued, closes all segments and joins. Idempotent.
    void stop();

private:
    struct Item {
        StreamRecorder* recorder = nullptr;  ///< null: upkeep of all
        AccessUnitPtr unit;
    };

    void run(const std::stop_token& stop);
    void handle(const Item& item);

    std::atomic<std::int64_t>& queued_bytes_;
    Gauge& units_gauge_;
    Gauge& bytes_gauge_;
    exec::BoundedMailbox<Item> queue_;
    Guarded<std::vector<StreamRecorder*>> recorders_;
    std::jthread thread_;
};

}  // namespace bongsu::recording
