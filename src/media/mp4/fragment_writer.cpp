#include "media/mp4/fragment_writer.hpp"

#include "media/mp4/box_writer.hpp"
#include "media/mp4/track_boxes.hpp"

namespace bongsu::media::mp4 {
namespace {

// 8.8.3.1 sample flags: a key frame depends on no other; others do and are no sync samples.
constexpr std::uint32_t kKeyFlags = 0x02000000;
constexpr std::uint32_t kOtherFlags = 0x01010000;

constexpr std::uint32_t kDefaultBaseIsMoof = 0x020000;  // 8.8.7.1
constexpr std::uint32_t kTrunDataOffset = 0x000001;     // 8.8.8.1
constexpr std::uint32_t kTrunPerSample = 0x000F00;      // duration, size, flags, composition offset
constexpr std::uint64_t kMaxData = 1ULL << 31U;
constexpr std::uint32_t kMdatHeader = 8;

void write_empty_tables(BoxWriter& out) {
    out.full_box("stts", 0, 0, [&] { out.u32(0); });
    out.full_box("stsc", 0, 0, [&] { out.u32(0); });
    out.full_box("stsz", 0, 0, [&] { out.zeros(8); });
    out.full_box("stco", 0, 0, [&] { out.u32(0); });
}

std::size_t write_traf(BoxWriter& out, const FragmentPlan& plan) {
    std::size_t offset_at = 0;
    out.box("traf", [&] {
        out.full_box("tfhd", 0, kDefaultBaseIsMoof, [&] { out.u32(kTrackId); });
        out.full_box("tfdt", 1, 0, [&] { out.u64(plan.decode_time); });
        out.full_box("trun", 1, kTrunDataOffset | kTrunPerSample, [&] {
            out.u32(static_cast<std::uint32_t>(plan.samples.size()));
            offset_at = out.size();
            out.u32(0);
            for (const Sample& sample : plan.samples) {
                out.u32(sample.duration);
                out.u32(sample.size);
                out.u32(sample.is_key ? kKeyFlags : kOtherFlags);
                out.i32(sample.composition_offset);
            }
        });
    });
    return offset_at;
}

}  // namespace

Result<std::vector<std::uint8_t>> init_segment(const CodecParameters& parameters) {
    BONGSU_TRY(check_parameters(parameters));
    BoxWriter out;
    write_ftyp(out, true);
    out.box("moov", [&] {
        write_mvhd(out, 0);
        write_trak(out, TrackBoxes{.parameters = parameters, .sample_tables = write_empty_tables});
        out.box("mvex", [&] {
            out.full_box("trex", 0, 0, [&] {
                out.u32(kTrackId);
                out.u32(1);  // sample description
                out.zeros(12);
            });
        });
    });
    return out.take();
}

Result<std::vector<std::uint8_t>> fragment_head(const FragmentPlan& plan) {
    std::uint64_t data = 0;
    for (const Sample& sample : plan.samples) {
        data += sample.size;
    }
    if (plan.samples.empty() || data >= kMaxData) {
        return fail(
            ErrorKind::InvalidArgument,
            "a fragment of " + std::to_string(plan.samples.size()) + " samples and " +
                std::to_string(data) + " bytes cannot be written (at least 1 sample, below 2 GiB)"
        );
    }
    BoxWriter out;
    std::size_t offset_at = 0;
    out.box("moof", [&] {
        out.full_box("mfhd", 0, 0, [&] { out.u32(plan.sequence); });
        offset_at = write_traf(out, plan);
    });
    out.patch_u32(offset_at, static_cast<std::uint32_t>(out.size()) + kMdatHeader);
    out.u32(static_cast<std::uint32_t>(data) + kMdatHeader);
    out.text("mdat");
    return out.take();
}

std::vector<std::uint8_t> uuid_box(const Uuid& uuid, std::span<const std::uint8_t> payload) {
    BoxWriter out;
    out.box("uuid", [&] {
        out.bytes(uuid);
        out.bytes(payload);
    });
    return out.take();
}

}  // namespace bongsu::media::mp4
