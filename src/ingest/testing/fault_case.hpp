#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bongsu::ingest::testing {

/// Films that faults are tried with, made by FaultTrial.
enum class TrialFilm {
    Plain,      ///< H.264, a key picture every second
    Small,      ///< the same at another size
    H265,       ///< the other codec
    BPictures,  ///< sent in another order than shown
    LongGop,    ///< a key picture every 30 s
};

/// One fault of docs/design/faults.md: what the simulator does, and what is measured.
struct FaultCase {
    std::string_view name;
    std::string_view faults;             ///< settings of the simulated camera, as YAML
    std::string_view event;              ///< word in the stream's journal that recovery counts from
    std::string_view transport = "tcp";  ///< of the client
    TrialFilm film = TrialFilm::Plain;
    TrialFilm other = TrialFilm::Plain;  ///< what the faults switch to
    bool starts_at_key = false;          ///< the camera begins every session with a key picture
    std::string_view words{};            ///< part of what the operator reads; empty: nothing
};

/// Every fault that single cameras have. Those of all cameras at once are TrialSetup's.
std::span<const FaultCase> fault_cases();

}  // namespace bongsu::ingest::testing
