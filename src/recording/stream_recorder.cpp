#include "recording/stream_recorder.hpp"

#include "core/log.hpp"

#include <algorithm>
#include <cstdlib>

#include <unistd.h>

namespace bongsu::recording {
namespace {

constexpr std::int64_t kTicksPerSecond = 90'000;
constexpr std::int64_t kLongestJump =
    10 * kTicksPerSecond;  // a longer silence starts a new segment
constexpr std::int64_t kLongestReorder = 2 * kTicksPerSecond;
constexpr std::size_t kMostUnits = 1'000;
constexpr std::size_t kMostBytes = 64U << 20U;
constexpr std::size_t kDaysRemembered = 3;
constexpr Duration kClockStep = std::chrono::seconds{2};

}  // namespace

StreamRecorder::StreamRecorder(StreamPlace place, const RecordingParts& parts)
    : place_(std::move(place)), parts_(parts) {}

void StreamRecorder::push(const AccessUnitPtr& unit) {
    last_push_ = parts_.clock.mono();
    if (is_new_run(*unit) || has_other_parameters(*unit)) {
        flush(std::nullopt);
        close_segment();
        waits_for_key_ = true;
        parameters_ = unit->parameters;
    } else if (last_ && unit->sequence > last_->sequence + 1) {
        lost_ += static_cast<std::uint32_t>(unit->sequence - last_->sequence - 1);
    }
    lost_ += unit->lost_before;
    last_ = unit;
    if (waits_for_key_ && !unit->is_key) {
        parts_.lost_without_key.add();
        return;
    }
    waits_for_key_ = false;
    if (must_cut(*unit)) {
        flush(unit->media_time);
        if (unit->is_key && is_segment_due(*unit)) {
            close_segment();
        }
        // A disk that failed just now asks for a key frame: this may be one, and its group follows.
        waits_for_key_ = waits_for_key_ && !unit->is_key;
    }
    if (!writer_ && pending_.empty() && !unit->is_key) {  // the disk failed just now
        waits_for_key_ = true;
        parts_.lost_to_disk.add();
        return;
    }
    latest_shown_ = pending_.empty() ? unit->media_time : std::max(latest_shown_, unit->media_time);
    pending_bytes_ += unit->bytes->size();
    pending_.push_back(unit);
}

bool StreamRecorder::is_new_run(const AccessUnit& unit) const {
    if (!last_) {
        return true;
    }
    const std::int64_t step = unit.media_time - last_->media_time;
    return unit.sequence <= last_->sequence || step > kLongestJump || step < -kLongestReorder;
}

bool StreamRecorder::has_other_parameters(const AccessUnit& unit) const {
    if (unit.parameters == parameters_) {
        return false;
    }
    if (!parameters_) {
        return true;
    }
    return unit.parameters->codec != parameters_->codec ||
           unit.parameters->width != parameters_->width ||
           unit.parameters->height != parameters_->height ||
           unit.parameters->decoder_config != parameters_->decoder_config;
}

// Cutting only before a picture that is shown after all earlier ones keeps the fragments' times in
// order when pictures are reordered.
bool StreamRecorder::must_cut(const AccessUnit& unit) const {
    if (pending_.empty()) {
        return true;
    }
    if (unit.is_key || pending_.size() >= kMostUnits || pending_bytes_ >= kMostBytes) {
        return true;
    }
    const std::int64_t limit = parts_.config.fragment.count() * 9 / 100;
    return unit.media_time > latest_shown_ &&
           unit.media_time - pending_.front()->media_time >= limit;
}

bool StreamRecorder::is_segment_due(const AccessUnit& unit) const {
    if (!writer_) {
        return false;
    }
    const store::Segment& segment = writer_->segment();
    return unit.wall - segment.start >= parts_.config.segment ||
           unit.wall < segment.end - kClockStep || day_of(unit.wall) != day_of(segment.start);
}

void StreamRecorder::flush(std::optional<std::int64_t> next_shown) {
    if (pending_.empty()) {
        return;
    }
    const std::vector<AccessUnitPtr> units = std::exchange(pending_, {});
    const auto bytes = static_cast<double>(std::exchange(pending_bytes_, 0));
    const auto count = static_cast<double>(units.size());
    const SegmentWriter::Piece piece{
        .units = units, .next_shown = next_shown, .lost_before = std::exchange(lost_, 0)
    };
    if (!writer_ && !parts_.disk.may_write()) {
        parts_.lost_to_disk.add(count);
        waits_for_key_ = true;
        return;
    }
    if (const Status outcome = write(piece); !outcome) {
        parts_.lost_to_disk.add(count);
        give_up(outcome.error());
        return;
    }
    parts_.disk.succeeded();
    parts_.units_written.add(count);
    parts_.bytes_written.add(bytes);
    chains_[day_of(writer_->segment().start)] = writer_->chain();
    if (writer_->segment().fragments == 1) {
        parts_.index.put(writer_->segment());
    }
}

Status StreamRecorder::write(const SegmentWriter::Piece& piece) {
    if (!writer_) {
        BONGSU_TRY(open_segment(piece));
    }
    return writer_->append(piece);
}

Status StreamRecorder::open_segment(const SegmentWriter::Piece& piece) {
    const AccessUnit& first = *piece.units.front();
    const std::string day = day_of(first.wall);
    const auto known = chains_.find(day);
    const auto earliest = std::ranges::min_element(piece.units, {}, [](const AccessUnitPtr& unit) {
        return unit->media_time;
    });
    BONGSU_ASSIGN(
        auto opened,
        SegmentWriter::open({
            .root = parts_.config.root,
            .place = place_,
            .first = first,
            .media_start = (*earliest)->media_time,
            .chain = known != chains_.end() ? known->second
                                            : chain_seed(place_.camera, place_.role, day),
        })
    );
    writer_.emplace(std::move(opened));
    last_sync_ = parts_.clock.mono();
    while (chains_.size() > kDaysRemembered) {
        chains_.erase(chains_.begin());
    }
    return {};
}

void StreamRecorder::close_segment() {
    if (!writer_) {
        return;
    }
    if (writer_->has_fragments()) {
        sync();
        store::Segment row = writer_->segment();
        row.state = store::SegmentState::Closed;
        parts_.index.put(std::move(row));
        parts_.segments_closed.add();
    } else {
        ::unlink((parts_.config.root + "/" + writer_->segment().path).c_str());
    }
    writer_.reset();
}

void StreamRecorder::give_up(const Error& error) {
    waits_for_key_ = true;
    close_segment();
    if (error.kind == ErrorKind::InvalidArgument) {  // the stream's fault, not the disk's
        log::error(
            "recording.unrecordable",
            {{"camera", place_.camera.value()}, {"reason", error.describe()}}
        );
        return;
    }
    parts_.disk.failed(error);
}

void StreamRecorder::sync() {
    last_sync_ = parts_.clock.mono();
    const auto begin = std::chrono::steady_clock::now();
    const Status outcome = writer_->sync();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    parts_.sync_seconds.observe(took.count());
    if (!outcome) {
        parts_.disk.failed(outcome.error());
    }
}

void StreamRecorder::tick() {
    const MonoTime now = parts_.clock.mono();
    const Duration silence = now - last_push_;
    if (!pending_.empty() && silence > parts_.config.fragment) {
        flush(std::nullopt);
    }
    if (!writer_) {
        return;
    }
    if (silence > parts_.config.idle_close) {
        close_segment();
        waits_for_key_ = true;
    } else if (writer_->is_dirty() && now - last_sync_ >= parts_.config.sync_every) {
        sync();
    }
}

void StreamRecorder::close() {
    flush(std::nullopt);
    close_segment();
    waits_for_key_ = true;
}

}  // namespace bongsu::recording
