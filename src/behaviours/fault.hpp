#pragma once

#include "behaviours/behaviour.hpp"
#include "behaviours/hold.hpp"
#include "behaviours/registry.hpp"
#include "core/settings.hpp"

#include <string>
#include <vector>

namespace bongsu::behaviours {

/// What one scene says about a fault of the camera.
struct FaultSign {
    Verdict verdict = Verdict::Unknown;
    float confidence = 1;  ///< 0..1
    std::string detail;
};

/// The rows `after` and `clear_after` with a behaviour's own defaults, in seconds.
std::vector<FieldSpec> fault_fields(double after, double clear_after);
Hold::Times parse_fault_times(const Settings& settings);

/// One fault of one camera over time: event begun when the sign has held, ended when it has been
/// gone, long enough.
class FaultEpisode {
public:
    void report(
        const Scene& scene, const FaultSign& sign, const Hold::Times& times, EventSink& sink
    );

    bool is_on() const { return hold_.is_on(); }

    std::optional<WallTime> since() const { return hold_.since(); }

private:
    Hold hold_;
    EpisodeId episode_;
    Finding last_;
};

/// Whether someone or something stands so close that it fills much of the picture: then the view
/// cannot be judged.
bool is_view_blocked(const Scene& scene);

}  // namespace bongsu::behaviours
