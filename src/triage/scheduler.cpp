#include "triage/scheduler.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace bongsu::triage {
namespace {

constexpr double kSmoothing = 0.3;  ///< of one second's measurement
constexpr double kLeastLagFactor = 0.3;
constexpr double kNewLook = 0.1;         ///< share of a look in the smoothed cost of looks
constexpr double kSavedPerSecond = 0.5;  ///< looks, by a camera that asks for none
/// Of the budget, for the detector, whatever decoding takes: else nobody would come before others.
constexpr double kLeastForLooks = 0.2;

/// A smaller cut is rounding, a shorter one is somebody who walks in.
constexpr double kCutShare = 0.95;
constexpr int kTurnsToBelieve = 5;

double smooth(double old, double fresh) {
    return old + kSmoothing * (fresh - old);
}

}  // namespace

std::string_view to_string(Stage stage) {
    switch (stage) {
        case Stage::Gate:
            return "gate";
        case Stage::Decode:
            return "decode";
        case Stage::Detect:
            return "detect";
        case Stage::Follow:
            return "follow";
    }
    return "gate";
}

void Scheduler::add(const CameraId& camera, int gravity) {
    const std::scoped_lock lock(mutex_);
    Account account;
    account.gravity = std::clamp(gravity, 1, 5);
    account.phase = static_cast<double>(std::hash<CameraId>{}(camera) % 1000) / 1000;
    accounts_[camera] = account;
}

void Scheduler::remove(const CameraId& camera) {
    const std::scoped_lock lock(mutex_);
    accounts_.erase(camera);
}

void Scheduler::charge(const CameraId& camera, Stage stage, Duration cpu) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = accounts_.find(camera); found != accounts_.end()) {
        Account& account = found->second;
        account.charged[static_cast<std::size_t>(stage)] += cpu;
        if (stage == Stage::Detect) {
            const double cost = to_seconds(cpu);
            account.look_cost = account.look_cost == 0
                                    ? cost
                                    : account.look_cost + kNewLook * (cost - account.look_cost);
            ++account.looks;
        }
    }
}

void Scheduler::set_expected_change(const CameraId& camera, float change) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = accounts_.find(camera); found != accounts_.end()) {
        found->second.expected_change = std::clamp(change, 0.0F, 1.0F);
    }
}

void Scheduler::report_age(Duration age) {
    const std::scoped_lock lock(mutex_);
    worst_age_ = std::max(worst_age_, age);
}

bool Scheduler::admit(const CameraId& camera) {
    const std::scoped_lock lock(mutex_);
    const auto found = accounts_.find(camera);
    if (found == accounts_.end()) {
        return false;
    }
    Account& account = found->second;
    ++account.asked;
    // What was saved stays; what comes by share is not saved up.
    account.credit =
        std::max(account.credit, std::min(account.credit + account.share, 1.0 + account.share));
    // The margin keeps rounding from costing every hundredth analysis at full share.
    if (account.credit < 1 - 1e-9) {
        ++thinned_;
        return false;
    }
    account.credit -= 1;
    return true;
}

void Scheduler::note_look(const CameraId& camera, WallTime taken) {
    const std::scoped_lock lock(mutex_);
    const auto found = accounts_.find(camera);
    if (found == accounts_.end()) {
        return;
    }
    Account& account = found->second;
    if (account.last_look && !account.has_been_spread) {
        account.has_been_spread = true;
    }
    account.last_look = std::max(account.last_look.value_or(taken), taken);
    newest_look_ = std::max(newest_look_, taken);
}

bool Scheduler::is_look_due(const CameraId& camera, WallTime taken, Duration until_next) const {
    const std::scoped_lock lock(mutex_);
    const auto found = accounts_.find(camera);
    if (found == accounts_.end()) {
        return false;
    }
    const Account& account = found->second;
    if (!account.last_look) {
        return true;
    }
    Duration turn = settings_.max_unwatched;
    if (!account.has_been_spread) {
        turn = from_seconds(to_seconds(turn) * (1 - account.phase / 2));
    }
    return taken + until_next > *account.last_look + turn;
}

void Scheduler::rebalance(MonoTime now) {
    const std::scoped_lock lock(mutex_);
    const double seconds = last_rebalance_ ? to_seconds(now - *last_rebalance_) : 0;
    last_rebalance_ = now;
    if (seconds <= 0) {
        return;
    }
    measure(seconds);
    adapt_to_lag();
    double fixed = 0;
    for (const auto& [camera, account] : accounts_) {
        fixed += account.fixed;
    }
    const double budget = settings_.budget * lag_factor_;
    distribute(std::max(kLeastForLooks * budget, budget - fixed));
    note_cuts();
}

void Scheduler::note_cuts() {
    const bool is_cut = std::ranges::any_of(accounts_, [](const auto& entry) {
        return entry.second.share < kCutShare;
    });
    turns_of_change_ = is_cut == is_behind_ ? 0 : turns_of_change_ + 1;
    if (turns_of_change_ >= kTurnsToBelieve) {
        is_behind_ = is_cut;
        turns_of_change_ = 0;
    }
}

void Scheduler::measure(double seconds) {
    const auto rate = [seconds](const Account& account, Stage stage) {
        return to_seconds(account.charged[static_cast<std::size_t>(stage)]) / seconds;
    };
    double used = 0;
    for (auto& [camera, account] : accounts_) {
        const double fixed = rate(account, Stage::Gate) + rate(account, Stage::Decode) +
                             rate(account, Stage::Follow);
        account.fixed = smooth(account.fixed, fixed);
        // Looks that were due went ahead without being asked for.
        const int asked = std::max(account.asked, account.looks);
        account.ask_rate = smooth(account.ask_rate, asked / seconds);
        if (account.asked == 0) {
            account.credit = std::min(
                std::max(kSavedLooks, account.credit), account.credit + kSavedPerSecond * seconds
            );
        }
        used += fixed + rate(account, Stage::Detect);
        account.charged = {};
        account.asked = 0;
        account.looks = 0;
    }
    used_ = smooth(used_, used);
}

void Scheduler::adapt_to_lag() {
    constexpr double kCut = 0.85;
    constexpr double kGrowth = 1.03;
    const bool is_late = worst_age_ > settings_.lag_limit;
    lag_factor_ = std::clamp(lag_factor_ * (is_late ? kCut : kGrowth), kLeastLagFactor, 1.0);
    worst_age_ = {};
}

double Scheduler::weight_of(const Account& account) const {
    double age = 0;
    if (account.last_look) {
        age = to_seconds(newest_look_ - *account.last_look) / to_seconds(settings_.max_unwatched);
    }
    return account.gravity * (1.0 + account.expected_change) * (1.0 + std::clamp(age, 0.0, 1.0));
}

void Scheduler::distribute(double available) {
    struct Claim {
        Account* account;
        double weight;
    };

    std::vector<Claim> claims;
    double weights = 0;
    for (auto& [camera, account] : accounts_) {
        if (account.wanted() <= 0) {
            account.share = 1;
            continue;
        }
        claims.push_back({&account, weight_of(account)});
        weights += claims.back().weight;
    }
    // Water-filling: those that want least per weight are served first and leave their rest to the
    // others.
    std::ranges::sort(claims, {}, [](const Claim& c) { return c.account->wanted() / c.weight; });
    for (const Claim& claim : claims) {
        const double offer = available * claim.weight / weights;
        const double wanted = claim.account->wanted();
        const double given = std::min(offer, wanted);
        claim.account->share = std::max(settings_.least_share, given / wanted);
        available -= given;
        weights -= claim.weight;
    }
}

double Scheduler::share(const CameraId& camera) const {
    const std::scoped_lock lock(mutex_);
    const auto found = accounts_.find(camera);
    return found == accounts_.end() ? 0 : found->second.share;
}

SchedulerStatus Scheduler::status() const {
    const std::scoped_lock lock(mutex_);
    SchedulerStatus status{
        .used = used_,
        .budget = settings_.budget * lag_factor_,
        .is_behind = is_behind_,
        .thinned = thinned_
    };
    std::array<double, kGravities> sums{};
    for (const auto& [camera, account] : accounts_) {
        status.wanted += account.fixed + account.wanted();
        status.least_share = std::min(status.least_share, account.share);
        if (account.wanted() > 0) {
            const auto place = static_cast<std::size_t>(account.gravity) - 1;
            GravityShare& one = status.by_gravity.at(place);
            ++one.cameras;
            one.least = std::min(one.least, account.share);
            sums.at(place) += account.share;
            one.mean = sums.at(place) / static_cast<double>(one.cameras);
        }
    }
    return status;
}

}  // namespace bongsu::triage
