// The second composition root: everything that people reach. Read create() as a list.
#include "app/console_host.hpp"

#include "annotation/picture.hpp"
#include "app/cameras_at_work.hpp"
#include "app/incident_desk.hpp"
#include "app/storage.hpp"
#include "app/stream_probe.hpp"
#include "app/system_state.hpp"
#include "audit/audit_log.hpp"
#include "console/camera_conditions.hpp"
#include "console/console.hpp"
#include "console/event_stream.hpp"
#include "console/wall_keeper.hpp"
#include "core/log.hpp"
#include "fleet/fleet.hpp"
#include "identity/identity.hpp"
#include "live/live_hub.hpp"
#include "recording/motion_search.hpp"
#include "recording/playback_reader.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/scene_reader.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace bongsu::app {
namespace {

constexpr std::string_view kVersion = "0.3.0";
constexpr int kLiveJpegQuality = 80;

/// Where the built page is: named by the configuration, by the environment, or beside the program.
std::filesystem::path page_folder(const console::ConsoleConfig& config) {
    if (!config.page.empty()) {
        return config.page;
    }
    if (const char* named = std::getenv("BONGSU_PAGE")) {  // NOLINT(concurrency-mt-unsafe)
        return named;
    }
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path().parent_path() /
           "share" / "bongsu" / "page";
}

/// What the hub must know of a camera.
live::CameraView view_of(const CameraConfig& camera) {
    live::CameraView view;
    view.roles.clear();
    for (const StreamConfig& stream : camera.streams) {
        view.roles.push_back(stream.role);
    }
    view.private_masks = camera.private_masks;
    return view;
}

}  // namespace

// Members are destroyed from the last to the first, so each may use those above it.
struct ConsoleHost::Impl {
    Impl(const CityConfig& config_in, Station& station_in, const Clock& clock_in)
        : config(config_in),
          station(station_in),
          parts(station_in.parts()),
          clock(clock_in),
          started(clock_in.wall()) {}

    /// The station calls into the parts that end here, so it ends first, also when only some of
    /// them were made.
    ~Impl() {
        stop();
        station.stop();
    }

    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    Status open_accounts();
    Status add_organisations();
    Status open_audit();
    Status open_live();
    Status open_playback();
    Status open_events();
    Status open_walls(Duration grace);
    void note_lost(const identity::Principal& principal);
    void observe_station();
    Status open_console(console::ConsoleConfig console_config);
    void stop();
    Value state_of_node() const;
    bool sees(const identity::Principal& principal, const CameraId& camera) const;
    console::PrincipalPtr refresh(const console::PrincipalPtr& principal);

    const CityConfig config;
    Station& station;
    StationParts parts;
    const Clock& clock;
    const WallTime started;
    StreamProbe probe{clock};
    std::unique_ptr<identity::Identity> identity;
    std::vector<identity::OneTimePassword> first_passwords;
    std::unique_ptr<audit::AuditLog> audit;
    std::unique_ptr<live::LiveHub> live;
    std::unique_ptr<scenelog::SceneLog> scene_log;
    std::unique_ptr<scenelog::SceneReader> scenes;
    std::unique_ptr<recording::PlaybackReader> playback;
    std::unique_ptr<recording::MotionSearch> motion_search;
    std::unique_ptr<console::EventStream> events;
    std::unique_ptr<console::WallKeeper> walls;
    std::unique_ptr<console::Console> console;
    console::CameraConditions conditions;  ///< only on the thread of upkeep
    std::optional<exec::TimerThread> upkeep;
};

Status ConsoleHost::Impl::open_accounts() {
    BONGSU_ASSIGN(
        const Settings settings, identity::identity_schema().parse(config.identity, "identity")
    );
    BONGSU_ASSIGN(
        identity,
        identity::Identity::open(
            parts.store.identity(),
            identity::read_identity_config(settings),
            DataFolders{config.data}.root / "identity.key",
            clock
        )
    );
    BONGSU_ASSIGN(first_passwords, identity->prepare_first_start());
    return add_organisations();
}

/// Organisations that the configuration names and that the directory does not have; at the first
/// start all of them. Names that were changed in the console stay.
Status ConsoleHost::Impl::add_organisations() {
    BONGSU_ASSIGN(const auto stored, identity->directory().organisations());
    for (const OrganisationConfig& named : config.organisations) {
        const bool is_known =
            std::ranges::find(stored, named.id, &store::OrganisationRow::id) != stored.end();
        if (is_known && first_passwords.empty()) {
            continue;
        }
        const std::string& id = named.id.value();
        BONGSU_TRY(identity->directory().put_organisation(
            {named.id,
             named.name_ko.empty() ? id : named.name_ko,
             named.name_en.empty() ? id : named.name_en}
        ));
    }
    return {};
}

Status ConsoleHost::Impl::open_audit() {
    const std::filesystem::path root = DataFolders{config.data}.root;
    audit::AuditOptions options;
    options.key = root / "audit.key";
    options.anchors = root / "audit.anchors";
    BONGSU_ASSIGN(
        audit, audit::AuditLog::open(parts.store.audit(), std::move(options), clock, parts.metrics)
    );
    return {};
}

bool ConsoleHost::Impl::sees(const identity::Principal& principal, const CameraId& camera) const {
    const fleet::FleetCameraPtr found = parts.fleet.snapshot()->find(camera);
    return identity::sees(principal, console::subject_of(found), identity::Right::ViewIncidents);
}

console::PrincipalPtr ConsoleHost::Impl::refresh(const console::PrincipalPtr& principal) {
    // When the database does not answer nobody is thrown out for that.
    return identity->directory().renewed(*principal).value_or(principal);
}

Status ConsoleHost::Impl::open_live() {
    BONGSU_ASSIGN(const Settings settings, live::live_schema().parse(config.live, "live"));
    live = std::make_unique<live::LiveHub>(
        live::read_live_config(settings),
        live::LiveHub::Parts{
            .clock = clock,
            .metrics = parts.metrics,
            .encode_jpeg = [](const Frame& frame
                           ) { return annotation::encode_jpeg(frame, kLiveJpegQuality); }
        }
    );
    return {};
}

Status ConsoleHost::Impl::open_playback() {
    const DataFolders folders{config.data};
    const Value section =
        config.scenelog.find("root") != nullptr
            ? config.scenelog
            : with_value_at(config.scenelog, "root", (folders.root / "scenes").string());
    BONGSU_ASSIGN(const Settings settings, scenelog::scenelog_schema().parse(section, "scenelog"));
    const scenelog::SceneLogConfig log_config = scenelog::read_scenelog_config(settings);
    BONGSU_ASSIGN(scene_log, scenelog::SceneLog::create(log_config, clock, parts.metrics));
    scenes = std::make_unique<scenelog::SceneReader>(log_config.root);
    if (parts.recording != nullptr) {
        const std::string root = folders.recordings().string();
        playback = std::make_unique<recording::PlaybackReader>(root, parts.store.segments());
        motion_search =
            std::make_unique<recording::MotionSearch>(root, parts.store.segments(), clock);
    }
    return {};
}

void ConsoleHost::Impl::observe_station() {
    StationObservers observers;
    observers.on_scene = [this](const Scene& scene, const CameraConfig&) {
        scene_log->take(scene);
        live->overlay(scene);
        walls->take(scene);
    };
    observers.on_unit = [this](const AccessUnitPtr& unit) { live->push(unit); };
    observers.on_stream =
        [this](const CameraId& camera, StreamRole role, ingest::StreamState state) {
            const bool is_up = state == ingest::StreamState::Playing;
            live->state(
                camera,
                role,
                {.signal = is_up ? SignalState::Up : SignalState::Lost, .since = clock.wall()}
            );
        };
    observers.on_camera = [this](const CameraConfig* before, const CameraConfig* after) {
        if (after != nullptr) {
            live->set_camera(after->id, view_of(*after));
        } else if (before != nullptr) {
            live->remove_camera(before->id);
        }
    };
    station.observe(std::move(observers));
}

Status ConsoleHost::Impl::open_events() {
    events = std::make_unique<console::EventStream>(console::EventStream::Parts{
        .clock = clock,
        .metrics = parts.metrics,
        .incidents = parts.store.incidents(),
        .settings = parts.desk.settings(),
        .sees = [this](
                    const identity::Principal& principal, const CameraId& camera
                ) { return sees(principal, camera); },
        .refresh = [this](const console::PrincipalPtr& principal) { return refresh(principal); }
    });
    identity->sessions().on_ended([this](const std::string& session, std::string_view reason) {
        events->end_session(session, std::string(reason));
        walls->session_ended(session);
    });
    BONGSU_TRY(parts.desk.subscribe([this](const incidents::IncidentUpdate& update) {
        events->publish(update);
    }));
    return {};
}

/// A shift that nobody ended is in the audit log as those that somebody did.
void ConsoleHost::Impl::note_lost(const identity::Principal& principal) {
    audit::AuditRecord record;
    record.who = principal.user;
    record.organisation = principal.organisation.value();
    record.action = "endShift";
    record.detail = "connection lost";
    if (const auto written = audit->append(std::move(record)); !written) {
        log::warn("console.shift_end_not_audited", {{"error", written.error().describe()}});
    }
}

Status ConsoleHost::Impl::open_walls(Duration grace) {
    walls = std::make_unique<console::WallKeeper>(console::WallKeeper::Parts{
        .clock = clock,
        .fleet = parts.fleet,
        .incidents = parts.store.incidents(),
        .events = *events,
        .health = [&cameras = parts.cameras] { return cameras.health(); },
        .refresh = [this](const console::PrincipalPtr& principal) { return refresh(principal); },
        .has_console = [this](const std::string& user) { return events->has_console(user); },
        .on_lost = [this](const identity::Principal& principal) { note_lost(principal); },
        .grace = grace,
        .file = DataFolders{config.data}.root / "shift.json"
    });
    BONGSU_TRY(parts.desk.subscribe([this](const incidents::IncidentUpdate& update) {
        walls->take(update);
    }));
    return {};
}

Value ConsoleHost::Impl::state_of_node() const {
    store::StoreConfig database;
    if (const Value* url = config.store.find("database"); url != nullptr && url->as_text()) {
        database.database = *url->as_text();
    }
    return system_state(
        station.report(),
        *parts.cameras.health(),
        {.version = std::string(kVersion),
         .started = started,
         .data = config.data,
         .database = database.safe_name(),
         .viewers = live->viewers()}
    );
}

Status ConsoleHost::Impl::open_console(console::ConsoleConfig console_config) {
    console_config.page = page_folder(console_config);
    const DataFolders folders{config.data};
    console::ConsoleParts console_parts{
        .clock = clock,
        .metrics = parts.metrics,
        .store = parts.store,
        .identity = *identity,
        .audit = *audit,
        .fleet = parts.fleet,
        .events = *events,
        .behaviours = parts.behaviours,
        .health = [&cameras = parts.cameras] { return cameras.health(); },
        .watch = [&cameras = parts.cameras](
                     const CameraId& camera, StreamRole role
                 ) { return cameras.watch(camera, role); },
        .look = [this](const CameraId& camera) { return station.look(camera); },
        .probe = [this](const ProbeRequest& request) { return probe.run(request); },
        .system = [this] { return state_of_node(); },
        .act = [&desk = parts.desk](
                   const IncidentId& id, IncidentAction action
               ) { return desk.act(id, std::move(action)); },
        .merge = [&desk =
                      parts.desk](IncidentMerge request) { return desk.merge(std::move(request)); },
        .incident_settings = parts.desk.settings(),
        .live = live.get(),
        .playback = playback.get(),
        .motion_search = motion_search.get(),
        .scenes = scenes.get(),
        .scene_log = scene_log.get(),
        .wall = walls.get(),
        .data = folders.root,
        .recordings = parts.recording != nullptr ? folders.recordings() : std::filesystem::path{},
        .snapshots = folders.snapshots(),
        .time_zone = config.time_zone,
        .version = std::string(kVersion)
    };
    BONGSU_ASSIGN(
        console, console::Console::create(std::move(console_parts), std::move(console_config))
    );
    return {};
}

Result<std::unique_ptr<ConsoleHost>> ConsoleHost::create(
    const CityConfig& config, Station& station, const Clock& clock
) {
    BONGSU_ASSIGN(
        console::ConsoleConfig console_config,
        console::parse_console_config(config.console, "console")
    );
    if (!console_config.is_enabled) {
        return nullptr;
    }
    auto impl = std::make_unique<Impl>(config, station, clock);
    BONGSU_TRY(impl->open_accounts());
    BONGSU_TRY(impl->open_audit());
    BONGSU_TRY(impl->open_live());
    BONGSU_TRY(impl->open_playback());
    BONGSU_TRY(impl->open_events());
    BONGSU_TRY(impl->open_walls(console_config.shift_grace));
    impl->observe_station();
    BONGSU_TRY(impl->open_console(std::move(console_config)));
    return std::unique_ptr<ConsoleHost>(new ConsoleHost(std::move(impl)));
}

Status ConsoleHost::start() {
    BONGSU_TRY(impl_->events->start());
    BONGSU_TRY(impl_->walls->start());
    exec::PeriodicTimers timers(impl_->clock);
    timers.add(std::chrono::minutes{1}, [impl = impl_.get()] {
        if (const Status swept = impl->identity->sweep(); !swept) {
            log::warn("identity.sweep_failed", {{"error", swept.error().describe()}});
        }
        if (const Status anchored = impl->audit->anchor_if_due(); !anchored) {
            log::warn("audit.anchor_failed", {{"error", anchored.error().describe()}});
        }
    });
    timers.add(std::chrono::seconds{1}, [impl = impl_.get()] {
        auto changed = impl->conditions.changes(*impl->parts.cameras.health());
        if (!changed.empty()) {
            impl->events->set_states(std::move(changed));
        }
    });
    impl_->upkeep.emplace("console-upkeep", std::move(timers));
    BONGSU_TRY(impl_->console->start());
    log::info("console.started", {{"url", url()}});
    return {};
}

void ConsoleHost::Impl::stop() {
    upkeep.reset();
    if (walls) {
        walls->stop();
    }
    if (events) {
        events->stop();
    }
    if (console) {
        console->stop();
    }
    if (live) {
        live->stop();
    }
}

void ConsoleHost::stop() {
    impl_->stop();
}

ConsoleHost::ConsoleHost(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

ConsoleHost::~ConsoleHost() = default;

std::string ConsoleHost::url() const {
    return impl_->console->url();
}

const std::vector<identity::OneTimePassword>& ConsoleHost::first_passwords() const {
    return impl_->first_passwords;
}

void print_welcome(std::FILE* out, const ConsoleHost& host) {
    std::fprintf(out, "console: %s\n", host.url().c_str());
    for (const identity::OneTimePassword& account : host.first_passwords()) {
        std::fprintf(out, "  %-12s %s\n", account.user.c_str(), account.password.c_str());
    }
    std::fflush(out);
}

}  // namespace bongsu::app
