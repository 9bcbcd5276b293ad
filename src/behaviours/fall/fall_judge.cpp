#include "behaviours/fall/fall_judge.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bongsu::behaviours::fall {
namespace {

constexpr Duration kLooksBack = std::chrono::seconds{3};

/// Head above hips when upright, in body heights; what is left of it says how far the trunk is
/// from upright, also where a shortened view makes angles lie.
constexpr float kHeadOverHips = 0.44F;
constexpr float kUprightTrunk = 0.7F;  ///< of that
constexpr float kLevelTrunk = 0.6F;
/// Bending takes the hips down by less, sitting down on a chair by 0.25 with an upright trunk.
constexpr float kHipDrop = 0.18F;
/// A head this far below its highest still counts as up.
constexpr float kNearlyUp = 0.2F;

/// Smaller people are lost for many reasons, and a pose of theirs trembles by as much as a drop.
constexpr float kLeastHeight = 100;
/// Who was lost while he dropped, in at least so many samples, so far within a second ...
constexpr int kLossSamples = 3;
constexpr Duration kLossWindow = std::chrono::milliseconds{1050};
constexpr float kLostHeadDrop = 0.25F;
constexpr float kLostHipDrop = 0.12F;
/// ... and was not seen again for so long and in so many looks has fallen.
constexpr Duration kLostFor = std::chrono::milliseconds{1600};
constexpr int kMissesNeeded = 5;
/// Who was lost on his way down and is found lying so soon has fallen too.
constexpr Duration kFoundAgain = std::chrono::seconds{2};
/// Nearer to the edge of the picture, as a share of it, he may have left.
constexpr float kEdge = 0.03F;
/// Feet stay where somebody falls. Feet that come down by more than this share of what the head
/// does walk towards the camera.
constexpr float kFeetFollow = 0.5F;
/// Hips over feet when upright, in body heights.
constexpr float kHipsOverFeet = 0.5F;
/// Of somebody who reaches further than this, in body heights, out of the picture below, half of
/// the joints are guessed: to be down he must be seen more surely than that. Who leans over a
/// counter before the camera looks as if he fell.
constexpr float kReachesOut = 0.05F;
constexpr float kSureWhenCut = 0.45F;

/// Who began to fall after one picture and was down before another is seen to take longer, by as
/// much as pictures are further apart than these.
constexpr Duration kUsualStep = std::chrono::milliseconds{250};
constexpr Duration kLongestStep = std::chrono::milliseconds{600};

constexpr float kEndOn = 15;  ///< degrees of lean
constexpr float kThin = 0.15F;

constexpr int kDownsNeeded = 3;
constexpr int kUpsNeeded = 2;

/// 1: as upright as when he stands, 0: head and hips level, less: head down.
float uprightness(const Posture& posture, float height) {
    return (posture.hips.y - posture.head.y) / (kHeadOverHips * height);
}

/// Who lies along the line of sight shows the breadth of his shoulders. Somebody far off, or a post
/// that is taken for one, is thinner.
bool is_thin(const Posture& posture, float height) {
    return posture.lean < kEndOn && posture.extent.w < kThin * height;
}

/// The furthest that somebody comes down within a short stretch, in body heights.
struct Plunge {
    float head = 0;
    float hips = 0;
};

/// Nobody lets himself down as fast as he falls.
constexpr Plunge kFalls{.head = 0.2F, .hips = 0.06F};
/// Old people give way slowly before they fall: who plunges like this may take longer for the
/// whole.
constexpr Plunge kTopples{.head = 0.3F, .hips = 0.12F};
constexpr Duration kStretch = std::chrono::milliseconds{500};
constexpr Duration kMoreTime = std::chrono::milliseconds{800};

/// Whether he came down so far between two samples from `since` to `until`: two at most `longest`
/// apart, or two between which he was not seen.
bool has_plunged(
    const Body& body, WallTime since, WallTime until, Duration longest, const Plunge& least
) {
    const auto& all = body.samples;
    const auto comes_down = [&](const BodySample& from, const BodySample& to) {
        return to.posture.head.y - from.posture.head.y >= least.head * body.height() &&
               to.posture.hips.y - from.posture.hips.y >= least.hips * body.height();
    };
    for (auto from = all.begin(); from != all.end(); ++from) {
        for (auto to = std::next(from); to != all.end() && to->time <= until; ++to) {
            const bool is_short = to->time - from->time <= longest || to == std::next(from);
            if (from->time >= since && is_short && comes_down(*from, *to)) {
                return true;
            }
        }
    }
    return false;
}

bool is_inside(const Box& extent, const Box& picture) {
    const Box inner{
        picture.x + kEdge * picture.w,
        picture.y + kEdge * picture.h,
        picture.w * (1 - 2 * kEdge),
        picture.h * (1 - 2 * kEdge)
    };
    const Point middle = extent.centre();
    return extent.x > inner.x && extent.right() < inner.right() && middle.y > inner.y &&
           middle.y < inner.bottom();
}

}  // namespace

Stage FallJudge::judge(
    const Body& body, WallTime now, const Box& picture, const FallSettings& settings
) {
    const Duration step = now - std::exchange(now_, now);
    unseen_ = step > kUsualStep ? std::min(step, kLongestStep) - kUsualStep : Duration{};
    if (body.height() <= 0 || body.samples.empty()) {
        return stage_;
    }
    if (body.samples.back().time > judged_) {
        judged_ = body.samples.back().time;
        take(body, body.samples.back(), picture, settings);
    } else if (stage_ == Stage::Up) {
        look_for_loss(body, now, picture);
    }
    if (stage_ == Stage::Dropped) {
        settle(body, now, picture, settings);
    }
    return stage_;
}

/// Where he was last up in the seconds before `low`: the highest place of the head, and the latest
/// time that it was near there.
std::optional<FallJudge::Before> FallJudge::before(const Body& body, const BodySample& low) {
    const float height = body.height();
    std::optional<Before> found;
    for (const BodySample& sample : body.samples) {
        const bool counts = sample.time < low.time && low.time - sample.time <= kLooksBack &&
                            uprightness(sample.posture, height) >= kUprightTrunk;
        if (!counts) {
            continue;
        }
        const float head = sample.posture.head.y;
        if (!found || head < found->head) {
            found =
                Before{sample.time, head, sample.posture.hips.y, sample.posture.extent.bottom()};
        }
        if (head - found->head <= kNearlyUp * height) {
            found->time = sample.time;
        }
    }
    return found;
}

void FallJudge::take(
    const Body& body, const BodySample& sample, const Box& picture, const FallSettings& settings
) {
    const float height = body.height();
    const std::optional<Before> up = stage_ == Stage::Up ? before(body, sample) : before_;
    if (!up) {
        return;
    }
    const float trunk = uprightness(sample.posture, height);
    const float head_drop = (sample.posture.head.y - up->head) / height;
    const float hip_drop = (sample.posture.hips.y - up->hips) / height;
    const bool is_down = trunk < kLevelTrunk && head_drop >= settings.least_drop &&
                         hip_drop >= kHipDrop && !is_thin(sample.posture, height);
    const bool is_up = trunk >= kUprightTrunk && head_drop < settings.least_drop;
    if (stage_ == Stage::Up) {
        const float below = (up->hips + kHipsOverFeet * height - picture.bottom()) / height;
        const bool is_sure = below <= kReachesOut || sample.posture.sureness >= kSureWhenCut;
        if (is_down && is_sure && is_fast(body, *up, sample, settings)) {
            stage_ = Stage::Dropped;
            basis_ = Basis::Pose;
            before_ = up;
            down_since_ = sample.time;
            last_down_ = sample.time;
            downs_ = 1;
            others_ = 0;
            ups_ = 0;
        }
        return;
    }
    ++(is_down ? downs_ : others_);
    last_down_ = is_down ? sample.time : last_down_;
    ups_ = is_up ? ups_ + 1 : 0;
    if (ups_ >= kUpsNeeded) {
        stage_ = Stage::Up;
    }
}

/// Whether he came from up to down as somebody falls.
bool FallJudge::is_fast(
    const Body& body, const Before& up, const BodySample& down, const FallSettings& settings
) const {
    const Duration took = down.time - up.time;
    const auto plunges = [&](const Plunge& least) {
        return has_plunged(body, up.time, down.time, kStretch + unseen_, least);
    };
    return (took <= settings.longest_drop + unseen_ && plunges(kFalls)) ||
           (took <= settings.longest_drop + kMoreTime && plunges(kTopples)) ||
           was_lost_dropping(body, up, down);
}

/// Whether he was on his way down when his pose was lost, which has just been found again.
bool FallJudge::was_lost_dropping(const Body& body, const Before& up, const BodySample& found)
    const {
    const auto at = std::ranges::find(body.samples, found.time, &BodySample::time);
    if (at == body.samples.begin() || at == body.samples.end()) {
        return false;
    }
    const BodySample& last = *std::prev(at);
    const float height = body.height();
    return last.time > up.time && last.time - up.time <= kLossWindow + unseen_ &&
           found.time - last.time <= kFoundAgain &&
           last.posture.head.y - up.head >= kLostHeadDrop * height &&
           last.posture.hips.y - up.hips >= kLostHipDrop * height;
}

/// Walked on towards the camera, or out of the picture below.
bool FallJudge::may_have_left(const Body& body, const Before& up, const Box& picture) {
    const Posture& last = body.samples.back().posture;
    const float head_down = last.head.y - up.head;
    const bool has_walked = last.extent.bottom() - up.feet > kFeetFollow * head_down;
    const float height = body.height();
    return has_walked || std::ranges::any_of(body.samples, [&](const BodySample& sample) {
               const Posture& posture = sample.posture;
               const bool is_upright = uprightness(posture, height) >= kUprightTrunk;
               const float feet = is_upright ? posture.hips.y + kHipsOverFeet * height : 0;
               return sample.time >= up.time && std::max(feet, posture.extent.bottom()) >=
                                                    picture.bottom() - kEdge * picture.h;
           });
}

/// The pose of somebody lying cannot always be read, that of somebody standing nearly always.
void FallJudge::look_for_loss(const Body& body, WallTime now, const Box& picture) {
    const BodySample& last = body.samples.back();
    const bool is_lost = body.tries >= kMissesNeeded && now - last.time >= kLostFor &&
                         body.height() >= kLeastHeight && is_inside(last.posture.extent, picture);
    const std::optional<Before> up = is_lost ? before(body, last) : std::nullopt;
    const auto lately = std::ranges::count_if(body.samples, [&](const BodySample& sample) {
        return last.time - sample.time <= kLossWindow;
    });
    if (!up || last.time - up->time > kLossWindow || lately < kLossSamples ||
        may_have_left(body, *up, picture)) {
        return;
    }
    const float height = body.height();
    const bool is_seen_up =
        body.last_detected > last.time && body.detected.y < up->head + kLostHeadDrop * height;
    if (is_seen_up || (last.posture.head.y - up->head) / height < kLostHeadDrop ||
        (last.posture.hips.y - up->hips) / height < kLostHipDrop) {
        return;
    }
    before_ = up;
    basis_ = Basis::Motion;
    stage_ = Stage::Fallen;
    downs_ = 0;
    others_ = 0;
    ups_ = 0;
}

void FallJudge::settle(
    const Body& body, WallTime now, const Box& picture, const FallSettings& settings
) {
    if (now - down_since_ < settings.stays_down || ups_ > 0 || others_ > downs_) {
        return;
    }
    if (downs_ >= kDownsNeeded || last_down_ - down_since_ >= settings.stays_down) {
        stage_ = Stage::Fallen;
        return;
    }
    if (is_inside(body.samples.back().posture.extent, picture) &&
        !may_have_left(body, *before_, picture) && body.height() >= kLeastHeight &&
        now - down_since_ >= settings.stays_down + kLostFor) {
        basis_ = Basis::Motion;
        stage_ = Stage::Fallen;
    }
}

}  // namespace bongsu::behaviours::fall
