#include "ingest/testing/fault_trial.hpp"

#include "camsim/simulator.hpp"
#include "ingest/ingest.hpp"
#include "media/testing/clip.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <random>

#include <fmt/format.h>

namespace bongsu::ingest::testing {

namespace {

constexpr std::int64_t kPacketSize = 300;  // several packets in every picture of a small film
constexpr std::int64_t kJournal = 100'000;

struct FilmSpec {
    const char* name;
    media::testing::ClipSpec clip;
};

FilmSpec spec_of(TrialFilm film) {
    media::testing::ClipSpec clip{
        .codec = Codec::H264,
        .width = 160,
        .height = 128,
        .fps = 15,
        .frames = 180,  // no picture comes again before a fault is over
        .key_interval = 15,
        .b_frames = 0,
    };
    switch (film) {
        case TrialFilm::Plain:
            return {"plain.mp4", clip};
        case TrialFilm::Small:
            clip.width = 96;
            clip.height = 96;
            return {"small.mp4", clip};
        case TrialFilm::H265:
            clip.codec = Codec::H265;
            return {"h265.mp4", clip};
        case TrialFilm::BPictures:
            clip.b_frames = 2;
            return {"b-pictures.mp4", clip};
        case TrialFilm::LongGop:
            clip.key_interval = clip.fps * 30;
            clip.frames = clip.key_interval;
            return {"long-gop.mp4", clip};
    }
    return {"plain.mp4", clip};
}

/// A moving box and a patch of noise, so that no two pictures have the same bytes.
void draw(int index, WritableFrame& picture) {
    media::testing::fill_luma(picture, index * 3 % 120, 30, 40, 40, 220);
    std::minstd_rand random(static_cast<unsigned>(index) + 1);
    for (int y = 0; y < 4; ++y) {
        for (int x = 0; x < 4; ++x) {
            const auto value = static_cast<std::uint8_t>(random() % 256);
            media::testing::fill_luma(picture, 8 + 8 * x, 80 + 4 * y, 8, 4, value);
        }
    }
}

/// The films of a trial and how to know their pictures again.
class TrialFilms {
public:
    explicit TrialFilms(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Result<std::string> path(TrialFilm film) {
        const FilmSpec spec = spec_of(film);
        const auto file = folder_ / spec.name;
        if (!prints_.contains(film)) {
            BONGSU_TRY(media::testing::write_clip(file, spec.clip, draw));
            BONGSU_ASSIGN(const auto loaded, library_.load(file.string()));
            prints_.emplace(film, *loaded);
        }
        return file.string();
    }

    const FilmPrints& prints(TrialFilm film) const { return prints_.at(film); }

private:
    std::filesystem::path folder_;
    camsim::FilmLibrary library_{kPacketSize, 1 << 28};
    std::map<TrialFilm, FilmPrints> prints_;
};

std::string id_of(const FaultCase& fault, int index) {
    std::string id = fmt::format("{}-{}", fault.name, index);
    return id;
}

Result<camsim::CameraEntry> entry_of(const FaultCase& fault, int index, TrialFilms& films) {
    camsim::CameraEntry entry;
    entry.id = id_of(fault, index);
    BONGSU_ASSIGN(entry.main, films.path(fault.film));
    BONGSU_ASSIGN(entry.other, films.path(fault.other));
    entry.mode = fault.starts_at_key ? camsim::PlayMode::OnDemand : camsim::PlayMode::Live;
    BONGSU_ASSIGN(const Value faults, parse_yaml(fault.faults, fault.name));
    BONGSU_ASSIGN(entry.faults, camsim::parse_faults(faults, fault.name));
    return entry;
}

void wait(Duration time) {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, time, [] { return false; });
}

Status watch(
    Ingest& ingest,
    const camsim::CameraSimulator& simulator,
    const TrialSetup& setup,
    std::deque<DeliveryLog>& logs
) {
    for (const FaultCase& fault : setup.cases) {
        for (int i = 0; i < setup.cameras_each; ++i) {
            CameraConfig camera;
            camera.id = CameraId{id_of(fault, i)};
            StreamConfig stream;
            stream.source = "rtsp";
            stream.url = simulator.base_url(true) + "/" + camera.id.value() + "/main";
            stream.settings = Value(Value::Map{{"transport", std::string(fault.transport)}});
            BONGSU_TRY(ingest.add(camera, stream, logs.emplace_back()));
        }
    }
    return {};
}

CaseOutcome outcome_of(
    const FaultCase& fault,
    const TrialSetup& setup,
    const camsim::CameraSimulator& simulator,
    const TrialFilms& films,
    std::span<const DeliveryLog* const> logs
) {
    CaseOutcome outcome;
    outcome.name = fault.name;
    for (int i = 0; i < setup.cameras_each; ++i) {
        const DeliveryLog& log = *logs[static_cast<std::size_t>(i)];
        const auto record = simulator.journal(CameraId{id_of(fault, i)}, StreamRole::Main);
        const auto units = log.units();
        outcome.delivery.add(judge({
            .record = record,
            .units = units,
            .film = films.prints(fault.film),
            .other = films.prints(fault.other),
            .event = fault.event,
            .end = SystemClock().mono(),
            .has_b_pictures = fault.film == TrialFilm::BPictures,
        }));
        for (std::string& error : log.errors()) {
            outcome.errors.push_back(std::move(error));
        }
    }
    return outcome;
}

}  // namespace

bool CaseOutcome::says(std::string_view words) const {
    return words.empty() || std::ranges::any_of(errors, [&](const std::string& error) {
               return error.find(words) != std::string::npos;
           });
}

Result<TrialOutcome> run_trial(const TrialSetup& setup, const std::filesystem::path& folder) {
    const SystemClock clock;
    TrialFilms films(folder);
    std::vector<camsim::CameraEntry> entries;
    for (const FaultCase& fault : setup.cases) {
        for (int i = 0; i < setup.cameras_each; ++i) {
            BONGSU_ASSIGN(camsim::CameraEntry entry, entry_of(fault, i, films));
            entries.push_back(std::move(entry));
        }
    }
    camsim::CamsimOptions options = setup.simulator;
    options.port = 0;
    options.journal_entries = kJournal;
    options.packet_size = kPacketSize;
    BONGSU_ASSIGN(const auto simulator, camsim::CameraSimulator::create(options, entries, clock));
    BONGSU_TRY(simulator->start());
    std::deque<DeliveryLog> logs;
    TrialOutcome outcome;
    {
        Metrics metrics;
        Registry registry;
        register_all(registry);
        const IngestOptions ingest_options{
            .threads = 1, .connects_per_second = setup.connects_per_second
        };
        Ingest ingest(ingest_options, registry, clock, metrics);
        BONGSU_TRY(watch(ingest, *simulator, setup, logs));
        wait(setup.length);
        const MonoTime before = clock.mono();
        ingest.stop();
        outcome.time_to_stop = clock.mono() - before;
    }
    std::vector<const DeliveryLog*> all;
    for (const DeliveryLog& log : logs) {
        all.push_back(&log);
    }
    const auto each = static_cast<std::size_t>(setup.cameras_each);
    for (std::size_t i = 0; i < setup.cases.size(); ++i) {
        outcome.cases.push_back(outcome_of(
            setup.cases[i], setup, *simulator, films, std::span(all).subspan(i * each, each)
        ));
    }
    return outcome;
}

}  // namespace bongsu::ingest::testing
