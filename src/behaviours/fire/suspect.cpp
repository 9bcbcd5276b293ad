#include "behaviours/fire/suspect.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace bongsu::behaviours::fire {
namespace {

/// Three of the last four answers; so many without being sure end in a rest, and so many looks
/// without any answer. Who is sure but does not change as flames do is looked at on.
constexpr InquiryLimits kLimits{
    .answers = 4,
    .yes = 3,
    .patience = 12,
    .patience_when_sure = std::numeric_limits<int>::max(),
    .silences = 24,
    .first_rest = std::chrono::seconds{5},
    .most_doublings = 4,
};
/// People are looked for a picture before it is certain: that look is not to be had at any time.
constexpr std::ptrdiff_t kYesForPeople = 2;
/// Within this time nobody comes and puts his hand there.
constexpr Duration kNobodyLasts = std::chrono::seconds{2};

/// Flames of the size of a few cells change by a quarter and more between two pictures 0.2 s apart;
/// a still thing at the border of the colour rule trembles with the noise by a few per cent.
constexpr float kLeastChange = 0.06F;
constexpr std::size_t kChanges = 8;
constexpr std::size_t kChangesNeeded = 2;

constexpr float kGrown = 1.6F;
/// Cells: what trembles with the camera's noise comes and goes by less.
constexpr float kLeastGrowth = 1;
/// Orange ground in low light is on the border of the colour rule again and again.
constexpr Duration kForget = std::chrono::seconds{5};
constexpr Duration kForgetDenied = std::chrono::minutes{10};

constexpr Duration kAskWhileBurning = std::chrono::seconds{1};

Box around(const Box& box) {
    return padded(box, std::max(box.w, box.h) / 2);
}

}  // namespace

Suspect::Suspect(const FlameRegion& region, WallTime now)
    : Suspicion(kLimits),
      anchor_(around(region.box)),
      box_(region.box),
      size_(region.size),
      first_(now),
      seen_(now) {}

bool Suspect::is(const FlameRegion& region) const {
    const bool has_spread_to =
        episode != EpisodeId{} && intersection(region.box, around(box_)).area() > 0;
    return has_spread_to || intersection(region.box, anchor_).area() > 0;
}

void Suspect::see(const FlameRegion& region, std::optional<float> change, WallTime now) {
    box_ = region.box;
    size_ = region.size;
    seen_ = now;
    if (!is_resting(now)) {
        largest_ = std::max(largest_, size_);
    } else if (size_ > std::max(kGrown * largest_, largest_ + kLeastGrowth)) {
        inquiry_.wake(now);
    }
    if (!change) {
        return;
    }
    changes_.push_back(*change);
    if (changes_.size() > kChanges) {
        changes_.pop_front();
    }
}

bool Suspect::is_due(WallTime now) const {
    return !is_resting(now) &&
           (episode == EpisodeId{} || now - inquiry_.heard() >= kAskWhileBurning);
}

bool Suspect::wants_people(WallTime now) const {
    return episode == EpisodeId{} && !is_resting(now) && inquiry_.yes_answers() >= kYesForPeople &&
           now - nobody_ > kNobodyLasts;
}

void Suspect::hear_of_people(bool is_somebody, WallTime now) {
    if (is_somebody) {
        inquiry_.rest(now);
    } else {
        nobody_ = now;
    }
}

bool Suspect::wants_pictures(WallTime now) const {
    return !is_resting(now) && now - seen_ <= kForget;
}

bool Suspect::is_forgotten(WallTime now) const {
    return now - seen_ > (inquiry_.has_rested() ? kForgetDenied : kForget);
}

bool Suspect::is_confirmed(WallTime now) const {
    return inquiry_.is_sure() && changes_like_flames() && now - nobody_ <= kNobodyLasts;
}

float Suspect::confidence() const {
    return inquiry_.surest(kLimits.answers);
}

bool Suspect::changes_like_flames() const {
    const float sum = std::accumulate(changes_.begin(), changes_.end(), 0.F);
    return changes_.size() >= kChangesNeeded &&
           sum >= kLeastChange * static_cast<float>(changes_.size());
}

}  // namespace bongsu::behaviours::fire
