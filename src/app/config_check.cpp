#include "app/config_check.hpp"

#include "behaviours/engine.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/schedule.hpp"
#include "incidents/settings.hpp"
#include "ingest/ingest.hpp"
#include "ingest/registry.hpp"
#include "pipeline/settings.hpp"
#include "recording/config.hpp"
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
    BONGSU_TRY(incidents::parse_incident_settings(config.incidents, "incidents"));
    BONGSU_ASSIGN(
        const Settings tracking, tracking::tracker_schema().parse(config.tracking, "tracking")
    );
    BONGSU_TRY(tracking::tracker_settings(tracking, "tracking"));
    return {};
}

Status check_streams(const CameraConfig& camera, const ingest::Registry& sources) {
    for (const StreamConfig& stream : camera.streams) {
        BONGSU_ASSIGN(const ingest::Registration* source, sources.find(stream.source));
        const std::string path = std::string(to_string(stream.role)) + " stream";
        BONGSU_TRY(source->schema.parse(stream.settings, path));
    }
    return {};
}

}  // namespace

Status check_config(const CityConfig& config) {
    BONGSU_TRY(check_sections(config));
    BONGSU_ASSIGN(const behaviours::TimeZone zone, behaviours::TimeZone::parse(config.time_zone));
    behaviours::Registry behaviours;
    behaviours::register_all(behaviours);
    ingest::Registry sources;
    ingest::register_all(sources);
    Metrics unused;
    for (const CameraConfig& camera : config.cameras) {
        if (Status streams = check_streams(camera, sources); !streams) {
            return fail(streams.error().within("camera " + camera.id.value()));
        }
        BONGSU_TRY(behaviours::BehaviourEngine::create(camera, behaviours, unused, zone));
    }
    return {};
}

}  // namespace bongsu::app
