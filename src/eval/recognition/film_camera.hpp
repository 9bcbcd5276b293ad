#pragma once

#include "core/guarded.hpp"
#include "domain/behaviour_event.hpp"
#include "eval/recognition/film.hpp"
#include "eval/recognition/watched_film.hpp"
#include "ingest/source.hpp"
#include "pipeline/analysis_engine.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

namespace bongsu::eval {

/// One film on its way through ingest and analysis: hands on its pictures until it ends the first
/// time, and gathers what is said about it in the clip's own time. Owned by the screening.
/// Thread-safe: pictures come on ingest's threads, events and answers on the engine's.
class FilmCamera final : public ingest::SourceListener {
public:
    struct Parts {
        const RecognitionFilm& film;
        pipeline::AnalysisEngine& engine;
        bool is_held_up = false;  ///< each picture waits until the one before has been analysed
        std::function<void()> on_end;  ///< on ingest's thread
    };

    explicit FilmCamera(Parts parts);

    void on_access_unit(AccessUnitPtr unit) override;
    void on_state(ingest::StreamState state, const Error* error) override;

    void take(const BehaviourEvent& event);
    void take(const Frame& picture, std::string_view verifier, double score);

    const RecognitionFilm& film() const { return parts_.film; }

    CameraId id() const { return CameraId{parts_.film.name}; }

    bool is_over() const { return is_over_; }

    /// What was gathered so far.
    WatchedFilm watched() const;

private:
    struct UnitTime {
        WallTime wall;
        double film = 0;  ///< seconds from the first unit
    };

    struct Gathered {
        std::vector<UnitTime> units;
        std::int64_t first_media_time = 0;
        std::optional<double> cpu_at_begin{};  ///< seconds of the analysis when the clip began
        std::optional<double> cpu_at_end{};    ///< and when it had ended
        WatchedFilm film;
    };

    /// Reads how much CPU time the analysis has used when the clip begins and ends.
    void note_cpu(double film_time);
    double clip_time(const Gathered& gathered, WallTime wall) const;

    const Parts parts_;
    Guarded<Gathered> gathered_;
    std::atomic<bool> is_over_ = false;
};

}  // namespace bongsu::eval
