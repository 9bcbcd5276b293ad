// The composition root: the one place where every part meets. Read create() as a list.
#include "app/station.hpp"

#include "app/camera_link.hpp"
#include "app/coverage_keeper.hpp"
#include "app/files.hpp"
#include "app/incident_desk.hpp"
#include "app/storage.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/schedule.hpp"
#include "core/log.hpp"
#include "net/monitor_server.hpp"
#include "pipeline/analysis_engine.hpp"
#include "tracking/settings.hpp"
#include "vision/detector.hpp"
#include "vision/model_store.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::app {
namespace {

// A stream that is only recorded may be read in larger pieces: it costs a tenth and nobody waits.
constexpr Duration kRecordedOnlyReadInterval = std::chrono::milliseconds{200};

const StreamConfig* find_stream(const CameraConfig& camera, StreamRole role) {
    const auto found = std::ranges::find(camera.streams, role, &StreamConfig::role);
    return found != camera.streams.end() ? &*found : nullptr;
}

bool is_faster_than_real_time(const StreamConfig& stream) {
    const Value* pace = stream.settings.find("pace");
    return pace != nullptr && pace->as_text() != nullptr && *pace->as_text() == "fast";
}

/// The stream that is analysed: the sub stream where there is one.
StreamRole analysed_role(const CameraConfig& camera) {
    return find_stream(camera, StreamRole::Sub) != nullptr ? StreamRole::Sub : StreamRole::Main;
}

}  // namespace

// Members are destroyed from the last to the first, so each may use those above it.
struct Station::Impl {
    Impl(const CityConfig& config_in, const Clock& clock_in, StationObservers observers_in)
        : config(config_in), clock(clock_in), observers(std::move(observers_in)) {}

    Status open_storage();
    Status open_recording();
    Status open_analysis();
    Status open_ingest();
    Status add(const CameraConfig& camera);
    StreamOutlets outlets_for(const CameraConfig& camera, StreamRole role);
    net::Health readiness() const;
    void open_monitor();
    StationReport report() const;
    void stop();

    const CityConfig config;
    const Clock& clock;
    const StationObservers observers;
    Metrics metrics;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<IncidentDesk> desk;
    std::unique_ptr<recording::Recording> recording;
    behaviours::Registry behaviour_registry;
    detectors::Registry detector_registry;
    std::unique_ptr<pipeline::AnalysisEngine> analysis;
    std::unique_ptr<CoverageKeeper> coverage;
    ingest::Registry source_registry;
    std::vector<std::unique_ptr<CameraLink>> links;
    std::unique_ptr<ingest::Ingest> ingest;
    std::unique_ptr<net::MonitorServer> monitor;
    StationReport last_report;
    bool is_stopped = false;
};

Status Station::Impl::open_storage() {
    const DataFolders folders{config.data};
    BONGSU_TRY(require_writable_folder(folders.root, "data"));
    BONGSU_ASSIGN(store, open_store(config.store, folders, clock, metrics));
    BONGSU_ASSIGN(
        const incidents::IncidentSettings settings,
        incidents::parse_incident_settings(config.incidents, "incidents")
    );
    BONGSU_ASSIGN(
        desk,
        IncidentDesk::create(settings, store->incidents(), folders.snapshots(), clock, metrics)
    );
    if (observers.on_incident) {
        BONGSU_TRY(desk->subscribe(observers.on_incident));
    }
    return {};
}

Status Station::Impl::open_recording() {
    const bool is_needed = std::ranges::any_of(config.cameras, &CameraConfig::is_recorded);
    if (!is_needed) {
        return {};
    }
    const DataFolders folders{config.data};
    const Value section =
        config.recording.find("root") != nullptr
            ? config.recording
            : with_value_at(config.recording, "root", folders.recordings().string());
    BONGSU_ASSIGN(
        const Settings settings, recording::recording_schema().parse(section, "recording")
    );
    recording::RecordingConfig recording_config = recording::read_recording_config(settings);
    BONGSU_ASSIGN(
        recording,
        recording::Recording::create(std::move(recording_config), store->segments(), clock, metrics)
    );
    for (const OrganisationConfig& organisation : config.organisations) {
        recording->limit_organisation(organisation.id, organisation.keep_bytes);
    }
    return {};
}

Status Station::Impl::open_analysis() {
    const bool is_needed = std::ranges::any_of(config.cameras, &CameraConfig::is_analysed);
    if (!is_needed) {
        return {};
    }
    behaviours::register_all(behaviour_registry);
    detectors::register_all(detector_registry);
    BONGSU_ASSIGN(
        const Settings analysis_settings,
        pipeline::analysis_schema().parse(config.analysis, "analysis")
    );
    BONGSU_ASSIGN(
        const Settings detector_table, vision::detector_schema().parse(config.detector, "detector")
    );
    vision::DetectorSettings detector = vision::detector_settings(detector_table);
    detector.models = config.models.empty() ? vision::default_models_folder() : config.models;
    BONGSU_ASSIGN(
        const Settings tracking_table, tracking::tracker_schema().parse(config.tracking, "tracking")
    );
    BONGSU_ASSIGN(
        const tracking::TrackerSettings tracker,
        tracking::tracker_settings(tracking_table, "tracking")
    );
    BONGSU_ASSIGN(const behaviours::TimeZone zone, behaviours::TimeZone::parse(config.time_zone));
    pipeline::AnalysisParts parts{.behaviours = behaviour_registry, .metrics = metrics};
    parts.tracker = tracker;
    parts.time_zone = zone;
    parts.on_event =
        [this](const BehaviourEvent& event, const Frame* frame, std::span<const Track>) {
            desk->take(event, frame);
        };
    parts.on_scene = observers.on_scene;
    BONGSU_ASSIGN(
        analysis,
        pipeline::AnalysisEngine::create(
            pipeline::analysis_config(analysis_settings),
            clock,
            [this, detector] {
                return vision::make_detector(detector, detector_registry, clock, metrics);
            },
            std::move(parts)
        )
    );
    coverage = std::make_unique<CoverageKeeper>(analysis->coverage(), store->coverage(), clock);
    return {};
}

StreamOutlets Station::Impl::outlets_for(const CameraConfig& camera, StreamRole role) {
    StreamOutlets outlets;
    if (recording && camera.is_recorded && role == StreamRole::Main) {
        outlets.record = [this](const AccessUnitPtr& unit) {
            recording->push(unit);
            if (observers.on_recorded) {
                observers.on_recorded(*unit);
            }
        };
    }
    if (analysis && camera.is_analysed && role == analysed_role(camera)) {
        // A source that is faster than real time is held up until each picture has been analysed.
        const bool is_held_up = is_faster_than_real_time(*find_stream(camera, role));
        outlets.analyse = [this, is_held_up](const AccessUnitPtr& unit) {
            analysis->push(unit);
            if (is_held_up) {
                analysis->flush(unit->camera);
            }
        };
        outlets.analyse_frame = [this, is_held_up, id = camera.id](Frame frame) {
            analysis->push_frame(std::move(frame));
            if (is_held_up) {
                analysis->flush(id);
            }
        };
        outlets.signal = [this, id = camera.id](SignalState state) {
            analysis->set_signal(id, state);
        };
    }
    if (observers.on_stream) {
        outlets.state = [this, id = camera.id, role](ingest::StreamState state) {
            observers.on_stream(id, role, state);
        };
    }
    return outlets;
}

Status Station::Impl::add(const CameraConfig& camera) {
    desk->set_zones(camera);
    if (recording) {
        BONGSU_TRY(recording->add_camera(camera));
    }
    if (analysis && camera.is_analysed) {
        BONGSU_TRY(analysis->add_camera(camera));
        coverage->watch(camera.id);
    }
    for (const StreamConfig& stream : camera.streams) {
        StreamOutlets outlets = outlets_for(camera, stream.role);
        if (!outlets.record && !outlets.analyse) {
            continue;
        }
        const bool is_recorded_only = !outlets.analyse;
        links.push_back(std::make_unique<CameraLink>(camera.id, stream.role, std::move(outlets)));
        BONGSU_TRY(ingest->add(camera, stream, *links.back()));
        if (is_recorded_only) {
            ingest->set_read_interval(camera.id, stream.role, kRecordedOnlyReadInterval);
        }
    }
    return {};
}

Status Station::Impl::open_ingest() {
    ingest::register_all(source_registry);
    BONGSU_ASSIGN(
        const Settings settings, ingest::IngestOptions::schema().parse(config.ingest, "ingest")
    );
    ingest = std::make_unique<ingest::Ingest>(
        ingest::IngestOptions::from(settings), source_registry, clock, metrics
    );
    return {};
}

net::Health Station::Impl::readiness() const {
    net::Health health;
    if (recording) {
        const recording::RecordingState state = recording->state();
        health.is_good = state.is_healthy();
        if (state.is_paused) {
            health.detail += "recording is paused: " + state.reason + "\n";
        }
        if (!state.index_error.empty()) {
            health.detail += "the index does not answer: " + state.index_error + "\n";
        }
    }
    std::size_t playing = 0;
    for (const auto& link : links) {
        playing += link->state() == ingest::StreamState::Playing ? 1 : 0;
    }
    health.detail +=
        std::to_string(playing) + " of " + std::to_string(links.size()) + " streams are playing\n";
    return health;
}

void Station::Impl::open_monitor() {
    net::MonitorOptions options;
    options.bind = config.monitor_address;
    options.port = config.monitor_port;
    net::MonitorHandlers handlers;
    handlers.metrics = [this] { return metrics.expose(); };
    handlers.live = [] { return net::Health{}; };
    handlers.ready = [this] { return readiness(); };
    monitor = std::make_unique<net::MonitorServer>(std::move(options), std::move(handlers));
}

StationReport Station::Impl::report() const {
    StationReport out;
    if (analysis) {
        out.cameras = analysis->all_stats();
        out.scheduler = analysis->scheduler_status();
        out.longest_unwatched = analysis->coverage().longest_without_detector(clock.wall());
    }
    if (recording) {
        out.recording = recording->state();
    }
    out.streams = ingest->report();
    out.incidents_rejected = desk->rejected();
    return out;
}

void Station::Impl::stop() {
    if (std::exchange(is_stopped, true)) {
        return;
    }
    if (monitor) {
        monitor->stop();
    }
    std::vector<ingest::StreamReport> streams;
    if (ingest) {
        streams = ingest->report();
        ingest->stop();
    }
    if (analysis) {
        for (const CameraConfig& camera : config.cameras) {
            analysis->flush(camera.id);
        }
    }
    if (ingest) {
        last_report = report();
        last_report.streams = std::move(streams);
    }
    if (coverage) {
        coverage->stop();
    }
    if (analysis) {
        analysis->stop();
    }
    if (desk) {
        desk->stop();
    }
    if (recording) {
        recording->stop();
    }
}

Station::Station(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Station::~Station() {
    stop();
}

Result<std::unique_ptr<Station>> Station::create(
    const CityConfig& config, const Clock& clock, StationObservers observers
) {
    auto impl = std::make_unique<Impl>(config, clock, std::move(observers));
    BONGSU_TRY(impl->open_storage());
    BONGSU_TRY(impl->open_recording());
    BONGSU_TRY(impl->open_analysis());
    BONGSU_TRY(impl->open_ingest());
    impl->open_monitor();
    return std::unique_ptr<Station>(new Station(std::move(impl)));
}

Status Station::start() {
    // The monitor first: it must answer while a thousand cameras connect.
    BONGSU_TRY(impl_->monitor->start());
    for (const CameraConfig& camera : impl_->config.cameras) {
        if (Status added = impl_->add(camera); !added) {
            return fail(added.error().within("camera " + camera.id.value()));
        }
    }
    log::info(
        "station.started",
        {{"cameras", impl_->config.cameras.size()}, {"monitor_port", impl_->monitor->port()}}
    );
    return {};
}

StationReport Station::stop() {
    impl_->stop();
    return impl_->last_report;
}

StationReport Station::report() const {
    return impl_->report();
}

StationParts Station::parts() {
    return {
        .store = *impl_->store,
        .metrics = impl_->metrics,
        .desk = *impl_->desk,
        .behaviours = impl_->behaviour_registry,
        .ingest = *impl_->ingest,
        .analysis = impl_->analysis.get(),
        .recording = impl_->recording.get()
    };
}

std::uint16_t Station::monitor_port() const {
    return impl_->monitor->port();
}

std::size_t Station::cameras() const {
    return impl_->config.cameras.size();
}

}  // namespace bongsu::app
