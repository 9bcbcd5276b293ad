#include "incidents/save_queue.hpp"

#include "core/log.hpp"
#include "incidents/metrics.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace bongsu::incidents {
namespace {

constexpr Duration kFirstPause = std::chrono::seconds{1};
constexpr Duration kLongestPause = std::chrono::seconds{30};

}  // namespace

SaveQueue::SaveQueue(
    IncidentSink& sink, const Clock& clock, Metrics& metrics, std::size_t limit, OnSaved on_saved
)
    : sink_(sink),
      clock_(clock),
      limit_(limit),
      on_saved_(std::move(on_saved)),
      unsaved_(metrics.gauge(kUnsaved)),
      failures_(metrics.counter(kSaveFailuresTotal)),
      lost_(metrics.counter(kLostTotal)) {}

void SaveQueue::put(const Incident& incident, IncidentChange change) {
    const auto known = by_id_.find(incident.id);
    if (known == by_id_.end()) {
        waiting_.push_back({incident, {change}});
        by_id_[incident.id] = std::prev(waiting_.end());
    } else {
        IncidentUpdate& update = *known->second;
        update.incident = incident;
        if (std::ranges::find(update.changes, change) == update.changes.end()) {
            update.changes.push_back(change);
        }
    }
    retry();
    make_room();
    unsaved_.set(static_cast<double>(waiting_.size()));
}

void SaveQueue::retry() {
    if (waiting_.empty() || clock_.mono() < retry_at_) {
        return;
    }
    // One pass at most: what fails for good goes to the end and must not be tried for ever.
    for (std::size_t tries = waiting_.size(); tries > 0; --tries) {
        if (!save_first()) {
            break;
        }
    }
    unsaved_.set(static_cast<double>(waiting_.size()));
}

/// False when the store is away and the rest must wait.
bool SaveQueue::save_first() {
    IncidentUpdate& first = waiting_.front();
    const bool is_new = first.incident.opened == WallTime{};
    if (is_new) {
        first.incident.opened = clock_.wall();
    }
    const Result<std::int64_t> change = sink_.save(first.incident);
    if (!change) {
        if (is_new) {
            first.incident.opened = WallTime{};
        }
        note_failure(change.error(), first.incident.id);
        if (traits_of(change.error().kind).is_retryable) {
            return false;
        }
        // This incident itself is refused: let the others pass.
        waiting_.splice(waiting_.end(), waiting_, waiting_.begin());
        return true;
    }
    if (pause_ > Duration{0}) {
        log::info("incidents.store_back", {{"waiting", waiting_.size()}});
        pause_ = Duration{0};
    }
    IncidentUpdate saved = std::move(first);
    saved.incident.change = *change;
    by_id_.erase(saved.incident.id);
    waiting_.pop_front();
    on_saved_(std::move(saved));
    return true;
}

void SaveQueue::note_failure(const Error& error, const IncidentId& id) {
    failures_.add();
    pause_ = std::clamp(pause_ * 2, kFirstPause, kLongestPause);
    retry_at_ = clock_.mono() + pause_;
    log::error(
        "incidents.save_failed",
        {{"incident", id.value()},
         {"waiting", waiting_.size()},
         {"retry_in_s", to_seconds(pause_)},
         {"error", error.describe()}}
    );
}

void SaveQueue::make_room() {
    while (waiting_.size() > limit_) {
        const auto least = std::ranges::min_element(waiting_, {}, [](const IncidentUpdate& update) {
            return std::tuple(update.incident.gravity, update.incident.started);
        });
        lost_.add();
        log::error(
            "incidents.lost",
            {{"incident", least->incident.id.value()},
             {"gravity", least->incident.gravity},
             {"why",
              "the store has been away too long; bring it back or raise incidents.max_unsaved"}}
        );
        by_id_.erase(least->incident.id);
        waiting_.erase(least);
    }
}

}  // namespace bongsu::incidents
