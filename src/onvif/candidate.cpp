#include "onvif/candidate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace bongsu::onvif {

namespace {

constexpr Duration kTolerableOffset = std::chrono::seconds{5};

void note_clock(CameraCandidate& candidate) {
    if (std::chrono::abs(candidate.clock_offset) <= kTolerableOffset) {
        return;
    }
    char text[160];
    std::snprintf(
        text,
        sizeof text,
        "Its clock is %.0f s %s; set the same time server on the camera.",
        std::abs(to_seconds(candidate.clock_offset)),
        candidate.clock_offset > Duration::zero() ? "ahead" : "behind"
    );
    candidate.problems.push_back({"clock_differs"_code, text});
}

void note_streams(CameraCandidate& candidate) {
    const MediaProfile* main = candidate.profile_for(ProfileUse::Main);
    if (main == nullptr) {
        candidate.problems.push_back(
            {"no_codec"_code,
             "No profile offers H.264 or H.265 over RTSP; it cannot be recorded as it is set now."}
        );
        return;
    }
    if (candidate.profile_for(ProfileUse::Sub) == nullptr) {
        candidate.problems.push_back(
            {"no_sub_stream"_code,
             "No smaller H.264 profile: the main stream is analysed too, which costs more. Set up "
             "a "
             "second profile near 640x360."}
        );
    }
    if (main->gop > 0 && main->fps > 0 && main->gop > 5 * main->fps) {
        candidate.problems.push_back(
            {"keys_far_apart"_code,
             "Key pictures are more than 5 s apart; events are seen late. Set the interval to 1-2 "
             "s."}
        );
    }
}

/// A camera's services in one conversation.
class Conversation {
public:
    Conversation(SoapChannel& channel, Url device, bool corrects_hosts, CameraCandidate& out)
        : channel_(channel),
          device_(std::move(device)),
          asked_(corrects_hosts ? &device_ : nullptr),
          out_(out) {}

    Status run() {
        BONGSU_TRY(read_clock());
        BONGSU_ASSIGN(out_.device, read_information(channel_, device_));
        BONGSU_ASSIGN(services_, read_services(channel_, device_, asked_ != nullptr));
        BONGSU_TRY(read_media());
        choose_uses(out_.profiles);
        out_.has_events = services_.events.has_value();
        out_.has_ptz = services_.ptz && std::ranges::any_of(out_.profiles, [](const auto& profile) {
                           return !profile.ptz_token.empty();
                       });
        note_clock(out_);
        note_streams(out_);
        return {};
    }

private:
    /// A camera that tells no usable time is asked on as if its clock were right.
    Status read_clock() {
        const auto offset = read_clock_offset(channel_, device_);
        if (offset) {
            channel_.set_clock_offset(*offset);
            out_.clock_offset = *offset;
            return {};
        }
        const ErrorKind kind = offset.error().kind;
        if (kind == ErrorKind::FailedPrecondition || kind == ErrorKind::Unsupported) {
            out_.problems.push_back(
                {"clock_unknown"_code, "It does not tell its time: " + offset.error().message}
            );
            return {};
        }
        return fail(offset.error().within("asking " + device_.text() + " for its time"));
    }

    Status read_media() {
        if (services_.media2) {
            auto profiles = read(*services_.media2, MediaGeneration::Media2);
            if (profiles) {
                out_.profiles = *std::move(profiles);
                return {};
            }
            if (profiles.error().kind == ErrorKind::PermissionDenied || !services_.media1) {
                return fail(profiles.error());
            }
            out_.problems.push_back(
                {"media1_used"_code,
                 "Media2 did not work (" + profiles.error().message + "), Media1 was used."}
            );
        }
        if (!services_.media1) {
            return fail(
                ErrorKind::Unsupported,
                "no_onvif"_code,
                "the device offers no media service: no camera"
            );
        }
        out_.generation = MediaGeneration::Media1;
        BONGSU_ASSIGN(out_.profiles, read(*services_.media1, MediaGeneration::Media1));
        return {};
    }

    Result<std::vector<MediaProfile>> read(const Url& service, MediaGeneration generation) {
        return read_profiles(channel_, service, generation, asked_, out_.problems);
    }

    SoapChannel& channel_;
    const Url device_;
    const Url* asked_;
    CameraCandidate& out_;
    Services services_;
};

}  // namespace

const MediaProfile* CameraCandidate::profile_for(ProfileUse use) const {
    const auto found = std::ranges::find(profiles, use, &MediaProfile::use);
    return found == profiles.end() ? nullptr : &*found;
}

Http until_deadline(Http http, const Clock& clock, MonoTime until) {
    return [http = std::move(http), &clock, until](const net::HttpCall& call
           ) -> Result<net::HttpResponse> {
        const Duration left = until - clock.mono();
        if (left <= Duration::zero()) {
            return fail(
                ErrorKind::Timeout, "camera_silent"_code, "the camera took too long altogether"
            );
        }
        net::HttpCall bounded = call;
        bounded.deadline = std::min(call.deadline, left);
        return http(bounded);
    };
}

Result<CameraCandidate> interrogate(
    const std::string& address,
    const Credentials& credentials,
    const Http& http,
    const Clock& clock,
    const InterrogateOptions& options
) {
    BONGSU_ASSIGN(const Url device, device_service(address));
    CameraCandidate candidate;
    candidate.address = device.text();
    SoapChannel channel(
        until_deadline(http, clock, clock.mono() + options.deadline),
        credentials,
        clock,
        {.deadline = options.call_deadline}
    );
    BONGSU_TRY(Conversation(channel, device, options.corrects_hosts, candidate).run());
    return candidate;
}

Result<CameraCandidate> interrogate(const std::string& address, const Credentials& credentials) {
    static const SystemClock clock;
    return interrogate(address, credentials, net::http_call, clock);
}

}  // namespace bongsu::onvif
