#pragma once

#include <string>

namespace bongsu::net::testing {

/// Runs a shell command and returns what it writes, errors included.
std::string run(const std::string& command);

}  // namespace bongsu::net::testing
