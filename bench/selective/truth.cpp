#include "selective/truth.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace bongsu::bench {
namespace {

/// One line of a truth file; false when it cannot be understood.
bool take_line(const std::string& line, LabelledFilm& film) {
    std::istringstream in(line);
    std::string word;
    in >> word;
    if (word == "film") {
        in >> film.camera >> film.condition >> film.scene >> film.seconds >> film.is_empty_between;
        return !in.fail();
    }
    if (word == "note") {
        Distraction& note = film.distractions.emplace_back();
        in >> note.span.begin >> note.span.end >> note.what;
        return !in.fail();
    }
    if (word == "event") {
        TrueEvent& event = film.events.emplace_back();
        in >> event.span.begin >> event.span.end >> event.kind >> event.height >> event.contrast;
        return !in.fail();
    }
    if (word == "box" && !film.events.empty()) {
        TrueBox& box = film.events.back().way.emplace_back();
        in >> box.time >> box.box.x >> box.box.y >> box.box.w >> box.box.h;
        return !in.fail();
    }
    return false;
}

Result<LabelledFilm> read_film(const std::filesystem::path& truth) {
    std::ifstream in(truth);
    LabelledFilm film;
    film.film = std::filesystem::path(truth).replace_extension(".mp4");
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (!take_line(line, film)) {
            return fail(
                ErrorKind::Corrupt,
                truth.string() + ", line " + std::to_string(number) + ": " + line
            );
        }
    }
    const bool has_places =
        std::ranges::none_of(film.events, [](const TrueEvent& event) { return event.way.empty(); });
    if (film.camera.empty() || !has_places) {
        return fail(ErrorKind::Corrupt, truth.string() + " says too little; delete it");
    }
    return film;
}

}  // namespace

const Box& TrueEvent::box_at(double time) const {
    const auto later = std::ranges::upper_bound(way, time, {}, &TrueBox::time);
    return later == way.begin() ? way.front().box : std::prev(later)->box;
}

Result<std::vector<LabelledFilm>> read_films(const std::filesystem::path& list) {
    std::ifstream in(list);
    std::vector<LabelledFilm> films;
    for (std::string name; std::getline(in, name);) {
        BONGSU_ASSIGN(LabelledFilm film, read_film(list.parent_path() / (name + ".truth")));
        films.push_back(std::move(film));
    }
    if (films.empty()) {
        return fail(ErrorKind::NotFound, list.string() + " names no film");
    }
    return films;
}

}  // namespace bongsu::bench
