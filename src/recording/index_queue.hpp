#pragma once

#include "core/metrics.hpp"
#include "core/result.hpp"
#include "recording/metrics.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace bongsu::recording {

/// Rows on their way to the index, so that a slow or dead database never holds up recording.
/// Overflow policy: coalesce by path, so it holds one row per segment; a database that stays away
/// costs about 600 bytes per segment, and what a crash loses here recovery finds again on disk.
/// Thread-safe.
class IndexQueue {
public:
    explicit IndexQueue(Metrics& metrics) : pending_gauge_(metrics.gauge(kIndexPending)) {}

    void put(store::Segment segment) {
        const std::scoped_lock lock(mutex_);
        std::string path = segment.path;
        rows_.insert_or_assign(std::move(path), std::move(segment));
        pending_gauge_.set(static_cast<double>(rows_.size()));
    }

    /// Stores what is pending; stops at the first error and keeps the rest. Runs on: one thread at
    /// a time.
    Status flush(store::SegmentIndex& index) {
        while (true) {
            store::Segment row;
            {
                const std::scoped_lock lock(mutex_);
                if (rows_.empty()) {
                    return {};
                }
                row = rows_.begin()->second;
            }
            BONGSU_TRY(index.put(row));
            const std::scoped_lock lock(mutex_);
            const auto stored = rows_.find(row.path);
            if (stored != rows_.end() && stored->second == row) {  // not replaced meanwhile
                rows_.erase(stored);
            }
            pending_gauge_.set(static_cast<double>(rows_.size()));
        }
    }

    std::size_t size() const {
        const std::scoped_lock lock(mutex_);
        return rows_.size();
    }

private:
    Gauge& pending_gauge_;
    mutable std::mutex mutex_;
    std::map<std::string, store::Segment> rows_;
};

}  // namespace bongsu::recording
