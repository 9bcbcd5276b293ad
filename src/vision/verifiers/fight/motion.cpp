#include "vision/verifiers/fight/motion.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

#include <opencv2/video/tracking.hpp>

namespace bongsu::verifiers::fight {
namespace {

/// Keeps ratios of hardly any movement near zero; body heights a second.
constexpr float kFaint = 0.02F;
constexpr float kQuick = 2;
constexpr float kHigh = 0.9F;
constexpr std::size_t kDirections = 12;

/// Pixels of one instant: x and y of the velocity, one behind the other.
struct Field {
    std::vector<float> x;
    std::vector<float> y;
    std::vector<float> speed;
};

/// The value that a share of the others is below. Reorders.
float at_share(std::vector<float>& values, float share) {
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<float>(values.size()));
    std::ranges::nth_element(values, values.begin() + place);
    return values[static_cast<std::size_t>(place)];
}

void subtract_median(std::vector<float>& values) {
    std::vector<float> copy = values;
    const float median = at_share(copy, 0.5F);
    for (float& value : values) {
        value -= median;
    }
}

double mean(std::span<const float> values) {
    double sum = 0;
    for (const float value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

Field field_between(const cv::Mat& before, const cv::Mat& after, float bodies_per_second) {
    const int levels = 3;
    const int window = 13;
    const int iterations = 1;
    const int neighbourhood = 5;
    cv::Mat flow;
    cv::calcOpticalFlowFarneback(
        before, after, flow, 0.5, levels, window, iterations, neighbourhood, 1.1, 0
    );
    Field field;
    for (int row = 0; row < flow.rows; ++row) {
        const auto* line = flow.ptr<cv::Vec2f>(row);
        for (int column = 0; column < flow.cols; ++column) {
            field.x.push_back(line[column][0]);
            field.y.push_back(line[column][1]);
        }
    }
    subtract_median(field.x);
    subtract_median(field.y);
    for (std::size_t i = 0; i < field.x.size(); ++i) {
        field.x[i] *= bodies_per_second;
        field.y[i] *= bodies_per_second;
        field.speed.push_back(std::hypot(field.x[i], field.y[i]));
    }
    return field;
}

/// Entropy of the directions, weighted by speed: 0 all one way, 1 all ways alike.
float disorder_of(const Field& field) {
    const float turn = 2 * std::numbers::pi_v<float>;
    std::array<double, kDirections> share{};
    double sum = 0;
    for (std::size_t i = 0; i < field.x.size(); ++i) {
        const float part = (std::atan2(field.y[i], field.x[i]) + turn / 2) / turn;
        const auto bin = static_cast<std::size_t>(part * static_cast<float>(kDirections));
        share[bin % kDirections] += field.speed[i];
        sum += field.speed[i];
    }
    double entropy = 0;
    for (const double weight : share) {
        const double p = weight / (sum + 1e-6);
        entropy -= p * std::log(p + 1e-9);
    }
    return static_cast<float>(entropy / std::log(static_cast<double>(kDirections)));
}

/// Mean of |rotation| over the part.
double swirl_of(const Field& field, std::size_t columns) {
    const std::size_t rows = field.x.size() / columns;
    double sum = 0;
    for (std::size_t row = 0; row + 1 < rows; ++row) {
        for (std::size_t column = 0; column + 1 < columns; ++column) {
            const std::size_t i = row * columns + column;
            const float along = field.y[i + 1] - field.y[i];
            const float down = field.x[i + columns] - field.x[i];
            sum += std::abs(along - down);
        }
    }
    return sum / static_cast<double>((rows - 1) * (columns - 1));
}

/// Change of velocity from one field to the next.
struct Changes {
    double mean = 0;
    double high = 0;
};

Changes changes_in(const std::vector<Field>& fields) {
    Changes all;
    for (std::size_t t = 1; t < fields.size(); ++t) {
        const Field& a = fields[t - 1];
        const Field& b = fields[t];
        std::vector<float> change(a.x.size());
        for (std::size_t i = 0; i < change.size(); ++i) {
            change[i] = std::hypot(b.x[i] - a.x[i], b.y[i] - a.y[i]);
        }
        all.mean += mean(change);
        all.high += at_share(change, kHigh);
    }
    const auto steps = static_cast<double>(fields.size() - 1);
    return {all.mean / steps, all.high / steps};
}

/// Per place: how often its speed changes by more than the mean does; the spread of that.
float unevenness_of(const std::vector<Field>& fields) {
    const std::size_t places = fields.front().speed.size();
    std::vector<float> often(places);
    std::vector<float> change(places);
    for (std::size_t t = 1; t < fields.size(); ++t) {
        for (std::size_t i = 0; i < places; ++i) {
            change[i] = std::abs(fields[t].speed[i] - fields[t - 1].speed[i]);
        }
        const auto usual = static_cast<float>(mean(change));
        for (std::size_t i = 0; i < places; ++i) {
            often[i] += change[i] > usual ? 1.0F : 0.0F;
        }
    }
    const auto steps = static_cast<float>(fields.size() - 1);
    const double middle = mean(often) / steps;
    double sum = 0;
    for (const float count : often) {
        const double off = count / steps - middle;
        sum += off * off;
    }
    return static_cast<float>(std::sqrt(sum / static_cast<double>(places)));
}

/// |sum of velocities| by sum of speeds, in every place.
double steadiness_of(const std::vector<Field>& fields) {
    double along = 0;
    double way = 1e-3;
    for (std::size_t i = 0; i < fields.front().x.size(); ++i) {
        float x = 0;
        float y = 0;
        for (const Field& field : fields) {
            x += field.x[i];
            y += field.y[i];
            way += field.speed[i];
        }
        along += std::hypot(x, y);
    }
    return along / way;
}

}  // namespace

std::array<float, Motion::kNumbers> Motion::numbers() const {
    std::array<float, kNumbers> out{
        change, high_change, restlessness, steadiness, quick, unevenness, swirl, disorder
    };
    for (float& number : out) {
        number = std::log1p(3 * number);
    }
    return out;
}

Motion measure(const Strip& strip) {
    std::vector<Field> fields;
    for (std::size_t i = 1; i < strip.grey.size(); ++i) {
        const auto step = static_cast<float>(strip.seconds[i] - strip.seconds[i - 1]);
        fields.push_back(
            field_between(strip.grey[i - 1], strip.grey[i], strip.bodies_per_pixel / step)
        );
    }
    double speed = 0;
    double swirl = 0;
    double quick = 0;
    Motion motion;
    for (const Field& field : fields) {
        speed += mean(field.speed);
        swirl += swirl_of(field, static_cast<std::size_t>(strip.grey.front().cols));
        quick += static_cast<double>(
                     std::ranges::count_if(field.speed, [](float s) { return s > kQuick; })
                 ) /
                 static_cast<double>(field.speed.size());
        motion.disorder = std::max(motion.disorder, disorder_of(field));
    }
    const auto count = static_cast<double>(fields.size());
    const double usual = speed / count + kFaint;
    const Changes changes = changes_in(fields);
    motion.change = static_cast<float>(changes.mean);
    motion.high_change = static_cast<float>(changes.high);
    motion.restlessness = static_cast<float>(changes.mean / usual);
    motion.steadiness = static_cast<float>(steadiness_of(fields));
    motion.quick = static_cast<float>(quick / count);
    motion.unevenness = unevenness_of(fields);
    motion.swirl = static_cast<float>(swirl / count / usual);
    return motion;
}

}  // namespace bongsu::verifiers::fight
