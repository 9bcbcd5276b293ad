#include "media/rtp/rtp_clock.hpp"

#include <algorithm>

namespace bongsu::media {
namespace {

constexpr Duration kBucketLength = std::chrono::seconds{10};
constexpr std::size_t kBuckets = 6;

// A report is written when its packet is, the picture was taken before: encoders need a few
// milliseconds.
constexpr Duration kReportUncertainty = std::chrono::milliseconds{20};
// Exposure, encoding and one way through the network are never seen in arrival times.
constexpr Duration kArrivalUncertainty = std::chrono::milliseconds{100};
constexpr double kCrystalDrift = 50e-6;
constexpr Duration kMaxReportAge = std::chrono::minutes{10};
constexpr int kReportsToStep = 3;

Duration to_duration(std::int64_t ticks) {
    return Duration{ticks * 100 / 9};
}

Duration scaled(Duration d, double factor) {
    return Duration{static_cast<std::int64_t>(static_cast<double>(d.count()) * factor)};
}

}  // namespace

std::int64_t RtpClock::unwrap(std::uint32_t timestamp) {
    if (!last_timestamp_) {
        last_unwrapped_ = timestamp;
    } else {
        last_unwrapped_ += static_cast<std::int32_t>(timestamp - *last_timestamp_);
    }
    last_timestamp_ = timestamp;
    return last_unwrapped_;
}

void RtpClock::on_arrival(std::int64_t media_time, WallTime arrived) {
    const Duration offset = arrived.time_since_epoch() - to_duration(media_time);
    if (buckets_.empty() || arrived - buckets_.back().begin >= kBucketLength ||
        arrived < buckets_.back().begin) {
        buckets_.push_back({arrived, offset, offset});
        if (buckets_.size() > kBuckets) {
            buckets_.pop_front();
        }
        return;
    }
    buckets_.back().smallest = std::min(buckets_.back().smallest, offset);
    buckets_.back().largest = std::max(buckets_.back().largest, offset);
}

void RtpClock::on_sender_report(WallTime sender_wall, std::uint32_t timestamp, WallTime arrived) {
    sender_offset_ = sender_wall - arrived;
    if (std::chrono::abs(*sender_offset_) > kMaxOffset) {
        reported_.reset();
        return;
    }
    const Duration offset = sender_wall.time_since_epoch() - to_duration(unwrap(timestamp));
    const bool agrees = reported_ && std::chrono::abs(offset - *reported_) <= kStepLimit;
    disagreeing_reports_ = agrees || !reported_ ? 0 : disagreeing_reports_ + 1;
    if (disagreeing_reports_ > 0 && disagreeing_reports_ < kReportsToStep) {
        return;
    }
    disagreeing_reports_ = 0;
    reported_ = offset;
    reported_at_ = arrived;
}

WallEstimate RtpClock::wall(std::int64_t media_time, WallTime arrived) {
    const bool is_reported = reported_ && arrived - reported_at_ < kMaxReportAge;
    const bool has_arrivals = !buckets_.empty();
    const Duration target = is_reported    ? *reported_
                            : has_arrivals ? window_minimum()
                                           : arrived.time_since_epoch() - to_duration(media_time);
    // The first report replaces what was only an estimate at once; after that time is slewed.
    const bool source_improves = applied_is_estimated_ && is_reported;
    if (!applied_ || source_improves || std::chrono::abs(target - *applied_) > kStepLimit) {
        steps_ += applied_ && !source_improves ? 1 : 0;
        applied_ = target;
        applied_at_ = media_time;
    } else {
        slew_to(target, media_time);
    }
    applied_is_estimated_ = !is_reported;
    const Duration pending = std::chrono::abs(target - *applied_);
    const Duration doubt = is_reported
                               ? kReportUncertainty + scaled(arrived - reported_at_, kCrystalDrift)
                               : kArrivalUncertainty + window_spread() / 2;
    return {
        .wall = WallTime{to_duration(media_time) + *applied_},
        .uncertainty = doubt + pending,
        .is_estimated = !is_reported,
    };
}

void RtpClock::slew_to(Duration target, std::int64_t media_time) {
    const Duration elapsed = std::max(to_duration(media_time - applied_at_), Duration::zero());
    const Duration limit = scaled(elapsed, kMaxSlew);
    if (limit == Duration::zero()) {
        return;  // too soon to move by a whole microsecond; the elapsed time goes on counting
    }
    *applied_ += std::clamp(target - *applied_, -limit, limit);
    applied_at_ = media_time;
}

Duration RtpClock::window_minimum() const {
    return std::ranges::min(buckets_, {}, &Bucket::smallest).smallest;
}

Duration RtpClock::window_spread() const {
    if (buckets_.empty()) {
        return {};
    }
    const auto& last = buckets_.back();
    return last.largest - last.smallest;
}

}  // namespace bongsu::media
