#pragma once

#include "core/clock.hpp"

namespace bongsu::exec {

/// CPU time that the calling thread has used, in user and system mode. For budgets and measurements
/// only: events carry the time of their pictures.
Duration thread_cpu_time();

}  // namespace bongsu::exec
