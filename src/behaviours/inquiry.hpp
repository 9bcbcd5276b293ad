#pragma once

#include "behaviours/behaviour.hpp"
#include "core/clock.hpp"
#include "domain/geometry.hpp"
#include "domain/scene.hpp"

#include <cstddef>
#include <deque>
#include <string_view>
#include <vector>

namespace bongsu::behaviours {

/// How long a suspicion is asked about.
struct InquiryLimits {
    std::size_t answers = 1;     ///< the latest ones that count
    std::ptrdiff_t yes = 1;      ///< so many of them must be yes to be sure
    int patience = 1;            ///< answers without being sure, until it rests
    int patience_when_sure = 1;  ///< answers altogether
    int silences = 1;            ///< looks without any answer, until it rests
    Duration first_rest{};       ///< each further one lasts twice as long
    int most_doublings = 0;
};

/// What the second look has said of one suspicion, and when it is left alone for a while: something
/// red in the wind must not be asked about for ever. Times are those of scenes.
class Inquiry {
public:
    /// `limits` must outlive it.
    explicit Inquiry(const InquiryLimits& limits) : limits_(&limits) {}

    /// An answer, and from when on it is a yes.
    void hear(float answer, float threshold, WallTime now);

    /// It gave no answer.
    void hear_nothing() { ++silences_; }

    std::ptrdiff_t yes_answers() const;

    bool is_sure() const { return yes_answers() >= limits_->yes; }

    /// Whether patience has run out.
    bool is_exhausted() const;

    /// What was said is forgotten.
    void rest(WallTime now);
    /// It is a new matter: it rests no longer, and the next rest is a first one.
    void wake(WallTime now);

    bool is_resting(WallTime now) const { return now < rests_until_; }

    bool has_rested() const { return rests_ > 0; }

    /// The latest answer.
    WallTime heard() const { return heard_; }

    /// The latest yes.
    WallTime affirmed() const { return affirmed_; }

    /// Mean of the `count` surest of the latest answers, or of all when there are fewer; 0..1.
    float surest(std::size_t count) const;

private:
    struct Answer {
        float sure = 0;
        bool is_yes = false;
    };

    const InquiryLimits* limits_;
    std::deque<Answer> answers_;
    WallTime heard_{};
    WallTime affirmed_{};
    WallTime rests_until_{};
    int count_ = 0;  ///< answers since it last rested
    int silences_ = 0;
    int rests_ = 0;
};

/// Something that the second look is asked about until it is sure, or is left alone for a while, or
/// an event: base of what a behaviour suspects.
class Suspicion {
public:
    /// Asks the verifier about `where`, pixels of the picture; a yes is an answer of `threshold` or
    /// more. The scene must have a second look.
    void ask(const Scene& scene, std::string_view verifier, const Box& where, float threshold);

    bool is_resting(WallTime now) const { return inquiry_.is_resting(now); }

    /// The latest yes.
    WallTime affirmed() const { return inquiry_.affirmed(); }

    EpisodeId episode;  ///< for the behaviour's own use; with one it rests no more

protected:
    explicit Suspicion(const InquiryLimits& limits) : inquiry_(limits) {}

    Inquiry inquiry_;
};

/// Ends the events of those which the second look has not affirmed for `clear_after`, and drops
/// them and whoever is forgotten without one. `Kind`: a Suspicion that also has is_forgotten(now).
template <class Kind>
void forget_or_end(
    std::vector<Kind>& suspicions, const Scene& scene, Duration clear_after, EventSink& sink
) {
    std::erase_if(suspicions, [&](const Kind& each) {
        if (each.episode == EpisodeId{}) {
            return each.is_forgotten(scene.time);
        }
        const bool is_over = scene.time - each.affirmed() > clear_after;
        if (is_over) {
            sink.end(each.episode, each.affirmed());
        }
        return is_over;
    });
}

}  // namespace bongsu::behaviours
