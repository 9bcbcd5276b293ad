#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "station/film_prints.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
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

/// All rows of the index of a data folder as they are on disk now, by path.
Result<std::map<std::string, store::Segment>> read_index(const std::filesystem::path& data);

/// The recordings of all cameras against what these sent.
struct Comparison {
    std::size_t pictures = 0;
    std::int64_t lost = 0;        ///< missing, foreign or unreadable
    std::int64_t never_sent = 0;  ///< missing because the simulator was late and left them out

    /// `left_out` pictures could not be had by any client. Names what is missing on standard error.
    void add(const CameraId& camera, const RecordedStream& recorded, std::int64_t left_out);
};

}  // namespace bongsu::bench
