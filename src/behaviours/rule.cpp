#include "behaviours/rule.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace bongsu::behaviours {
namespace {

/// Updates that change who takes part or what is said wait so long after the one before.
constexpr Duration kUpdateEvery = std::chrono::seconds{1};
/// An open event says so often that it still goes on, changed or not.
constexpr Duration kKeepAliveEvery = std::chrono::seconds{10};

std::string rule_path(const CameraConfig& camera, const RuleConfig& rule) {
    return "cameras." + camera.id.value() + ".rules." + rule.id.value();
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    if (const auto near = nearest_name(word, known)) {
        return "; did you mean '" + *near + "'?";
    }
    std::string message = known.empty() ? "; there are none" : "; there are:";
    for (const std::string& name : known) {
        message += " " + name;
    }
    return message;
}

Error invalid(ErrorCode code, std::string message, ErrorValues values = {}) {
    return Error{ErrorKind::InvalidArgument, std::move(message), nullptr, code, std::move(values)};
}

Status check_zone_kind(const Zone& zone, const Registration& behaviour, const std::string& path) {
    const bool wants_line = behaviour.scope == Scope::Line;
    if (zone.is_line() == wants_line) {
        return {};
    }
    return fail(invalid(
        wants_line ? "needs_a_line"_code : "needs_an_area"_code,
        path + ".zones: '" + zone.id.value() + "' is " + (zone.is_line() ? "a line" : "an area") +
            ", but " + behaviour.name +
            (wants_line ? " needs a line (two points)" : " needs an area (three points or more)")
    ));
}

Result<std::vector<Zone>> zones_of(
    const CameraConfig& camera, const RuleConfig& rule, const Registration& behaviour
) {
    const std::string path = rule_path(camera, rule);
    if (behaviour.scope == Scope::WholePicture && !rule.zones.empty()) {
        return fail(invalid(
            "whole_picture_only"_code,
            path + ".zones: " + behaviour.name + " looks at the whole picture; remove the zones"
        ));
    }
    if (behaviour.scope == Scope::Line && rule.zones.empty()) {
        return fail(invalid(
            "needs_a_line"_code,
            path + ".zones: " + behaviour.name + " needs at least one line; name it here"
        ));
    }
    std::vector<Zone> zones;
    for (const ZoneId& id : rule.zones) {
        const auto found = std::ranges::find(camera.zones, id, &Zone::id);
        if (found == camera.zones.end()) {
            std::vector<std::string> known;
            for (const Zone& zone : camera.zones) {
                known.push_back(zone.id.value());
            }
            return fail(invalid(
                "unknown_zone"_code,
                path + ".zones: camera '" + camera.id.value() + "' has no zone '" + id.value() +
                    "'" + did_you_mean(id.value(), known)
            ));
        }
        BONGSU_TRY(check_zone_kind(*found, behaviour, path));
        zones.push_back(*found);
    }
    return zones;
}

/// 20261121T224005123Z: sortable, and safe in file names.
std::string compact_time(WallTime time) {
    std::string text = to_iso8601(time);
    std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == '.'; });
    return text;
}

bool is_same_zone(const Zone& a, const Zone& b) {
    return a.id == b.id && a.corners == b.corners;
}

}  // namespace

/// Passes on begins and ends at once, updates when they say something new.
class Rule::Sink final : public EventSink {
public:
    Sink(Rule& rule, const Scene& scene, std::vector<BehaviourEvent>& out)
        : rule_(rule), scene_(scene), out_(out) {}

    void propose() override { ++rule_.proposals_; }

    EpisodeId begin(Finding finding) override {
        const EpisodeId id{++rule_.episodes_};
        BehaviourEvent event = rule_.make_event(scene_, std::move(finding), id.value());
        out_.push_back(event);
        rule_.open_[id] = {std::move(event), scene_.time};
        return id;
    }

    void update(EpisodeId id, Finding finding) override {
        const auto found = rule_.open_.find(id);
        if (found == rule_.open_.end()) {
            return;
        }
        Episode& episode = found->second;
        const bool is_news =
            finding.tracks != episode.event.tracks || finding.detail != episode.event.detail;
        const Duration silence = scene_.time - episode.passed_on;
        if (silence < (is_news ? kUpdateEvery : kKeepAliveEvery)) {
            return;
        }
        BehaviourEvent event = rule_.make_event(scene_, std::move(finding), id.value());
        event.id = episode.event.id;
        event.phase = EventPhase::Update;
        out_.push_back(event);
        episode = {std::move(event), scene_.time};
    }

    void end(EpisodeId id, WallTime time) override {
        const auto found = rule_.open_.find(id);
        if (found == rule_.open_.end()) {
            return;
        }
        BehaviourEvent event = std::move(found->second.event);
        event.phase = EventPhase::End;
        event.time = std::max(time, event.started);
        out_.push_back(std::move(event));
        rule_.open_.erase(found);
    }

private:
    Rule& rule_;
    const Scene& scene_;
    std::vector<BehaviourEvent>& out_;
};

Result<Rule> Rule::create(
    const CameraConfig& camera,
    const RuleConfig& config,
    const Registry& registry,
    TimeZone time_zone,
    MemoryShelf* shelf
) {
    const std::string path = rule_path(camera, config);
    Rule rule;
    rule.registration_ = registry.find(config.behaviour);
    if (rule.registration_ == nullptr) {
        return fail(invalid(
            "unknown_behaviour"_code,
            path + ".behaviour: '" + config.behaviour + "' does not exist" +
                did_you_mean(config.behaviour, registry.names())
        ));
    }
    if (config.gravity < 1 || config.gravity > 5) {
        return fail(invalid(
            "out_of_range"_code,
            path + ".gravity is " + std::to_string(config.gravity) +
                "; allowed is 1 (least) to 5 (most)",
            {{"min", "1"}, {"max", "5"}}
        ));
    }
    rule.camera_ = camera.id;
    rule.config_ = config;
    BONGSU_ASSIGN(rule.zones_, zones_of(camera, config, *rule.registration_));
    BONGSU_ASSIGN(rule.schedule_, Schedule::parse(config.schedule, time_zone, path + ".schedule"));
    BONGSU_ASSIGN(Settings settings, rule.registration_->schema.parse(config.settings, path));
    BONGSU_ASSIGN(
        rule.behaviour_, rule.registration_->make({rule.zones_, std::move(settings), path})
    );
    rule.place_ = ShelfPlace(
        shelf, camera.id.value() + "." + config.id.value() + "." + rule.registration_->name
    );
    return rule;
}

void Rule::evaluate(const Scene& scene, std::vector<BehaviourEvent>& out) {
    if (!schedule_.is_active(scene.time)) {
        finish(scene.time, out);
        return;
    }
    if (!state_) {
        state_ = behaviour_->make_state();
        place_.fetch(*state_, scene.time);
    }
    Sink sink(*this, scene, out);
    behaviour_->evaluate(scene, *state_, sink);
    place_.put_when_due(*state_, scene.time);
}

void Rule::finish(WallTime time, std::vector<BehaviourEvent>& out) {
    for (auto& [id, episode] : open_) {
        episode.event.phase = EventPhase::End;
        episode.event.time = std::max(time, episode.event.started);
        out.push_back(std::move(episode.event));
    }
    open_.clear();
    if (state_) {
        place_.put(*state_, time);
        state_.reset();
    }
}

bool Rule::is_same_as(const Rule& other) const {
    return config_.id == other.config_.id && config_.behaviour == other.config_.behaviour &&
           config_.gravity == other.config_.gravity && config_.schedule == other.config_.schedule &&
           schedule_.offset() == other.schedule_.offset() &&
           config_.settings == other.config_.settings &&
           std::ranges::equal(zones_, other.zones_, is_same_zone);
}

BehaviourEvent Rule::make_event(const Scene& scene, Finding finding, std::uint64_t number) const {
    BehaviourEvent event;
    event.id = EventId{
        camera_.value() + "-" + config_.id.value() + "-" + compact_time(finding.started) + "-" +
        std::to_string(number)
    };
    event.phase = EventPhase::Begin;
    event.kind = registration_->name;
    event.camera = camera_;
    event.rule = config_.id;
    event.zone = std::move(finding.zone);
    event.gravity = config_.gravity;
    event.started = finding.started;
    event.time = finding.time;
    event.time_uncertainty = scene.time_uncertainty;
    event.confidence = finding.confidence;
    event.tracks = std::move(finding.tracks);
    event.box = finding.box;
    event.picture_width = scene.width;
    event.picture_height = scene.height;
    event.detail = std::move(finding.detail);
    return event;
}

}  // namespace bongsu::behaviours
