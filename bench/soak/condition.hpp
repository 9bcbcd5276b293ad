#pragma once

#include "core/result.hpp"

#include <filesystem>

#include <sys/types.h>

namespace bongsu::bench {

/// How a station and its folder stand at one moment.
struct Condition {
    double hours = 0;  ///< since the station was asked to start
    double resident_mb = 0;
    double proportional_mb = 0;  ///< pages shared with others counted in part
    double anonymous_mb = 0;     ///< heap and stacks: what belongs to no file
    double handles = 0;
    double threads = 0;
    double recordings_mb = 0;
    double database_mb = 0;  ///< with its write-ahead log
    double other_mb = 0;     ///< pictures of incidents, scene log
};

/// From /proc (Linux proc(5)) and the data folder; `hours` is left alone. NotFound when there is no
/// such process.
Result<Condition> condition_of(pid_t process, const std::filesystem::path& data);

}  // namespace bongsu::bench
