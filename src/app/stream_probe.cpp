#include "app/stream_probe.hpp"

#include "annotation/picture.hpp"
#include "core/metrics.hpp"
#include "ingest/ingest.hpp"
#include "media/decoder/decoder.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace bongsu::app {
namespace {

constexpr Duration kDeadline = std::chrono::seconds{9};
constexpr Duration kWatched = std::chrono::seconds{3};
constexpr int kMostAtOnce = 4;
constexpr double kTicksPerSecond = 90'000;

ProbeOutcome outcome_of(const Error& error, bool has_login) {
    switch (error.kind) {
        case ErrorKind::InvalidArgument:
            return ProbeOutcome::BadAddress;
        case ErrorKind::PermissionDenied:
            return has_login ? ProbeOutcome::LoginRefused : ProbeOutcome::LoginNeeded;
        case ErrorKind::NotFound:
            return ProbeOutcome::NotFound;
        case ErrorKind::Unavailable:
            return ProbeOutcome::Unreachable;
        case ErrorKind::Timeout:
            return ProbeOutcome::NoAnswer;
        case ErrorKind::Unsupported:
        case ErrorKind::Corrupt:
            return ProbeOutcome::Unsupported;
        default:
            return ProbeOutcome::Failed;
    }
}

/// Whether a login is given, beside the address or in it.
bool has_login(const ProbeRequest& request) {
    return !request.user.empty() || redact_url(request.url) != request.url;
}

/// Counts what comes, from the first key picture on.
class ProbeListener final : public ingest::SourceListener {
public:
    ProbeListener(const Clock& clock, bool has_login)
        : clock_(clock), begun_(clock.mono()), has_login_(has_login) {}

    void on_access_unit(AccessUnitPtr unit) override {
        const std::scoped_lock lock(mutex_);
        const MonoTime now = clock_.mono();
        if (!first_key_) {
            if (!unit->is_key) {
                return;
            }
            first_key_ = unit;
            first_at_ = now;
            last_key_time_ = unit->media_time;
        } else if (unit->is_key) {
            key_ticks_ = unit->media_time - last_key_time_;
            last_key_time_ = unit->media_time;
        }
        ++units_;
        bytes_ += unit->bytes->size();
        media_span_ = std::max(media_span_, unit->media_time - first_key_->media_time);
        is_over_ = now - first_at_ >= kWatched;
        if (is_over_) {
            changed_.notify_all();
        }
    }

    void on_state(ingest::StreamState state, const Error* error) override {
        if (state == ingest::StreamState::Connecting || state == ingest::StreamState::Playing) {
            return;
        }
        const std::scoped_lock lock(mutex_);
        error_ =
            error != nullptr ? *error : Error{ErrorKind::Internal, "the stream ended", nullptr};
        is_over_ = true;
        changed_.notify_all();
    }

    void wait() {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, kDeadline, [this] { return is_over_; });
    }

    /// After the source is gone.
    ProbeResult result() const {
        ProbeResult out;
        if (!first_key_) {
            out.outcome = ProbeOutcome::NoPicture;
            out.words = "no picture came within nine seconds";
            if (error_) {
                out.outcome = outcome_of(*error_, has_login_);
                out.words = error_->describe();
            }
            return out;
        }
        out.is_good = true;
        out.codec = first_key_->parameters->codec;
        out.outcome = *out.codec == Codec::H265 ? ProbeOutcome::GoodH265 : ProbeOutcome::Good;
        out.width = first_key_->parameters->width;
        out.height = first_key_->parameters->height;
        out.first_picture = first_at_ - begun_;
        const double seconds = static_cast<double>(media_span_) / kTicksPerSecond;
        if (units_ > 1 && seconds > 0) {
            out.frames_per_second = static_cast<double>(units_ - 1) / seconds;
            out.bits_per_second = 8 * static_cast<double>(bytes_) / seconds;
        }
        out.key_interval = from_seconds(static_cast<double>(key_ticks_) / kTicksPerSecond);
        out.words = describe(out);
        return out;
    }

    AccessUnitPtr first_key() const { return first_key_; }

private:
    static std::string describe(const ProbeResult& result) {
        const bool is_h265 = *result.codec == Codec::H265;
        std::string words = std::string(is_h265 ? "H.265 " : "H.264 ") +
                            std::to_string(result.width) + "x" + std::to_string(result.height);
        if (is_h265) {
            words += "; browsers without H.265 see its sub stream or single pictures";
        }
        return words;
    }

    const Clock& clock_;
    const MonoTime begun_;
    const bool has_login_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_over_ = false;
    std::optional<Error> error_;
    AccessUnitPtr first_key_;
    MonoTime first_at_;
    std::int64_t last_key_time_ = 0;
    std::int64_t key_ticks_ = 0;
    std::int64_t media_span_ = 0;
    std::uint64_t units_ = 0;
    std::uint64_t bytes_ = 0;
};

CameraConfig camera_of(const ProbeRequest& request) {
    Value::Map settings{{"connect_timeout", 4}, {"reply_timeout", 4}, {"read_interval", 0.02}};
    if (!request.user.empty()) {
        settings.emplace_back("user", request.user);
    }
    if (!request.password.empty()) {
        settings.emplace_back("password", request.password);
    }
    CameraConfig camera;
    camera.id = CameraId("probe");
    camera.streams.push_back(
        {.role = StreamRole::Main, .source = "rtsp", .url = request.url, .settings = settings}
    );
    return camera;
}

std::vector<std::uint8_t> still_of(const AccessUnit& unit) {
    media::Decoder decoder;
    const auto frame = decoder.decode_key(unit);
    auto jpeg = frame ? annotation::encode_jpeg(*frame) : fail(frame.error());
    return jpeg ? *std::move(jpeg) : std::vector<std::uint8_t>{};
}

ProbeResult watch(const ProbeRequest& request, const Clock& clock) {
    Metrics metrics;
    ingest::Registry sources;
    ingest::register_all(sources);
    ProbeListener listener(clock, has_login(request));
    {
        ingest::Ingest ingest(ingest::IngestOptions{}, sources, clock, metrics);
        const CameraConfig camera = camera_of(request);
        if (const Status added = ingest.add(camera, camera.streams.front(), listener); !added) {
            return {.outcome = outcome_of(added.error(), true), .words = added.error().describe()};
        }
        listener.wait();
    }
    ProbeResult result = listener.result();
    if (const AccessUnitPtr key = listener.first_key()) {
        result.still = still_of(*key);
    }
    return result;
}

}  // namespace

ProbeResult StreamProbe::run(const ProbeRequest& request) {
    ProbeResult result;
    if (running_.fetch_add(1) < kMostAtOnce) {
        result = watch(request, clock_);
    } else {
        result.outcome = ProbeOutcome::Busy;
        result.words = "four other addresses are being tried; try again in some seconds";
    }
    running_.fetch_sub(1);
    return result;
}

}  // namespace bongsu::app
