#pragma once

#include "behaviours/fall/posture.hpp"
#include "behaviours/fall/sightings.hpp"
#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/scene.hpp"
#include "domain/track.hpp"

#include <cstdint>
#include <deque>

namespace bongsu::behaviours::fall {

/// A person at one instant as his pose shows him.
struct BodySample {
    WallTime time;
    Posture posture;
    TrackId track;  ///< his then; 0: the detector had not seen him yet
};

/// One person whose posture is followed from picture to picture. The detector loses people as they
/// fall; a pose that is asked for where the body was an instant ago does not.
struct Body {
    std::uint64_t number = 0;  ///< unique within its watch
    TrackId track;             ///< his latest; 0: the detector never saw him
    Box box;                   ///< where to look next, pixels
    Box detected;              ///< the latest detection; empty when there was none
    WallTime first_seen;
    WallTime last_detected;   ///< by the detector, or when a pose alone found him
    WallTime last_asked;      ///< for a pose
    bool is_resting = false;  ///< the tracker takes him for stationary
    bool is_watched = false;  ///< set by who needs him: kept for longer when nothing is seen of him
    int misses = 0;           ///< scenes with looks at him since his posture was last read
    int tries = 0;            ///< looks since then
    std::deque<BodySample> samples;  ///< oldest first, of the last seconds
    std::deque<float> heights;       ///< of the latest upright postures, pixels
    float usual_height = 0;          ///< of people where he is, pixels; 0: not known

    /// Standing, pixels: median of his latest upright postures, else what is usual there; 0: not
    /// known.
    float height() const;
    /// The latest time that anything was seen of him.
    WallTime last_seen() const;
};

/// Follows the postures of the people of one camera, at most a few looks an instant, those first
/// who waited longest. Who stood still when the camera began to look is part of the detector's
/// background and stays unseen by it: as long as nobody is known, poses of the whole picture and of
/// its parts may find him, when something moves before a resting camera and in the first seconds in
/// which one is followed. People lower than kSmallest pixels are not followed: a pose of so few
/// pixels says nothing.
class BodyWatch {
public:
    static constexpr float kSmallest = 60;

    /// Asks for the postures of this scene and for pictures as long as somebody moves.
    void update(const Scene& scene);

    std::deque<Body>& bodies() { return bodies_; }

    const std::deque<Body>& bodies() const { return bodies_; }

private:
    void take_in(const Track& track);
    Body& known_or_new(const Track& track);
    void search(const Scene& scene);
    void search_in(const Scene& scene, const Box& part);
    bool is_known(const Posture& posture) const;
    void ask(const Scene& scene);
    bool ask_once(const Scene& scene, Body& body);
    bool read(Body& body, const Posture& posture);
    bool is_somebody_elses(const Body& body, const Posture& posture) const;
    void forget();
    void join_the_lost();
    void forget_doubles();
    bool is_awake(const Body& body) const;

    std::deque<Body> bodies_;
    Sightings sightings_;
    Box picture_;
    std::uint64_t last_number_ = 0;
    WallTime now_{};
    WallTime search_until_{};
    std::size_t searches_ = 0;
    TriageLevel level_ = TriageLevel::T1;
};

}  // namespace bongsu::behaviours::fall
