#pragma once

#include "core/result.hpp"
#include "exec/worker_pool.hpp"
#include "media/decoder/decoder.hpp"
#include "vision/detector.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace bongsu::pipeline {

using DetectorFactory = std::function<Result<std::unique_ptr<vision::Detector>>()>;

/// What each worker thread has for itself: a decoder for the key frames of all cameras that it
/// happens to serve (re-opening costs nothing measurable, so quiet cameras need no decoder memory)
/// and a detector. Key frames are not deblocked: a twelfth cheaper, and no error adds up, as
/// nothing is predicted from them here.
struct WorkerKit {
    media::Decoder key_decoder{{.skip_loop_filter = true}};
    std::unique_ptr<vision::Detector> detector;
};

/// The kits of one pool. Immutable after creation; each kit is used by its worker alone.
class WorkerKits {
public:
    /// Errors are those of the detector: without models there is no analysis.
    static Result<WorkerKits> create(unsigned workers, const DetectorFactory& make_detector);

    /// The kit of the calling worker. Runs on: workers of the pool only.
    WorkerKit& mine();

private:
    std::vector<WorkerKit> kits_;
};

}  // namespace bongsu::pipeline
