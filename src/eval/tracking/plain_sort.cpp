#include "eval/tracking/plain_sort.hpp"

#include "domain/assignment.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::eval {
namespace {

constexpr double kSmallestOverlap = 0.3;
constexpr int kMaxAge = 1;
constexpr int kMinHits = 3;

/// Value and change per frame, with the noise levels of the reference set-up.
struct Axis {
    double value = 0;
    double speed = 0;
    double p_vv = 10;
    double p_vs = 0;
    double p_ss = 10'000;
    double speed_noise = 0.01;
    double measurement_noise = 1;

    void predict() {
        value += speed;
        p_vv += 2 * p_vs + p_ss + 1;
        p_vs += p_ss;
        p_ss += speed_noise;
    }

    void correct(double measured) {
        const double gain_value = p_vv / (p_vv + measurement_noise);
        const double gain_speed = p_vs / (p_vv + measurement_noise);
        const double surprise = measured - value;
        value += gain_value * surprise;
        speed += gain_speed * surprise;
        p_ss -= gain_speed * p_vs;
        p_vs -= gain_value * p_vs;
        p_vv -= gain_value * p_vv;
    }
};

class SortTrack {
public:
    SortTrack(int id, const Box& box) : id_(id) {
        x_.value = box.centre().x;
        y_.value = box.centre().y;
        area_.value = box.area();
        area_.speed_noise = 0.0001;
        area_.measurement_noise = 10;
        ratio_ = aspect(box);
    }

    void predict() {
        if (area_.value + area_.speed <= 0) {
            area_.speed = 0;
        }
        x_.predict();
        y_.predict();
        area_.predict();
        streak_ = unseen_ > 0 ? 0 : streak_;
        ++unseen_;
    }

    void correct(const Box& box) {
        x_.correct(box.centre().x);
        y_.correct(box.centre().y);
        area_.correct(box.area());
        // The shape has no speed; its filter settles at this gain (Q = 1, R = 10).
        ratio_ += 0.27 * (aspect(box) - ratio_);
        unseen_ = 0;
        ++streak_;
    }

    Box box() const {
        const double w = std::sqrt(std::max(area_.value * ratio_, 1e-6));
        const double h = std::max(area_.value, 1e-6) / w;
        return {
            static_cast<float>(x_.value - w / 2),
            static_cast<float>(y_.value - h / 2),
            static_cast<float>(w),
            static_cast<float>(h)
        };
    }

    int id() const { return id_; }

    bool is_over() const { return unseen_ > kMaxAge; }

    bool is_shown(std::size_t frame) const {
        return unseen_ == 0 && (streak_ >= kMinHits || frame < kMinHits);
    }

private:
    static double aspect(const Box& box) {
        return static_cast<double>(box.w) / std::max(box.h, 1e-3F);
    }

    int id_;
    Axis x_;
    Axis y_;
    Axis area_;
    double ratio_;
    int unseen_ = 0;
    int streak_ = 0;
};

void follow(std::vector<SortTrack>& tracks, const std::vector<MotRow>& detections, int& last_id) {
    CostTable costs(tracks.size(), detections.size());
    for (std::size_t t = 0; t < tracks.size(); ++t) {
        tracks[t].predict();
        for (std::size_t d = 0; d < detections.size(); ++d) {
            costs.at(t, d) = -static_cast<double>(iou(tracks[t].box(), detections[d].box));
        }
    }
    const std::vector<int> pairs = assign(costs);
    std::vector<char> is_taken(detections.size(), 0);
    for (std::size_t t = 0; t < pairs.size(); ++t) {
        const auto d = static_cast<std::size_t>(pairs[t]);
        if (pairs[t] != kUnassigned && costs.at(t, d) <= -kSmallestOverlap) {
            tracks[t].correct(detections[d].box);
            is_taken[d] = 1;
        }
    }
    for (std::size_t d = 0; d < detections.size(); ++d) {
        if (is_taken[d] == 0) {
            tracks.emplace_back(++last_id, detections[d].box);
        }
    }
}

}  // namespace

MotFrames plain_sort(const MotFrames& detections) {
    MotFrames result(detections.size());
    std::vector<SortTrack> tracks;
    int last_id = 0;
    for (std::size_t f = 0; f < detections.size(); ++f) {
        follow(tracks, detections[f], last_id);
        for (const SortTrack& track : tracks) {
            if (track.is_shown(f)) {
                result[f].push_back({.id = track.id(), .box = track.box()});
            }
        }
        std::erase_if(tracks, [](const SortTrack& track) { return track.is_over(); });
    }
    return result;
}

}  // namespace bongsu::eval
