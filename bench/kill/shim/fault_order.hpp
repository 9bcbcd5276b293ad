#pragma once

#include <atomic>
#include <cstdint>

namespace bongsu::bench {

/// What the disk under the station shall do.
enum class DiskFault : std::uint32_t {
    None,
    Full,      ///< ENOSPC
    Broken,    ///< EIO on writing and on forcing to disk
    ReadOnly,  ///< EROFS on writing and on making files
    Slow,      ///< every write takes 0.2 s
    Short,     ///< every write takes at most 1,000 bytes, then the disk is full
};

/// Which files are meant, as bits.
inline constexpr std::uint32_t kRecordings = 1;
inline constexpr std::uint32_t kDatabase = 2;

/// Orders from the benchmark to the library that is loaded into the station, in a file that both
/// map. Lock-free atomics only: both sides are different processes.
struct FaultOrder {
    std::atomic<std::uint32_t> fault;           ///< DiskFault
    std::atomic<std::uint32_t> files;           ///< kRecordings | kDatabase
    std::atomic<std::int64_t> clock_offset_ns;  ///< added to the wall clock
    std::atomic<std::uint64_t> struck;          ///< calls that were failed or slowed so far
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

/// Environment of the station: the file with the orders, and the data folder.
inline constexpr const char* kOrderVariable = "BONGSU_FAULT_ORDER";
inline constexpr const char* kFolderVariable = "BONGSU_FAULT_FOLDER";

}  // namespace bongsu::bench
