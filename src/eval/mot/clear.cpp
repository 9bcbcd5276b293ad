#include "eval/mot/clear.hpp"

#include "domain/assignment.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace bongsu::eval {
namespace {

/// Relative to the sums below; keeps boxes that overlap by exactly the minimum.
constexpr double kRounding = 1e-6;

double distance(const MotRow& a, const MotRow& b) {
    return 1.0 - static_cast<double>(iou(a.box, b.box));
}

class Counter {
public:
    explicit Counter(double min_iou) : max_distance_(1 - min_iou + kRounding) {}

    void count(const std::vector<MotRow>& truth, const std::vector<MotRow>& tracks) {
        std::vector<int> track_of(truth.size(), kUnassigned);
        std::vector<char> is_taken(tracks.size(), 0);
        keep_old_pairs(truth, tracks, track_of, is_taken);
        pair_the_rest(truth, tracks, track_of, is_taken);
        for (std::size_t t = 0; t < truth.size(); ++t) {
            note(
                truth[t], track_of[t] < 0 ? nullptr : &tracks[static_cast<std::size_t>(track_of[t])]
            );
        }
        score_.truth_boxes += static_cast<int>(truth.size());
        score_.false_positives += static_cast<int>(std::ranges::count(is_taken, 0));
    }

    ClearScore finish() && { return score_; }

private:
    struct Memory {
        int track = -1;           ///< of the last match
        bool is_followed = true;  ///< was matched when last seen
    };

    void keep_old_pairs(
        const std::vector<MotRow>& truth,
        const std::vector<MotRow>& tracks,
        std::vector<int>& track_of,
        std::vector<char>& is_taken
    ) const {
        for (std::size_t t = 0; t < truth.size(); ++t) {
            const auto old = memory_.find(truth[t].id);
            if (old == memory_.end()) {
                continue;
            }
            const auto found = std::ranges::find(tracks, old->second.track, &MotRow::id);
            if (found == tracks.end() || distance(truth[t], *found) > max_distance_) {
                continue;
            }
            const auto index = static_cast<std::size_t>(found - tracks.begin());
            if (is_taken[index] == 0) {
                track_of[t] = static_cast<int>(index);
                is_taken[index] = 1;
            }
        }
    }

    void pair_the_rest(
        const std::vector<MotRow>& truth,
        const std::vector<MotRow>& tracks,
        std::vector<int>& track_of,
        std::vector<char>& is_taken
    ) const {
        CostTable costs(truth.size(), tracks.size());
        for (std::size_t t = 0; t < truth.size(); ++t) {
            for (std::size_t k = 0; k < tracks.size() && track_of[t] == kUnassigned; ++k) {
                const double d = distance(truth[t], tracks[k]);
                if (is_taken[k] == 0 && d <= max_distance_) {
                    costs.at(t, k) = d;
                }
            }
        }
        const std::vector<int> pairs = assign(costs);
        for (std::size_t t = 0; t < truth.size(); ++t) {
            if (pairs[t] != kUnassigned) {
                track_of[t] = pairs[t];
                is_taken[static_cast<std::size_t>(pairs[t])] = 1;
            }
        }
    }

    void note(const MotRow& object, const MotRow* track) {
        const auto known = memory_.find(object.id);
        if (track == nullptr) {
            ++score_.misses;
            if (known != memory_.end()) {
                known->second.is_followed = false;
            }
            return;
        }
        ++score_.matches;
        score_.distance_sum += distance(object, *track);
        if (known == memory_.end()) {
            memory_.emplace(object.id, Memory{track->id, true});
            return;
        }
        if (known->second.track != track->id) {
            ++score_.switches;
        }
        if (!known->second.is_followed) {
            ++score_.fragmentations;
        }
        known->second = {track->id, true};
    }

    double max_distance_;
    std::map<int, Memory> memory_;
    ClearScore score_;
};

double ratio(double part, double whole, double when_empty) {
    return whole > 0 ? part / whole : when_empty;
}

}  // namespace

double ClearScore::mota() const {
    return 1 - ratio(misses + false_positives + switches, truth_boxes, 0);
}

double ClearScore::motp() const {
    return ratio(distance_sum, matches, 0);
}

double ClearScore::recall() const {
    return ratio(matches, truth_boxes, 1);
}

double ClearScore::precision() const {
    return ratio(matches, matches + false_positives, 1);
}

ClearScore clear_mot(const MotFrames& truth, const MotFrames& tracks, double min_iou) {
    static const std::vector<MotRow> kNone;
    Counter counter(min_iou);
    for (std::size_t f = 0; f < std::max(truth.size(), tracks.size()); ++f) {
        counter.count(f < truth.size() ? truth[f] : kNone, f < tracks.size() ? tracks[f] : kNone);
    }
    return std::move(counter).finish();
}

}  // namespace bongsu::eval
