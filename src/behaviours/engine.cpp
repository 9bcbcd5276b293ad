#include "behaviours/engine.hpp"

#include "behaviours/metrics.hpp"
#include "core/log.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bongsu::behaviours {
namespace {

/// Slewing clocks and reordered pictures step back less than this; a restarted source steps back
/// more.
constexpr Duration kToleratedStepBack = std::chrono::seconds{2};

}  // namespace

Result<BehaviourEngine> BehaviourEngine::create(
    const CameraConfig& camera,
    const Registry& registry,
    Metrics& metrics,
    TimeZone time_zone,
    MemoryShelf* shelf
) {
    BehaviourEngine engine(registry, metrics, time_zone, shelf);
    BONGSU_ASSIGN(engine.rules_, engine.make_rules(camera));
    return engine;
}

BehaviourEngine::BehaviourEngine(
    const Registry& registry, Metrics& metrics, TimeZone time_zone, MemoryShelf* shelf
)
    : registry_(&registry),
      metrics_(&metrics),
      time_zone_(time_zone),
      shelf_(shelf),
      scenes_(&metrics.counter(kScenesTotal)),
      skipped_(&metrics.counter(kScenesSkippedTotal)),
      resets_(&metrics.counter(kClockResetsTotal)),
      open_(&metrics.gauge(kOpenEvents)) {}

std::vector<BehaviourEvent> BehaviourEngine::evaluate(const Scene& scene) {
    std::vector<BehaviourEvent> events;
    if (latest_ && scene.time < *latest_) {
        if (*latest_ - scene.time <= kToleratedStepBack) {
            skipped_->add();
            return events;
        }
        log::warn(
            "behaviours.clock_stepped_back",
            {{"camera", scene.camera.value()}, {"seconds", to_seconds(*latest_ - scene.time)}}
        );
        resets_->add();
        for (Rule& rule : rules_) {
            rule.finish(*latest_, events);
        }
    }
    latest_ = scene.time;
    scenes_->add();
    for (Rule& rule : rules_) {
        rule.evaluate(scene, events);
        if (const std::uint64_t proposals = rule.take_proposals(); proposals > 0) {
            metrics_->counter(
                        kProposalsTotal, {{"kind", rule.registration().name}}
            ).add(static_cast<double>(proposals));
        }
    }
    count(events);
    return events;
}

Result<std::vector<BehaviourEvent>> BehaviourEngine::replace(
    const CameraConfig& camera, WallTime now
) {
    BONGSU_ASSIGN(std::vector<Rule> fresh, make_rules(camera));
    std::vector<BehaviourEvent> events;
    for (Rule& old : rules_) {
        const auto same =
            std::ranges::find_if(fresh, [&](const Rule& rule) { return rule.is_same_as(old); });
        if (same != fresh.end()) {
            *same = std::move(old);
        } else {
            old.finish(now, events);
        }
    }
    rules_ = std::move(fresh);
    count(events);
    return events;
}

std::vector<BehaviourEvent> BehaviourEngine::finish(WallTime now) {
    std::vector<BehaviourEvent> events;
    for (Rule& rule : rules_) {
        rule.finish(now, events);
    }
    count(events);
    return events;
}

Needs BehaviourEngine::needs() const {
    Needs all;
    for (const Rule& rule : rules_) {
        all.tracks |= rule.registration().needs.tracks;
        all.view_quality |= rule.registration().needs.view_quality;
        all.signal |= rule.registration().needs.signal;
    }
    return all;
}

std::size_t BehaviourEngine::open_events() const {
    std::size_t open = 0;
    for (const Rule& rule : rules_) {
        open += rule.open_episodes();
    }
    return open;
}

Result<std::vector<Rule>> BehaviourEngine::make_rules(const CameraConfig& camera) const {
    std::vector<Rule> rules;
    for (const RuleConfig& config : camera.rules) {
        const bool is_known =
            std::ranges::any_of(rules, [&](const Rule& r) { return r.id() == config.id; });
        if (is_known) {
            return fail(
                ErrorKind::InvalidArgument,
                "given_twice"_code,
                "cameras." + camera.id.value() + ".rules: two rules have the id '" +
                    config.id.value() + "'; give each its own"
            );
        }
        BONGSU_ASSIGN(Rule rule, Rule::create(camera, config, *registry_, time_zone_, shelf_));
        rules.push_back(std::move(rule));
    }
    return rules;
}

void BehaviourEngine::count(const std::vector<BehaviourEvent>& events) {
    for (const BehaviourEvent& event : events) {
        if (event.phase == EventPhase::Begin) {
            metrics_->counter(kEventsTotal, {{"kind", event.kind}}).add();
            open_->add(1);
        } else if (event.phase == EventPhase::End) {
            open_->add(-1);
        }
    }
}

}  // namespace bongsu::behaviours
