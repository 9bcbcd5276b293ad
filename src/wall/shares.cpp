#include "wall/shares.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::wall {
namespace {

/// The heaviest first; equal ones in the order of their numbers.
void sort_by_load(std::vector<std::size_t>& cameras, std::span<const double> loads) {
    std::ranges::sort(cameras, [&](std::size_t a, std::size_t b) {
        return std::pair(-loads[a], a) < std::pair(-loads[b], b);
    });
}

}  // namespace

void Shares::renumber_cameras(std::span<const std::optional<std::size_t>> old_of_new) {
    std::vector<std::optional<std::size_t>> owners(old_of_new.size());
    std::vector<char> in_share(old_of_new.size(), 0);
    for (std::size_t i = 0; i < old_of_new.size(); ++i) {
        if (old_of_new[i]) {
            owners[i] = owners_[*old_of_new[i]];
            in_share[i] = in_share_[*old_of_new[i]];
        }
    }
    owners_ = std::move(owners);
    in_share_ = std::move(in_share);
}

void Shares::renumber_operators(std::span<const std::optional<std::size_t>> old_of_new) {
    std::vector<std::optional<std::size_t>> new_of_old(operators_.size());
    std::vector<Operator> operators(old_of_new.size());
    for (std::size_t i = 0; i < old_of_new.size(); ++i) {
        if (old_of_new[i]) {
            new_of_old[*old_of_new[i]] = i;
            operators[i] = operators_[*old_of_new[i]];
        }
    }
    for (std::optional<std::size_t>& owner : owners_) {
        owner = owner ? new_of_old[*owner] : owner;
    }
    operators_ = std::move(operators);
}

void Shares::update(const Situation& situation) {
    for (std::size_t camera = 0; camera < owners_.size(); ++camera) {
        const auto owner = owners_[camera];
        if (owner && (situation.caps[*owner] == 0 || !situation.may_see(*owner, camera))) {
            owners_[camera].reset();
        }
    }
    count(situation);
    for (std::size_t who = 0; who < operators_.size(); ++who) {
        if (operators_[who].is_new && situation.caps[who] > 0) {
            fill_newcomer(situation, who);
            operators_[who].is_new = false;
        }
    }
    hand_out(situation);
    keep_to_caps(situation);
}

void Shares::count(const Situation& situation) {
    for (Operator& who : operators_) {
        who = {.is_new = who.is_new};
    }
    for (std::size_t camera = 0; camera < owners_.size(); ++camera) {
        if (const auto owner = owners_[camera]) {
            operators_[*owner].load += situation.loads[camera];
            ++operators_[*owner].owned;
            operators_[*owner].share += in_share_[camera] != 0 ? 1 : 0;
        } else {
            in_share_[camera] = 0;
        }
    }
}

void Shares::give(const Situation& situation, std::size_t camera, std::optional<std::size_t> who) {
    if (const auto owner = owners_[camera]) {
        operators_[*owner].load -= situation.loads[camera];
        --operators_[*owner].owned;
        operators_[*owner].share -= in_share_[camera] != 0 ? 1 : 0;
    }
    in_share_[camera] = 0;
    owners_[camera] = who;
    if (who) {
        operators_[*who].load += situation.loads[camera];
        ++operators_[*who].owned;
    }
}

/// Cameras without an owner, the heaviest first, each to whoever has the least.
void Shares::hand_out(const Situation& situation) {
    std::vector<std::size_t> free;
    for (std::size_t camera = 0; camera < owners_.size(); ++camera) {
        if (!owners_[camera]) {
            free.push_back(camera);
        }
    }
    sort_by_load(free, situation.loads);
    for (const std::size_t camera : free) {
        std::optional<std::size_t> best;
        for (std::size_t who = 0; who < operators_.size(); ++who) {
            const bool is_better = !best || operators_[who].load < operators_[*best].load;
            if (is_better && situation.caps[who] > 0 && situation.may_see(who, camera)) {
                best = who;
            }
        }
        if (best) {
            give(situation, camera, best);
        }
    }
}

/// Takes from whoever has the most at the moment, until the newcomer has the average.
void Shares::fill_newcomer(const Situation& situation, std::size_t newcomer) {
    double total = 0;
    std::size_t working = 0;
    for (std::size_t who = 0; who < operators_.size(); ++who) {
        const bool works = situation.caps[who] > 0 && (!operators_[who].is_new || who == newcomer);
        total += works ? operators_[who].load : 0;
        working += works ? 1 : 0;
    }
    const double average = working > 0 ? total / static_cast<double>(working) : 0;
    auto offers = movable(situation, newcomer);
    while (true) {
        std::optional<std::size_t> donor;
        for (std::size_t who = 0; who < operators_.size(); ++who) {
            const bool has_more = !donor || operators_[who].load > operators_[*donor].load;
            if (!offers[who].empty() && has_more) {
                donor = who;
            }
        }
        if (!donor) {
            return;
        }
        const std::size_t camera = offers[*donor].back();
        const double load = situation.loads[camera];
        const bool helps = operators_[newcomer].load + load <= average + load / 2 &&
                           operators_[*donor].load - load >= operators_[newcomer].load;
        if (!helps) {
            return;
        }
        offers[*donor].pop_back();
        give(situation, camera, newcomer);
    }
}

/// By owner, what the newcomer could take; the last ones disturb the least: not on a screen, not in
/// a share.
std::vector<std::vector<std::size_t>> Shares::movable(
    const Situation& situation, std::size_t newcomer
) const {
    std::vector<std::vector<std::size_t>> offers(operators_.size());
    for (std::size_t i = owners_.size(); i > 0; --i) {
        const std::size_t camera = i - 1;
        const auto owner = owners_[camera];
        if (owner && *owner != newcomer && situation.may_see(newcomer, camera)) {
            offers[*owner].push_back(camera);
        }
    }
    const auto disturbance = [&](std::size_t camera) {
        return (situation.is_on_screen[camera] != 0 ? 2 : 0) + (in_share_[camera] != 0 ? 1 : 0);
    };
    for (auto& offer : offers) {
        std::ranges::sort(offer, [&](std::size_t a, std::size_t b) {
            return std::pair(disturbance(a), a) > std::pair(disturbance(b), b);
        });
    }
    return offers;
}

void Shares::keep_to_caps(const Situation& situation) {
    std::vector<std::size_t> order;  // those whose share needs a change, the heaviest first
    for (std::size_t camera = 0; camera < owners_.size(); ++camera) {
        const auto owner = owners_[camera];
        if (!owner) {
            continue;
        }
        const Operator& who = operators_[*owner];
        if (who.share != std::min(who.owned, situation.caps[*owner])) {
            order.push_back(camera);
        }
    }
    sort_by_load(order, situation.loads);
    for (const std::size_t camera : order) {
        Operator& who = operators_[*owners_[camera]];
        if (in_share_[camera] == 0 && who.share < situation.caps[*owners_[camera]]) {
            in_share_[camera] = 1;
            ++who.share;
        }
    }
    for (std::size_t i = order.size(); i > 0; --i) {
        const std::size_t camera = order[i - 1];
        Operator& who = operators_[*owners_[camera]];
        if (in_share_[camera] != 0 && who.share > situation.caps[*owners_[camera]]) {
            in_share_[camera] = 0;
            --who.share;
        }
    }
}

}  // namespace bongsu::wall
