#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <string>

namespace bongsu::bench {

/// Runs a tool of the repository that makes films (a moment when they are there) and returns what
/// it prints: a folder or a film.
Result<std::filesystem::path> make_films(const std::string& tool = "tools/density/make_films");

}  // namespace bongsu::bench
