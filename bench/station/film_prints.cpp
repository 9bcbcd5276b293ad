#include "station/film_prints.hpp"

#include "media/nal/nal_unit.hpp"

#include <algorithm>
#include <string_view>

namespace bongsu::bench {
namespace {

/// Of the slices alone: parameter sets travel in band or beside the pictures, as the peer likes.
std::uint64_t print_of(Bytes unit, Codec codec) {
    std::uint64_t print = 0;
    media::LengthPrefixedReader reader(unit);
    while (const auto nal = reader.next()) {
        if (media::is_slice(media::kind_of(codec, *nal))) {
            const std::string_view text(reinterpret_cast<const char*>(nal->data()), nal->size());
            print = print * 1'099'511'628'211ULL + std::hash<std::string_view>{}(text);
        }
    }
    return reader.is_broken() ? 0 : print;
}

}  // namespace

FilmPrints::FilmPrints(const camsim::Film& film)
    : codec_(film.parameters->codec), size_(film.units.size()) {
    for (std::size_t i = 0; i < film.units.size(); ++i) {
        places_[print_of(*film.units[i].bytes, codec_)].push_back(i);
    }
}

std::size_t FilmPrints::steps_to(Bytes unit, std::size_t previous) const {
    const auto found = places_.find(print_of(unit, codec_));
    if (found == places_.end()) {
        return 0;
    }
    std::size_t fewest = size_;
    for (const std::size_t place : found->second) {
        const std::size_t steps = (place + size_ - previous % size_ - 1) % size_ + 1;
        fewest = std::min(fewest, steps);
    }
    return fewest;
}

}  // namespace bongsu::bench
