#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"
#include "domain/geometry.hpp"
#include "store/segment_index.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace bongsu::recording {

struct MotionQuery {
    CameraId camera;
    StreamRole role = StreamRole::Main;
    WallTime from;
    WallTime to;
    Polygon region;            ///< normalised; empty: the whole picture
    float sensitivity = 0.5F;  ///< 0..1; higher reports smaller changes
    std::size_t most_moments = 2'000;
};

/// A time at which something in the region differs from its background.
struct MotionMoment {
    WallTime from;    ///< of the first differing key picture
    WallTime to;      ///< of the last one; the same when it is one
    WallTime best;    ///< of the one that differs most
    float score = 0;  ///< share of the region that differs in that one, 0..1
};

struct MotionProgress {
    float done = 0;  ///< 0..1 of the span
    WallTime at;
    std::size_t pictures = 0;  ///< key pictures decoded so far
};

struct MotionOutcome {
    std::size_t pictures = 0;
    std::size_t moments = 0;
    double seconds = 0;                ///< of work
    bool is_complete = true;           ///< false: stopped, or most_moments reached
    std::vector<std::string> skipped;  ///< segments that could not be read, with the reason

    double pictures_per_second() const {
        return seconds > 0 ? static_cast<double>(pictures) / seconds : 0;
    }
};

/// Finds changes in a region of recorded pictures by decoding key pictures only and comparing them
/// with a slowly learnt background. A change that falls between two key pictures is not seen. One
/// search at a time: a second one gets ResourceExhausted. Thread-safe.
class MotionSearch {
public:
    struct Hooks {
        std::function<void(const MotionMoment&)> on_moment;  ///< as found, in order of time
        std::function<void(const MotionProgress&)>
            on_progress;  ///< after each segment; may be empty
    };

    /// `index` and `clock` must outlive it.
    MotionSearch(std::string root, store::SegmentIndex& index, const Clock& clock);

    /// Runs on: the calling thread, for as long as the search takes. Errors: InvalidArgument,
    /// ResourceExhausted, those of the index.
    Result<MotionOutcome> run(
        const MotionQuery& query, const Hooks& hooks, const std::stop_token& stop
    );

private:
    const std::string root_;
    store::SegmentIndex& index_;
    const Clock& clock_;
    std::atomic<bool> is_running_ = false;
};

}  // namespace bongsu::recording
