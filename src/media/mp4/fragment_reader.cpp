// Accepts one video track, one traf and one trun per moof: the shape that fragment_writer.cpp
// writes. Field presence follows the flags (ISO/IEC 14496-12 8.8.7, 8.8.8), so other muxers' files
// of that shape pass too.
#include "media/mp4/fragment_reader.hpp"

#include "media/mp4/box_reader.hpp"

#include <numeric>
#include <string>

namespace bongsu::media::mp4 {
namespace {

constexpr std::size_t kMaxDecoderConfig = 64UL * 1024;
constexpr std::size_t kVisualSampleEntryFixed = 78;  // 12.1.3, up to the boxes inside
constexpr std::uint64_t kMaxDecodeTime =
    1ULL << 53U;  // 3,000 years; sums of such numbers cannot overflow
constexpr std::uint32_t kNotSync = 0x00010000;

std::unexpected<Error> corrupt(std::string message) {
    return fail(ErrorKind::Corrupt, std::move(message));
}

Status check_timescale(Bytes mdhd) {
    ByteReader in(mdhd);
    const auto version = in.u8();
    const bool is_long = version && *version == 1;
    if (!version || !in.skip(3) || !in.skip(is_long ? 16 : 8)) {
        return corrupt("mdhd is cut off");
    }
    const auto timescale = in.u32();
    if (!timescale) {
        return corrupt("mdhd is cut off");
    }
    if (*timescale != kTimescale) {
        return fail(
            ErrorKind::Unsupported,
            "timescale " + std::to_string(*timescale) + " (only 90000 is written by this system)"
        );
    }
    return {};
}

Result<CodecParameters> read_sample_entry(Bytes stsd) {
    if (stsd.size() < 8) {
        return corrupt("stsd is cut off");
    }
    BoxWalk entries(stsd.subspan(8));
    BONGSU_ASSIGN(const auto entry, entries.next());
    if (!entry || entry->payload.size() < kVisualSampleEntryFixed) {
        return corrupt("stsd holds no whole sample entry");
    }
    CodecParameters parameters;
    if (entry->type == fourcc("avc1")) {
        parameters.codec = Codec::H264;
    } else if (entry->type == fourcc("hvc1")) {
        parameters.codec = Codec::H265;
    } else {
        return fail(
            ErrorKind::Unsupported, "sample entry '" + fourcc_text(entry->type) + "' (avc1 or hvc1)"
        );
    }
    ByteReader in(entry->payload);
    in.skip(24);
    parameters.width = in.u16().value_or(0);
    parameters.height = in.u16().value_or(0);
    const bool is_h264 = parameters.codec == Codec::H264;
    BONGSU_ASSIGN(
        const Bytes config,
        find_box(entry->payload.subspan(kVisualSampleEntryFixed), fourcc(is_h264 ? "avcC" : "hvcC"))
    );
    if (config.empty() || config.size() > kMaxDecoderConfig) {
        return corrupt("decoder configuration of " + std::to_string(config.size()) + " bytes");
    }
    parameters.decoder_config.assign(config.begin(), config.end());
    return parameters;
}

struct TrackDefaults {
    std::uint32_t duration = 0;
    std::uint32_t size = 0;
    std::uint32_t flags = 0;
};

Result<TrackDefaults> read_tfhd(Bytes tfhd) {
    ByteReader in(tfhd);
    const auto flags = in.u32();
    if (!flags || !in.skip(4)) {
        return corrupt("tfhd is cut off");
    }
    if ((*flags & 0x1U) != 0 || (*flags & 0x020000U) == 0) {
        return fail(ErrorKind::Unsupported, "data offsets that do not start at the moof box");
    }
    bool is_whole = (*flags & 0x2U) == 0 || in.skip(4);
    TrackDefaults defaults;
    const auto take = [&](std::uint32_t bit, std::uint32_t& into) {
        if ((*flags & bit) == 0) {
            return;
        }
        const auto value = in.u32();
        is_whole = is_whole && value.has_value();
        into = value.value_or(0);
    };
    take(0x8, defaults.duration);
    take(0x10, defaults.size);
    take(0x20, defaults.flags);
    if (!is_whole) {
        return corrupt("tfhd is cut off");
    }
    return defaults;
}

Result<std::uint64_t> read_tfdt(Bytes tfdt) {
    ByteReader in(tfdt);
    const auto version_flags = in.u32();
    if (version_flags && (*version_flags >> 24U) == 1) {
        if (const auto time = in.u64()) {
            return *time;
        }
    } else if (version_flags) {
        if (const auto time = in.u32()) {
            return *time;
        }
    }
    return corrupt("tfdt is cut off");
}

/// One row of trun; false when it is cut off.
bool read_sample(
    ByteReader& in, std::uint32_t trun_flags, const TrackDefaults& defaults, Sample& out
) {
    const auto take = [&](std::uint32_t bit,
                          std::uint32_t fallback) -> std::optional<std::uint32_t> {
        return (trun_flags & bit) != 0 ? in.u32() : std::optional{fallback};
    };
    const auto duration = take(0x100, defaults.duration);
    const auto size = take(0x200, defaults.size);
    const auto flags = take(0x400, defaults.flags);
    const auto offset = take(0x800, 0);
    if (!duration || !size || !flags || !offset) {
        return false;
    }
    out = Sample{
        .size = *size,
        .duration = *duration,
        .composition_offset = static_cast<std::int32_t>(*offset),
        .is_key = (*flags & kNotSync) == 0
    };
    return true;
}

Status read_trun(Bytes trun, const TrackDefaults& defaults, Fragment& fragment) {
    ByteReader in(trun);
    const auto version_flags = in.u32();
    const auto count = in.u32();
    if (!version_flags || !count) {
        return corrupt("trun is cut off");
    }
    const std::uint32_t flags = *version_flags & 0xFFFFFFU;
    if (*count == 0 || *count > kMaxSamples || (flags & 0x1U) == 0 || (flags & 0x4U) != 0) {
        return fail(
            ErrorKind::Unsupported,
            "trun with " + std::to_string(*count) + " samples or unusual flags"
        );
    }
    const auto data_offset = in.u32();
    if (!data_offset) {
        return corrupt("trun is cut off");
    }
    fragment.data_offset = *data_offset;
    fragment.samples.reserve(*count);
    for (std::uint32_t i = 0; i < *count; ++i) {
        Sample sample;
        if (!read_sample(in, flags, defaults, sample)) {
            return corrupt("trun is cut off at sample " + std::to_string(i));
        }
        fragment.samples.push_back(sample);
    }
    return {};
}

}  // namespace

std::uint64_t data_size(std::span<const Sample> samples) {
    return std::accumulate(
        samples.begin(),
        samples.end(),
        std::uint64_t{0},
        [](std::uint64_t sum, const Sample& s) { return sum + s.size; }
    );
}

std::uint64_t duration(std::span<const Sample> samples) {
    return std::accumulate(
        samples.begin(),
        samples.end(),
        std::uint64_t{0},
        [](std::uint64_t sum, const Sample& s) { return sum + s.duration; }
    );
}

std::uint64_t Fragment::data_size() const {
    return mp4::data_size(samples);
}

std::uint64_t Fragment::duration() const {
    return mp4::duration(samples);
}

Result<CodecParameters> read_moov(Bytes content) {
    BONGSU_ASSIGN(const Bytes mdia, find_box_path(content, {"trak", "mdia"}));
    BONGSU_ASSIGN(const Bytes mdhd, find_box(mdia, fourcc("mdhd")));
    BONGSU_TRY(check_timescale(mdhd));
    BONGSU_ASSIGN(const Bytes stsd, find_box_path(mdia, {"minf", "stbl", "stsd"}));
    return read_sample_entry(stsd);
}

Result<Fragment> read_moof(Bytes content) {
    Fragment fragment;
    BONGSU_ASSIGN(const Bytes mfhd, find_box(content, fourcc("mfhd")));
    ByteReader header(mfhd);
    header.skip(4);
    const auto sequence = header.u32();
    if (!sequence) {
        return corrupt("mfhd is cut off");
    }
    fragment.sequence = *sequence;
    BONGSU_ASSIGN(const Bytes traf, find_box(content, fourcc("traf")));
    BONGSU_ASSIGN(const Bytes tfhd, find_box(traf, fourcc("tfhd")));
    BONGSU_ASSIGN(const TrackDefaults defaults, read_tfhd(tfhd));
    BONGSU_ASSIGN(const Bytes tfdt, find_box(traf, fourcc("tfdt")));
    BONGSU_ASSIGN(fragment.decode_time, read_tfdt(tfdt));
    if (fragment.decode_time > kMaxDecodeTime) {
        return corrupt("decode time " + std::to_string(fragment.decode_time) + " is out of range");
    }
    BONGSU_ASSIGN(const Bytes trun, find_box(traf, fourcc("trun")));
    BONGSU_TRY(read_trun(trun, defaults, fragment));
    return fragment;
}

}  // namespace bongsu::media::mp4
