#include "wall/wall_planner.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace bongsu::wall {
namespace {

/// Where each of `now` stood in `before`.
template <class Id, class Things, class IdOf>
std::vector<std::optional<std::size_t>> places_before(
    const std::vector<Id>& before, const Things& now, IdOf id_of
) {
    std::unordered_map<Id, std::size_t> known;
    known.reserve(before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        known.emplace(before[i], i);
    }
    std::vector<std::optional<std::size_t>> places;
    places.reserve(now.size());
    for (const auto& thing : now) {
        const auto found = known.find(id_of(thing));
        places.push_back(found != known.end() ? std::optional(found->second) : std::nullopt);
    }
    return places;
}

/// How much there is to look at right now; 1 when nothing.
double load_now(const WallCamera& camera) {
    double load = 1 + std::min(4.0, camera.people + 0.5 * camera.vehicles);
    for (const OpenIncident& incident : camera.incidents) {
        load += 2.0 * incident.gravity;
    }
    return load;
}

bool is_same(const std::optional<Tile>& a, const std::optional<Tile>& b) {
    if (!a || !b) {
        return a.has_value() == b.has_value();
    }
    return a->camera == b->camera && a->since == b->since && a->is_pinned == b->is_pinned &&
           a->is_focused == b->is_focused && a->is_carousel == b->is_carousel &&
           a->reason.code == b->reason.code && a->reason.incident == b->reason.incident &&
           a->reason.gravity == b->reason.gravity && a->reason.count == b->reason.count;
}

}  // namespace

Plan WallPlanner::plan(const WallSnapshot& snapshot) {
    renumber_cameras(snapshot);
    renumber_operators(snapshot);
    learn_loads(snapshot);
    update_shares(snapshot);
    latest_ = snapshot.now;
    Plan plan{.now = snapshot.now};
    plan.walls = Round(settings_, snapshot, shares_, memory_, screens_, numbers_).run();
    bool is_bounded = !plan.walls.empty();
    for (std::size_t i = 0; i < plan.walls.size(); ++i) {
        OperatorWall& wall = plan.walls[i];
        wall.has_changed = !std::ranges::equal(wall.tiles, faces_[i], is_same);
        faces_[i] = wall.tiles;
        plan.beyond += wall.beyond;
        is_bounded &= wall.bound.has_value();
        plan.bound = std::max(plan.bound, wall.bound);
        if (wall.longest_unseen && (!plan.longest_unseen || wall.unseen > plan.unseen)) {
            plan.longest_unseen = wall.longest_unseen;
            plan.unseen = wall.unseen;
        }
    }
    if (!is_bounded) {
        plan.bound.reset();
    }
    for (std::size_t i = 0; i < snapshot.cameras.size(); ++i) {
        plan.unassigned += shares_.owner_of(i) ? 0 : 1;
        plan.without_signal += snapshot.cameras[i].signal == SignalState::Lost ? 1 : 0;
    }
    return plan;
}

std::vector<CameraId> WallPlanner::share_of(const OperatorId& id) const {
    const auto found = std::ranges::find(operators_, id);
    std::vector<CameraId> share;
    if (found == operators_.end()) {
        return share;
    }
    const auto who = static_cast<std::size_t>(found - operators_.begin());
    for (std::size_t i = 0; i < cameras_.size(); ++i) {
        if (shares_.owner_of(i) == who && shares_.is_in_share(i)) {
            share.push_back(cameras_[i]);
        }
    }
    return share;
}

void WallPlanner::renumber_cameras(const WallSnapshot& snapshot) {
    if (std::ranges::equal(cameras_, snapshot.cameras, {}, {}, &WallCamera::id)) {
        return;
    }
    const auto before = places_before(cameras_, snapshot.cameras, [](const WallCamera& camera) {
        return camera.id;
    });
    std::vector<std::optional<std::size_t>> after(cameras_.size());
    std::vector<CameraMemory> memory;
    memory.reserve(before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i]) {
            after[*before[i]] = i;
            memory.push_back(memory_[*before[i]]);
        } else {
            memory.push_back({.load = 1, .last_shown = snapshot.now});
        }
    }
    for (Screen& screen : screens_) {
        screen.each([&](Place& place, bool) {
            place.camera = place.camera ? after[*place.camera] : place.camera;
            place = place.camera ? place : Place{};
        });
    }
    shares_.renumber_cameras(before);
    memory_ = std::move(memory);
    cameras_.clear();
    numbers_.clear();
    for (const WallCamera& camera : snapshot.cameras) {
        numbers_.emplace(camera.id, cameras_.size());
        cameras_.push_back(camera.id);
    }
}

void WallPlanner::renumber_operators(const WallSnapshot& snapshot) {
    if (std::ranges::equal(operators_, snapshot.operators, {}, {}, &WallOperator::id)) {
        return;
    }
    const auto before = places_before(operators_, snapshot.operators, [](const WallOperator& who) {
        return who.id;
    });
    std::vector<Screen> screens(before.size());
    std::vector<Face> faces(before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i]) {
            screens[i] = std::move(screens_[*before[i]]);
            faces[i] = std::move(faces_[*before[i]]);
        }
    }
    shares_.renumber_operators(before);
    screens_ = std::move(screens);
    faces_ = std::move(faces);
    operators_.clear();
    for (const WallOperator& who : snapshot.operators) {
        operators_.push_back(who.id);
    }
}

void WallPlanner::learn_loads(const WallSnapshot& snapshot) {
    const double elapsed = latest_ ? to_seconds(snapshot.now - *latest_) : 0;
    const double part = 1 - std::exp(-std::max(0.0, elapsed) / to_seconds(settings_.load_memory));
    for (std::size_t i = 0; i < memory_.size(); ++i) {
        const WallCamera& camera = snapshot.cameras[i];
        memory_[i].load += part * (load_now(camera) - memory_[i].load);
        if (camera.last_shown) {
            memory_[i].last_shown =
                std::min(snapshot.now, std::max(memory_[i].last_shown, *camera.last_shown));
        }
    }
}

void WallPlanner::update_shares(const WallSnapshot& snapshot) {
    std::vector<double> loads;
    loads.reserve(memory_.size());
    for (const CameraMemory& memory : memory_) {
        loads.push_back(memory.load);
    }
    std::vector<std::size_t> caps;
    for (const WallOperator& who : snapshot.operators) {
        caps.push_back(who.cap);
    }
    std::vector<char> is_on_screen(memory_.size(), 0);
    for (Screen& screen : screens_) {
        screen.each([&](Place& place, bool) {
            if (place.camera) {
                is_on_screen[*place.camera] = 1;
            }
        });
    }
    shares_.update(
        {.loads = loads,
         .caps = caps,
         .is_on_screen = is_on_screen,
         .may_see = [&](std::size_t who, std::size_t camera
                    ) { return snapshot.operators[who].may_see(snapshot.cameras[camera]); }}
    );
}

}  // namespace bongsu::wall
