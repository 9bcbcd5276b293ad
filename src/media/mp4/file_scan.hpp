#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "media/mp4/byte_source.hpp"
#include "media/mp4/fragment_reader.hpp"
#include "media/mp4/track.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::media::mp4 {

/// One whole fragment in a file: moof, mdat and, when asked for, the uuid box behind them.
struct ScannedFragment {
    Fragment fragment;
    std::uint64_t offset = 0;           ///< of moof
    std::uint64_t data = 0;             ///< of the first sample
    std::uint64_t media_end = 0;        ///< end of mdat
    std::uint64_t end = 0;              ///< end of everything, trailer included
    std::vector<std::uint8_t> trailer;  ///< payload of the uuid box, without the uuid
};

struct ScannedFile {
    CodecParameters parameters;
    std::uint64_t header_size = 0;       ///< where the first fragment begins
    std::uint64_t header_media_end = 0;  ///< end of moov; a header uuid box follows
    std::vector<std::uint8_t> header;    ///< payload of that uuid box
    std::vector<ScannedFragment> fragments;
    std::uint64_t whole_size = 0;  ///< everything before is whole
    std::string torn;              ///< why whole_size is not the size of the file; empty when it is
};

/// The uuid boxes that make a file one of ours: one after moov, one after each mdat.
struct ScanMarks {
    Uuid header{};
    Uuid trailer{};
};

/// Finds what is whole in a fragmented file that may end anywhere. A file without a whole header is
/// an error (Corrupt or Unsupported); anything wrong behind the header ends the scan and is told in
/// `torn`. Reads only headers, moof and uuid boxes, never the pictures. At most kMaxFragments
/// fragments.
inline constexpr std::size_t kMaxFragments = 100'000;
Result<ScannedFile> scan_file(const ByteSource& source, const ScanMarks& marks);

}  // namespace bongsu::media::mp4
