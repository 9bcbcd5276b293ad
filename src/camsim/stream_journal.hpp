#pragma once

#include "camsim/timeline.hpp"
#include "core/clock.hpp"
#include "core/guarded.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bongsu::camsim {

/// One picture that left the simulator.
struct SentUnit {
    UnitNumber number = 0;
    MonoTime at;
    bool is_other_film = false;
    bool is_whole = true;  ///< false: a fault took a part of it
};

/// One fault as it happened.
struct FaultEvent {
    std::string_view name;  ///< such as "stall"; lives for ever
    MonoTime begin;
    std::optional<MonoTime> end;  ///< nothing: does not end by itself, or has not ended yet
};

/// What a test needs to judge what became of a stream.
struct StreamRecord {
    std::vector<SentUnit> sent;
    std::vector<FaultEvent> faults;
};

/// Remembers what a stream sent and suffered, up to a number of entries of each kind; later ones
/// are left out (overflow policy reject) and counted. Thread-safe.
class StreamJournal {
public:
    /// Before the first note; nothing is remembered without it.
    void keep(std::size_t entries) { capacity_ = entries; }

    void note_sent(const SentUnit& unit);

    /// A fault that is over as it happens, or that never ends by itself.
    void note_fault(std::string_view name, MonoTime at, std::optional<MonoTime> end);

    /// A fault that lasts: begun by the first call, ended by end_fault.
    void begin_fault(std::string_view name, MonoTime at);
    void end_fault(std::string_view name, MonoTime at);

    StreamRecord copy() const;

    std::uint64_t left_out() const;

private:
    struct Pages {
        StreamRecord record;
        std::uint64_t left_out = 0;
    };

    std::size_t capacity_ = 0;
    Guarded<Pages> pages_;
};

}  // namespace bongsu::camsim
