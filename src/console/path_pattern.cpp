#include "console/path_pattern.hpp"

namespace bongsu::console {
namespace {

/// Cuts the part before the next '/' off `rest`, which begins with '/'.
std::string_view take_part(std::string_view& rest) {
    rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(part.size());
    return part;
}

}  // namespace

PathPattern::PathPattern(std::string_view pattern) {
    while (pattern.starts_with('/')) {
        const std::string_view part = take_part(pattern);
        const bool is_name = part.starts_with('{') && part.ends_with('}');
        names_ += is_name ? 1 : 0;
        parts_.push_back({std::string(is_name ? part.substr(1, part.size() - 2) : part), is_name});
    }
}

std::optional<PathValues> PathPattern::match(std::string_view path) const {
    PathValues values;
    for (const Part& part : parts_) {
        if (!path.starts_with('/')) {
            return std::nullopt;
        }
        const std::string_view text = take_part(path);
        if (part.is_name ? text.empty() : text != part.text) {
            return std::nullopt;
        }
        if (part.is_name) {
            values.emplace(part.text, text);
        }
    }
    return path.empty() ? std::optional{std::move(values)} : std::nullopt;
}

}  // namespace bongsu::console
