#pragma once

#include "domain/access_unit.hpp"
#include "media/nal/decoder_config.hpp"
#include "media/nal/nal_unit.hpp"
#include "media/rtp/rtp_packet.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bongsu::media {

/// One whole coded picture, as cut out of the packets.
struct AssembledUnit {
    std::uint32_t rtp_timestamp = 0;
    bool is_key = false;
    std::uint32_t lost_before = 0;    ///< packets missing since the previous unit
    std::vector<std::uint8_t> bytes;  ///< slices and SEI, each after a 4-byte length
};

/// Turns the RTP packets of one H.264 (RFC 6184, packetization modes 0 and 1) or H.265 (RFC 7798
/// without DONL) source into access units. Parameter sets are learned in band and taken out;
/// delimiters and filler are dropped. After a loss everything up to the next key picture is
/// dropped, as it could not be decoded. A unit ends with the marker bit or with a new timestamp; a
/// camera that sets the marker on every slice is found out and its markers are ignored from then
/// on. Runs on: the session's thread.
class AccessUnitAssembler {
public:
    static constexpr std::size_t kMaxUnit = 16 * 1024 * 1024;

    /// Events that are no errors of the session.
    struct Counters {
        std::uint64_t malformed_packets =
            0;  ///< unknown packet types, bad lengths, fragments without start
        std::uint64_t dropped_units =
            0;  ///< incomplete, or not decodable before the next key picture
        std::uint64_t oversized_units = 0;
    };

    AccessUnitAssembler(Codec codec, ParameterSets from_sdp);

    /// Takes the next packet in order and appends the units that it completes to `out` (at most
    /// two).
    void push(const RtpPacket& packet, std::uint32_t lost_before, std::vector<AssembledUnit>& out);

    const ParameterSets& parameter_sets() const { return sets_; }

    /// Grows whenever parameter sets change in band.
    std::uint64_t parameter_version() const { return parameter_version_; }

    const Counters& counters() const { return counters_; }

private:
    void take_payload(Bytes payload);
    void take_aggregate(Bytes units);
    void take_fragment(std::uint8_t flags, Bytes header, Bytes fragment);
    void take_nal(Bytes nal);
    void open_nal();
    void append(Bytes bytes);
    void close_nal();
    void abandon_nal();
    void malformed();
    void watch_for_another_codec();
    void finish_unit(std::vector<AssembledUnit>& out);
    void reset_unit();
    bool is_deliverable();

    Codec codec_;
    ParameterSets sets_;
    std::uint64_t parameter_version_ = 0;
    Counters counters_;

    // The unit under construction.
    std::vector<std::uint8_t> bytes_;
    std::optional<std::size_t> nal_start_;  // of the open NAL unit's length field in bytes_
    std::optional<std::uint32_t> timestamp_;
    bool has_slice_ = false;
    bool is_key_ = false;
    bool is_broken_ = false;
    bool starts_with_first_slice_ = false;

    std::size_t last_size_ = 0;
    std::optional<std::uint32_t> last_timestamp_;  // of the unit that was finished last
    std::uint32_t lost_since_delivery_ = 0;
    bool needs_key_ = true;
    int units_without_slice_ = 0;  // in a row
    bool ignores_markers_ = false;
};

}  // namespace bongsu::media
