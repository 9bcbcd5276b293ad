#pragma once

#include "core/result.hpp"

#include <filesystem>

namespace bongsu::bench {

/// Runs tools/density/make_films (a moment when they are there) and returns their folder.
Result<std::filesystem::path> make_films();

}  // namespace bongsu::bench
