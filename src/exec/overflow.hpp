#pragma once

#include <string_view>

namespace bongsu::exec {

/// What a full queue does with one more entry. Every queue names its policy and counts what it
/// gives up.
enum class Overflow {
    DropOldest,  ///< the entry that has waited longest makes room
    Coalesce,    ///< a waiting entry with the same key is replaced, at any fill level; full without
                 ///< such an entry: reject
    Reject,      ///< the newcomer is turned away
};

/// What became of one entry.
enum class Admission {
    Accepted,
    Coalesced,  ///< took the place of a waiting entry with the same key
    Displaced,  ///< accepted, and the oldest entry was dropped for it
    Rejected,   ///< not taken: full, or closed
};

std::string_view to_string(Overflow policy);

}  // namespace bongsu::exec
