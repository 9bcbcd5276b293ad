#include "behaviours/fall/body_watch.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <vector>

namespace bongsu::behaviours::fall {
namespace {

constexpr std::size_t kLooks = 3;  ///< at poses, in one scene
constexpr std::size_t kMostBodies = 16;
constexpr std::size_t kMostHeights = 15;
constexpr Duration kMemory = std::chrono::seconds{6};
constexpr Duration kUnseen = std::chrono::seconds{4};       ///< neither pose nor detection: gone
constexpr Duration kUndetected = std::chrono::seconds{20};  ///< a pose alone is believed so long
constexpr Duration kWatched = std::chrono::seconds{30};     ///< both, for who is watched
constexpr Duration kKeep = std::chrono::seconds{1};
constexpr Duration kSearch = std::chrono::seconds{5};

/// A pose that nobody stands behind must be surer than one where the detector saw a person.
constexpr float kSureOfSomebody = 0.45F;
/// A detection of this overlap, or around the hips, continues a body whose track was lost.
constexpr float kSameOverlap = 0.3F;
/// Hips may move by so many body heights from one look to the next; further away is somebody else.
constexpr float kFurthest = 0.8F;
/// Two bodies whose hips are so near, in heights, are one.
constexpr float kDouble = 0.15F;
/// So near a side, in shares of the picture, and so fast towards it, in heights a second, he
/// leaves.
constexpr float kEdge = 0.015F;
constexpr float kLeavingPace = 0.3F;
/// Somebody new so near where somebody went down and was lost is him, in heights.
constexpr float kJoined = 0.5F;
/// The crop around a body whose limbs are not seen, in heights.
constexpr float kLeastCrop = 0.9F;
/// Below so many heights what was read is nobody's body.
constexpr float kLeastExtent = 0.25F;
/// A posture without a known height has one of so many trunks.
constexpr float kTrunksOfAHeight = 3.0F;
/// Who moves his hips or head so far, in heights, is awake whatever the tracker thinks.
constexpr float kMoves = 0.1F;

/// Who was not found where he was is looked for lower and to both sides, in sizes of the crop.
struct Place {
    Point off;
    float size = 1;  ///< of the crop, in sizes of the one before
};

/// Who fell towards the camera or away from it fills little of a standing body's square.
constexpr std::array<Place, 6> kPlaces{{
    {{0, 0}, 1.2F},
    {{0, 0.35F}, 1.2F},
    {{-0.35F, 0.25F}, 1.2F},
    {{0.35F, 0.25F}, 1.2F},
    {{0, 0.15F}, 1.2F},
    {{0, 0.15F}, 0.6F},
}};
/// Looks that others leave over are for who was seen so lately.
constexpr Duration kLately = std::chrono::seconds{2};
/// A look adds room around what it is asked for (vision/pose); this is left when a square of the
/// picture's height is wanted.
constexpr float kPart = 0.8F;
constexpr std::size_t kSearchLooks = 2;  ///< in one scene, while nobody is known

float size_of(const Body& body) {
    if (const float height = body.height(); height > 0) {
        return height;
    }
    const float trunk = body.samples.empty() ? 0 : body.samples.back().posture.trunk;
    return std::max({body.box.w, body.box.h, kTrunksOfAHeight * trunk});
}

Box square_around(Point middle, float side) {
    return {middle.x - side / 2, middle.y - side / 2, side, side};
}

Box next_look(const Body& body) {
    if (body.tries == 0 || body.last_detected > body.last_asked) {
        return body.box;
    }
    const Place& place = kPlaces.at(static_cast<std::size_t>(body.tries) % kPlaces.size());
    const Point middle = body.box.centre();
    const float side = place.size * std::max(body.box.w, body.box.h);
    return square_around({middle.x + place.off.x * side, middle.y + place.off.y * side}, side);
}

bool is_followed(const Track& track) {
    return track.cls == ObjectClass::Person && !track.history.empty() &&
           track.history.back().is_observed && track.box.h >= BodyWatch::kSmallest;
}

/// The picture, and squares of its height from left to right.
std::vector<Box> parts_of(const Scene& scene) {
    const auto width = static_cast<float>(scene.width);
    const auto height = static_cast<float>(scene.height);
    std::vector<Box> parts{{0, 0, width, height}};
    if (width > height) {
        const float side = kPart * height;
        for (const float share : {0.5F, 0.F, 1.F}) {
            const float x = height / 2 + share * (width - height);
            parts.push_back(square_around({x, height / 2}, side));
        }
    }
    return parts;
}

/// Whether he was last seen upright at a side of the picture, on his way out.
bool has_walked_out(const Body& body, const Box& picture) {
    if (body.samples.size() < 2 || body.last_detected > body.samples.back().time) {
        return false;
    }
    const BodySample& last = body.samples.back();
    const BodySample& before = body.samples[body.samples.size() - 2];
    const auto between = static_cast<float>(to_seconds(last.time - before.time));
    const float pace = (last.posture.hips.x - before.posture.hips.x) / between;
    const float edge = kEdge * picture.w;
    const float least = kLeavingPace * size_of(body);
    const bool leaves_left = last.posture.extent.x < edge && pace < -least;
    const bool leaves_right = last.posture.extent.right() > picture.right() - edge && pace > least;
    return last.posture.height > 0 && (leaves_left || leaves_right);
}

/// Whether the detection may be this body: where he was looked for, or around his hips.
bool may_be(const Body& body, const Track& track) {
    if (iou(body.box, track.box) >= kSameOverlap) {
        return true;
    }
    if (body.samples.empty()) {
        return false;
    }
    const float reach = body.misses > 0 ? kFurthest : kSameOverlap;
    return distance(body.samples.back().posture.hips, track.box.centre()) < reach * size_of(body);
}

}  // namespace

float Body::height() const {
    if (heights.empty()) {
        return usual_height;
    }
    std::vector<float> sorted(heights.begin(), heights.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    return *middle;
}

WallTime Body::last_seen() const {
    return samples.empty() ? std::max(first_seen, last_detected)
                           : std::max(samples.back().time, last_detected);
}

void BodyWatch::update(const Scene& scene) {
    if (scene.time < now_ || scene.signal == SignalState::Lost) {
        bodies_.clear();
        sightings_.clear();
    }
    now_ = scene.time;
    picture_ = {0, 0, static_cast<float>(scene.width), static_cast<float>(scene.height)};
    sightings_.forget(now_);
    for (const Track& track : scene.tracks) {
        sightings_.remember(track, now_);
        if (is_followed(track)) {
            take_in(track);
        }
    }
    search(scene);
    ask(scene);
    forget();
    const bool looks_on = now_ < search_until_ ||
                          std::ranges::any_of(bodies_, [&](const Body& b) { return is_awake(b); });
    if (looks_on && scene.second_look != nullptr) {
        scene.second_look->keep_looking(kKeep);
    }
}

void BodyWatch::take_in(const Track& track) {
    if (bodies_.size() >= kMostBodies) {
        return;
    }
    Body& body = known_or_new(track);
    body.track = track.id;
    const float side = std::max({track.box.w, track.box.h, kLeastCrop * body.height()});
    body.box = square_around(track.box.centre(), side);
    body.detected = track.box;
    body.last_detected = now_;
    body.is_resting = track.is_stationary;
}

/// The tracker's number alone is not enough: it may pass to a neighbour.
Body& BodyWatch::known_or_new(const Track& track) {
    const auto is_free = [&](const Body& body) {
        return body.last_detected != now_ && may_be(body, track);
    };
    auto known = std::ranges::find_if(bodies_, [&](const Body& body) {
        return body.track == track.id && is_free(body);
    });
    if (known == bodies_.end()) {
        known = std::ranges::find_if(bodies_, is_free);
    }
    if (known != bodies_.end()) {
        return *known;
    }
    Body& body = bodies_.emplace_back();
    body.number = ++last_number_;
    body.first_seen = now_;
    return body;
}

void BodyWatch::search(const Scene& scene) {
    if (scene.level == TriageLevel::T3 && level_ != TriageLevel::T3) {
        search_until_ = now_ + kSearch;
    }
    level_ = scene.level;
    const bool knows_somebody = std::ranges::any_of(bodies_, [](const Body& body) {
        return !body.samples.empty() && body.misses == 0;
    });
    // Something moves that the detector does not know: the camera is about to rest again.
    const bool is_only_chance = scene.level == TriageLevel::T2 && !scene.moving.empty();
    if (knows_somebody || scene.second_look == nullptr ||
        (!is_only_chance && now_ >= search_until_)) {
        return;
    }
    const std::vector<Box> parts = parts_of(scene);
    const std::size_t looks = is_only_chance ? parts.size() : kSearchLooks;
    for (std::size_t i = 0; i < looks; ++i) {
        search_in(scene, parts[searches_++ % parts.size()]);
    }
}

void BodyWatch::search_in(const Scene& scene, const Box& part) {
    const std::optional<Pose> pose = scene.second_look->pose(part);
    const std::optional<Posture> posture = pose ? read_posture(*pose) : std::nullopt;
    const bool is_somebody = posture && posture->sureness >= kSureOfSomebody &&
                             posture->height >= kSmallest && bodies_.size() < kMostBodies;
    if (!is_somebody || is_known(*posture)) {
        return;
    }
    Body& body = bodies_.emplace_back();
    body.number = ++last_number_;
    body.first_seen = now_;
    body.last_detected = now_;
    body.box = square_around(posture->extent.centre(), posture->height);
    read(body, *posture);
}

/// The parts that are searched overlap.
bool BodyWatch::is_known(const Posture& posture) const {
    return std::ranges::any_of(bodies_, [&](const Body& body) {
        const Point middle =
            body.samples.empty() ? body.box.centre() : body.samples.back().posture.hips;
        return distance(middle, posture.hips) < kSameOverlap * posture.height;
    });
}

void BodyWatch::ask(const Scene& scene) {
    if (scene.second_look == nullptr) {
        return;
    }
    std::vector<Body*> waiting;
    for (Body& body : bodies_) {
        if (body.samples.empty() || body.samples.back().time < now_) {
            waiting.push_back(&body);
        }
    }
    std::ranges::sort(waiting, {}, &Body::last_asked);
    waiting.resize(std::min(waiting.size(), kLooks));
    std::size_t left = kLooks - waiting.size();
    std::erase_if(waiting, [&](Body* body) { return ask_once(scene, *body); });
    for (Body* body : waiting) {
        body->misses += body->last_asked == now_ ? 1 : 0;
    }
    // He falls half his height between two pictures: what looks are left are for who is missed.
    std::erase_if(waiting, [&](const Body* body) {
        return body->samples.empty() || now_ - body->samples.back().time > kLately;
    });
    while (left > 0 && !waiting.empty()) {
        --left;
        std::ranges::rotate(waiting, std::next(waiting.begin()));
        if (ask_once(scene, *waiting.back())) {
            waiting.pop_back();
        }
    }
}

/// Whether his posture was read.
bool BodyWatch::ask_once(const Scene& scene, Body& body) {
    const std::optional<Pose> pose = scene.second_look->pose(next_look(body));
    if (!pose) {
        return false;
    }
    body.last_asked = now_;
    const std::optional<Posture> posture = read_posture(*pose);
    if (posture && read(body, *posture)) {
        return true;
    }
    ++body.tries;
    return false;
}

/// False when the posture is somebody else's or no body's.
bool BodyWatch::read(Body& body, const Posture& posture) {
    const float size = size_of(body);
    const bool is_nobodys = std::max(posture.extent.w, posture.extent.h) < kLeastExtent * size;
    if (is_nobodys || is_somebody_elses(body, posture)) {
        return false;
    }
    body.misses = 0;
    body.tries = 0;
    body.samples.push_back({now_, posture, body.track});
    std::erase_if(body.samples, [&](const BodySample& old) { return now_ - old.time > kMemory; });
    if (posture.height > 0) {
        body.heights.push_back(posture.height);
        if (body.heights.size() > kMostHeights) {
            body.heights.pop_front();
        }
    }
    const float side = std::max({posture.extent.w, posture.extent.h, kLeastCrop * size_of(body)});
    body.box = square_around(posture.extent.centre(), side);
    return true;
}

bool BodyWatch::is_somebody_elses(const Body& body, const Posture& posture) const {
    if (body.samples.empty()) {
        return false;
    }
    const BodySample& last = body.samples.back();
    const float size = size_of(body);
    const Sightings::Known him{
        .track = last.track, .time = last.time, .hips = last.posture.hips, .size = size
    };
    return distance(last.posture.hips, posture.hips) > kFurthest * size ||
           has_walked_out(body, picture_) || sightings_.is_of_another(posture.extent, now_, him);
}

bool BodyWatch::is_awake(const Body& body) const {
    if (!body.is_resting || body.misses > 0) {
        return true;
    }
    const float least = kMoves * size_of(body);
    return std::ranges::any_of(body.samples, [&](const BodySample& sample) {
        const Posture& latest = body.samples.back().posture;
        return distance(sample.posture.hips, latest.hips) > least ||
               distance(sample.posture.head, latest.head) > least;
    });
}

void BodyWatch::forget() {
    join_the_lost();
    forget_doubles();
    std::erase_if(bodies_, [&](const Body& body) {
        return now_ - body.last_seen() > (body.is_watched ? kWatched : kUnseen) ||
               now_ - body.last_detected > (body.is_watched ? kWatched : kUndetected);
    });
}

/// Who went down and was lost there is found again as somebody new by the detector.
void BodyWatch::join_the_lost() {
    for (Body& lost : bodies_) {
        if (!lost.is_watched || lost.misses == 0 || lost.samples.empty()) {
            continue;
        }
        const auto found = std::ranges::find_if(bodies_, [&](const Body& other) {
            return other.number > lost.number && other.misses == 0 && !other.samples.empty() &&
                   other.samples.front().time > lost.samples.back().time &&
                   distance(other.samples.back().posture.hips, lost.samples.back().posture.hips) <
                       kJoined * size_of(lost);
        });
        if (found == bodies_.end()) {
            continue;
        }
        lost.track = found->track;
        lost.detected = found->detected;
        lost.last_detected = std::max(lost.last_detected, found->last_detected);
        lost.last_asked = found->last_asked;
        lost.box = found->box;
        lost.misses = 0;
        lost.tries = 0;
        lost.samples.insert(lost.samples.end(), found->samples.begin(), found->samples.end());
        bodies_.erase(found);
        return;
    }
}

/// Two that were taken for two and sit in each other: the one that is known for longer stays.
void BodyWatch::forget_doubles() {
    const auto is_double = [](const Body& older, const Body& newer) {
        return older.number < newer.number && older.misses == 0 && newer.misses == 0 &&
               !older.samples.empty() && !newer.samples.empty() &&
               distance(older.samples.back().posture.hips, newer.samples.back().posture.hips) <
                   kDouble * size_of(older);
    };
    std::vector<std::uint64_t> doubles;
    for (const Body& newer : bodies_) {
        if (std::ranges::any_of(bodies_, [&](const Body& b) { return is_double(b, newer); })) {
            doubles.push_back(newer.number);
        }
    }
    std::erase_if(bodies_, [&](const Body& body) {
        return std::ranges::find(doubles, body.number) != doubles.end();
    });
}

}  // namespace bongsu::behaviours::fall
