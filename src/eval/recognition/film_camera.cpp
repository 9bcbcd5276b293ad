#include "eval/recognition/film_camera.hpp"

#include <algorithm>

namespace bongsu::eval {
namespace {

constexpr double kTicksPerSecond = 90'000;
constexpr double kNearEnd = 1;    // seconds; the last pictures may be lost with the connection
constexpr double kLeaving = 0.4;  // seconds before the end; leaves before the camera hangs up

Box as_shares(const BehaviourEvent& event) {
    if (event.picture_width <= 0 || event.picture_height <= 0 || event.box.area() <= 0) {
        return {};
    }
    return scaled(
        event.box,
        1 / static_cast<float>(event.picture_width),
        1 / static_cast<float>(event.picture_height)
    );
}

}  // namespace

FilmCamera::FilmCamera(Parts parts) : parts_(std::move(parts)) {}

void FilmCamera::on_access_unit(AccessUnitPtr unit) {
    if (is_over_) {
        return;
    }
    const double film_time = gathered_.with([&](Gathered& gathered) {
        if (gathered.units.empty()) {
            gathered.first_media_time = unit->media_time;
        }
        const auto ticks = unit->media_time - gathered.first_media_time;
        gathered.units.push_back({unit->wall, static_cast<double>(ticks) / kTicksPerSecond});
        return gathered.units.back().film;
    });
    parts_.engine.push(std::move(unit));
    if (parts_.is_held_up) {
        parts_.engine.flush(id());
    }
    note_cpu(film_time);
    const bool is_long_enough = parts_.film.length > 2 * kLeaving;
    if (is_long_enough && film_time >= parts_.film.length - kLeaving && !is_over_.exchange(true)) {
        parts_.on_end();
    }
}

void FilmCamera::note_cpu(double film_time) {
    const double end = parts_.film.begin + parts_.film.seconds;
    const bool is_due = gathered_.with([&](const Gathered& gathered) {
        return (film_time >= parts_.film.begin && !gathered.cpu_at_begin) ||
               (film_time >= end && !gathered.cpu_at_end);
    });
    if (!is_due) {
        return;
    }
    const auto stats = parts_.engine.stats(id());
    const double used = stats ? stats->total_cpu_seconds() : 0;
    gathered_.with([&](Gathered& gathered) {
        (gathered.cpu_at_begin ? gathered.cpu_at_end : gathered.cpu_at_begin) = used;
    });
}

/// A camera that has played its film closes the connection, and would begin anew with the next.
void FilmCamera::on_state(ingest::StreamState state, const Error* /*error*/) {
    using enum ingest::StreamState;
    if (state == Playing) {
        parts_.engine.set_signal(id(), SignalState::Up);
        return;
    }
    const bool has_played =
        gathered_.with([](const Gathered& gathered) { return !gathered.units.empty(); });
    if (state != Connecting && has_played && !is_over_.exchange(true)) {
        parts_.on_end();
    }
}

/// By the unit of the nearest time: the estimate of the camera's clock may change meanwhile.
double FilmCamera::clip_time(const Gathered& gathered, WallTime wall) const {
    const auto distance = [&](const UnitTime& unit) {
        return unit.wall > wall ? unit.wall - wall : wall - unit.wall;
    };
    const auto nearest = std::ranges::min_element(gathered.units, {}, distance);
    if (nearest == gathered.units.end()) {
        return -parts_.film.zero;
    }
    return nearest->film + to_seconds(wall - nearest->wall) - parts_.film.zero;
}

void FilmCamera::take(const BehaviourEvent& event) {
    if (event.phase != EventPhase::Begin) {
        return;
    }
    gathered_.with([&](Gathered& gathered) {
        const double newest = gathered.units.empty() ? 0 : gathered.units.back().film;
        gathered.film.alarms.push_back({
            .kind = event.kind,
            .time = clip_time(gathered, event.time),
            .told = newest - parts_.film.zero,
            .started = clip_time(gathered, event.started),
            .confidence = event.confidence,
            .box = as_shares(event),
            .detail = event.detail,
        });
    });
}

void FilmCamera::take(const Frame& picture, std::string_view verifier, double score) {
    gathered_.with([&](Gathered& gathered) {
        gathered.film.answers.push_back(
            {std::string(verifier), clip_time(gathered, picture.wall), score}
        );
    });
}

WatchedFilm FilmCamera::watched() const {
    return gathered_.with([&](const Gathered& gathered) {
        WatchedFilm watched = gathered.film;
        const double seen = gathered.units.empty() ? 0 : gathered.units.back().film;
        watched.until = seen - parts_.film.zero;
        watched.cpu_seconds = gathered.cpu_at_begin && gathered.cpu_at_end
                                  ? *gathered.cpu_at_end - *gathered.cpu_at_begin
                                  : 0;
        watched.is_complete = seen + kNearEnd >= parts_.film.length;
        return watched;
    });
}

}  // namespace bongsu::eval
