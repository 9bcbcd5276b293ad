#include "eval/recognition/screening.hpp"

#include "behaviours/engine.hpp"
#include "behaviours/metrics.hpp"
#include "camsim/simulator.hpp"
#include "core/clock.hpp"
#include "eval/recognition/film_camera.hpp"
#include "ingest/ingest.hpp"
#include "vision/second_looks.hpp"
#include "vision/verifiers/registry.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr std::array kKinds{
    "fall",
    "fight",
    "fire",
    "smoke",
    "abandoned_object",
    "removed_object",
    "running",
    "panic",
    "flood",
    "heavy_rain",
    "crowd_surge"
};
constexpr double kReplayBudget = 256;  // CPU seconds per second mean nothing to a replay
constexpr Duration kBetweenStarts =
    std::chrono::milliseconds{1'300};  // so that not all move at once
constexpr Duration kPatience = std::chrono::milliseconds{200};
constexpr double kGrace = 30;    // seconds that a film may take longer than it lasts
constexpr double kSlowest = 20;  // times real time, of a replay on a busy machine

RuleConfig rule_of(const std::string& kind) {
    RuleConfig rule;
    rule.id = RuleId{kind};
    rule.behaviour = kind;
    rule.gravity = 4;
    rule.settings = Value(Value::Map{});
    return rule;
}

/// Whether the rule works without zones and settings.
bool works_alone(const behaviours::Registry& registry, const std::string& kind) {
    const behaviours::Registration* known = registry.find(kind);
    if (known == nullptr || known->scope == behaviours::Scope::Line) {
        return false;
    }
    CameraConfig camera;
    camera.id = CameraId{"trial"};
    camera.rules = {rule_of(kind)};
    Metrics metrics;
    return behaviours::BehaviourEngine::create(camera, registry, metrics).has_value();
}

std::vector<std::string> kinds_of(const behaviours::Registry& registry) {
    std::vector<std::string> kinds;
    for (const char* kind : kKinds) {
        if (works_alone(registry, kind)) {
            kinds.emplace_back(kind);
        }
    }
    return kinds;
}

/// Everything that a station has between its cameras and its incidents.
class Cinema {
public:
    static Result<std::unique_ptr<Cinema>> open(
        const std::vector<RecognitionFilm>& films, const ScreeningOptions& options
    );
    Result<Screening> play();
    ~Cinema();
    Cinema(const Cinema&) = delete;
    Cinema& operator=(const Cinema&) = delete;

private:
    struct Showing {
        std::size_t film = 0;
        MonoTime until;
        std::unique_ptr<FilmCamera> camera;
    };

    Cinema(const std::vector<RecognitionFilm>& films, const ScreeningOptions& options);
    Status open_engine();
    Status open_simulator();
    StreamConfig stream_of(const RecognitionFilm& film) const;
    Status begin(std::size_t film);
    void finish(Showing& showing, Screening& screening);
    void finish_ended(Screening& screening);
    void wait_a_little();
    void add_totals(Screening& screening);

    /// Calls `use` with the camera of this name while it is at work.
    template <class Use>
    void with_camera(const CameraId& id, const Use& use) {
        const std::scoped_lock lock(mutex_);
        const auto found = cameras_.find(id);
        if (found != cameras_.end()) {
            use(*found->second);
        }
    }

    const std::vector<RecognitionFilm>& films_;
    const ScreeningOptions& options_;
    SystemClock clock_;
    Metrics metrics_;
    behaviours::Registry behaviours_;
    detectors::Registry detectors_;
    verifiers::Registry verifiers_;
    ingest::Registry sources_;
    std::vector<std::string> kinds_;
    std::unique_ptr<camsim::CameraSimulator> simulator_;
    std::unique_ptr<vision::SecondLooks> second_looks_;
    std::mutex mutex_;
    std::condition_variable something_ended_;
    std::map<CameraId, FilmCamera*> cameras_;  ///< at work
    std::unique_ptr<pipeline::AnalysisEngine> engine_;
    std::unique_ptr<ingest::Ingest> ingest_;
    std::vector<Showing> showings_;
};

Cinema::Cinema(const std::vector<RecognitionFilm>& films, const ScreeningOptions& options)
    : films_(films), options_(options) {
    behaviours::register_all(behaviours_);
    detectors::register_all(detectors_);
    verifiers::register_all(verifiers_);
    ingest::register_all(sources_);
    kinds_ = kinds_of(behaviours_);
}

Cinema::~Cinema() {
    if (ingest_) {
        ingest_->stop();
    }
    if (engine_) {
        engine_->stop();
    }
}

Result<std::unique_ptr<Cinema>> Cinema::open(
    const std::vector<RecognitionFilm>& films, const ScreeningOptions& options
) {
    std::unique_ptr<Cinema> cinema(new Cinema(films, options));
    BONGSU_TRY(cinema->open_engine());
    if (!options.is_replay) {
        BONGSU_TRY(cinema->open_simulator());
    }
    cinema->ingest_ = std::make_unique<ingest::Ingest>(
        ingest::IngestOptions{}, cinema->sources_, cinema->clock_, cinema->metrics_
    );
    return cinema;
}

Status Cinema::open_engine() {
    second_looks_ = std::make_unique<vision::SecondLooks>(vision::SecondLookParts{
        .verifiers = verifiers_,
        .models = options_.models,
        .clock = clock_,
        .metrics = metrics_,
        .on_answer =
            [this](
                std::string_view verifier,
                const Frame& picture,
                const Box&,
                std::optional<float> answer
            ) {
                with_camera(picture.camera, [&](FilmCamera& camera) {
                    if (answer) {
                        camera.take(picture, verifier, *answer);
                    }
                });
            },
    });
    pipeline::AnalysisParts parts{.behaviours = behaviours_, .metrics = metrics_};
    parts.second_looks = second_looks_.get();
    parts.on_event = [this](const BehaviourEvent& event, const Frame*, std::span<const Track>) {
        with_camera(event.camera, [&](FilmCamera& camera) { camera.take(event); });
    };
    vision::DetectorSettings detector;
    detector.models = options_.models;
    pipeline::AnalysisConfig config;
    config.budget = options_.is_replay ? kReplayBudget : config.budget;
    BONGSU_ASSIGN(
        engine_,
        pipeline::AnalysisEngine::create(
            config,
            clock_,
            [this, detector] {
                return vision::make_detector(detector, detectors_, clock_, metrics_);
            },
            std::move(parts)
        )
    );
    return {};
}

Status Cinema::open_simulator() {
    std::vector<camsim::CameraEntry> entries;
    for (const RecognitionFilm& film : films_) {
        camsim::CameraEntry entry;
        entry.id = film.name;
        entry.main = film.file.string();
        entry.mode = camsim::PlayMode::OnDemand;
        entry.is_looped = false;
        entries.push_back(std::move(entry));
    }
    camsim::CamsimOptions options;
    options.port = 0;
    BONGSU_ASSIGN(simulator_, camsim::CameraSimulator::create(options, entries, clock_));
    return simulator_->start();
}

StreamConfig Cinema::stream_of(const RecognitionFilm& film) const {
    if (options_.is_replay) {
        return {
            .role = StreamRole::Main,
            .source = "file",
            .url = film.file.string(),
            .settings = Value(Value::Map{{"pace", "fast"}, {"loop", false}})
        };
    }
    return {
        .role = StreamRole::Main,
        .source = "rtsp",
        .url = fmt::format("{}/{}/main", simulator_->base_url(false), film.name),
        .settings = Value(Value::Map{})
    };
}

Status Cinema::begin(std::size_t film) {
    CameraConfig config;
    config.id = CameraId{films_[film].name};
    config.streams = {stream_of(films_[film])};
    config.is_recorded = false;
    for (const std::string& kind : kinds_) {
        config.rules.push_back(rule_of(kind));
    }
    BONGSU_TRY(engine_->add_camera(config));
    const double longest = films_[film].length * (options_.is_replay ? kSlowest : 1) + kGrace;
    Showing showing{
        .film = film,
        .until = clock_.mono() + from_seconds(longest),
        .camera = std::make_unique<FilmCamera>(FilmCamera::Parts{
            .film = films_[film],
            .engine = *engine_,
            .is_held_up = options_.is_replay,
            .on_end = [this] { something_ended_.notify_all(); },
        }),
    };
    {
        const std::scoped_lock lock(mutex_);
        cameras_[config.id] = showing.camera.get();
    }
    showings_.push_back(std::move(showing));
    return ingest_->add(config, config.streams.front(), *showings_.back().camera);
}

void Cinema::finish(Showing& showing, Screening& screening) {
    const CameraId id = showing.camera->id();
    ingest_->remove(id);
    engine_->flush(id);
    const auto stats = engine_->stats(id);
    std::ignore = engine_->remove_camera(id);
    {
        const std::scoped_lock lock(mutex_);
        cameras_.erase(id);
    }
    WatchedFilm& watched = screening.films[showing.film];
    watched = showing.camera->watched();
    watched.stats = stats.value_or(pipeline::CameraStats{});
    screening.cpu_seconds += watched.stats.total_cpu_seconds();
    if (options_.on_film) {
        options_.on_film(films_[showing.film]);
    }
}

void Cinema::finish_ended(Screening& screening) {
    const MonoTime now = clock_.mono();
    const auto is_over = [&](const Showing& showing) {
        return showing.camera->is_over() || now >= showing.until;
    };
    for (Showing& showing : showings_) {
        if (is_over(showing)) {
            finish(showing, screening);
            showing.camera.reset();
        }
    }
    std::erase_if(showings_, [](const Showing& showing) { return showing.camera == nullptr; });
}

void Cinema::wait_a_little() {
    std::unique_lock lock(mutex_);
    something_ended_.wait_for(lock, kPatience);
}

Result<Screening> Cinema::play() {
    if (kinds_.empty()) {
        return fail(ErrorKind::NotFound, "this program has none of the rules that are measured");
    }
    Screening screening;
    screening.films.resize(films_.size());
    std::size_t next = 0;
    MonoTime may_start = clock_.mono();
    while (next < films_.size() || !showings_.empty()) {
        const bool has_room = showings_.size() < static_cast<std::size_t>(options_.cameras);
        if (next >= films_.size() || !has_room || clock_.mono() < may_start) {
            wait_a_little();
            finish_ended(screening);
            continue;
        }
        BONGSU_TRY(begin(next));
        ++next;
        may_start = clock_.mono() + (options_.is_replay ? Duration{} : kBetweenStarts);
    }
    add_totals(screening);
    return screening;
}

void Cinema::add_totals(Screening& screening) {
    for (const std::string& kind : kinds_) {
        const Labels labels{{"kind", kind}};
        screening.kinds[kind] = {
            .proposals = metrics_.counter(behaviours::kProposalsTotal, labels).value(),
            .events = metrics_.counter(behaviours::kEventsTotal, labels).value(),
        };
    }
}

}  // namespace

std::vector<std::string> recognised_kinds() {
    behaviours::Registry registry;
    behaviours::register_all(registry);
    return kinds_of(registry);
}

Result<Screening> screen(
    const std::vector<RecognitionFilm>& films, const ScreeningOptions& options
) {
    BONGSU_ASSIGN(const auto cinema, Cinema::open(films, options));
    return cinema->play();
}

}  // namespace bongsu::eval
