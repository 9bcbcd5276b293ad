#include "pipeline/worker_kit.hpp"

#include <utility>

namespace bongsu::pipeline {

Result<WorkerKits> WorkerKits::create(unsigned workers, const DetectorFactory& make_detector) {
    WorkerKits kits;
    kits.kits_.resize(workers);
    for (WorkerKit& kit : kits.kits_) {
        BONGSU_ASSIGN(kit.detector, make_detector());
    }
    return kits;
}

WorkerKit& WorkerKits::mine() {
    return kits_.at(exec::WorkerPool::current_worker().value());
}

}  // namespace bongsu::pipeline
