#include "console/wall_keeper.hpp"

#include "console/shift_file.hpp"
#include "console/wall_json.hpp"
#include "core/log.hpp"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

constexpr std::size_t kMostSlots = 36;
/// Figures that change all the time are told so often, in turns of one second.
constexpr std::size_t kTellEvery = 10;

bool is_supervisor(const identity::Principal& principal) {
    return identity::rights_anywhere(principal).has(Right::ViewSupervision);
}

}  // namespace

WallKeeper::WallKeeper(Parts parts) : parts_(std::move(parts)), planner_(parts_.settings) {}

WallKeeper::~WallKeeper() {
    stop();
}

Status WallKeeper::start() {
    BONGSU_TRY(board_.load(parts_.incidents));
    restore();
    exec::PeriodicTimers timers(parts_.clock);
    timers.add(parts_.settings.tick, [this] { tick(); });
    timer_.emplace("wall", std::move(timers));
    return {};
}

void WallKeeper::stop() {
    timer_.reset();
}

void WallKeeper::take(const Scene& scene) {
    activity_.take(scene, parts_.clock.mono());
}

void WallKeeper::take(const incidents::IncidentUpdate& update) {
    board_.take(update.incident);
}

void WallKeeper::session_ended(const std::string& session) {
    const std::scoped_lock lock(mutex_);
    for (auto& [user, desk] : desks_) {
        if (desk.since && desk.principal->session == session) {
            desk.since.reset();
        }
    }
}

json::object WallKeeper::come(const PrincipalPtr& principal, std::optional<std::size_t> cap) {
    const std::scoped_lock lock(mutex_);
    Desk& desk = desks_[principal->user];
    desk.since = desk.since.value_or(parts_.clock.wall());
    desk.principal = principal;
    desk.cap = cap.value_or(desk.cap);
    desk.heard = parts_.clock.mono();
    keep();
    plan();
    tell(false);
    return wall_json(desk);
}

void WallKeeper::leave(const std::string& user) {
    const std::scoped_lock lock(mutex_);
    const auto found = desks_.find(user);
    if (found == desks_.end()) {
        return;
    }
    found->second.since.reset();
    found->second.focus.reset();
    keep();
    plan();
    tell(false);
}

Result<json::object> WallKeeper::configure(const PrincipalPtr& principal, const WallWish& wish) {
    if (wish.slots && (*wish.slots < 1 || *wish.slots > kMostSlots)) {
        return fail(ErrorKind::InvalidArgument, "wrong_kind"_code, "slots must be 1 to 36");
    }
    if (wish.pins && wish.pins->size() > kMostSlots) {
        return fail(
            ErrorKind::InvalidArgument, "too_many_pins"_code, "at most 36 cameras can be pinned"
        );
    }
    const fleet::FleetSnapshotPtr fleet = parts_.fleet.snapshot();
    for (const CameraId& id : wish.pins.value_or(std::vector<CameraId>{})) {
        const fleet::FleetCameraPtr camera = fleet->find(id);
        if (!camera || !identity::sees(*principal, subject_of(camera), Right::ViewLive)) {
            return fail(
                ErrorKind::InvalidArgument,
                "unknown_camera"_code,
                "pins: there is no camera '" + id.value() + "'"
            );
        }
    }
    const std::scoped_lock lock(mutex_);
    Desk& desk = desks_[principal->user];
    desk.principal = desk.since ? desk.principal : principal;
    desk.slots = wish.slots.value_or(desk.slots);
    desk.pins = wish.pins.value_or(desk.pins);
    desk.focus = wish.focus.value_or(desk.focus);
    desk.is_paused = wish.is_paused.value_or(desk.is_paused);
    if (wish.slots || wish.pins) {
        keep();
    }
    plan();
    tell(false);
    return wall_json(desk);
}

json::object WallKeeper::wall_of(const std::string& user) {
    const std::scoped_lock lock(mutex_);
    const auto found = desks_.find(user);
    if (found == desks_.end()) {
        return wall_json(Desk{});
    }
    return wall_json(found->second);
}

/// Rights are asked for anew: what a principal may is never kept in a file.
void WallKeeper::restore() {
    const auto kept = parts_.file.empty() ? std::vector<KeptDesk>{} : read_shift_file(parts_.file);
    if (!kept) {
        log::warn("wall.cannot_restore", {{"why", kept.error().describe()}});
        return;
    }
    for (const KeptDesk& known : *kept) {
        auto stub = std::make_shared<identity::Principal>();
        stub->user = known.user;
        const PrincipalPtr principal = parts_.refresh(stub);
        const std::scoped_lock lock(mutex_);
        if (!principal || desks_.contains(known.user)) {
            continue;
        }
        Desk& desk = desks_[known.user];
        desk.principal = principal;
        desk.since = known.since;
        desk.heard = parts_.clock.mono();
        desk.cap = known.cap;
        desk.slots = std::clamp<std::size_t>(known.slots, 1, kMostSlots);
        desk.pins = known.pins;
    }
}

void WallKeeper::keep() const {
    if (parts_.file.empty()) {
        return;
    }
    std::vector<KeptDesk> desks;
    for (const auto& [user, desk] : desks_) {
        desks.push_back({user, desk.since, desk.cap, desk.slots, desk.pins});
    }
    if (const Status written = write_shift_file(parts_.file, desks); !written) {
        log::warn("wall.cannot_keep", {{"why", written.error().describe()}});
    }
}

/// Takes those off their shift who have had no console open for the grace.
std::vector<PrincipalPtr> WallKeeper::dismiss_absent() {
    const MonoTime now = parts_.clock.mono();
    std::vector<PrincipalPtr> lost;
    for (auto& [user, desk] : desks_) {
        if (!desk.since || parts_.has_console(user)) {
            desk.heard = now;
        } else if (now - desk.heard >= parts_.grace) {
            desk.since.reset();
            desk.focus.reset();
            lost.push_back(desk.principal);
        }
    }
    if (!lost.empty()) {
        keep();
    }
    return lost;
}

ShiftState WallKeeper::shift() const {
    const std::scoped_lock lock(mutex_);
    return shift_now();
}

ShiftState WallKeeper::shift_now() const {
    ShiftState state{
        .operators = {},
        .longest_unseen = plan_.longest_unseen,
        .unseen = plan_.unseen,
        .bound = plan_.bound,
        .unassigned = plan_.unassigned
    };
    for (const auto& [user, desk] : desks_) {
        if (!desk.since || !desk.wall) {
            continue;
        }
        const auto& tiles = desk.wall->tiles;
        const auto on_tiles = std::ranges::count_if(tiles, [](const auto& tile) {
            return tile && tile->reason.gravity > 0;
        });
        state.operators.push_back({
            .user = user,
            .name = desk.principal->display_name,
            .since = *desk.since,
            .cameras = desk.wall->share,
            .beyond = desk.wall->beyond,
            .cap = desk.cap,
            .load = desk.wall->load,
            .incidents = static_cast<std::size_t>(on_tiles) + desk.wall->waiting_incidents.size(),
            .unseen = desk.wall->unseen,
        });
    }
    std::ranges::sort(state.operators, {}, &OnShift::since);
    return state;
}

void WallKeeper::tick() {
    refresh_one();
    for (const PrincipalPtr& principal : turn()) {
        if (parts_.on_lost) {
            parts_.on_lost(*principal);
        }
    }
}

std::vector<PrincipalPtr> WallKeeper::turn() {
    const std::scoped_lock lock(mutex_);
    ++turns_;
    std::vector<PrincipalPtr> lost = dismiss_absent();
    plan();
    const bool is_time_for_all = turns_ % kTellEvery == 0;
    tell(is_time_for_all);
    if (is_time_for_all && !plan_.walls.empty()) {
        parts_.events.send_to_all(json::serialize(load_json(shift_now())), is_supervisor);
    }
    return lost;
}

/// Rights are asked for anew, one operator in each turn; whoever may no longer be here leaves. The
/// database is asked without the lock.
void WallKeeper::refresh_one() {
    PrincipalPtr asked;
    {
        const std::scoped_lock lock(mutex_);
        std::vector<PrincipalPtr> present;
        for (const auto& [user, desk] : desks_) {
            if (desk.since) {
                present.push_back(desk.principal);
            }
        }
        if (present.empty()) {
            return;
        }
        asked = present[turns_ % present.size()];
    }
    const PrincipalPtr now = parts_.refresh(asked);
    const std::scoped_lock lock(mutex_);
    const auto found = desks_.find(asked->user);
    if (found == desks_.end() || found->second.principal != asked) {
        return;
    }
    if (!now) {
        found->second.since.reset();
    } else if (now->grants != asked->grants) {
        found->second.principal = now;
    }
}

void WallKeeper::gather() {
    const fleet::FleetSnapshotPtr fleet = parts_.fleet.snapshot();
    if (!fleet_ || fleet_->revision != fleet->revision) {
        gather_fleet(*fleet);
    }
    fleet_ = fleet;
    const MonoTime mono = parts_.clock.mono();
    const HealthSnapshotPtr health = parts_.health ? parts_.health() : nullptr;
    for (wall::WallCamera& camera : cameras_) {
        const CameraActivity::Now now = activity_.of(camera.id, mono);
        camera.level = now.level;
        camera.people = now.people;
        camera.vehicles = now.vehicles;
        camera.last_person = now.last_person;
        camera.incidents = board_.of(camera.id);
        const CameraHealth* state = health ? health->find(camera.id) : nullptr;
        const bool is_lost = state != nullptr && state->condition == CameraCondition::Lost;
        camera.signal = is_lost ? SignalState::Lost : SignalState::Up;
    }
}

void WallKeeper::gather_fleet(const fleet::FleetSnapshot& fleet) {
    cameras_.clear();
    for (const fleet::FleetCameraPtr& known : fleet.cameras) {
        wall::WallCamera camera;
        camera.id = known->config.id;
        camera.organisation = known->config.organisation;
        cameras_.push_back(std::move(camera));
    }
}

void WallKeeper::find_out_rights(Desk& desk, const fleet::FleetSnapshot& fleet) const {
    if (desk.sees_principal == desk.principal && desk.sees_revision == fleet.revision &&
        desk.sees.size() == fleet.cameras.size()) {
        return;
    }
    desk.sees.clear();
    for (const fleet::FleetCameraPtr& camera : fleet.cameras) {
        const bool is_seen = identity::sees(*desk.principal, subject_of(camera), Right::ViewLive);
        desk.sees.push_back(is_seen ? 1 : 0);
    }
    desk.sees_principal = desk.principal;
    desk.sees_revision = fleet.revision;
}

std::vector<wall::WallOperator> WallKeeper::operators_now() {
    std::vector<wall::WallOperator> operators;
    for (auto& [user, desk] : desks_) {
        if (!desk.since) {
            desk.wall.reset();
            continue;
        }
        find_out_rights(desk, *fleet_);
        operators.push_back({
            .id = wall::OperatorId{user},
            .may_see =
                [this, &desk](const wall::WallCamera& camera) {
                    return desk.sees[static_cast<std::size_t>(&camera - cameras_.data())] != 0;
                },
            .cap = desk.cap,
            .slots = desk.slots,
            .pins = desk.pins,
            .focus = desk.focus,
            .is_paused = desk.is_paused,
            .is_supervisor = is_supervisor(*desk.principal),
        });
    }
    return operators;
}

void WallKeeper::plan() {
    gather();
    const std::vector<wall::WallOperator> operators = operators_now();
    plan_ =
        planner_.plan({.now = parts_.clock.wall(), .cameras = cameras_, .operators = operators});
    for (const wall::OperatorWall& wall : plan_.walls) {
        desks_[wall.id.value()].wall = wall;
    }
}

/// Tells the consoles of each operator what changed, or everybody everything.
void WallKeeper::tell(bool all) {
    for (const wall::OperatorWall& wall : plan_.walls) {
        if (all || wall.has_changed) {
            json::object message = wall_json(desks_[wall.id.value()]);
            message["type"] = "wall";
            parts_.events.send_to_user(wall.id.value(), json::serialize(message));
        }
    }
}

json::object WallKeeper::wall_json(const Desk& desk) const {
    json::array pins;
    for (const CameraId& pin : desk.pins) {
        pins.push_back(json::string(pin.value()));
    }
    json::object json{
        {"is_on_shift", desk.since.has_value()},
        {"cap", desk.cap},
        {"pins", std::move(pins)},
        {"slots", desk.slots},
        {"is_paused", desk.is_paused}
    };
    static const fleet::FleetSnapshot kNoFleet;
    const wall::OperatorWall nothing;
    const bool has_wall = desk.since && desk.wall;
    put_wall(json, has_wall ? *desk.wall : nothing, fleet_ ? *fleet_ : kNoFleet);
    return json;
}

}  // namespace bongsu::console
