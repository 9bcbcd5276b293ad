#include "scenelog/region_search.hpp"

#include "domain/zone.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace bongsu::scenelog {
namespace {

/// Tracks are numbered anew when the program starts: first_seen tells them apart.
using TrackKey = std::pair<TrackId, WallTime>;

class Search {
public:
    explicit Search(const RegionQuery& query) : query_(query) {}

    bool look(const Scene& scene) {
        if (scene.width <= 0 || scene.height <= 0) {
            return true;
        }
        if (scene.width != width_ || scene.height != height_) {
            width_ = scene.width;
            height_ = scene.height;
            region_ = to_pixels(query_.region, width_, height_);
        }
        for (const Track& track : scene.tracks) {
            if (is_meant(track) && touches(track.box)) {
                note(scene, track);
            }
        }
        return moments_.size() <= query_.most_moments;
    }

    std::vector<RegionMoment> take() { return std::move(moments_); }

private:
    bool is_meant(const Track& track) const {
        const bool is_wanted_class =
            query_.classes.empty() ||
            std::ranges::find(query_.classes, track.cls) != query_.classes.end();
        return track.state == TrackState::Confirmed && is_wanted_class &&
               track.score >= query_.min_score;
    }

    bool touches(const Box& box) const {
        return query_.touch == Touch::Foot ? contains(region_, box.foot()) : overlaps(region_, box);
    }

    void note(const Scene& scene, const Track& track) {
        const TrackKey key{track.id, track.first_seen};
        const auto known = latest_.find(key);
        const bool goes_on =
            known != latest_.end() && scene.time - moments_[known->second].to <= query_.join;
        if (!goes_on) {
            latest_[key] = moments_.size();
            moments_.push_back({.from = scene.time, .track = track.id});
        }
        RegionMoment& moment = goes_on ? moments_[known->second] : moments_.back();
        moment.to = scene.time;
        if (track.score >= moment.score) {
            moment.cls = track.cls;
            moment.score = track.score;
            moment.box = track.box;
            moment.width = scene.width;
            moment.height = scene.height;
        }
    }

    const RegionQuery& query_;
    int width_ = 0;
    int height_ = 0;
    Polygon region_;
    std::vector<RegionMoment> moments_;
    std::map<TrackKey, std::size_t> latest_;  ///< index of a track's latest moment
};

}  // namespace

Result<RegionFindings> search_region(
    const SceneReader& reader, const CameraId& camera, TimeSpan span, const RegionQuery& query
) {
    if (query.region.size() < 3 || area(query.region) <= 0 || is_self_crossing(query.region)) {
        return fail(
            ErrorKind::InvalidArgument,
            "region_wrong"_code,
            "the region of the search needs three corners or more whose edges do not cross"
        );
    }
    Search search(query);
    BONGSU_ASSIGN(const ReadSummary read, reader.read_busy(camera, span, [&](const Scene& scene) {
        return search.look(scene);
    }));
    RegionFindings findings{.moments = search.take(), .read = read};
    findings.is_cut = findings.moments.size() > query.most_moments;
    if (findings.is_cut) {
        findings.moments.resize(query.most_moments);
    }
    return findings;
}

bool overlaps(const Polygon& polygon, const Box& box) {
    const std::array<Point, 4> corners{
        Point{box.x, box.y},
        Point{box.right(), box.y},
        Point{box.right(), box.bottom()},
        Point{box.x, box.bottom()}
    };
    if (contains(polygon, box.centre()) || contains(polygon, corners[0])) {
        return true;
    }
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Point a = polygon[i];
        if (a.x >= box.x && a.x <= box.right() && a.y >= box.y && a.y <= box.bottom()) {
            return true;
        }
        const Segment edge{a, polygon[(i + 1) % polygon.size()]};
        for (std::size_t c = 0; c < corners.size(); ++c) {
            if (crosses(edge, {corners[c], corners[(c + 1) % corners.size()]})) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace bongsu::scenelog
