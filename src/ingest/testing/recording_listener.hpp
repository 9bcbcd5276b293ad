#pragma once

#include "ingest/source.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace bongsu::ingest::testing {

/// Keeps everything that a source delivers, and lets a test wait for it. Thread-safe.
class RecordingListener final : public SourceListener {
public:
    struct Record {
        std::vector<AccessUnitPtr> units;
        std::vector<Frame> frames;
        std::vector<StreamState> states;
        std::vector<Error> errors;

        bool saw(StreamState state) const {
            return std::find(states.begin(), states.end(), state) != states.end();
        }
    };

    void on_access_unit(AccessUnitPtr unit) override {
        change([&](Record& record) { record.units.push_back(std::move(unit)); });
    }

    void on_frame(Frame frame) override {
        change([&](Record& record) { record.frames.push_back(std::move(frame)); });
    }

    void on_state(StreamState state, const Error* error) override {
        change([&](Record& record) {
            record.states.push_back(state);
            if (error != nullptr) {
                record.errors.push_back(*error);
            }
        });
    }

    /// False when the condition does not hold within `limit`.
    bool wait(
        const std::function<bool(const Record&)>& condition,
        std::chrono::milliseconds limit = std::chrono::seconds{15}
    ) const {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, limit, [&] { return condition(record_); });
    }

    Record copy() const {
        const std::scoped_lock lock(mutex_);
        return record_;
    }

private:
    void change(const std::function<void(Record&)>& function) {
        {
            const std::scoped_lock lock(mutex_);
            function(record_);
        }
        changed_.notify_all();
    }

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    Record record_;
};

}  // namespace bongsu::ingest::testing
