#include "recording/motion_search.hpp"

#include "media/decoder/decoder.hpp"
#include "recording/disk.hpp"
#include "recording/fragment_times.hpp"
#include "recording/motion_detector.hpp"
#include "recording/segment_reader.hpp"
#include "recording/segment_rows.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace bongsu::recording {
namespace {

constexpr Duration kTogether = std::chrono::seconds{4};  // differing pictures nearer are one moment
constexpr std::size_t kMostKey = 64U << 20U;

Status check(const MotionQuery& query) {
    if (query.to <= query.from) {
        return fail(ErrorKind::InvalidArgument, "the span ends before it begins");
    }
    if (!query.region.empty() && query.region.size() < 3) {
        return fail(ErrorKind::InvalidArgument, "a region has three corners or more");
    }
    return {};
}

/// Lets the next search in when this one ends, however it ends.
class Turn {
public:
    explicit Turn(std::atomic<bool>& is_taken) : is_taken_(is_taken) {}

    ~Turn() { is_taken_ = false; }

    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    std::atomic<bool>& is_taken_;
};

/// One search while it runs.
class Run {
public:
    Run(const MotionQuery& query, const MotionSearch::Hooks& hooks, const std::stop_token& stop)
        : query_(query),
          hooks_(hooks),
          stop_(stop),
          detector_(query.region, query.sensitivity),
          decoder_(media::DecoderOptions{.skip_loop_filter = true}) {}

    bool is_over() const {
        return stop_.stop_requested() || outcome_.moments >= query_.most_moments;
    }

    Status search(const std::string& file) {
        BONGSU_ASSIGN(const FileSource source, FileSource::open(file));
        BONGSU_ASSIGN(const SegmentContent content, read_segment(source));
        const auto times = fragment_times(content);
        const auto parameters = std::make_shared<const CodecParameters>(content.file.parameters);
        for (std::size_t i = 0; i < times.size() && !is_over(); ++i) {
            const FragmentMark& mark = content.marks[i];
            if (!mark.is_key || mark.end <= query_.from || mark.start >= query_.to) {
                continue;
            }
            look(source, content.file.fragments[i], parameters, from_wall_ticks(times[i]));
        }
        return {};
    }

    void progress(WallTime at) const {
        if (hooks_.on_progress) {
            const double done = to_seconds(at - query_.from) / to_seconds(query_.to - query_.from);
            hooks_.on_progress({
                .done = static_cast<float>(std::clamp(done, 0.0, 1.0)),
                .at = at,
                .pictures = outcome_.pictures,
            });
        }
    }

    MotionOutcome finish() {
        report();
        outcome_.is_complete = !is_over();
        return std::move(outcome_);
    }

    void skip(std::string why) { outcome_.skipped.push_back(std::move(why)); }

private:
    void look(
        const FileSource& source,
        const media::mp4::ScannedFragment& fragment,
        const std::shared_ptr<const CodecParameters>& parameters,
        WallTime time
    ) {
        const std::size_t size = fragment.fragment.samples.front().size;
        if (size > kMostKey) {
            return;
        }
        auto bytes = std::make_shared<std::vector<std::uint8_t>>(size);
        if (!source.read_at(fragment.data, std::span(*bytes))) {
            return;
        }
        AccessUnit unit;
        unit.camera = query_.camera;
        unit.role = query_.role;
        unit.is_key = true;
        unit.wall = time;
        unit.parameters = parameters;
        unit.bytes = std::move(bytes);
        const auto frame = decoder_.decode_key(unit);
        if (!frame) {
            return;  // a damaged picture is no motion
        }
        ++outcome_.pictures;
        const float share = detector_.look(*frame);
        if (share >= detector_.threshold()) {
            add(time, share);
        }
    }

    void add(WallTime time, float share) {
        if (moment_ && time - moment_->to > kTogether) {
            report();
        }
        if (!moment_) {
            moment_ = MotionMoment{.from = time, .to = time, .best = time, .score = share};
        }
        moment_->to = time;
        if (share > moment_->score) {
            moment_->best = time;
            moment_->score = share;
        }
    }

    void report() {
        if (moment_) {
            ++outcome_.moments;
            hooks_.on_moment(*moment_);
            moment_.reset();
        }
    }

    const MotionQuery& query_;
    const MotionSearch::Hooks& hooks_;
    const std::stop_token& stop_;
    MotionDetector detector_;
    media::Decoder decoder_;
    std::optional<MotionMoment> moment_;  ///< that may still go on
    MotionOutcome outcome_;
};

}  // namespace

MotionSearch::MotionSearch(std::string root, store::SegmentIndex& index, const Clock& clock)
    : root_(std::move(root)), index_(index), clock_(clock) {}

Result<MotionOutcome> MotionSearch::run(
    const MotionQuery& query, const Hooks& hooks, const std::stop_token& stop
) {
    BONGSU_TRY(check(query));
    if (is_running_.exchange(true)) {
        return fail(ErrorKind::ResourceExhausted, "another search is running; wait or stop it");
    }
    const Turn turn(is_running_);
    const MonoTime began = clock_.mono();
    BONGSU_ASSIGN(
        const auto rows, rows_between(index_, query.camera, query.role, query.from, query.to)
    );
    Run run(query, hooks, stop);
    for (const store::Segment& row : rows) {
        if (run.is_over()) {
            break;
        }
        if (const Status searched = run.search(root_ + "/" + row.path); !searched) {
            run.skip(row.path + ": " + searched.error().describe());
        }
        run.progress(row.end);
    }
    MotionOutcome outcome = run.finish();
    outcome.seconds = to_seconds(clock_.mono() - began);
    return outcome;
}

}  // namespace bongsu::recording
