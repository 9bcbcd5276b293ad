#include "app/config_check.hpp"

#include "behaviours/engine.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/schedule.hpp"
#include "console/config.hpp"
#include "identity/config.hpp"
#include "incidents/learning.hpp"
#include "incidents/settings.hpp"
#include "ingest/ingest.hpp"
#include "ingest/registry.hpp"
#include "live/config.hpp"
#include "pipeline/settings.hpp"
#include "recording/config.hpp"
#include "scenelog/config.hpp"
#include "store/config.hpp"
#include "tracking/settings.hpp"
#include "vision/detector.hpp"

namespace bongsu::app {
namespace {

Status check_sections(const CityConfig& config) {
    BONGSU_TRY(ingest::IngestOptions::schema().parse(config.ingest, "ingest"));
    BONGSU_TRY(recording::recording_schema().parse(config.recording, "recording"));
    BONGSU_TRY(pipeline::analysis_schema().parse(config.analysis, "analysis"));
    BONGSU_TRY(vision::detector_schema().parse(config.detector, "detector"));
    BONGSU_TRY(store::store_schema().parse(config.store, "store"));
    BONGSU_TRY(console::parse_console_config(config.console, "console"));
    BONGSU_TRY(identity::identity_schema().parse(config.identity, "identity"));
    BONGSU_TRY(live::live_schema().parse(config.live, "live"));
    BONGSU_TRY(scenelog::scenelog_schema().parse(config.scenelog, "scenelog"));
    BONGSU_TRY(incidents::learning_schema().parse(config.learning, "learning"));
    BONGSU_TRY(incidents::parse_incident_settings(config.incidents, "incidents"));
    BONGSU_ASSIGN(
        const Settings tracking, tracking::tracker_schema().parse(config.tracking, "tracking")
    );
    BONGSU_TRY(tracking::tracker_settings(tracking, "tracking"));
    return {};
}

Status check_streams(const CameraConfig& camera, const ingest::Registry& sources) {
    for (std::size_t i = 0; i < camera.streams.size(); ++i) {
        const StreamConfig& stream = camera.streams[i];
        const std::string path = "streams[" + std::to_string(i) + "]";
        const auto source = sources.find(stream.source);
        if (!source) {
            return fail(ErrorKind::InvalidArgument, path + ".source: " + source.error().message);
        }
        BONGSU_TRY((*source)->schema.parse(stream.settings, path + ".settings"));
    }
    return {};
}

}  // namespace

CameraCheck::CameraCheck(behaviours::TimeZone zone) : zone_(zone) {
    behaviours::register_all(behaviours_);
    ingest::register_all(sources_);
}

Status CameraCheck::operator()(const CameraConfig& camera) const {
    BONGSU_TRY(check_streams(camera, sources_));
    Metrics unused;
    BONGSU_TRY(behaviours::BehaviourEngine::create(camera, behaviours_, unused, zone_));
    return {};
}

Status check_config(const CityConfig& config) {
    BONGSU_TRY(check_sections(config));
    BONGSU_ASSIGN(const behaviours::TimeZone zone, behaviours::TimeZone::parse(config.time_zone));
    const CameraCheck check(zone);
    for (const CameraConfig& camera : config.cameras) {
        if (Status checked = check(camera); !checked) {
            return fail(checked.error().within("camera " + camera.id.value()));
        }
    }
    return {};
}

}  // namespace bongsu::app
