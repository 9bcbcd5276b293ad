#pragma once

#include <string>

namespace bongsu::exec {

/// Names the calling thread for ps, top and the debugger; the system keeps the first 15 characters.
void set_thread_name(const std::string& name);

}  // namespace bongsu::exec
