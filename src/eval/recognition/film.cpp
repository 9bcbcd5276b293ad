#include "eval/recognition/film.hpp"

#include "core/json.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestList = std::size_t{64} << 20;
constexpr std::size_t kBoxNumbers = 5;  // time, x, y, width, height

double number_of(const Value* value) {
    if (value == nullptr) {
        return 0;
    }
    if (const auto* whole = value->as_integer()) {
        return static_cast<double>(*whole);
    }
    const auto* real = value->as_double();
    return real == nullptr ? 0 : *real;
}

std::string text_of(const Value& map, std::string_view key) {
    const Value* value = map.find(key);
    const std::string* text = value == nullptr ? nullptr : value->as_text();
    return text == nullptr ? "" : *text;
}

TimedBox box_of(const Value::List& numbers, double width, double height) {
    const auto at = [&](std::size_t index) { return number_of(&numbers[index]); };
    return {
        .time = at(0),
        .box =
            {static_cast<float>(at(1) / width),
             static_cast<float>(at(2) / height),
             static_cast<float>(at(3) / width),
             static_cast<float>(at(4) / height)}
    };
}

Result<RecognitionFilm> film_of(const Value& item) {
    RecognitionFilm film{
        .name = text_of(item, "name"),
        .set = text_of(item, "set"),
        .source = text_of(item, "source"),
        .group = text_of(item, "group"),
        .label = text_of(item, "label"),
        .condition = text_of(item, "condition"),
        .file = text_of(item, "film"),
        .rate = number_of(item.find("rate")),
        .begin = number_of(item.find("begin")),
        .zero = number_of(item.find("zero")),
        .seconds = number_of(item.find("seconds")),
        .length = number_of(item.find("length")),
    };
    const Value* trainable = item.find("is_trainable");
    film.is_trainable =
        trainable != nullptr && trainable->as_bool() != nullptr && *trainable->as_bool();
    const double width = number_of(item.find("width"));
    const double height = number_of(item.find("height"));
    if (film.name.empty() || film.file.empty() || film.seconds <= 0 || film.rate <= 0 ||
        width <= 0 || height <= 0) {
        return fail(ErrorKind::Corrupt, "film '" + film.name + "' lacks its name, file or size");
    }
    if (const Value* marks = item.find("marks"); marks != nullptr && marks->as_map() != nullptr) {
        for (const auto& [key, value] : *marks->as_map()) {
            film.marks[key] = number_of(&value);
        }
    }
    if (const Value* boxes = item.find("boxes"); boxes != nullptr && boxes->as_list() != nullptr) {
        for (const Value& row : *boxes->as_list()) {
            if (row.as_list() == nullptr || row.as_list()->size() != kBoxNumbers) {
                return fail(ErrorKind::Corrupt, "film '" + film.name + "' has a broken box");
            }
            film.boxes.push_back(box_of(*row.as_list(), width, height));
        }
    }
    std::ranges::sort(film.boxes, {}, &TimedBox::time);
    return film;
}

/// For a shell.
std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

}  // namespace

Result<std::vector<RecognitionFilm>> parse_films(std::string_view json) {
    BONGSU_ASSIGN(const Value list, parse_json(json, "list of films", kLargestList));
    if (list.as_list() == nullptr) {
        return fail(ErrorKind::Corrupt, "the list of films is no list");
    }
    std::vector<RecognitionFilm> films;
    for (const Value& item : *list.as_list()) {
        BONGSU_ASSIGN(RecognitionFilm film, film_of(item));
        films.push_back(std::move(film));
    }
    return films;
}

Result<std::vector<RecognitionFilm>> make_films(const FilmWish& wish) {
    std::string command = quoted(wish.tool.string()) + " --data " + quoted(wish.data.string()) +
                          " --condition " + quoted(wish.condition);
    command += wish.is_sample ? " --sample" : "";
    for (const std::string& set : wish.only) {
        command += " --only " + quoted(set);
    }
    std::FILE* pipe = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): quoted words
    if (pipe == nullptr) {
        return fail(ErrorKind::Unavailable, "cannot start " + wish.tool.string());
    }
    std::string text;
    std::array<char, 65536> part{};
    for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), pipe)) > 0;) {
        text.append(part.data(), got);
    }
    if (pclose(pipe) != 0) {
        return fail(
            ErrorKind::Unavailable,
            fmt::format("{} could not make the films; its message is above", wish.tool.string())
        );
    }
    return parse_films(text);
}

}  // namespace bongsu::eval
