#include "pipeline/rule_replay.hpp"

#include "behaviours/engine.hpp"
#include "behaviours/metrics.hpp"
#include "core/metrics.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace bongsu::pipeline {
namespace {

/// Events that lie no further apart may be one and the same.
constexpr Duration kSlack = std::chrono::seconds{2};
/// How many scenes pass between two questions whether to go on.
constexpr std::size_t kScenesPerQuestion = 1024;

/// Puts the phases of events together.
class Ledger {
public:
    Ledger(scenelog::TimeSpan span, std::size_t most) : span_(span), most_(most) {}

    void take(std::vector<BehaviourEvent>&& events, WallTime now) {
        for (BehaviourEvent& event : events) {
            if (now >= span_.from) {
                outcome_.phases.push_back(event);
            }
            note(std::move(event), now);
        }
    }

    bool is_full() const { return outcome_.is_cut; }

    ReplayOutcome finish() && { return std::move(outcome_); }

private:
    void note(BehaviourEvent event, WallTime now) {
        if (event.phase == EventPhase::Begin) {
            if (now < span_.from) {
                return;
            }
            if (outcome_.events.size() >= most_) {
                outcome_.is_cut = true;
                return;
            }
            places_[event.id] = outcome_.events.size();
            outcome_.events.push_back({.event = std::move(event), .certain = now, .ended = {}});
            return;
        }
        const auto known = places_.find(event.id);
        if (known == places_.end()) {
            return;  // begun in the warm-up
        }
        ReplayedEvent& replayed = outcome_.events[known->second];
        if (event.phase == EventPhase::End) {
            replayed.ended = event.time;
        }
        replayed.event = std::move(event);
    }

    scenelog::TimeSpan span_;
    std::size_t most_;
    std::map<EventId, std::size_t> places_;
    ReplayOutcome outcome_;
};

WallTime end_of(const ReplayedEvent& event) {
    return event.ended.value_or(WallTime::max());
}

/// Common time, the slack included; negative when they lie apart.
Duration common_time(const ReplayedEvent& a, const ReplayedEvent& b) {
    const WallTime from = std::max(a.event.started, b.event.started);
    const WallTime to = std::min(end_of(a), end_of(b));
    return to == WallTime::max() ? Duration::max() : to - from + kSlack;
}

bool share_an_object(const BehaviourEvent& a, const BehaviourEvent& b) {
    if (a.tracks.empty() || b.tracks.empty()) {
        return a.tracks.empty() && b.tracks.empty();
    }
    return std::ranges::any_of(a.tracks, [&](TrackId id) {
        return std::ranges::find(b.tracks, id) != b.tracks.end();
    });
}

struct Candidate {
    bool is_same_rule = false;
    Duration common{};
    ReplayComparison::Pair pair;
};

std::vector<Candidate> candidates(
    const std::vector<ReplayedEvent>& before, const std::vector<ReplayedEvent>& after
) {
    std::vector<Candidate> found;
    for (std::size_t b = 0; b < before.size(); ++b) {
        for (std::size_t a = 0; a < after.size(); ++a) {
            const BehaviourEvent& old = before[b].event;
            const BehaviourEvent& now = after[a].event;
            const Duration common = common_time(before[b], after[a]);
            if (old.kind == now.kind && common >= Duration{} && share_an_object(old, now)) {
                found.push_back({old.rule == now.rule, common, {b, a}});
            }
        }
    }
    std::ranges::sort(found, [](const Candidate& x, const Candidate& y) {
        if (x.is_same_rule != y.is_same_rule || x.common != y.common) {
            return std::tie(x.is_same_rule, x.common) > std::tie(y.is_same_rule, y.common);
        }
        return std::tie(x.pair.before, x.pair.after) < std::tie(y.pair.before, y.pair.after);
    });
    return found;
}

/// How many suspicions the behaviours of a camera have had, from one scene to the next.
class ProposalCounts {
public:
    ProposalCounts(const CameraConfig& camera, Metrics& metrics) {
        for (const RuleConfig& rule : camera.rules) {
            counts_.try_emplace(
                rule.behaviour,
                Count{
                    .total =
                        &metrics.counter(behaviours::kProposalsTotal, {{"kind", rule.behaviour}})
                }
            );
        }
    }

    /// Those since the last call.
    std::vector<std::pair<std::string, int>> take() {
        std::vector<std::pair<std::string, int>> fresh;
        for (auto& [behaviour, count] : counts_) {
            const int total = static_cast<int>(count.total->value());
            if (total > count.told) {
                fresh.emplace_back(behaviour, total - count.told);
                count.told = total;
            }
        }
        return fresh;
    }

private:
    struct Count {
        const Counter* total = nullptr;
        int told = 0;
    };

    std::map<std::string, Count> counts_;
};

}  // namespace

Result<scenelog::ReadSummary> step_rules(
    const scenelog::SceneReader& reader,
    const behaviours::Registry& registry,
    const ReplayRequest& request,
    const std::function<bool(ReplayStep&&)>& visit
) {
    Metrics metrics;  // of its own: what is only tried out is not counted
    BONGSU_ASSIGN(
        behaviours::BehaviourEngine engine,
        behaviours::BehaviourEngine::create(request.camera, registry, metrics, request.time_zone)
    );
    ProposalCounts proposals(request.camera, metrics);
    const scenelog::TimeSpan warm{request.span.from - request.warm_up, request.span.to};
    return reader.read(request.camera.id, warm, [&](const Scene& scene) {
        auto events = engine.evaluate(scene);
        return visit({.scene = scene, .events = std::move(events), .proposals = proposals.take()});
    });
}

Result<ReplayOutcome> replay_rules(
    const scenelog::SceneReader& reader,
    const behaviours::Registry& registry,
    const ReplayRequest& request,
    const std::function<bool()>& cancelled
) {
    Ledger ledger(request.span, request.most_events);
    std::size_t scenes = 0;
    bool is_cancelled = false;
    const auto visit = [&](ReplayStep&& step) {
        ledger.take(std::move(step.events), step.scene.time);
        is_cancelled = ++scenes % kScenesPerQuestion == 0 && cancelled && cancelled();
        return !is_cancelled && !ledger.is_full();
    };
    BONGSU_ASSIGN(const scenelog::ReadSummary read, step_rules(reader, registry, request, visit));
    if (is_cancelled) {
        return fail(ErrorKind::Cancelled, "running the rules again was stopped");
    }
    ReplayOutcome outcome = std::move(ledger).finish();
    outcome.read = read;
    return outcome;
}

ReplayComparison compare(
    const std::vector<ReplayedEvent>& before, const std::vector<ReplayedEvent>& after
) {
    std::vector<char> is_old_paired(before.size(), 0);
    std::vector<char> is_new_paired(after.size(), 0);
    ReplayComparison comparison;
    for (const Candidate& candidate : candidates(before, after)) {
        char& old_paired = is_old_paired[candidate.pair.before];
        char& new_paired = is_new_paired[candidate.pair.after];
        if (old_paired == 0 && new_paired == 0) {
            old_paired = new_paired = 1;
            comparison.kept.push_back(candidate.pair);
        }
    }
    std::ranges::sort(comparison.kept, {}, &ReplayComparison::Pair::before);
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (is_old_paired[i] == 0) {
            comparison.gone.push_back(i);
        }
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (is_new_paired[i] == 0) {
            comparison.added.push_back(i);
        }
    }
    return comparison;
}

}  // namespace bongsu::pipeline
