#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "media/mp4/box_writer.hpp"

#include <cstdint>
#include <functional>

namespace bongsu::media::mp4 {

/// What fragmented and plain files have in common: the boxes of a movie with one video track.
/// Durations in 90 kHz ticks; 0 in fragmented files, where the fragments say it.
struct TrackBoxes {
    const CodecParameters& parameters;
    std::uint64_t media_duration = 0;
    std::uint64_t shown_duration = 0;  ///< after the edit list
    std::int64_t edit_start = 0;       ///< media time that is shown first
    bool has_edit = false;
    std::function<void(BoxWriter&)> sample_tables;  ///< stts to stco (8.6-8.7), after stsd
};

/// Whether the parameters can be described by a sample entry: size and decoder configuration
/// present.
Status check_parameters(const CodecParameters& parameters);

/// ISO/IEC 14496-12 4.3.
void write_ftyp(BoxWriter& out, bool is_fragmented);

/// 8.2.2 mvhd; `shown_duration` as above.
void write_mvhd(BoxWriter& out, std::uint64_t shown_duration);

/// 8.3.1 trak with its tkhd, edts, mdia and, by way of `sample_tables`, stbl.
void write_trak(BoxWriter& out, const TrackBoxes& track);

}  // namespace bongsu::media::mp4
