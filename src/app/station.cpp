// The composition root: the one place where every part meets. Read create() as a list.
#include "app/station.hpp"

#include "app/cameras_at_work.hpp"
#include "app/config_check.hpp"
#include "app/coverage_keeper.hpp"
#include "app/files.hpp"
#include "app/incident_desk.hpp"
#include "app/memory_folder.hpp"
#include "app/storage.hpp"
#include "app/verdict_learner.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/schedule.hpp"
#include "core/log.hpp"
#include "fleet/fleet.hpp"
#include "net/monitor_server.hpp"
#include "onvif/event_source.hpp"
#include "pipeline/analysis_engine.hpp"
#include "tracking/settings.hpp"
#include "vision/detector.hpp"
#include "vision/model_store.hpp"
#include "vision/second_looks.hpp"

#include <algorithm>
#include <atomic>
#include <span>
#include <utility>

namespace bongsu::app {
namespace {

/// Calls the same member of all observers that have it.
template <class Member, class... Arguments>
void tell(const std::vector<StationObservers>& all, Member member, const Arguments&... arguments) {
    for (const StationObservers& observers : all) {
        if (observers.*member) {
            (observers.*member)(arguments...);
        }
    }
}

}  // namespace

// Members are destroyed from the last to the first, so each may use those above it.
struct Station::Impl {
    Impl(const CityConfig& config_in, const Clock& clock_in, StationObservers observers_in)
        : config(config_in), clock(clock_in) {
        behaviours::register_all(behaviour_registry);
        observers.push_back(std::move(observers_in));
    }

    Status open_storage();
    Status open_fleet();
    Status open_recording();
    Status open_analysis();
    Status open_ingest();
    void open_work();
    Status open_learning();
    void open_camera_alarms();
    void take_alarm(const BehaviourEvent& event);
    void follow_alarms(const CameraConfig& camera);
    std::vector<CameraConfig> cameras() const;
    bool is_needed(bool CameraConfig::* role) const;
    Status put_all_to_work();
    Status apply(const CameraConfig* before, const CameraConfig* after);
    net::Health readiness() const;
    void open_monitor();
    StationReport report() const;
    void stop();

    const CityConfig config;
    const Clock& clock;
    std::vector<StationObservers> observers;
    std::atomic<bool> is_started = false;
    Metrics metrics;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<fleet::Fleet> fleet;
    std::unique_ptr<IncidentDesk> desk;
    std::unique_ptr<recording::Recording> recording;
    behaviours::Registry behaviour_registry;
    detectors::Registry detector_registry;
    verifiers::Registry verifier_registry;
    std::unique_ptr<vision::SecondLooks> second_looks;
    std::unique_ptr<MemoryFolder> memories;
    std::unique_ptr<pipeline::AnalysisEngine> analysis;
    std::unique_ptr<CoverageKeeper> coverage;
    ingest::Registry source_registry;
    std::unique_ptr<ingest::Ingest> ingest;
    std::unique_ptr<CamerasAtWork> work;
    std::unique_ptr<VerdictLearner> learner;
    std::unique_ptr<onvif::OnvifEventSource> camera_alarms;
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
    BONGSU_TRY(desk->subscribe([this](const incidents::IncidentUpdate& update) {
        tell(observers, &StationObservers::on_incident, update);
    }));
    return {};
}

Status Station::Impl::open_fleet() {
    BONGSU_ASSIGN(const behaviours::TimeZone zone, behaviours::TimeZone::parse(config.time_zone));
    fleet::FleetHooks hooks;
    hooks.check = [check = std::make_shared<const CameraCheck>(zone)](const CameraConfig& camera) {
        return (*check)(camera);
    };
    hooks.apply = [this](const CameraConfig* before, const CameraConfig* after) {
        return apply(before, after);
    };
    BONGSU_ASSIGN(fleet, fleet::Fleet::open(store->cameras(), clock, std::move(hooks)));
    if (!config.has_fixed_cameras) {
        BONGSU_TRY(fleet->take_in(config.cameras));
    }
    return {};
}

std::vector<CameraConfig> Station::Impl::cameras() const {
    if (config.has_fixed_cameras) {
        return config.cameras;
    }
    std::vector<CameraConfig> out;
    for (const fleet::FleetCameraPtr& camera : fleet->snapshot()->cameras) {
        out.push_back(camera->config);
    }
    return out;
}

/// An installation is ready for every role, because cameras may come at any time.
bool Station::Impl::is_needed(bool CameraConfig::* role) const {
    return !config.has_fixed_cameras || std::ranges::any_of(config.cameras, role);
}

Status Station::Impl::open_recording() {
    if (!is_needed(&CameraConfig::is_recorded)) {
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
    if (!is_needed(&CameraConfig::is_analysed)) {
        return {};
    }
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
    verifiers::register_all(verifier_registry);
    second_looks = std::make_unique<vision::SecondLooks>(vision::SecondLookParts{
        .verifiers = verifier_registry,
        .models = detector.models,
        .clock = clock,
        .metrics = metrics
    });
    parts.second_looks = second_looks.get();
    memories = std::make_unique<MemoryFolder>(DataFolders{config.data}.memories());
    parts.memories = memories.get();
    parts.tracker = tracker;
    parts.time_zone = zone;
    parts.on_event =
        [this](const BehaviourEvent& event, const Frame* frame, std::span<const Track> tracks) {
            work->note(event);
            tell(observers, &StationObservers::on_event, event, frame, tracks);
            desk->take(event, frame);
        };
    parts.on_scene = [this](const Scene& scene, const CameraConfig& camera) {
        tell(observers, &StationObservers::on_scene, scene, camera);
    };
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

Status Station::Impl::apply(const CameraConfig* before, const CameraConfig* after) {
    if (!is_started) {
        return {};
    }
    if (after != nullptr) {
        tell(observers, &StationObservers::on_camera, before, after);
        follow_alarms(*after);
        return work->replace(*after);
    }
    camera_alarms->forget(before->id);
    const Status removed = work->remove(before->id);
    tell(observers, &StationObservers::on_camera, before, after);
    return removed;
}

/// A camera that cannot be put to work holds nobody else up: its health says why.
Status Station::Impl::put_all_to_work() {
    is_started = true;
    const std::vector<CameraConfig> all = cameras();
    const CameraConfig* const none = nullptr;
    for (const CameraConfig& camera : all) {
        tell(observers, &StationObservers::on_camera, none, &camera);
        follow_alarms(camera);
        const Status added = work->add(camera);
        if (added || added.error().kind == ErrorKind::AlreadyExists) {
            continue;
        }
        if (config.has_fixed_cameras) {
            return fail(added.error().within("camera " + camera.id.value()));
        }
        log::error(
            "station.camera_not_at_work",
            {{"camera", camera.id.value()}, {"why", added.error().describe()}}
        );
    }
    return {};
}

void Station::Impl::open_work() {
    CameraObservers outlets;
    outlets.on_stream = [this](const CameraId& id, StreamRole role, ingest::StreamState state) {
        tell(observers, &StationObservers::on_stream, id, role, state);
    };
    outlets.on_recorded = [this](const AccessUnit& unit) {
        tell(observers, &StationObservers::on_recorded, unit);
    };
    outlets.on_unit = [this](const AccessUnitPtr& unit) {
        tell(observers, &StationObservers::on_unit, unit);
    };
    work = std::make_unique<CamerasAtWork>(WorkParts{
        .clock = clock,
        .ingest = *ingest,
        .desk = *desk,
        .recording = recording.get(),
        .analysis = analysis.get(),
        .coverage = coverage.get(),
        .observers = std::move(outlets)
    });
}

Status Station::Impl::open_learning() {
    BONGSU_ASSIGN(
        const Settings settings, incidents::learning_schema().parse(config.learning, "learning")
    );
    learner = std::make_unique<VerdictLearner>(
        VerdictLearner::Parts{
            .fleet = *fleet,
            .statistics = store->incident_statistics(),
            .behaviours = behaviour_registry,
            .clock = clock,
            .metrics = metrics
        },
        incidents::learning_settings(settings)
    );
    return {};
}

/// Alarms that cameras raise themselves take the same way as those of our behaviours.
void Station::Impl::open_camera_alarms() {
    camera_alarms = std::make_unique<onvif::OnvifEventSource>(
        [this](const BehaviourEvent& event) { take_alarm(event); }, net::http_call, clock, metrics
    );
}

void Station::Impl::take_alarm(const BehaviourEvent& event) {
    const Frame* const no_frame = nullptr;
    work->note(event);
    tell(observers, &StationObservers::on_event, event, no_frame, std::span<const Track>{});
    desk->take(event, no_frame);
}

/// A camera whose own alarms cannot be heard is watched all the same.
void Station::Impl::follow_alarms(const CameraConfig& camera) {
    if (!camera.onvif || !camera.onvif->has_events) {
        camera_alarms->forget(camera.id);
        return;
    }
    if (const Status followed = camera_alarms->follow(camera.id, *camera.onvif); !followed) {
        log::warn(
            "station.camera_alarms_not_heard",
            {{"camera", camera.id.value()}, {"why", followed.error().describe()}}
        );
    }
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
    const HealthSnapshotPtr seen = work->health();
    health.detail += std::to_string(seen->playing) + " of " + std::to_string(seen->streams) +
                     " streams are playing\n";
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
    is_started = false;
    if (camera_alarms) {
        camera_alarms->stop();
    }
    if (learner) {
        learner->stop();
    }
    if (work) {
        work->stop();
    }
    if (ingest) {
        streams = ingest->report();
        ingest->stop();
    }
    if (analysis && work) {
        for (const CameraId& camera : work->ids()) {
            analysis->flush(camera);
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
    BONGSU_TRY(impl->open_fleet());
    BONGSU_TRY(impl->open_recording());
    if (const Status opened = impl->open_analysis(); !opened) {
        // An installation without analysed cameras works without models too.
        if (std::ranges::any_of(impl->cameras(), &CameraConfig::is_analysed)) {
            return fail(opened.error());
        }
        log::warn("station.no_analysis", {{"why", opened.error().describe()}});
    }
    BONGSU_TRY(impl->open_ingest());
    impl->open_work();
    BONGSU_TRY(impl->open_learning());
    impl->open_camera_alarms();
    impl->open_monitor();
    return std::unique_ptr<Station>(new Station(std::move(impl)));
}

Status Station::start() {
    // The monitor first: it must answer while a thousand cameras connect.
    BONGSU_TRY(impl_->monitor->start());
    BONGSU_TRY(impl_->put_all_to_work());
    log::info(
        "station.started", {{"cameras", cameras()}, {"monitor_port", impl_->monitor->port()}}
    );
    return {};
}

StationReport Station::stop() {
    impl_->stop();
    return impl_->last_report;
}

void Station::observe(StationObservers observers) {
    impl_->observers.push_back(std::move(observers));
}

Status Station::look(const CameraId& camera) {
    if (!impl_->analysis) {
        return fail(ErrorKind::NotFound, "not_on_this_node"_code, "this node analyses no cameras");
    }
    return impl_->analysis->look(camera);
}

StationReport Station::report() const {
    return impl_->report();
}

StationParts Station::parts() {
    return {
        .store = *impl_->store,
        .metrics = impl_->metrics,
        .desk = *impl_->desk,
        .fleet = *impl_->fleet,
        .cameras = *impl_->work,
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
    return impl_->work->ids().size();
}

}  // namespace bongsu::app
