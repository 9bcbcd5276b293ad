#include "density/recall.hpp"

#include "behaviours/registry.hpp"
#include "core/metrics.hpp"
#include "eval/measurements.hpp"
#include "media/decoder/decoder.hpp"
#include "media/testing/clip.hpp"
#include "pipeline/analysis_engine.hpp"
#include "vision/detector.hpp"
#include "vision/model_store.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <vector>

namespace bongsu::bench {
namespace {

constexpr int kRate = 15;           // of the films
constexpr int kLooksPerSecond = 5;  // of the labels
constexpr Duration kKeyInterval = std::chrono::seconds{2};
constexpr Duration kBetween = std::chrono::seconds{34};  // events: the camera is asleep again
constexpr Duration kNoticeWithin = std::chrono::seconds{3};
constexpr int kEventsPerFilm = 10;
constexpr float kRoom = 14;  // pixels around the person's way that are taken over with him
const WallTime kStart{std::chrono::seconds{1'750'000'000}};
const CameraId kCamera{"street"};

/// Somebody's box in the busy film at one instant.
struct Sight {
    double second;
    Box box;
};

using Ways = std::map<std::uint64_t, std::vector<Sight>>;  ///< by track

struct Film {
    std::vector<Frame> pictures;
};

/// A piece of the busy film that is shown in the empty scene.
struct Event {
    Duration begin{};
    Duration length{};
    double film_second = 0;
    Box window;
    bool is_mirrored = false;
};

struct Light {
    float gain = 1;
    float noise = 0;
};

class Looking {
public:
    Looking() {
        behaviours::register_all(behaviours_);
        detectors::register_all(detectors_);
    }

    Result<std::unique_ptr<vision::Detector>> make() {
        vision::DetectorSettings settings;
        settings.models = vision::default_models_folder();
        return vision::make_detector(settings, detectors_, clock_, metrics_);
    }

    pipeline::AnalysisParts parts() { return {.behaviours = behaviours_, .metrics = metrics_}; }

private:
    behaviours::Registry behaviours_;
    detectors::Registry detectors_;
    Metrics metrics_;
    SystemClock clock_;
};

CameraConfig camera() {
    CameraConfig config;
    config.id = kCamera;
    config.streams = {{.role = StreamRole::Main, .source = "file", .url = "film", .settings = {}}};
    return config;
}

Result<Film> read_film(const std::filesystem::path& file) {
    BONGSU_ASSIGN(const auto units, media::testing::read_units(file, kCamera, kStart));
    media::Decoder decoder;
    Film film;
    for (const AccessUnitPtr& unit : units) {
        BONGSU_ASSIGN(std::optional<Frame> frame, decoder.decode(*unit));
        if (frame) {
            film.pictures.push_back(*std::move(frame));
        }
    }
    return film;
}

Result<Ways> find_ways(const Film& busy, Looking& looking) {
    BONGSU_ASSIGN(const auto detector, looking.make());
    BONGSU_ASSIGN(auto analysis, pipeline::FrameAnalysis::create(camera(), looking.parts()));
    Ways ways;
    for (std::size_t i = 0; i < busy.pictures.size(); i += kRate / kLooksPerSecond) {
        BONGSU_ASSIGN(const auto tracks, analysis.analyse(busy.pictures[i], *detector));
        for (const Track& track : tracks) {
            if (track.cls == ObjectClass::Person && track.state == TrackState::Confirmed) {
                ways[track.id.value()].push_back({static_cast<double>(i) / kRate, track.box});
            }
        }
    }
    return ways;
}

/// The part of a way from `from` on for `seconds`; empty when he was not in view all the time or
/// stood still.
std::vector<Sight> part_of(const std::vector<Sight>& way, double from, double seconds) {
    std::vector<Sight> part;
    for (const Sight& sight : way) {
        if (sight.second >= from - 1e-6 && sight.second <= from + seconds) {
            part.push_back(sight);
        }
    }
    const bool is_whole = static_cast<double>(part.size()) >= std::floor(seconds * kLooksPerSecond);
    const auto distance = [&] {
        const Point a = part.front().box.centre();
        const Point b = part.back().box.centre();
        return std::hypot(a.x - b.x, a.y - b.y);
    };
    return is_whole && distance() > part.front().box.w / 2 ? part : std::vector<Sight>{};
}

std::vector<Event> make_events(const Ways& ways, int count, std::mt19937& random) {
    std::vector<const std::vector<Sight>*> long_ways;
    for (const auto& [track, way] : ways) {
        if (way.size() > 2 * kLooksPerSecond) {
            long_ways.push_back(&way);
        }
    }
    std::uniform_real_distribution<double> share(0, 1);
    std::vector<Event> events;
    while (static_cast<int>(events.size()) < count && !long_ways.empty()) {
        const auto& way = *long_ways[random() % long_ways.size()];
        const double length = 2 + 3 * share(random);
        const std::vector<Sight> part = part_of(way, way[random() % way.size()].second, length);
        if (part.empty()) {
            continue;
        }
        Event event;
        event.begin =
            kBetween * static_cast<int>(events.size() + 1) + from_seconds(2 * share(random));
        event.length = from_seconds(length);
        event.film_second = part.front().second;
        for (const Sight& sight : part) {
            event.window = enclosing(event.window, sight.box);
        }
        event.window = clipped(padded(event.window, kRoom), 640, 360);
        event.is_mirrored = random() % 2 == 0;
        events.push_back(event);
    }
    return events;
}

/// One plane of a picture: the empty scene, with the event's window from the busy film.
struct Painter {
    const Frame& scene;
    const Frame* actor = nullptr;
    Box window;
    bool is_mirrored = false;

    int at(std::size_t plane, int x, int y) const {
        const int shrink = plane == 0 ? 1 : 2;
        const Plane& under = scene.planes[plane];
        const int from = is_mirrored ? under.width - 1 - x : x;
        const auto inside = [&](int v, float begin, float end) {
            return static_cast<float>(v * shrink) >= begin && static_cast<float>(v * shrink) < end;
        };
        const bool is_in_window = actor != nullptr && inside(from, window.x, window.right()) &&
                                  inside(y, window.y, window.bottom());
        const Plane& source = is_in_window ? actor->planes[plane] : under;
        return source.data[static_cast<std::ptrdiff_t>(y) * source.stride + from];
    }
};

void paint(WritableFrame& out, const Painter& painter, Light light, std::mt19937& random) {
    std::normal_distribution<float> noise(0, std::max(light.noise, 0.01F));
    const auto lit = [&](int luma) {
        const float level = 16 + static_cast<float>(luma - 16) * light.gain;
        return static_cast<std::uint8_t>(
            std::clamp(level + (light.noise > 0 ? noise(random) : 0), 0.0F, 255.0F)
        );
    };
    for (std::size_t p = 0; p < 3; ++p) {
        const Plane& plane = out.frame.planes[p];
        for (int y = 0; y < plane.height; ++y) {
            std::uint8_t* row = out.data[p] + static_cast<std::ptrdiff_t>(y) * plane.stride;
            for (int x = 0; x < plane.width; ++x) {
                const int sample = painter.at(p, x, y);
                row[x] = p == 0 ? lit(sample) : static_cast<std::uint8_t>(sample);
            }
        }
    }
}

Result<std::vector<AccessUnitPtr>> make_units(
    const Film& quiet, const Film& busy, const std::vector<Event>& events, Light light, int seed
) {
    const Duration length = events.back().begin + kBetween;
    const media::testing::ClipSpec spec{
        .fps = 1, .frames = static_cast<int>(length / kKeyInterval), .key_interval = 1
    };
    std::mt19937 random(static_cast<unsigned>(seed));
    const auto draw = [&](int index, WritableFrame& picture) {
        const Duration now = kKeyInterval * index;
        const Frame& scene =
            quiet.pictures[static_cast<std::size_t>(index) * 7 % quiet.pictures.size()];
        Painter painter{
            .scene = scene,
            .actor = nullptr,
            .window = {},
            .is_mirrored = events.front().is_mirrored
        };
        for (const Event& event : events) {
            if (now >= event.begin && now < event.begin + event.length) {
                const double second = event.film_second + to_seconds(now - event.begin);
                const auto number = static_cast<std::size_t>(second * kRate);
                painter.actor = &busy.pictures[std::min(number, busy.pictures.size() - 1)];
                painter.window = event.window;
            }
        }
        paint(picture, painter, light, random);
    };
    BONGSU_ASSIGN(auto units, media::testing::make_units(spec, kCamera, kStart, draw));
    // The encoder counts whole pictures per second; these are two seconds apart.
    std::vector<AccessUnitPtr> spread;
    for (std::size_t i = 0; i < units.size(); ++i) {
        auto unit = std::make_shared<AccessUnit>(*units[i]);
        unit->wall = kStart + kKeyInterval * static_cast<int>(i);
        unit->media_time = static_cast<std::int64_t>(i) * 180'000;
        spread.push_back(std::move(unit));
    }
    return spread;
}

/// When the camera woke.
Result<std::vector<Duration>> watch(const std::vector<AccessUnitPtr>& units, Looking& looking) {
    ManualClock clock{kStart};
    BONGSU_ASSIGN(
        const auto engine,
        pipeline::AnalysisEngine::create(
            {.threads = 1, .budget = 100}, clock, [&] { return looking.make(); }, looking.parts()
        )
    );
    BONGSU_TRY(engine->add_camera(camera()));
    std::vector<Duration> wakes;
    std::uint64_t known = 0;
    for (const AccessUnitPtr& unit : units) {
        clock.set_wall(unit->wall);
        engine->push(unit);
        engine->flush(kCamera);
        const std::uint64_t now = engine->stats(kCamera)->wakes;
        if (now > known) {
            known = now;
            wakes.push_back(unit->wall - kStart);
        }
    }
    engine->stop();
    return wakes;
}

void judge(
    const std::vector<Event>& events,
    const std::vector<Duration>& wakes,
    RecallFigures& figures,
    std::vector<double>& delays
) {
    std::size_t used = 0;
    for (const Event& event : events) {
        const auto wake = std::ranges::find_if(wakes, [&](Duration at) {
            return at >= event.begin && at <= event.begin + kNoticeWithin;
        });
        ++figures.events;
        if (wake != wakes.end()) {
            ++figures.noticed;
            delays.push_back(to_seconds(*wake - event.begin));
        }
        used += static_cast<std::size_t>(std::ranges::count_if(wakes, [&](Duration at) {
            return at >= event.begin && at <= event.begin + event.length + kKeyInterval;
        }));
    }
    figures.false_wakes += static_cast<int>(wakes.size() - used);
    figures.quiet_hours += to_seconds(kBetween) * static_cast<double>(events.size()) / 3600;
}

}  // namespace

Result<RecallFigures> measure_recall(const std::filesystem::path& films, int events) {
    BONGSU_ASSIGN(const Film quiet, read_film(films / "quiet-360.mp4"));
    BONGSU_ASSIGN(const Film busy, read_film(films / "busy-360.mp4"));
    Looking looking;
    BONGSU_ASSIGN(const Ways ways, find_ways(busy, looking));
    constexpr std::array kLights{Light{1, 0}, Light{0.8F, 3}, Light{0.45F, 6}};
    RecallFigures figures;
    std::vector<double> delays;
    std::mt19937 random(7);
    for (int film = 0; figures.events < events; ++film) {
        const std::vector<Event> shown = make_events(ways, kEventsPerFilm, random);
        if (shown.empty()) {
            return fail(ErrorKind::Unavailable, "nobody walks through the busy film");
        }
        const Light light = kLights[static_cast<std::size_t>(film) % kLights.size()];
        BONGSU_ASSIGN(const auto units, make_units(quiet, busy, shown, light, film));
        BONGSU_ASSIGN(const std::vector<Duration> wakes, watch(units, looking));
        judge(shown, wakes, figures, delays);
    }
    figures.delay_p50 = eval::percentile(delays, 0.5);
    figures.delay_p95 = eval::percentile(delays, 0.95);
    return figures;
}

}  // namespace bongsu::bench
