#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"
#include "scenelog/stored_scene.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// The format of the scene log, version 1 (docs/design/scenelog.md). A file is a row of blocks; a
/// block stands for itself: what is damaged costs the block that it lies in and nothing else.
///
/// Block head, 36 bytes, numbers big endian:
///
/// | bytes | meaning |
/// |---|---|
/// | 0-3 | "BSCN" |
/// | 4 | version, 1 |
/// | 5 | zero |
/// | 6-7 | most tracks in any of its scenes |
/// | 8-11 | bytes of scenes that follow the head, at most 1 MiB |
/// | 12-15 | number of scenes |
/// | 16-23 | time of the first scene, microseconds since 1970 |
/// | 24-31 | time of the last scene |
/// | 32-35 | CRC-32C of bytes 0-31 and of the scenes |
///
/// Scenes follow in order of time. Numbers in them are LEB128 ("varint"), signed ones zigzag; a
/// float is written as its bits XOR the bits of the value before, low bytes first, leading zeros
/// left out, so it comes back exactly.
namespace bongsu::scenelog {

inline constexpr std::uint8_t kFormatVersion = 1;
inline constexpr std::size_t kBlockHeadBytes = 36;
inline constexpr std::size_t kMostBlockBytes = 1U << 20U;
inline constexpr std::size_t kMostTracks = 4096;  ///< in one scene; further ones are not stored

struct BlockHead {
    std::uint16_t most_tracks = 0;
    std::uint32_t bytes = 0;
    std::uint32_t scenes = 0;
    WallTime first;
    WallTime last;
    std::uint32_t checksum = 0;
};

/// Gathers scenes of one camera, in order of time, into one block. Not thread-safe.
class BlockWriter {
public:
    /// A scene must not be earlier than the one before; seal first when it is.
    void add(const StoredScene& scene);

    bool is_empty() const { return head_.scenes == 0; }

    const BlockHead& head() const { return head_; }

    std::size_t size() const { return bytes_.size(); }

    /// Head and scenes, ready to be appended to a file; the writer begins anew.
    std::vector<std::uint8_t> seal();

private:
    void add_track(
        const StoredTrack& track, const StoredTrack* before, std::int64_t id_step, WallTime time
    );

    BlockHead head_;
    StoredScene previous_;
    std::vector<std::uint8_t> bytes_;  ///< begins with room for the head
};

/// Reads and checks a head; Corrupt when it is none. The checksum is not looked at.
Result<BlockHead> read_block_head(Bytes bytes);

/// Whether head and scenes are what was written.
bool is_intact(Bytes head, Bytes scenes);

/// Takes scenes out of a block. Bounded whatever the bytes say.
class BlockReader {
public:
    /// `scenes` are the bytes behind the head; they must outlive the reader.
    BlockReader(const BlockHead& head, Bytes scenes);

    /// The next scene, valid until the next call; nothing at the end; Corrupt when the bytes break
    /// the format.
    Result<const StoredScene*> next();

private:
    Status read_scene();
    Status read_tracks();
    Result<StoredTrack> read_track(std::uint64_t& id);
    Status read_times(StoredTrack& track, bool is_known, unsigned more);

    ByteReader in_;
    std::uint32_t left_;
    StoredScene scene_;
    ViewQuality quality_;  ///< the latest there was
    std::vector<StoredTrack> before_;
};

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4); `seed` continues an earlier one.
std::uint32_t crc32c(Bytes bytes, std::uint32_t seed = 0);

}  // namespace bongsu::scenelog
