#pragma once

#include "core/result.hpp"
#include "media/mp4/byte_source.hpp"
#include "media/mp4/file_scan.hpp"
#include "recording/marks.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::recording {

/// One segment file as found: its header, its whole fragments and their marks (same count). The
/// bytes may come from a damaged disk: everything is bounded and checked. The pictures are not
/// read.
struct SegmentContent {
    SegmentHeader header;
    media::mp4::ScannedFile file;
    std::vector<FragmentMark> marks;
};

/// Corrupt when not even the header is whole; a torn tail is told in `file.torn`.
Result<SegmentContent> read_segment(const media::mp4::ByteSource& source);

/// Corrupt when pictures of so many bytes cannot be one of our fragments.
Status check_fragment_size(std::uint64_t size);

/// The pictures of a fragment, one after another. Errors: those of the source, Corrupt.
Result<std::vector<std::uint8_t>> read_pictures(
    const media::mp4::ByteSource& source, const media::mp4::ScannedFragment& fragment
);

/// How far a file agrees with its own chain of hashes.
struct ChainVerdict {
    std::size_t whole = 0;    ///< fragments from the start that agree
    Digest chain{};           ///< behind the last of those
    std::uint64_t bytes = 0;  ///< size of the file up to there
    std::string problem;      ///< names the first GOP that does not agree; empty when all do
};

/// Reads every byte. Errors are those of the source.
Result<ChainVerdict> verify_chain(
    const media::mp4::ByteSource& source, const SegmentContent& content
);

/// The row of a file whose first `verdict.whole` fragments are to be kept; state Closed.
store::Segment row_of(
    const SegmentContent& content, const ChainVerdict& verdict, const std::string& path
);

}  // namespace bongsu::recording
