#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::console {

/// Values of the {names} of a pattern.
using PathValues = std::map<std::string, std::string, std::less<>>;

/// A path with {names}, such as "/api/v1/cameras/{camera}". A name stands for one part without
/// '/'. Immutable.
class PathPattern {
public:
    explicit PathPattern(std::string_view pattern);

    /// The values when `path` fits.
    std::optional<PathValues> match(std::string_view path) const;

    /// Patterns with fewer names are asked first: "/cameras/map" before "/cameras/{camera}".
    std::size_t names() const { return names_; }

private:
    struct Part {
        std::string text;
        bool is_name = false;
    };

    std::vector<Part> parts_;
    std::size_t names_ = 0;
};

}  // namespace bongsu::console
