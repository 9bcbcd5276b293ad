#pragma once

#include "domain/geometry.hpp"

namespace bongsu::tracking {

/// A Kalman filter of one coordinate that moves at nearly constant speed (white-noise
/// acceleration, Bar-Shalom 2001, section 6.2): any time step, no fixed frame rate.
struct AxisFilter {
    double value = 0;
    double speed = 0;  ///< per second
    double p_vv = 0;   ///< variance of value
    double p_vs = 0;   ///< covariance
    double p_ss = 0;   ///< variance of speed

    void predict(double seconds, double agility_variance);
    void correct(double measured, double variance);
};

/// Where an object is, how big, how fast: four axes (foot x, foot y, width, height) that do not
/// influence each other. Pixels and seconds; noise grows with the object, so that near and far are
/// treated alike.
class BoxMotion {
public:
    explicit BoxMotion(const Box& first);

    void predict(double seconds);
    /// `doubt` multiplies the variance of the measurement: 1 is usual, less is a sure detection.
    void correct(const Box& measured, double doubt = 1);

    /// Slows down an object that has not been seen for the last `seconds`, and stops its growth.
    void coast(double seconds);

    Box box() const;
    Point velocity() const;  ///< of the foot point, pixels per second

    /// Squared Mahalanobis distance of a measurement in foot x, foot y and height (3 degrees of
    /// freedom).
    double distance(const Box& measured) const;

private:
    double scale() const;

    AxisFilter foot_x_;
    AxisFilter foot_y_;
    AxisFilter width_;
    AxisFilter height_;
};

}  // namespace bongsu::tracking
