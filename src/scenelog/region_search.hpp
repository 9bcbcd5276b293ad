#pragma once

#include "domain/geometry.hpp"
#include "scenelog/scene_reader.hpp"

#include <cstddef>
#include <vector>

namespace bongsu::scenelog {

/// What part of an object must touch the region.
enum class Touch { Foot, Box };

struct RegionQuery {
    Polygon region;  ///< normalised, three corners or more
    Touch touch = Touch::Foot;
    std::vector<ObjectClass> classes;  ///< empty: all
    float min_score = 0;
    Duration join = std::chrono::seconds{2};  ///< a pause no longer than this is one moment
    std::size_t most_moments = 1000;
};

/// A time during which one object was in the region.
struct RegionMoment {
    WallTime from;
    WallTime to;  ///< of the last sighting in the region
    TrackId track;
    ObjectClass cls = ObjectClass::Person;
    float score = 0;  ///< the best in the region
    Box box;          ///< pixels, at the best score
    int width = 0;    ///< of that picture
    int height = 0;
};

struct RegionFindings {
    std::vector<RegionMoment> moments;  ///< in order of `from`
    bool is_cut = false;                ///< there were more than most_moments
    ReadSummary read;
};

/// When something that was tracked stood in, or reached into, a drawn region: answers at once, for
/// nothing is decoded. InvalidArgument for a region that is none.
Result<RegionFindings> search_region(
    const SceneReader& reader, const CameraId& camera, TimeSpan span, const RegionQuery& query
);

/// Whether box and polygon have a point in common (touching edges may count or not).
bool overlaps(const Polygon& polygon, const Box& box);

}  // namespace bongsu::scenelog
