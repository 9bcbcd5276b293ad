#include "eval/kisa/zone_map.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <pugixml.hpp>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestFile = 1U << 20U;
constexpr std::size_t kMostCorners = 1000;
constexpr float kWidth = 1280;
constexpr float kHeight = 720;

std::optional<float> number_of(std::string_view text) {
    while (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    float value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_good = error == std::errc{} && end == text.data() + text.size();
    return is_good && value > -1e5F && value < 1e5F ? std::optional(value) : std::nullopt;
}

std::optional<Point> point_of(std::string_view text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) {
        return std::nullopt;
    }
    const auto x = number_of(text.substr(0, comma));
    const auto y = number_of(text.substr(comma + 1));
    if (!x || !y) {
        return std::nullopt;
    }
    return Point{std::clamp(*x / kWidth, 0.F, 1.F), std::clamp(*y / kHeight, 0.F, 1.F)};
}

}  // namespace

Result<KisaZones> parse_zone_map(std::string_view xml, std::string_view origin) {
    if (xml.size() > kLargestFile) {
        return fail(ErrorKind::Corrupt, fmt::format("{} is larger than 1 MiB", origin));
    }
    pugi::xml_document document;
    const auto parsed = document.load_buffer(xml.data(), xml.size());
    if (!parsed || !document.child("DA")) {
        return fail(
            ErrorKind::Corrupt,
            fmt::format(
                "{}: not a zone map ({})", origin, parsed ? "no root DA" : parsed.description()
            )
        );
    }
    KisaZones zones;
    for (const pugi::xml_node& element : document.child("DA").children()) {
        Polygon corners;
        for (const pugi::xml_node& child : element.children("Point")) {
            const auto point = point_of(child.child_value());
            if (!point || corners.size() == kMostCorners) {
                return fail(
                    ErrorKind::Corrupt,
                    fmt::format(
                        "{}: {}: a point must be x,y, at most {} of them",
                        origin,
                        element.name(),
                        kMostCorners
                    )
                );
            }
            corners.push_back(*point);
        }
        if (corners.size() >= 2) {
            zones[element.name()] = std::move(corners);
        }
    }
    return zones;
}

std::string zone_map_name(std::string_view clip) {
    const std::string_view stem = clip.substr(0, clip.find('.'));
    const std::size_t first = stem.find('_');
    const std::size_t second = first == std::string_view::npos ? first : stem.find('_', first + 1);
    return std::string(stem.substr(0, second)) + ".map";
}

}  // namespace bongsu::eval
