#pragma once

#include "core/clock.hpp"
#include "station/film_prints.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bongsu::bench {

/// What stands on disk of one stream, compared with the film that the camera played.
struct RecordedStream {
    /// Numbers of the recorded pictures in the endless film, ascending, with an unknown but fixed
    /// number of whole loops too few or too many.
    std::vector<std::int64_t> numbers;
    std::size_t foreign = 0;  ///< pictures whose bytes are not those of the film
    std::size_t unread = 0;   ///< segments that could not be read
    std::string first_problem;
};

/// Reads the pictures of the given segments of one stream, in the order in which they were written,
/// those of fragments that begin before `until`.
RecordedStream read_recorded(
    const std::filesystem::path& root,
    const std::vector<store::Segment>& segments,
    const FilmPrints& prints,
    WallTime until = WallTime::max()
);

}  // namespace bongsu::bench
