#pragma once

#include "core/result.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::recording {

/// What was found after the last run ended, perhaps by a crash.
struct RecoveryReport {
    std::size_t recovered =
        0;                 ///< segments that were open or unknown and are whole and indexed now
    std::size_t torn = 0;  ///< of those, how many lost a tail (kept beside as .torn)
    std::int64_t torn_bytes = 0;
    std::size_t unreadable = 0;      ///< files without a whole header, renamed to .torn
    std::size_t missing = 0;         ///< indexed as open, but no file is there
    std::vector<std::string> lines;  ///< one per file that is not whole, for people; at most 1000
};

/// Makes index and disk agree after kill -9 or a power cut: every segment that is open in the
/// index, and every file in the latest day folders that the index does not know, is read and its
/// hashes are checked; what is whole is indexed as closed, the rest goes to <name>.torn beside it.
/// Before any recording. Runs on: the calling thread; reads each such segment once.
Result<RecoveryReport> recover(const std::string& root, store::SegmentIndex& index);

}  // namespace bongsu::recording
