#include "tracking/motion.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::tracking {
namespace {

constexpr double kSmallestSide = 2;  // pixels

double square(double x) {
    return x * x;
}

AxisFilter started(double value, double deviation, double speed_deviation) {
    return {.value = value, .p_vv = square(deviation), .p_ss = square(speed_deviation)};
}

}  // namespace

void AxisFilter::predict(double seconds, double agility_variance) {
    value += speed * seconds;
    p_vv +=
        seconds * (2 * p_vs + seconds * p_ss) + agility_variance * seconds * square(seconds) / 3;
    p_vs += seconds * p_ss + agility_variance * square(seconds) / 2;
    p_ss += agility_variance * seconds;
}

void AxisFilter::correct(double measured, double variance) {
    const double total = p_vv + variance;
    const double gain_value = p_vv / total;
    const double gain_speed = p_vs / total;
    const double surprise = measured - value;
    value += gain_value * surprise;
    speed += gain_speed * surprise;
    p_ss -= gain_speed * p_vs;
    p_vs -= gain_value * p_vs;
    p_vv -= gain_value * p_vv;
}

BoxMotion::BoxMotion(const Box& first, const MotionNoise& noise) : noise_(noise) {
    const double side = std::max<double>({first.w, first.h, kSmallestSide});
    const double position = noise.position * side;
    const double size = noise.size * side;
    foot_x_ = started(first.foot().x, position, noise.first_speed * side);
    foot_y_ = started(first.foot().y, position, noise.first_speed * side);
    width_ = started(first.w, size, noise.size_agility * side);
    height_ = started(first.h, size, noise.size_agility * side);
}

double BoxMotion::scale() const {
    return std::max({width_.value, height_.value, kSmallestSide});
}

void BoxMotion::predict(double seconds) {
    const double place = square(noise_.agility * scale());
    const double size = square(noise_.size_agility * scale());
    foot_x_.predict(seconds, place);
    foot_y_.predict(seconds, place);
    width_.predict(seconds, size);
    height_.predict(seconds, size);
    width_.value = std::max(width_.value, kSmallestSide);
    height_.value = std::max(height_.value, kSmallestSide);
}

void BoxMotion::correct(const Box& measured) {
    const double place = square(noise_.position * scale());
    const double size = square(noise_.size * scale());
    foot_x_.correct(measured.foot().x, place);
    foot_y_.correct(measured.foot().y, place);
    width_.correct(measured.w, size);
    height_.correct(measured.h, size);
}

void BoxMotion::coast(double seconds) {
    const double kept = std::exp(-seconds / noise_.coasting);
    foot_x_.speed *= kept;
    foot_y_.speed *= kept;
    width_.speed = 0;
    height_.speed = 0;
}

Box BoxMotion::box() const {
    return {
        static_cast<float>(foot_x_.value - width_.value / 2),
        static_cast<float>(foot_y_.value - height_.value),
        static_cast<float>(width_.value),
        static_cast<float>(height_.value)
    };
}

Point BoxMotion::velocity() const {
    return {static_cast<float>(foot_x_.speed), static_cast<float>(foot_y_.speed)};
}

double BoxMotion::distance(const Box& measured) const {
    const double place = square(noise_.position * scale());
    const double size = square(noise_.size * scale());
    return square(measured.foot().x - foot_x_.value) / (foot_x_.p_vv + place) +
           square(measured.foot().y - foot_y_.value) / (foot_y_.p_vv + place) +
           square(measured.h - height_.value) / (height_.p_vv + size);
}

}  // namespace bongsu::tracking
