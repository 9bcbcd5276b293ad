#include "app/verdict_learner.hpp"

#include "core/log.hpp"
#include "incidents/metrics.hpp"
#include "incidents/suggestions.hpp"

#include <algorithm>
#include <set>

namespace bongsu::app {
namespace {

constexpr Duration kLookBack = std::chrono::hours{24 * 7};
constexpr int kMostJudged = 2000;
/// How far back in a camera's history a change by learning or its undo is looked for.
constexpr int kMostVersions = 50;

double number_of(const Value& value, double otherwise) {
    if (const double* number = value.as_double()) {
        return *number;
    }
    const std::int64_t* whole = value.as_integer();
    return whole != nullptr ? static_cast<double>(*whole) : otherwise;
}

/// The value of a rule's setting in the form of a camera; nothing when the form has no such rule.
std::optional<double> setting_in(
    const Value& form, const RuleId& rule, const std::string& setting, double fallback
) {
    const Value* rules = form.find("rules");
    const Value::List* list = rules != nullptr ? rules->as_list() : nullptr;
    if (list == nullptr) {
        return std::nullopt;
    }
    for (const Value& each : *list) {
        const Value* id = each.find("id");
        if (id != nullptr && id->as_text() != nullptr && *id->as_text() == rule.value()) {
            const Value* value = each.find(setting);
            return value != nullptr ? number_of(*value, fallback) : fallback;
        }
    }
    return std::nullopt;
}

double fallback_of(const SettingsSchema& schema, const std::string& setting) {
    const auto field = std::ranges::find(schema.fields(), setting, &FieldSpec::name);
    return field != schema.fields().end() ? number_of(field->fallback, 0) : 0;
}

std::optional<std::size_t> index_of(const CameraConfig& camera, const RuleId& rule) {
    const auto found = std::ranges::find(camera.rules, rule, &RuleConfig::id);
    if (found == camera.rules.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - camera.rules.begin());
}

}  // namespace

VerdictLearner::VerdictLearner(const Parts& parts, const incidents::LearningSettings& settings)
    : parts_(parts), settings_(settings) {
    if (!settings_.is_on) {
        return;
    }
    exec::PeriodicTimers timers(parts_.clock);
    timers.add(std::chrono::hours{1}, [this] { step(); });
    timer_.emplace("learning", std::move(timers));
}

VerdictLearner::~VerdictLearner() {
    stop();
}

void VerdictLearner::stop() {
    if (timer_) {
        timer_->stop();
        timer_.reset();
    }
}

int VerdictLearner::step() {
    const WallTime now = parts_.clock.wall();
    const auto counts =
        parts_.statistics.verdicts({.from = now - kLookBack, .to = now, .scope = std::nullopt});
    if (!counts) {
        log::warn("learning.no_verdicts", {{"why", counts.error().describe()}});
        return 0;
    }
    std::set<CameraId> judged;
    for (const store::VerdictCount& each : *counts) {
        if (each.verdict != Verdict::None) {
            judged.insert(each.camera);
        }
    }
    int changes = 0;
    for (const CameraId& id : judged) {
        changes += look_at(id);
    }
    return changes;
}

int VerdictLearner::look_at(const CameraId& id) {
    const fleet::FleetCameraPtr camera = parts_.fleet.snapshot()->find(id);
    if (!camera) {
        return 0;  // taken out of service since
    }
    const Result<int> changes = learn_from(*camera);
    if (!changes) {
        log::warn("learning.failed", {{"camera", id.value()}, {"why", changes.error().describe()}});
        return 0;
    }
    return *changes;
}

/// At most one rule of a camera in one step: the next one sees the new version.
Result<int> VerdictLearner::learn_from(const fleet::FleetCamera& camera) {
    const WallTime now = parts_.clock.wall();
    BONGSU_ASSIGN(
        const std::vector<JudgedIncident> judged,
        parts_.statistics.judged(camera.config.id, now - kLookBack, now, kMostJudged)
    );
    for (const RuleConfig& rule : camera.config.rules) {
        const behaviours::Registration* behaviour = parts_.behaviours.find(rule.behaviour);
        const std::string setting =
            behaviour != nullptr ? incidents::threshold_setting(behaviour->schema) : "";
        if (setting.empty()) {
            continue;
        }
        BONGSU_ASSIGN(const incidents::ThresholdHistory history, history_of(camera, rule, setting));
        const auto found = incidents::learn(rule, setting, judged, history, settings_, now);
        if (!found) {
            continue;
        }
        BONGSU_TRY(change(camera, *found));
        return 1;
    }
    return 0;
}

/// Read from the versions, newest first: nothing else has to be remembered, and it survives
/// restarts.
Result<incidents::ThresholdHistory> VerdictLearner::history_of(
    const fleet::FleetCamera& camera, const RuleConfig& rule, const std::string& setting
) const {
    const CameraId& id = camera.config.id;
    const double fallback = fallback_of(parts_.behaviours.find(rule.behaviour)->schema, setting);
    BONGSU_ASSIGN(
        const std::vector<store::CameraVersion> versions,
        parts_.fleet.versions(id, 0, kMostVersions)
    );
    incidents::ThresholdHistory history{.by_person = fallback, .present = fallback};
    std::optional<double> later;
    WallTime later_time{};
    bool later_is_learnt = false;
    bool has_person = false;
    for (const store::CameraVersion& version : versions) {
        const bool is_learnt = version.who == incidents::kLearner;
        BONGSU_ASSIGN(const Value form, parts_.fleet.form_of(id, version.number));
        const std::optional<double> value = setting_in(form, rule.id, setting, fallback);
        if (!value) {
            break;
        }
        if (!later) {
            history.present = *value;
        } else if (later_is_learnt && *later != *value && !history.learnt) {
            history.learnt = later_time;
        } else if (!later_is_learnt && is_learnt && *later < *value && !history.undone) {
            history.undone = later_time;
        }
        if (!is_learnt && !has_person) {
            history.by_person = *value;
            has_person = true;
        }
        later = value;
        later_time = version.time;
        later_is_learnt = is_learnt;
    }
    return history;
}

Status VerdictLearner::change(
    const fleet::FleetCamera& camera, const incidents::ThresholdChange& change
) {
    const CameraId& id = camera.config.id;
    const std::optional<std::size_t> rule = index_of(camera.config, change.rule);
    if (!rule) {
        return {};
    }
    BONGSU_ASSIGN(const Value form, parts_.fleet.form_of(id, camera.version));
    const Value patch = Value::List{Value::Map{
        {"op", "add"},
        {"path", "/rules/" + std::to_string(*rule) + "/" + change.setting},
        {"value", change.to}
    }};
    BONGSU_ASSIGN(const Value changed, incidents::apply_patch(form, patch));
    const fleet::Author author{.who = std::string(incidents::kLearner), .why = change.why};
    BONGSU_TRY(parts_.fleet.change(id, camera.version, changed, author));
    parts_.metrics.counter(incidents::kThresholdsLearnt).add();
    log::info(
        "learning.changed",
        {{"camera", id.value()},
         {"rule", change.rule.value()},
         {"setting", change.setting},
         {"from", change.from},
         {"to", change.to},
         {"why", change.why}}
    );
    return {};
}

}  // namespace bongsu::app
