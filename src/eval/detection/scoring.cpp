#include "eval/detection/scoring.hpp"

#include <algorithm>

namespace bongsu::eval {
namespace {

constexpr float kInIgnored = 0.5F;  // share of a detection within an ignored box

struct Judged {
    float score;
    bool is_true;
};

bool is_ignored(const Box& box, const PictureTruth& truth, double min_iou) {
    return std::ranges::any_of(truth.ignored, [&](const Box& ignored) {
        return static_cast<double>(iou(box, ignored)) >= min_iou ||
               intersection(box, ignored).area() >= kInIgnored * box.area();
    });
}

void judge_picture(
    const LookedAtPicture& picture, double min_iou, HeightBand band, std::vector<Judged>& judged
) {
    std::vector<Detection> found = picture.people;
    std::ranges::sort(found, std::greater{}, &Detection::score);
    const std::vector<Box>& people = picture.truth.people;
    std::vector<char> is_taken(people.size(), 0);
    for (const Detection& detection : found) {
        std::size_t best = people.size();
        double best_overlap = min_iou;
        for (std::size_t i = 0; i < people.size(); ++i) {
            const double overlap = static_cast<double>(iou(detection.box, people[i]));
            if (is_taken[i] == 0 && overlap >= best_overlap) {
                best = i;
                best_overlap = overlap;
            }
        }
        if (best < people.size()) {
            is_taken[best] = 1;
            if (band.holds(people[best].h)) {
                judged.push_back({detection.score, true});
            }
        } else if (band.holds(detection.box.h) &&
                   !is_ignored(detection.box, picture.truth, min_iou)) {
            judged.push_back({detection.score, false});
        }
    }
}

}  // namespace

double DetectionCurve::average_precision() const {
    double area = 0;
    double best = 0;
    for (std::size_t i = points_.size(); i-- > 0;) {
        best = std::max(best, points_[i].precision);
        const double before = i > 0 ? points_[i - 1].recall : 0;
        area += best * (points_[i].recall - before);
    }
    return area;
}

OperatingPoint DetectionCurve::at_score(float score) const {
    OperatingPoint found{.score = score, .recall = 0, .precision = 1, .false_per_picture = 0};
    for (const OperatingPoint& point : points_) {
        if (point.score >= score) {
            found = point;
        }
    }
    return found;
}

OperatingPoint DetectionCurve::at_false_per_picture(double most) const {
    OperatingPoint found{.score = 1, .recall = 0, .precision = 1, .false_per_picture = 0};
    for (const OperatingPoint& point : points_) {
        if (point.false_per_picture <= most) {
            found = point;
        }
    }
    return found;
}

DetectionCurve score_detections(
    const std::vector<LookedAtPicture>& pictures, double min_iou, HeightBand band
) {
    std::vector<Judged> judged;
    int truth = 0;
    for (const LookedAtPicture& picture : pictures) {
        judge_picture(picture, min_iou, band, judged);
        truth += static_cast<int>(std::ranges::count_if(picture.truth.people, [&](const Box& box) {
            return band.holds(box.h);
        }));
    }
    std::ranges::sort(judged, std::greater{}, &Judged::score);
    std::vector<OperatingPoint> points;
    int hits = 0;
    for (std::size_t i = 0; i < judged.size(); ++i) {
        hits += judged[i].is_true ? 1 : 0;
        const bool is_last_of_score =
            i + 1 == judged.size() || judged[i + 1].score < judged[i].score;
        if (is_last_of_score) {
            const double all = static_cast<double>(i) + 1;
            points.push_back({
                .score = judged[i].score,
                .recall = truth > 0 ? static_cast<double>(hits) / truth : 0,
                .precision = hits / all,
                .false_per_picture =
                    (all - hits) / std::max<double>(1, static_cast<double>(pictures.size())),
            });
        }
    }
    return {std::move(points), truth};
}

}  // namespace bongsu::eval
