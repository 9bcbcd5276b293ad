// Rain that is drawn onto films, beside the films as they are, snow and noise.
#include "behaviours/heavy_rain/streaks.hpp"
#include "eval/detection/video_frames.hpp"
#include "eval/rain/falling.hpp"
#include "eval/suite.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

using behaviours::heavy_rain::GreyPicture;

/// The behaviour's default.
constexpr float kShare = 0.2F;
/// Three pictures so many frames apart make a look: a fifth of a second at most rates.
constexpr int kStep = 5;
constexpr int kBetweenLooks = 40;  ///< frames
constexpr int kMostFrames = 240;   ///< of a film

struct Kind {
    const char* name;
    Falling falling;
};

constexpr std::array kKinds{
    Kind{"none", {}},
    Kind{"rain", {.streaks = 200, .streak_alpha = 0.35F}},
    Kind{"much_rain", {.streaks = 600, .streak_alpha = 0.35F}},
    Kind{"faint_rain", {.streaks = 800, .streak_alpha = 0.15F}},
    Kind{"snow", {.flakes = 600}},
    Kind{"much_snow", {.flakes = 2000}},
    Kind{"noise", {.noise = 12}},
};

/// Streak shares of all looks by kind, in the order of kKinds.
using Shares = std::array<std::vector<double>, kKinds.size()>;

std::vector<std::filesystem::path> films_of(const EvalOptions& options) {
    std::vector<std::filesystem::path> films;
    if (std::filesystem::exists(options.vtest)) {
        films.push_back(options.vtest);
    }
    for (const char* set : {"fight", "fall", "fire", "abandoned", "vehicles"}) {
        const auto folder = options.data / set;
        if (options.data.empty() || !std::filesystem::is_directory(folder)) {
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            const auto kind = entry.path().extension();
            if (kind == ".mp4" || kind == ".avi") {
                films.push_back(entry.path());
            }
        }
    }
    std::ranges::sort(films);
    return films;
}

Status look_at(const std::filesystem::path& film, std::mt19937& random, Shares& shares) {
    std::set<int> wanted;
    for (int first = 0; first < kMostFrames; first += kBetweenLooks) {
        wanted.insert({first, first + kStep, first + 2 * kStep});
    }
    BONGSU_ASSIGN(const auto frames, read_video_frames(film, wanted));
    for (int first = 0; first < kMostFrames; first += kBetweenLooks) {
        std::vector<GreyPicture> plain;
        for (const int number : {first, first + kStep, first + 2 * kStep}) {
            const auto frame = frames.find(number);
            auto grey = frame != frames.end() ? GreyPicture::of(frame->second) : std::nullopt;
            if (grey) {
                plain.push_back(*std::move(grey));
            }
        }
        if (plain.size() < 3) {
            break;
        }
        // Drawing is slow: once for each film.
        const std::size_t kinds = first == 0 ? kKinds.size() : 1;
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            std::array<GreyPicture, 3> seen;
            std::ranges::transform(plain, seen.begin(), [&](const GreyPicture& picture) {
                return kind == 0 ? picture : fallen_on(picture, kKinds.at(kind).falling, random);
            });
            const float share = streak_share(seen[0], seen[1], seen[2]);
            shares.at(kind).push_back(static_cast<double>(share));
        }
    }
    return {};
}

}  // namespace

SuiteResult run_rain(SuiteContext& context) {
    const auto films = films_of(context.options);
    if (films.empty()) {
        return "no films: vtest.avi of the package opencv-doc is absent, and so are others";
    }
    std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): repeatable on purpose
    ProgressMeter meter(context, "films", static_cast<int>(films.size()));
    Shares shares;
    for (const auto& film : films) {
        BONGSU_TRY(look_at(film, random, shares));
        meter.step();
    }
    Measurements& out = context.report.measurements;
    ReportTable table{.head = {"falling", "looks", "taken for rain", "median share"}, .rows = {}};
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
        const std::vector<double>& all = shares.at(kind);
        const auto taken =
            std::ranges::count_if(all, [](double s) { return s >= static_cast<double>(kShare); });
        const double part =
            static_cast<double>(taken) / std::max(1.0, static_cast<double>(all.size()));
        const std::string prefix = fmt::format("rain.{}.", kKinds.at(kind).name);
        out.add(prefix + "taken_for_rain", part);
        out.add(prefix + "median_share", percentile(all, 0.5));
        table.rows.push_back(
            {kKinds.at(kind).name,
             std::to_string(all.size()),
             fmt::format("{:.3f}", part),
             fmt::format("{:.2f}", percentile(all, 0.5))}
        );
    }
    out.add("rain.looks", static_cast<double>(shares[0].size()));
    out.add("rain.films", static_cast<double>(films.size()));
    context.report.sections.push_back(
        {.title = "Heavy rain",
         .notes = {"Rain, snow and noise are drawn (synthetic); the films are real. One look at "
                   "three pictures; the behaviour asks for several before it says anything."},
         .tables = {std::move(table)}}
    );
    return std::nullopt;
}

}  // namespace bongsu::eval
