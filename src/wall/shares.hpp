#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::wall {

/// Which operator answers for which camera. Every camera that somebody may see has one owner.
/// Nothing moves while the same people are on shift: what a leaving operator had goes to those with
/// the least load, a newcomer takes from those with the most. Of the cameras that an operator owns,
/// at most their cap are their share; the others only pass by on their carousel. Cameras and
/// operators are numbers here. Not thread-safe.
class Shares {
public:
    struct Situation {
        std::span<const double> loads;       ///< of each camera, above 0
        std::span<const std::size_t> caps;   ///< of each operator; 0: owns nothing
        std::span<const char> is_on_screen;  ///< cameras that should rather stay where they are
        std::function<bool(std::size_t who, std::size_t camera)> may_see;
    };

    /// Cameras got other numbers: `old_of_new[i]` is the former number of camera i, if it had one.
    void renumber_cameras(std::span<const std::optional<std::size_t>> old_of_new);
    /// The same for operators.
    void renumber_operators(std::span<const std::optional<std::size_t>> old_of_new);

    /// Brings the shares up to the situation.
    void update(const Situation& situation);

    std::optional<std::size_t> owner_of(std::size_t camera) const { return owners_[camera]; }

    bool is_in_share(std::size_t camera) const { return in_share_[camera] != 0; }

    double load_of(std::size_t who) const { return operators_[who].load; }

    std::size_t share_size(std::size_t who) const { return operators_[who].share; }

    std::size_t owned(std::size_t who) const { return operators_[who].owned; }

private:
    struct Operator {
        double load = 0;
        std::size_t owned = 0;
        std::size_t share = 0;
        bool is_new = true;
    };

    void count(const Situation& situation);
    void give(const Situation& situation, std::size_t camera, std::optional<std::size_t> who);
    void hand_out(const Situation& situation);
    void fill_newcomer(const Situation& situation, std::size_t who);
    std::vector<std::vector<std::size_t>> movable(const Situation& situation, std::size_t newcomer)
        const;
    void keep_to_caps(const Situation& situation);

    std::vector<std::optional<std::size_t>> owners_;  ///< by camera
    std::vector<char> in_share_;                      ///< by camera
    std::vector<Operator> operators_;
};

}  // namespace bongsu::wall
