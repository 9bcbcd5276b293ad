#pragma once

#include "core/result.hpp"
#include "eval/recognition/film.hpp"
#include "eval/recognition/watched_film.hpp"
#include "triage/scheduler.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace bongsu::eval {

struct ScreeningOptions {
    std::filesystem::path models;  ///< folder of installed models
    int cameras = 6;               ///< played at once
    /// Straight from the files, every picture analysed before the next one comes: a busy machine
    /// makes it slower but changes nothing. False: served as RTSP cameras, in real time.
    bool is_replay = false;
    std::function<void(const RecognitionFilm&)> on_film;  ///< after each; may be empty
};

/// What one kind of rule did in all films together.
struct KindTotals {
    double proposals = 0;  ///< of the cheap first step
    double events = 0;     ///< raised
};

struct Screening {
    std::vector<WatchedFilm> films;           ///< in the order of what was given
    std::map<std::string, KindTotals> kinds;  ///< every kind that was at work
    double cpu_seconds = 0;                   ///< of the analysis
};

/// The rules that every film is watched with: those of the named kinds that this program has and
/// that work on the whole picture, at their default settings.
std::vector<std::string> recognised_kinds();

/// Plays every film once and returns what the pipeline made of it: a simulated camera, ingest and
/// the analysis engine, wired as at a station. Errors: those of the models, of the simulator and of
/// ingest; NotFound when no such rule exists.
Result<Screening> screen(
    const std::vector<RecognitionFilm>& films, const ScreeningOptions& options
);

}  // namespace bongsu::eval
