// PlaybackReader::activity: how much moves, from the sizes of what was recorded.
#include "recording/fragment_times.hpp"
#include "recording/playback_reader.hpp"
#include "recording/segment_rows.hpp"

#include <algorithm>
#include <cstddef>

namespace bongsu::recording {
namespace {

constexpr int kMostParts = 2'000;
constexpr std::size_t kMostFiles = 130;  // read for their sizes: two hours in minutes

/// Bytes and recorded seconds of each part.
class Tally {
public:
    Tally(WallTime from, Duration step, std::size_t parts)
        : from_(from), step_(step), bytes_(parts), seconds_(parts) {}

    /// `bytes` spread evenly over [start, end).
    void add(WallTime start, WallTime end, double bytes) {
        if (end <= start) {
            return;
        }
        const double rate = bytes / to_seconds(end - start);
        for (std::size_t i = part_of(start); i < bytes_.size(); ++i) {
            const WallTime part = from_ + step_ * static_cast<std::int64_t>(i);
            if (part >= end) {
                break;
            }
            const Duration covered = std::min(end, part + step_) - std::max(start, part);
            const double seconds = std::max(0.0, to_seconds(covered));
            bytes_[i] += rate * seconds;
            seconds_[i] += seconds;
        }
    }

    std::vector<float> levels() const {
        std::vector<float> rates(bytes_.size(), -1.0F);
        std::vector<float> known;
        for (std::size_t i = 0; i < rates.size(); ++i) {
            if (seconds_[i] > 0) {
                rates[i] = static_cast<float>(bytes_[i] / seconds_[i]);
                known.push_back(rates[i]);
            }
        }
        if (known.empty()) {
            return rates;
        }
        std::ranges::sort(known);
        const float low = known.front();
        const float high = known[known.size() - 1 - known.size() / 50];
        for (float& rate : rates) {
            if (rate >= 0) {
                rate = high > low ? std::min(1.0F, (rate - low) / (high - low)) : 0.0F;
            }
        }
        return rates;
    }

private:
    std::size_t part_of(WallTime time) const {
        return time <= from_ ? 0 : static_cast<std::size_t>((time - from_) / step_);
    }

    const WallTime from_;
    const Duration step_;
    std::vector<double> bytes_;
    std::vector<double> seconds_;
};

/// Fragment by fragment, without key pictures: those have about the same size whatever moves.
void add_fragments(Tally& tally, const SegmentContent& content) {
    for (std::size_t i = 0; i < content.marks.size(); ++i) {
        const media::mp4::Fragment& fragment = content.file.fragments[i].fragment;
        std::uint64_t bytes = fragment.data_size();
        if (content.marks[i].is_key && fragment.samples.size() > 1) {
            bytes -= fragment.samples.front().size;
        }
        tally.add(content.marks[i].start, content.marks[i].end, static_cast<double>(bytes));
    }
}

}  // namespace

Result<Activity> PlaybackReader::activity(
    const CameraId& camera, StreamRole role, WallTime from, WallTime to, int parts
) {
    if (to <= from || parts < 1 || parts > kMostParts) {
        return fail(ErrorKind::InvalidArgument, "the span must not be empty, with 1 to 2000 parts");
    }
    Activity activity{
        .from = from, .step = std::max((to - from) / parts, Duration{1}), .level = {}
    };
    BONGSU_ASSIGN(const auto rows, rows_between(index_, camera, role, from, to));
    Tally tally(from, activity.step, static_cast<std::size_t>(parts));
    for (const store::Segment& row : rows) {
        if (rows.size() > kMostFiles && row.state == store::SegmentState::Closed) {
            tally.add(row.start, row.end, static_cast<double>(row.bytes));
        } else if (const auto content = cache_.get(root_, row)) {
            add_fragments(tally, **content);
        }
    }
    activity.level = tally.levels();
    return activity;
}

}  // namespace bongsu::recording
