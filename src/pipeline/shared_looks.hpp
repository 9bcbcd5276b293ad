#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/frame.hpp"
#include "vision/detector.hpp"
#include "vision/regions.hpp"

#include <functional>
#include <mutex>
#include <span>
#include <vector>

namespace bongsu::pipeline {

/// Looks at parts of pictures, gathered for a moment over all cameras so that they share an
/// inference: a network's cost is that of its whole input, however little of it is drawn on.
/// Bounded by its users: each camera has at most one look waiting. Thread-safe.
class SharedLooks {
public:
    /// What was found in the parts that were asked for, and the CPU time that fell to them.
    struct Answer {
        Result<std::vector<Detection>> found;
        Duration cpu{};
    };

    /// Runs on: the thread that runs the looks; should only pass the answer on.
    using Done = std::function<void(Answer)>;

    struct Request {
        Frame frame;
        std::vector<vision::Interest> places;  ///< planned (vision/regions.hpp), never empty
        Done done;
    };

    explicit SharedLooks(const Clock& clock) : clock_(clock) {}

    /// Whether enough waits now for one inference: then the caller, a worker, should run it.
    bool add(Request request);

    /// Whether something has waited for as long as it may.
    bool is_due() const;

    /// Looks at all that waits and answers each request. Runs on: any worker, with its detector.
    void run(vision::Detector& detector);

private:
    std::vector<Request> take();

    const Clock& clock_;
    mutable std::mutex mutex_;
    std::vector<Request> waiting_;
    float drawn_ = 0;  ///< network pixels of what waits
    MonoTime since_{};
};

}  // namespace bongsu::pipeline
