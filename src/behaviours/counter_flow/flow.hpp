#pragma once

#include "domain/scene.hpp"
#include "domain/track.hpp"

#include <optional>
#include <vector>

namespace bongsu::behaviours::counter_flow {

/// Which way somebody has gone during the last moments.
struct Course {
    TrackId track;
    Point direction;  ///< of length 1
    WallTime time;
    Box box;
    float score = 0;
};

/// The course of a track over its last seconds, or nothing when it hardly moved: less than
/// `least_way` body heights.
std::optional<Course> course_of(const Track& track, WallTime now, float least_way);

/// Which way most people go through an area, from the courses of the last while. Each person counts
/// once, however long he takes. At most 256 people.
class Stream {
public:
    void add(const Course& course);
    void forget_before(WallTime time);

    /// The direction of the stream when at least `people` make it and so many of all, as a share,
    /// go within 45 degrees of it.
    std::optional<Point> direction(std::size_t people, double share) const;

private:
    std::vector<Course> courses_;  ///< the latest of each person
};

/// -1 against, 0 across, 1 with.
float along(Point direction, Point other);

}  // namespace bongsu::behaviours::counter_flow
