// Sample tables of ISO/IEC 14496-12 8.6.1 (stts, ctts, stss) and 8.7 (stsc, stsz, co64). All
// samples are one chunk, so co64 has one entry, which is known once the size of everything before
// mdat is.
#include "media/mp4/plain_writer.hpp"

#include "media/mp4/box_writer.hpp"
#include "media/mp4/track_boxes.hpp"

#include <algorithm>
#include <string>

namespace bongsu::media::mp4 {
namespace {

constexpr std::uint32_t kMdatHeader = 16;  // always the long form: spans may be larger than 4 GiB

template <class Get>
void write_runs(BoxWriter& out, std::span<const Sample> samples, Get get) {
    const std::size_t count_at = out.size();
    out.u32(0);
    std::uint32_t runs = 0;
    for (std::size_t i = 0; i < samples.size();) {
        const std::uint32_t value = get(samples[i]);
        std::size_t end = i + 1;
        while (end < samples.size() && get(samples[end]) == value) {
            ++end;
        }
        out.u32(static_cast<std::uint32_t>(end - i));
        out.u32(value);
        ++runs;
        i = end;
    }
    out.patch_u32(count_at, runs);
}

void write_sync_samples(BoxWriter& out, std::span<const Sample> samples) {
    out.full_box("stss", 0, 0, [&] {
        const std::size_t count_at = out.size();
        out.u32(0);
        std::uint32_t count = 0;
        for (std::size_t i = 0; i < samples.size(); ++i) {
            if (samples[i].is_key) {
                out.u32(static_cast<std::uint32_t>(i + 1));
                ++count;
            }
        }
        out.patch_u32(count_at, count);
    });
}

/// Returns where the single chunk offset lies in `out`.
std::size_t write_tables(BoxWriter& out, std::span<const Sample> samples, std::int32_t shift) {
    out.full_box("stts", 0, 0, [&] {
        write_runs(out, samples, [](const Sample& s) { return s.duration; });
    });
    const auto is_reordered = [](const Sample& s) { return s.composition_offset != 0; };
    if (std::ranges::any_of(samples, is_reordered)) {
        out.full_box("ctts", 0, 0, [&] {
            write_runs(out, samples, [&](const Sample& s) {
                return static_cast<std::uint32_t>(s.composition_offset + shift);
            });
        });
    }
    write_sync_samples(out, samples);
    out.full_box("stsc", 0, 0, [&] {
        out.u32(1);
        out.u32(1);
        out.u32(static_cast<std::uint32_t>(samples.size()));
        out.u32(1);
    });
    out.full_box("stsz", 0, 0, [&] {
        out.u32(0);
        out.u32(static_cast<std::uint32_t>(samples.size()));
        for (const Sample& sample : samples) {
            out.u32(sample.size);
        }
    });
    std::size_t offset_at = 0;
    out.full_box("co64", 0, 0, [&] {
        out.u32(1);
        offset_at = out.size();
        out.u64(0);
    });
    return offset_at;
}

struct Extent {
    std::uint64_t duration = 0;
    std::uint64_t bytes = 0;
    std::int32_t earliest_offset = 0;
};

Extent measure(std::span<const Sample> samples) {
    Extent extent;
    for (const Sample& sample : samples) {
        extent.duration += sample.duration;
        extent.bytes += sample.size;
        extent.earliest_offset = std::min(extent.earliest_offset, sample.composition_offset);
    }
    return extent;
}

Status check(const PlainPlan& plan, const Extent& extent) {
    BONGSU_TRY(check_parameters(plan.parameters));
    if (plan.samples.empty() || !plan.samples.front().is_key) {
        return fail(ErrorKind::InvalidArgument, "an MP4 file must begin with a key frame");
    }
    if (plan.lead_in >= extent.duration) {
        return fail(
            ErrorKind::InvalidArgument,
            "the lead-in of " + std::to_string(plan.lead_in) + " ticks covers the whole span"
        );
    }
    return {};
}

}  // namespace

Result<PlainHead> plain_head(const PlainPlan& plan) {
    const Extent extent = measure(plan.samples);
    BONGSU_TRY(check(plan, extent));
    // Old players read offsets of ctts as unsigned: shift them all, and the edit list takes it
    // back.
    const std::int32_t shift = -extent.earliest_offset;
    const std::uint64_t shown = extent.duration - plan.lead_in;
    std::size_t offset_at = 0;
    const TrackBoxes track{
        .parameters = plan.parameters,
        .media_duration = extent.duration,
        .shown_duration = shown,
        .edit_start = static_cast<std::int64_t>(plan.lead_in) + shift,
        .has_edit = plan.lead_in != 0 || shift != 0,
        .sample_tables = [&](BoxWriter& out
                         ) { offset_at = write_tables(out, plan.samples, shift); },
    };
    BoxWriter out;
    write_ftyp(out, false);
    out.box("moov", [&] {
        write_mvhd(out, shown);
        write_trak(out, track);
    });
    out.u32(1);
    out.text("mdat");
    out.u64(extent.bytes + kMdatHeader);
    const std::uint64_t data_at = out.size();
    out.patch_u32(offset_at, static_cast<std::uint32_t>(data_at >> 32U));
    out.patch_u32(offset_at + 4, static_cast<std::uint32_t>(data_at));
    return PlainHead{.bytes = out.take(), .data_size = extent.bytes};
}

}  // namespace bongsu::media::mp4
