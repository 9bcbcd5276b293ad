#pragma once

#include "behaviours/place.hpp"
#include "domain/geometry.hpp"
#include "domain/track.hpp"

#include <optional>

namespace bongsu::behaviours::line_crossing {

/// The way of one object relative to one directed line. Side a is the left hand of someone who
/// walks along the line from its first to its second point, side b the right hand.
class LinePath {
public:
    struct Crossing {
        WallTime time;  ///< when the point passed the line, interpolated
        bool is_a_to_b = true;
    };

    /// Takes the next observed position. `band` is how far from the line (pixels) the point must
    /// come to be believed on a side: jitter within it crosses nothing. Returns the crossing that
    /// this position completes.
    std::optional<Crossing> step(const Segment& line, Point point, WallTime time, float band);

    /// Forgets the side, as after a long absence.
    void restart() { *this = LinePath{}; }

    bool has_begun() const { return has_begun_; }

    WallTime last_time() const { return last_time_; }

    Point last_point() const { return last_; }

private:
    struct Pass {
        WallTime time;
        bool is_within = false;  ///< between the ends of the line, not on its extension
    };

    void note_pass(const Segment& line, Point point, WallTime time, float offset);

    bool has_begun_ = false;
    int side_ = 0;  ///< settled: -1 a, +1 b, 0 not yet known
    Point last_;
    float last_offset_ = 0;
    WallTime last_time_;
    std::optional<Pass> pass_;  ///< the latest change of sign
};

}  // namespace bongsu::behaviours::line_crossing
