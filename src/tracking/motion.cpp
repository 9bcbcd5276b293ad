#include "tracking/motion.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::tracking {
namespace {

constexpr double kSmallestSide = 2;  // pixels

// Standard deviations, in lengths of the object's longer side.
constexpr double kPosition = 0.06;    // of a measured foot point
constexpr double kSize = 0.20;        // of a measured width or height: limbs and partial occlusion
constexpr double kFirstSpeed = 2;     // of the speed of a new object, per second
constexpr double kAgility = 0.5;      // change of speed within one second, per second
constexpr double kSizeAgility = 0.6;  // the same of the speed of growth
constexpr double kCoasting = 4;  // seconds in which the speed of an unseen object falls to 37 %

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

BoxMotion::BoxMotion(const Box& first) {
    const double side = std::max<double>({first.w, first.h, kSmallestSide});
    const double position = kPosition * side;
    const double size = kSize * side;
    foot_x_ = started(first.foot().x, position, kFirstSpeed * side);
    foot_y_ = started(first.foot().y, position, kFirstSpeed * side);
    width_ = started(first.w, size, kSizeAgility * side);
    height_ = started(first.h, size, kSizeAgility * side);
}

double BoxMotion::scale() const {
    return std::max({width_.value, height_.value, kSmallestSide});
}

void BoxMotion::predict(double seconds) {
    const double place = square(kAgility * scale());
    const double size = square(kSizeAgility * scale());
    foot_x_.predict(seconds, place);
    foot_y_.predict(seconds, place);
    width_.predict(seconds, size);
    height_.predict(seconds, size);
    width_.value = std::max(width_.value, kSmallestSide);
    height_.value = std::max(height_.value, kSmallestSide);
}

void BoxMotion::correct(const Box& measured, double doubt) {
    const double place = square(kPosition * scale()) * doubt;
    const double size = square(kSize * scale()) * doubt;
    foot_x_.correct(measured.foot().x, place);
    foot_y_.correct(measured.foot().y, place);
    width_.correct(measured.w, size);
    height_.correct(measured.h, size);
}

void BoxMotion::coast(double seconds) {
    const double kept = std::exp(-seconds / kCoasting);
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
    const double place = square(kPosition * scale());
    const double size = square(kSize * scale());
    return square(measured.foot().x - foot_x_.value) / (foot_x_.p_vv + place) +
           square(measured.foot().y - foot_y_.value) / (foot_y_.p_vv + place) +
           square(measured.h - height_.value) / (height_.p_vv + size);
}

}  // namespace bongsu::tracking
