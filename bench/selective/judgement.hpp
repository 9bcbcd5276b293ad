#pragma once

#include "eval/roc.hpp"
#include "eval/time_spans.hpp"
#include "selective/truth.hpp"
#include "selective/watched.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::bench {

/// What became of one event.
struct EventVerdict {
    const TrueEvent* event = nullptr;
    std::optional<double> delay;  ///< seconds until it was noticed; nothing: never

    bool is_noticed_in_time() const;
};

/// What the node did while nothing happened, in seconds.
struct QuietTime {
    double all = 0;
    double followed = 0;  ///< every picture decoded, the detector at its full rate
    double called = 0;    ///< on the wall because somebody was said to be there
    double in_turn = 0;   ///< on the wall because its turn came
    double calm = 0;      ///< of all: longer than 3 s before and 12 s after any event
    double calm_followed = 0;

    void add(const QuietTime& other);
};

/// The coverage ledger against what the log says about every look.
struct LedgerVerdict {
    double claimed = 0;             ///< longest time without a look that the ledger has, seconds
    double found = 0;               ///< the same from the log
    std::size_t looks_claimed = 0;  ///< by the detector at whole pictures
    std::size_t looks_found = 0;
    std::size_t missed_in_gaps = 0;  ///< events that were missed and lay between two looks
};

/// One camera judged. Refers to the film and to what was watched.
struct FilmVerdict {
    const LabelledFilm* film = nullptr;
    const WatchedCamera* watched = nullptr;
    std::vector<EventVerdict> events;
    std::vector<double> false_wakes;  ///< when; only where nobody stands in view between events
    QuietTime quiet;
    LedgerVerdict ledger;

    bool is_clip() const { return film->is_clip(); }
};

FilmVerdict judge(const LabelledFilm& film, const WatchedCamera& watched);

/// Several cameras' or kinds' figures together.
struct Group {
    std::string name;
    std::size_t events = 0;
    std::size_t noticed = 0;  ///< within three seconds
    std::size_t noticed_later = 0;
    std::vector<double> delays;  ///< of all that were noticed
    std::size_t false_wakes = 0;
    QuietTime quiet;

    eval::Proportion recall() const;
    double false_wakes_per_hour() const;
};

/// Below this share of the picture's height, or with less contrast, nobody promises to notice
/// somebody at once: docs/design/triage.md, known limits.
inline constexpr double kSmallest = 0.06;
inline constexpr double kFaintest = 25;  ///< grey levels

bool is_promised(const TrueEvent& event);

using GroupName = std::function<std::string(const FilmVerdict&, const TrueEvent*)>;

/// Groups by the name that is given for each film (event null) and each of its events; an empty
/// name leaves it out. In the order of first appearance.
std::vector<Group> grouped(const std::vector<FilmVerdict>& films, const GroupName& name);

}  // namespace bongsu::bench
