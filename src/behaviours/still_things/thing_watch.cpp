#include "behaviours/still_things/thing_watch.hpp"

#include "behaviours/still_things/cover.hpp"
#include "behaviours/still_things/ground_doubt.hpp"
#include "behaviours/still_things/pauses.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

namespace bongsu::behaviours::still_things {
namespace {

/// Two or three pictures a second are enough, more are not looked at.
constexpr Duration kBetweenPictures = std::chrono::milliseconds{390};
/// A patch must have been still for so long to be thought about.
constexpr Duration kStillFor = std::chrono::seconds{2};
/// People who were beside a thing so long before it came to rest, or so shortly after, brought it.
constexpr Duration kBroughtBefore = std::chrono::seconds{4};
constexpr Duration kBroughtAfter = std::chrono::seconds{1};
constexpr float kReach = 0.4F;  ///< body heights between the person's box and the thing's
/// What somebody puts down comes to stand below his chest, in heights from the top of his box:
/// what changes above is behind him, such as his reflection in a window.
constexpr float kChest = 0.4F;
/// A patch that fills so much of a person's own box is that person.
constexpr float kIsPerson = 0.4F;
/// Somebody who stood where something changed did so in the time before.
constexpr Duration kStoodBefore = std::chrono::seconds{10};
/// Hidden by tracks to this share, a patch is not judged.
constexpr float kMostHidden = 0.3F;
constexpr float kSameThing = 0.3F;
/// Ground that was seen for less is not known well enough for something to have come there.
constexpr Duration kKnownFor = std::chrono::seconds{5};
/// A patch that has been at rest for longer than it has looked otherwise has changed gradually.
constexpr Duration kGradual = std::chrono::seconds{2};
/// After a gap this long in the pictures all begins anew.
constexpr Duration kLongestGap = std::chrono::seconds{20};
constexpr Duration kOtherFor = std::chrono::seconds{20};
constexpr Duration kHiddenFor = std::chrono::minutes{10};
constexpr Duration kPendingFor = std::chrono::minutes{30};
constexpr int kUndoneLooks = 2;
constexpr int kLooksNeeded = 2;
/// How much of a person, whose width is a share of his height, makes a place not clear.
constexpr float kPersonWidth = 0.3F;
constexpr int kPartOfPerson = 6;
constexpr float kTrembles = 0.1F;  ///< how far somebody reaches beyond his box, in its heights
constexpr int kUnseenFactor = 3;   ///< how much longer one waits whose keepers were not seen going
constexpr std::size_t kMostThings = 16;
constexpr std::size_t kMostCells = 1600;  ///< of one patch: a ninth of the picture
constexpr std::size_t kMostCellsOfAll = 5000;
constexpr Duration kBagGoneAfter = std::chrono::seconds{10};

}  // namespace

ThingWatch::Outcome ThingWatch::look(const Scene& scene, const ThingRules& rules) {
    Outcome outcome;
    has_lost_ = has_lost_ || scene.signal == SignalState::Lost;
    if (scene.signal == SignalState::Lost || scene.width <= 0 || scene.height <= 0) {
        return outcome;
    }
    whereabouts_.note(scene);
    for (Thing& thing : things_) {
        thing.keepers.update(scene, thing.box, rules.leaving);
        thing.looks = thing.keepers.left_since() ? thing.looks : 0;
    }
    look_for_bags(scene);
    thread_local std::vector<std::uint8_t> covered;
    if (is_picture_due(scene)) {
        mark_covered(scene, covered);
        if (take_picture(scene, covered)) {
            doubt_ground(ground_, scene, whereabouts_);
            look_again(scene, rules, covered);
            outcome.noticed += notice_patches(scene, rules, covered);
        }
    }
    if (rules.wanted == Change::Came) {
        outcome.noticed += notice_bags(scene, rules);
    }
    for (Thing& thing : things_) {
        const bool is_stale = thing.episode == EpisodeId{} && scene.time - thing.came > kPendingFor;
        if (!thing.is_over && !is_stale) {
            continue;
        }
        thing.is_over = true;
        if (thing.episode != EpisodeId{} && !ground_.before().is_empty()) {
            ground_.adopt(thing.patch.cells());
        }
        outcome.ended.push_back(thing);
    }
    std::erase_if(things_, &Thing::is_over);
    return outcome;
}

bool ThingWatch::is_picture_due(const Scene& scene) const {
    const bool is_early =
        pictured_ && scene.time >= *pictured_ && scene.time - *pictured_ < kBetweenPictures;
    return scene.frame != nullptr && !is_early && scene.frame->width > 0 && scene.frame->height > 0;
}

/// Whether the picture shows something.
bool ThingWatch::take_picture(const Scene& scene, std::span<const std::uint8_t> covered) {
    thread_local SmallPicture picture;
    shrink(*scene.frame, picture);
    if (is_even(picture)) {
        return false;
    }
    const bool is_cut = has_lost_ || (pictured_ && scene.time - *pictured_ > kLongestGap);
    has_lost_ = false;
    if (is_cut) {
        forget();
    }
    if (width_ != scene.frame->width || height_ != scene.frame->height) {
        ground_ = StillGround();
        width_ = scene.frame->width;
        height_ = scene.frame->height;
    }
    pictured_ = scene.time;
    const StillGround::Sight sight = ground_.look(picture, scene.time, covered);
    if (sight == StillGround::Sight::Restarted) {
        // What was known of these places was seen in another light or another view.
        for (Thing& thing : things_) {
            thing.is_over = thing.is_over || !thing.patch.is_empty();
        }
    }
    return sight == StillGround::Sight::Good;
}

/// Nobody knows what came and went while no picture came. What is reported shows itself.
void ThingWatch::forget() {
    ground_ = StillGround();
    for (Thing& thing : things_) {
        thing.is_over = thing.is_over || thing.episode == EpisodeId{};
    }
}

void ThingWatch::look_again(
    const Scene& scene, const ThingRules& rules, std::span<const std::uint8_t> covered
) {
    for (Thing& thing : things_) {
        if (thing.patch.is_empty()) {
            continue;
        }
        const Patch::Sight sight = thing.patch.look(ground_, covered);
        // What is reported was beyond doubt once; a picture that has become noisy tells less.
        thing.is_in_sight = sight == Patch::Sight::Still ||
                            (sight == Patch::Sight::Faint && thing.episode != EpisodeId{});
        thing.undone = sight == Patch::Sight::Undone ? thing.undone + 1 : 0;
        if (thing.is_in_sight) {
            thing.seen = scene.time;
            thing.looks += thing.keepers.left_since() ? 1 : 0;
        }
        thing.clear_since = is_clear(thing, scene, rules.leaving)
                                ? thing.clear_since.value_or(scene.time)
                                : std::optional<WallTime>{};
        const Duration unseen = scene.time - thing.seen;
        thing.is_over = thing.is_over || thing.undone >= kUndoneLooks ||
                        unseen > (sight == Patch::Sight::Hidden ? kHiddenFor : kOtherFor);
    }
}

/// Whether the ground beside the thing is bare but for less than a person of its keeper's height
/// would hide. Says more about his absence than a track that ended. People who were followed when
/// he was lost are not he.
bool ThingWatch::is_clear(const Thing& thing, const Scene& scene, float leaving) const {
    const float h = thing.keepers.height();
    const Box around = padded(thing.box, leaving * h);
    const CellRange range = cells_of(around, scene.width, scene.height);
    const CellRange person = cells_of({0, 0, h * kPersonWidth, h}, scene.width, scene.height);
    const int most = (person.right + 1) * (person.bottom + 1) / kPartOfPerson;
    thread_local std::vector<std::uint8_t> others;
    others.assign(kCells, 0);
    for (const Track& track : scene.tracks) {
        if (track.first_seen < thing.keepers.lost_at()) {
            const Box all = padded(track.box, kTrembles * track.box.h);
            mark(cells_of(all, scene.width, scene.height), 1, others);
        }
    }
    int changed = 0;
    for (int y = range.top; y <= range.bottom; ++y) {
        for (int x = range.left; x <= range.right; ++x) {
            const std::size_t cell = cell_at(x, y);
            const bool is_thing =
                std::ranges::binary_search(thing.patch.cells(), static_cast<std::uint16_t>(cell));
            const bool is_open = others[cell] == 0 && !is_thing;
            changed += is_open && ground_.is_surely_changed(cell) ? 1 : 0;
        }
    }
    return changed <= most;
}

int ThingWatch::notice_patches(
    const Scene& scene, const ThingRules& rules, std::span<const std::uint8_t> covered
) {
    int noticed = 0;
    for (const StillRegion& region : ground_.regions(kStillFor, kMostCells)) {
        const Box box = box_of(region.range, scene.width, scene.height);
        if (refresh(region, box, rules.wanted) || region.change != rules.wanted ||
            !may_notice_more(region.cells.size())) {
            continue;
        }
        const auto hidden =
            static_cast<float>(std::ranges::count_if(region.cells, [&](std::uint16_t cell) {
                return covered[cell] == kHidden;
            }));
        const WallTime came = scene.time - region.still;
        const WallTime departed = scene.time - region.away;
        std::optional<Keepers> keepers = keepers_at(box, departed, came, rules);
        if (!keepers || !was_ground(region, scene, rules) ||
            hidden > kMostHidden * static_cast<float>(region.cells.size())) {
            continue;
        }
        keepers->update(scene, box, rules.leaving);
        things_.push_back(
            {.box = box,
             .came = came,
             .keepers = *std::move(keepers),
             .patch = Patch(region, ground_),
             .change = region.change,
             .edges = region.edges,
             .seen = scene.time}
        );
        ++noticed;
    }
    return noticed;
}

/// Whether what the place looked like before was ground, and gave way at once: what changes little
/// by little is light. Where somebody stood before it changed, it was he; and what is to have been
/// taken must have been seen to stand there.
bool ThingWatch::was_ground(const StillRegion& region, const Scene& scene, const ThingRules& rules)
    const {
    const Duration least = rules.wanted == Change::Went ? kBelongsAfter : kKnownFor;
    if (region.known < least || region.still > region.away + kGradual) {
        return false;
    }
    const Box box = box_of(region.range, scene.width, scene.height);
    const WallTime departed = scene.time - region.away;
    const std::vector<Sighting> there =
        whereabouts_.near(box, departed - kStoodBefore, departed - kBroughtAfter, 0);
    return !has_somebody_stood(there, box);
}

/// Whether the patch belongs to a thing that is known. Until that is reported its outline follows
/// the picture: at first its owner stands before it, or is still enough to be a part of it.
bool ThingWatch::refresh(const StillRegion& region, const Box& box, Change wanted) {
    bool is_known = false;
    for (Thing& thing : things_) {
        const bool is_same = thing.patch.is_empty()
                                 ? iou(thing.box, box) > kSameThing
                                 : thing.patch.overlap(region.cells) > kSameThing;
        if (!is_same || thing.is_over) {
            continue;
        }
        const bool is_open = thing.episode == EpisodeId{} && !thing.patch.is_empty();
        if (is_open && is_known) {
            thing.is_over = true;  // two patches have grown together
        } else if (is_open) {
            thing.patch = Patch(region, ground_);
            thing.box = box;
            thing.edges = region.edges;
            thing.change = region.change;
            ++thing.told;
            thing.agreed += region.change == wanted ? 1 : 0;
        }
        is_known = true;
    }
    return is_known;
}

/// Who was beside the place when it came to rest; nothing when nobody was, then or when it first
/// looked otherwise (somebody who merely passed an old change), when the patch is too large
/// or small for a thing that one carries, and when it is a person or a vehicle that came to rest.
std::optional<Keepers> ThingWatch::keepers_at(
    const Box& box, WallTime departed, WallTime came, const ThingRules& rules
) const {
    const auto is_person = [&](const Sighting& sighting) {
        const bool is_in_reach = rules.wanted == Change::Went ||
                                 box.bottom() >= sighting.box.y + kChest * sighting.box.h;
        return sighting.cls == ObjectClass::Person && is_in_reach;
    };
    const std::vector<Sighting> first =
        whereabouts_.near(box, departed - kBroughtBefore, departed + kBroughtAfter, kReach);
    if (std::ranges::none_of(first, is_person)) {
        return std::nullopt;
    }
    std::vector<Sighting> near =
        whereabouts_.near(box, came - kBroughtBefore, came + kBroughtAfter, kReach);
    for (const Sighting& sighting : near) {
        const bool is_itself = sighting.cls == ObjectClass::Person
                                   ? iou(box, sighting.box) >= kIsPerson
                                   : sighting.cls != ObjectClass::Bag;
        if (is_itself && covered_share(box, sighting.box) >= kMostHidden) {
            return std::nullopt;
        }
    }
    leave_out_passers_by(near, first);
    std::ranges::sort(near, {}, [&](const Sighting& sighting) {
        return gap_between(box, sighting.box) / std::max(sighting.box.h, 1.0F);
    });
    std::vector<Sighting> people;
    std::set<TrackId> known;
    for (const Sighting& sighting : near) {
        if (is_person(sighting) && known.insert(sighting.track).second) {
            people.push_back(sighting);
        }
    }
    if (people.empty()) {
        return std::nullopt;
    }
    const float size = std::max(box.w, box.h) / std::max(people.front().box.h, 1.0F);
    if (size < rules.smallest || size > rules.largest) {
        return std::nullopt;
    }
    return Keepers(people);
}

bool ThingWatch::may_notice_more(std::size_t cells) const {
    for (const Thing& thing : things_) {
        cells += thing.patch.cells().size();
    }
    return things_.size() < kMostThings && cells <= kMostCellsOfAll;
}

int ThingWatch::notice_bags(const Scene& scene, const ThingRules& rules) {
    int noticed = 0;
    for (const Track& track : scene.tracks) {
        if (track.cls != ObjectClass::Bag || track.state != TrackState::Confirmed) {
            continue;
        }
        const WallTime came = bags_.rest_since(track, scene.time);
        const bool is_known = std::ranges::any_of(things_, [&](const Thing& thing) {
            return covered_share(track.box, thing.box) > kSameThing ||
                   covered_share(thing.box, track.box) > kSameThing;
        });
        if (is_known || scene.time - came < kStillFor || !may_notice_more(0)) {
            continue;
        }
        std::optional<Keepers> keepers = keepers_at(track.box, came, came, rules);
        if (!keepers) {
            continue;
        }
        keepers->update(scene, track.box, rules.leaving);
        things_.push_back(
            {.box = track.box,
             .came = came,
             .keepers = *std::move(keepers),
             .patch = {},
             .seen = scene.time}
        );
        ++noticed;
    }
    return noticed;
}

/// Things that only the detector knows are there while it sees a bag at their place.
void ThingWatch::look_for_bags(const Scene& scene) {
    for (Thing& thing : things_) {
        if (!thing.patch.is_empty() || !scene.has_detections) {
            continue;
        }
        thing.is_in_sight = std::ranges::any_of(scene.tracks, [&](const Track& track) {
            return track.cls == ObjectClass::Bag && track.state == TrackState::Confirmed &&
                   iou(track.box, thing.box) > kSameThing;
        });
        const bool is_hidden = std::ranges::any_of(scene.tracks, [&](const Track& track) {
            return track.cls != ObjectClass::Bag &&
                   covered_share(thing.box, track.box) > kMostHidden;
        });
        if (thing.is_in_sight) {
            thing.seen = scene.time;
            thing.looks += thing.keepers.left_since() ? 1 : 0;
        }
        thing.is_over = scene.time - thing.seen > (is_hidden ? kHiddenFor : kBagGoneAfter);
    }
}

bool ThingWatch::is_due(const Thing& thing, const Scene& scene, const ThingRules& rules) {
    // What moves in the wind, such as a tape, tells now this and now that.
    const bool is_wanted = thing.patch.is_empty() ||
                           (thing.change == rules.wanted && thing.agreed * 3 >= thing.told * 2);
    if (!thing.is_in_sight || !is_wanted || scene.time - thing.came < rules.rest) {
        return false;
    }
    if (!rules.waits) {
        return true;
    }
    std::optional<WallTime> left = thing.keepers.left_since();
    Duration wait = rules.left_for;
    if (left && !thing.keepers.were_seen_leaving()) {
        left = thing.patch.is_empty() ? left : thing.clear_since;
        wait *= thing.patch.is_empty() ? kUnseenFactor : 1;
    }
    // Seen after the time was up: a lens that was covered meanwhile shows nothing.
    return left && thing.seen - *left >= wait && thing.looks >= kLooksNeeded;
}

}  // namespace bongsu::behaviours::still_things
