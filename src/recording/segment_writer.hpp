#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "recording/disk.hpp"
#include "recording/marks.hpp"
#include "recording/segment_path.hpp"
#include "store/segment_index.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bongsu::recording {

/// One segment file while it grows. A fragment is written whole or not at all: after a failed write
/// the file is cut back to its last whole fragment. Pictures go from the access units to the kernel
/// without a copy. Runs on: one writer thread.
class SegmentWriter {
public:
    struct Opening {
        std::string root;
        StreamPlace place;
        const AccessUnit& first;       ///< a key frame
        std::int64_t media_start = 0;  ///< earliest presentation time of the first fragment
        Digest chain{};                ///< end of the chain so far
    };

    /// Makes the file, never over an existing one, and writes its header.
    static Result<SegmentWriter> open(const Opening& opening);

    /// What belongs into one fragment.
    struct Piece {
        std::span<const AccessUnitPtr> units;    ///< at least one, in decoding order
        std::optional<std::int64_t> next_shown;  ///< presentation time of the unit that follows
        std::uint32_t lost_before = 0;
    };

    Status append(const Piece& piece);

    /// fdatasync, when something was written since the last one.
    Status sync();

    bool is_dirty() const { return is_dirty_; }

    bool has_fragments() const { return segment_.fragments > 0; }

    /// The row for the index as of now; state Open.
    const store::Segment& segment() const { return segment_; }

    const Digest& chain() const { return chain_; }

private:
    SegmentWriter(Fd file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

    Status write_header(const Opening& opening);
    FragmentMark mark_of(const Piece& piece, std::uint64_t duration, std::int64_t decode_start)
        const;
    Status write_or_cut_back(std::span<const Bytes> pieces, std::int64_t size);

    Fd file_;
    std::string path_;  ///< of the file, with the root
    store::Segment segment_;
    std::unique_ptr<Sha256> hash_ = std::make_unique<Sha256>();
    Digest chain_{};
    std::uint32_t sequence_ = 0;
    std::int64_t next_decode_ = 0;  ///< media time at which the next fragment may begin
    bool is_dirty_ = false;
};

}  // namespace bongsu::recording
