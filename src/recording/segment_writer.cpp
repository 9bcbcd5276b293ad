#include "recording/segment_writer.hpp"

#include "media/mp4/fragment_writer.hpp"
#include "media/mp4/sample_times.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <numeric>

#include <fcntl.h>
#include <unistd.h>

namespace bongsu::recording {
namespace {

constexpr int kMostAttempts = 100;

Duration ticks_to_duration(std::int64_t ticks) {
    return Duration{ticks * 100 / 9};  // 90 kHz to microseconds
}

struct NewFile {
    Fd file;
    std::string relative;
};

Result<NewFile> create_file(const std::string& root, const StreamPlace& place, WallTime start) {
    BONGSU_TRY(make_folders(root + "/" + day_folder(place, start)));
    for (int attempt = 1; attempt <= kMostAttempts; ++attempt) {
        const std::string relative = segment_path(place, start, attempt);
        auto file = open_file(root + "/" + relative, O_WRONLY | O_CREAT | O_EXCL);
        if (file) {
            return NewFile{.file = *std::move(file), .relative = relative};
        }
        if (file.error().kind != ErrorKind::AlreadyExists) {
            return fail(file.error());
        }
    }
    return fail(
        ErrorKind::AlreadyExists,
        "there are " + std::to_string(kMostAttempts) + " segments of " +
            segment_path(place, start) + " already: the camera's clock stands still"
    );
}

/// Makes the entries of a new file and of a day folder that may be new durable.
Status sync_folders(const std::string& file) {
    const auto day = std::filesystem::path(file).parent_path();
    BONGSU_TRY(sync_folder(day.string()));
    return sync_folder(day.parent_path().string());
}

std::vector<media::mp4::Sample> samples_of(
    std::span<const AccessUnitPtr> units, const media::mp4::SampleTimes& times
) {
    std::vector<media::mp4::Sample> samples;
    samples.reserve(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        samples.push_back({
            .size = static_cast<std::uint32_t>(units[i]->bytes->size()),
            .duration = times.durations[i],
            .composition_offset = times.composition_offsets[i],
            .is_key = units[i]->is_key,
        });
    }
    return samples;
}

}  // namespace

Result<SegmentWriter> SegmentWriter::open(const Opening& opening) {
    const AccessUnit& first = opening.first;
    BONGSU_ASSIGN(NewFile made, create_file(opening.root, opening.place, first.wall));
    SegmentWriter writer(std::move(made.file), opening.root + "/" + made.relative);
    writer.segment_ = {
        .path = made.relative,
        .camera = opening.place.camera,
        .organisation = opening.place.organisation,
        .role = opening.place.role,
        .state = store::SegmentState::Open,
        .start = first.wall,
        .end = first.wall,
        .is_wall_estimated = first.is_wall_estimated,
        .media_start = opening.media_start,
        .codec = first.parameters->codec,
        .width = first.parameters->width,
        .height = first.parameters->height,
        .chain_before = to_hex(opening.chain),
    };
    Status outcome = writer.write_header(opening);
    if (outcome) {
        outcome = sync_folders(writer.path_);
    }
    if (!outcome) {
        ::unlink(writer.path_.c_str());  // nothing is in it yet
        return fail(outcome.error());
    }
    return writer;
}

Status SegmentWriter::write_header(const Opening& opening) {
    BONGSU_ASSIGN(auto header, media::mp4::init_segment(*opening.first.parameters));
    const auto own = media::mp4::uuid_box(
        kMarks.header,
        encode(SegmentHeader{
            .camera = opening.place.camera,
            .organisation = opening.place.organisation,
            .role = opening.place.role,
            .start = opening.first.wall,
            .is_wall_estimated = opening.first.is_wall_estimated,
            .media_start = opening.media_start,
            .chain_before = opening.chain,
        })
    );
    header.insert(header.end(), own.begin(), own.end());
    const std::vector<Bytes> pieces{header};
    BONGSU_TRY(write_or_cut_back(pieces, static_cast<std::int64_t>(header.size())));
    chain_ = link_header(*hash_, opening.chain, header);
    segment_.chain_after = to_hex(chain_);
    next_decode_ = opening.media_start;
    return {};
}

FragmentMark SegmentWriter::mark_of(
    const Piece& piece, std::uint64_t duration, std::int64_t decode_start
) const {
    // The first unit in decoding order may be shown after others: go back to the earliest one.
    const AccessUnit& first = *piece.units.front();
    const WallTime start =
        first.wall - ticks_to_duration(std::max<std::int64_t>(first.media_time - decode_start, 0));
    return {
        .start = start,
        .end = start + ticks_to_duration(static_cast<std::int64_t>(duration)),
        .lost_before = piece.lost_before,
        .is_key = first.is_key,
    };
}

Status SegmentWriter::append(const Piece& piece) {
    std::vector<std::int64_t> shown;
    shown.reserve(piece.units.size());
    for (const AccessUnitPtr& unit : piece.units) {
        shown.push_back(unit->media_time);
    }
    const auto times = media::mp4::sample_times(shown, piece.next_shown, next_decode_);
    const auto samples = samples_of(piece.units, times);
    const std::uint64_t duration =
        std::accumulate(times.durations.begin(), times.durations.end(), std::uint64_t{0});
    BONGSU_ASSIGN(
        const auto head,
        media::mp4::fragment_head({
            .sequence = sequence_ + 1,
            .decode_time = static_cast<std::uint64_t>(times.decode_start - segment_.media_start),
            .samples = samples,
        })
    );

    std::vector<Bytes> pieces;
    pieces.reserve(piece.units.size() + 2);
    pieces.emplace_back(head);
    for (const AccessUnitPtr& unit : piece.units) {
        pieces.emplace_back(*unit->bytes);
    }
    FragmentMark mark = mark_of(piece, duration, times.decode_start);
    hash_->add(Bytes(chain_));
    for (const Bytes part : pieces) {
        hash_->add(part);
    }
    mark.chain = hash_->add(Bytes(covered_part(mark))).finish();
    const auto trailer = media::mp4::uuid_box(kMarks.trailer, encode(mark));
    pieces.emplace_back(trailer);
    const std::int64_t size = std::accumulate(
        pieces.begin(),
        pieces.end(),
        std::int64_t{0},
        [](std::int64_t sum, Bytes part) { return sum + static_cast<std::int64_t>(part.size()); }
    );
    BONGSU_TRY(write_or_cut_back(pieces, size));

    ++sequence_;
    chain_ = mark.chain;
    next_decode_ = times.decode_start + static_cast<std::int64_t>(duration);
    segment_.chain_after = to_hex(chain_);
    segment_.end = std::max(segment_.end, mark.end);
    segment_.media_duration = next_decode_ - segment_.media_start;
    ++segment_.fragments;
    return {};
}

Status SegmentWriter::write_or_cut_back(std::span<const Bytes> pieces, std::int64_t size) {
    const Status outcome = write_all(file_, pieces, path_);
    if (outcome) {
        segment_.bytes += size;
        is_dirty_ = true;
        return {};
    }
    // If this fails too, the tail stays torn and recovery or `check` will say so.
    if (::ftruncate(file_.get(), segment_.bytes) == 0) {
        ::lseek(file_.get(), segment_.bytes, SEEK_SET);
    }
    return outcome;
}

Status SegmentWriter::sync() {
    if (!is_dirty_) {
        return {};
    }
    if (::fdatasync(file_.get()) != 0) {
        return fail(disk_error("sync", path_, errno));
    }
    is_dirty_ = false;
    return {};
}

}  // namespace bongsu::recording
