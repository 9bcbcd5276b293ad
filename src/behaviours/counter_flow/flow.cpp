#include "behaviours/counter_flow/flow.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bongsu::behaviours::counter_flow {
namespace {

constexpr Duration kCourse = std::chrono::seconds{2};
constexpr Duration kLeastCourse = std::chrono::milliseconds{900};
constexpr std::size_t kMost = 256;
constexpr float kWith = std::numbers::sqrt2_v<float> / 2;  // cosine of 45 degrees

}  // namespace

std::optional<Course> course_of(const Track& track, WallTime now, float least_way) {
    const TrackPoint* first = nullptr;
    for (const TrackPoint& point : track.history) {
        if (point.is_observed && now - point.time <= kCourse) {
            first = &point;
            break;
        }
    }
    if (first == nullptr || now - first->time < kLeastCourse) {
        return std::nullopt;
    }
    const Point from = first->box.foot();
    const Point to = track.box.foot();
    const float way = std::hypot(to.x - from.x, to.y - from.y);
    if (way < least_way * std::max(track.box.h, 1.0F)) {
        return std::nullopt;
    }
    return Course{
        .track = track.id,
        .direction = {(to.x - from.x) / way, (to.y - from.y) / way},
        .time = now,
        .box = track.box,
        .score = track.score
    };
}

void Stream::add(const Course& course) {
    const auto known = std::ranges::find(courses_, course.track, &Course::track);
    if (known != courses_.end()) {
        *known = course;
    } else if (courses_.size() < kMost) {
        courses_.push_back(course);
    }
}

void Stream::forget_before(WallTime time) {
    std::erase_if(courses_, [time](const Course& course) { return course.time < time; });
}

std::optional<Point> Stream::direction(std::size_t people, double share) const {
    // The course that most others share: a mean would be pulled round by those who go against it.
    const Course* best = nullptr;
    std::ptrdiff_t most = 0;
    for (const Course& course : courses_) {
        const auto with = std::ranges::count_if(courses_, [&](const Course& other) {
            return along(course.direction, other.direction) >= kWith;
        });
        if (with > most) {
            most = with;
            best = &course;
        }
    }
    const auto all = static_cast<double>(courses_.size());
    const bool is_stream = best != nullptr && static_cast<std::size_t>(most) >= people &&
                           static_cast<double>(most) >= share * all;
    return is_stream ? std::optional{best->direction} : std::nullopt;
}

float along(Point direction, Point other) {
    return direction.x * other.x + direction.y * other.y;
}

}  // namespace bongsu::behaviours::counter_flow
