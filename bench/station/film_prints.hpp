#pragma once

#include "camsim/film.hpp"
#include "core/byte_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace bongsu::bench {

/// Knows the pictures of a film by their coded bytes, so that a recorded picture can be told from a
/// damaged one and placed in the film.
class FilmPrints {
public:
    explicit FilmPrints(const camsim::Film& film);

    std::size_t size() const { return size_; }

    /// How many pictures after `previous` the film next shows exactly these bytes (1 = the very
    /// next one; at most size(), the film being a loop); 0 when no picture of the film has them.
    std::size_t steps_to(Bytes unit, std::size_t previous) const;

private:
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> places_;  ///< by hash, ascending
    Codec codec_;
    std::size_t size_;
};

}  // namespace bongsu::bench
