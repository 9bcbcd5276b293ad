#include "recording/fragment_painter.hpp"

#include "media/mp4/fragment_reader.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::recording {
namespace {

/// Pictures that wait for those shown before them, in streams with B-frames.
constexpr std::size_t kReordered = 8;

/// The decoder hands `wall` through to the picture: here it counts ticks.
WallTime as_wall(std::int64_t ticks) {
    return WallTime{Duration{ticks}};
}

std::int64_t ticks_of(const Frame& frame) {
    return frame.wall.time_since_epoch().count();
}

template <class F>
void for_each_unit(const StoredFragment& stored, F&& take) {
    std::size_t at = 0;
    std::int64_t decode = stored.start;
    for (const media::mp4::Sample& sample : stored.samples) {
        if (sample.size > stored.data.size() - at) {
            return;
        }
        const Bytes bytes = stored.data.subspan(at, sample.size);
        AccessUnit unit;
        unit.is_key = sample.is_key;
        unit.wall = as_wall(decode + sample.composition_offset);
        unit.parameters = stored.parameters;
        unit.bytes = std::make_shared<const std::vector<std::uint8_t>>(bytes.begin(), bytes.end());
        take(unit);
        at += sample.size;
        decode += sample.duration;
    }
}

bool is_reordered(std::span<const media::mp4::Sample> samples) {
    return std::ranges::adjacent_find(samples, std::ranges::not_equal_to{}, [](const auto& sample) {
               return sample.composition_offset;
           }) != samples.end();
}

}  // namespace

/// One fragment while it is made.
class FragmentPainter::Work {
public:
    Work(FragmentPainter& painter, bool is_key, std::size_t held)
        : painter_(painter), needs_key_(is_key || painter.parameters_ == nullptr), held_(held) {}

    Status take(Frame frame) {
        waiting_.push_back(std::move(frame));
        return waiting_.size() > held_ ? encode_earliest() : Status{};
    }

    Result<PaintedFragment> finish(std::int64_t start, std::int64_t length) {
        while (!waiting_.empty()) {
            BONGSU_TRY(encode_earliest());
        }
        made_.start = start;
        if (times_.empty()) {
            return std::move(made_);
        }
        const std::int64_t offset = times_.front() - start;
        times_.push_back(std::max(times_.back() + 1, start + offset + length));
        for (std::size_t i = 0; i < made_.samples.size(); ++i) {
            made_.samples[i].duration = static_cast<std::uint32_t>(times_[i + 1] - times_[i]);
            made_.samples[i].composition_offset = static_cast<std::int32_t>(offset);
        }
        return std::move(made_);
    }

private:
    Status encode_earliest() {
        const auto earliest = std::ranges::min_element(waiting_, {}, ticks_of);
        const Frame frame = std::move(*earliest);
        waiting_.erase(earliest);
        const std::int64_t shown = ticks_of(frame);
        if (!times_.empty() && shown <= times_.back()) {
            return {};  // too late to be shown
        }
        BONGSU_ASSIGN(media::EncodedPicture picture, painter_.repainter_.encode(frame, needs_key_));
        needs_key_ = false;
        painter_.parameters_ = picture.parameters;
        times_.push_back(shown);
        made_.samples.push_back(
            {.size = static_cast<std::uint32_t>(picture.bytes.size()), .is_key = picture.is_key}
        );
        made_.bytes.insert(made_.bytes.end(), picture.bytes.begin(), picture.bytes.end());
        return {};
    }

    FragmentPainter& painter_;
    bool needs_key_;
    const std::size_t held_;
    std::vector<Frame> waiting_;
    std::vector<std::int64_t> times_;  ///< when each made picture is shown
    PaintedFragment made_;
};

void FragmentPainter::learn(const StoredFragment& stored) {
    for_each_unit(stored, [this](const AccessUnit& unit) { (void)repainter_.paint(unit); });
}

Result<PaintedFragment> FragmentPainter::paint(const StoredFragment& stored) {
    const bool is_key = !stored.samples.empty() && stored.samples.front().is_key;
    Work work(*this, is_key, is_reordered(stored.samples) ? kReordered : 0);
    Status status;
    for_each_unit(stored, [&](const AccessUnit& unit) {
        auto frame = repainter_.paint(unit);
        if (status && frame && *frame) {
            status = work.take(**std::move(frame));
        }
    });
    BONGSU_TRY(status);
    const auto length = static_cast<std::int64_t>(media::mp4::duration(stored.samples));
    return work.finish(stored.start, length);
}

Result<PaintedFragment> FragmentPainter::paint_key(
    const StoredFragment& stored, std::uint32_t duration
) {
    StoredFragment key = stored;
    key.samples = stored.samples.first(std::min<std::size_t>(1, stored.samples.size()));
    Work work(*this, true, 0);
    Status status;
    for_each_unit(key, [&](const AccessUnit& unit) {
        if (auto frame = repainter_.paint_key(unit)) {
            frame->wall = as_wall(stored.start);
            status = work.take(*std::move(frame));
        }
    });
    BONGSU_TRY(status);
    return work.finish(stored.start, duration);
}

}  // namespace bongsu::recording
