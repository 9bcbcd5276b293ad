#pragma once

#include "camsim/film.hpp"

#include <memory>

namespace bongsu::camsim::testing {

/// A film without real pictures: `count` units of `ticks` each, a key one every `gop`.
std::shared_ptr<const Film> plain_film(std::size_t count, std::size_t gop, std::int64_t ticks);

}  // namespace bongsu::camsim::testing
