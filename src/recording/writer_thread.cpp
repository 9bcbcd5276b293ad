#include "recording/writer_thread.hpp"

#include "exec/thread_name.hpp"
#include "recording/metrics.hpp"

namespace bongsu::recording {

WriterThread::WriterThread(
    const std::string& name,
    std::size_t queue_units,
    std::atomic<std::int64_t>& queued_bytes,
    Metrics& metrics
)
    : queued_bytes_(queued_bytes),
      units_gauge_(metrics.gauge(kQueueUnits, {{"writer", name}})),
      bytes_gauge_(metrics.gauge(kQueueBytes)),
      queue_(queue_units, exec::Overflow::Reject),
      thread_([this, name](const std::stop_token& stop) {
          exec::set_thread_name(name);
          run(stop);
      }) {}

void WriterThread::adopt(StreamRecorder& recorder) {
    recorders_.with([&](auto& recorders) { recorders.push_back(&recorder); });
}

bool WriterThread::push(StreamRecorder& recorder, AccessUnitPtr unit) {
    const auto bytes = static_cast<std::int64_t>(unit->bytes->size());
    queued_bytes_ += bytes;
    if (queue_.push({.recorder = &recorder, .unit = std::move(unit)}) ==
        exec::Admission::Rejected) {
        queued_bytes_ -= bytes;
        return false;
    }
    return true;
}

void WriterThread::tick() {
    queue_.push({});
}

void WriterThread::stop() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
}

void WriterThread::run(const std::stop_token& stop) {
    while (const auto item = queue_.pop(stop)) {
        handle(*item);
    }
    while (const auto item = queue_.try_pop()) {
        handle(*item);
    }
    for (StreamRecorder* recorder : recorders_.with([](const auto& all) { return all; })) {
        recorder->close();
    }
}

void WriterThread::handle(const Item& item) {
    if (item.recorder != nullptr) {
        queued_bytes_ -= static_cast<std::int64_t>(item.unit->bytes->size());
        item.recorder->push(item.unit);
        return;
    }
    for (StreamRecorder* recorder : recorders_.with([](const auto& all) { return all; })) {
        recorder->tick();
    }
    units_gauge_.set(static_cast<double>(queue_.size()));
    bytes_gauge_.set(static_cast<double>(queued_bytes_.load()));
}

}  // namespace bongsu::recording
