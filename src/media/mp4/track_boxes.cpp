// Box layouts: ISO/IEC 14496-12 (section numbers below); sample entries: ISO/IEC 14496-15 5.4.2
// and 8.4.1.
#include "media/mp4/track_boxes.hpp"

#include "media/mp4/track.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

namespace bongsu::media::mp4 {
namespace {

constexpr std::array<std::uint32_t, 9> kUnityMatrix{0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};
constexpr std::uint16_t kLanguageUndetermined = 0x55C4;  // "und", 8.4.2.3
constexpr std::uint32_t kDpi72 = 0x00480000;
constexpr std::uint32_t kTrackEnabledInMovie = 3;  // 8.3.2.3

void write_matrix(BoxWriter& out) {
    for (const std::uint32_t v : kUnityMatrix) {
        out.u32(v);
    }
}

// 12.1.3 VisualSampleEntry; the decoder configuration record goes in as it came from ingest.
void write_sample_entry(BoxWriter& out, const CodecParameters& parameters) {
    const bool is_h264 = parameters.codec == Codec::H264;
    out.box(is_h264 ? "avc1" : "hvc1", [&] {
        out.zeros(6);
        out.u16(1);  // data reference
        out.zeros(16);
        out.u16(static_cast<std::uint16_t>(parameters.width));
        out.u16(static_cast<std::uint16_t>(parameters.height));
        out.u32(kDpi72);
        out.u32(kDpi72);
        out.zeros(4);
        out.u16(1);     // frames per sample
        out.zeros(32);  // compressor name
        out.u16(0x18);
        out.u16(0xFFFF);
        out.box(is_h264 ? "avcC" : "hvcC", [&] { out.bytes(parameters.decoder_config); });
    });
}

// 8.6.6: shows the media from edit_start on.
void write_edit_list(BoxWriter& out, const TrackBoxes& track) {
    out.box("edts", [&] {
        out.full_box("elst", 1, 0, [&] {
            out.u32(1);
            out.u64(track.shown_duration);
            out.u64(static_cast<std::uint64_t>(track.edit_start));
            out.u32(0x10000);
        });
    });
}

void write_tkhd(BoxWriter& out, const TrackBoxes& track) {
    out.full_box("tkhd", 1, kTrackEnabledInMovie, [&] {
        out.zeros(16);  // creation and modification: the same input gives the same file
        out.u32(kTrackId);
        out.zeros(4);
        out.u64(track.shown_duration);
        out.zeros(16);
        write_matrix(out);
        out.u32(track.parameters.width << 16U);
        out.u32(track.parameters.height << 16U);
    });
}

void write_minf(BoxWriter& out, const TrackBoxes& track) {
    out.box("minf", [&] {
        out.full_box("vmhd", 0, 1, [&] { out.zeros(8); });
        out.box("dinf", [&] {
            out.full_box("dref", 0, 0, [&] {
                out.u32(1);
                out.full_box("url ", 0, 1, [] {});
            });
        });
        out.box("stbl", [&] {
            out.full_box("stsd", 0, 0, [&] {
                out.u32(1);
                write_sample_entry(out, track.parameters);
            });
            track.sample_tables(out);
        });
    });
}

}  // namespace

Status check_parameters(const CodecParameters& parameters) {
    constexpr std::uint32_t kLargest = std::numeric_limits<std::uint16_t>::max();
    if (parameters.width == 0 || parameters.height == 0 || parameters.width > kLargest ||
        parameters.height > kLargest) {
        return fail(
            ErrorKind::InvalidArgument,
            "picture size " + std::to_string(parameters.width) + "x" +
                std::to_string(parameters.height) + " cannot be written to MP4 (1 to 65535)"
        );
    }
    if (parameters.decoder_config.empty()) {
        return fail(
            ErrorKind::InvalidArgument,
            "the stream has no decoder configuration (parameter sets not seen yet)"
        );
    }
    return {};
}

void write_ftyp(BoxWriter& out, bool is_fragmented) {
    out.box("ftyp", [&] {
        out.text(is_fragmented ? "iso6" : "isom");
        out.u32(0x200);
        out.text("isomiso6mp41");
    });
}

void write_mvhd(BoxWriter& out, std::uint64_t shown_duration) {
    out.full_box("mvhd", 1, 0, [&] {
        out.zeros(16);
        out.u32(kTimescale);
        out.u64(shown_duration);
        out.u32(0x10000);
        out.u16(0x100);
        out.zeros(10);
        write_matrix(out);
        out.zeros(24);
        out.u32(kTrackId + 1);
    });
}

void write_trak(BoxWriter& out, const TrackBoxes& track) {
    out.box("trak", [&] {
        write_tkhd(out, track);
        if (track.has_edit) {
            write_edit_list(out, track);
        }
        out.box("mdia", [&] {
            out.full_box("mdhd", 1, 0, [&] {
                out.zeros(16);
                out.u32(kTimescale);
                out.u64(track.media_duration);
                out.u16(kLanguageUndetermined);
                out.u16(0);
            });
            out.full_box("hdlr", 0, 0, [&] {
                out.u32(0);
                out.text("vide");
                out.zeros(12);
                out.text("Bongsu");
                out.u8(0);
            });
            write_minf(out, track);
        });
    });
}

}  // namespace bongsu::media::mp4
