#pragma once

#include "core/byte_reader.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"
#include "media/mp4/file_scan.hpp"
#include "recording/sha256.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::recording {

// What a segment file says about itself, in uuid boxes that players skip: one behind moov, one
// behind each mdat. They make a file whole without the index: recovery and `check` need nothing
// else.

/// The two uuids of our boxes (version 5 of RFC 4122 over names of our own).
extern const media::mp4::ScanMarks kMarks;

struct SegmentHeader {
    CameraId camera;
    OrganisationId organisation;
    StreamRole role = StreamRole::Main;
    WallTime start;  ///< of the first picture
    bool is_wall_estimated = true;
    std::int64_t media_start = 0;  ///< 90 kHz ticks, AccessUnit::media_time of decode time 0
    Digest chain_before{};         ///< end of the chain so far, or chain_seed()

    bool operator==(const SegmentHeader&) const = default;
};

struct FragmentMark {
    WallTime start;  ///< of its first picture
    WallTime end;    ///< end of its last picture
    std::uint32_t lost_before =
        0;                ///< access units and RTP packets known lost within it or just before it
    bool is_key = false;  ///< starts with a key frame
    Digest chain{};       ///< end of the chain behind this fragment

    bool operator==(const FragmentMark&) const = default;
};

std::vector<std::uint8_t> encode(const SegmentHeader& header);
Result<SegmentHeader> decode_header(Bytes payload);

std::vector<std::uint8_t> encode(const FragmentMark& mark);
Result<FragmentMark> decode_mark(Bytes payload);

// The chain, one per camera, role and UTC day. "||" joins bytes.
//   seed           SHA-256("bongsu chain 1" || camera || 0 || role || 0 || day)
//   header link    SHA-256(chain_before || all bytes of the file up to the first moof)
//   fragment link  SHA-256(chain so far || moof and mdat as in the file || mark without its digest)

/// Where the chain of one day begins. `day` as 2026-11-21.
Digest chain_seed(const CameraId& camera, StreamRole role, const std::string& day);

Digest link_header(Sha256& hash, const Digest& before, Bytes header_bytes);

/// The bytes of a mark that its own digest covers.
std::vector<std::uint8_t> covered_part(const FragmentMark& mark);

/// The UTC day of a time as 2026-11-21.
std::string day_of(WallTime time);

}  // namespace bongsu::recording
