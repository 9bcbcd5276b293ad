#include "onvif/profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace bongsu::onvif {

namespace {

constexpr std::size_t kMostProfiles = 64;
constexpr int kSubPixels = 640 * 360;
constexpr double kLargestNumber = 1e6;

int whole(std::optional<double> value) {
    return value && *value >= 0 && *value <= kLargestNumber ? static_cast<int>(std::lround(*value))
                                                            : 0;
}

double bounded(std::optional<double> value) {
    return value && *value >= 0 && *value <= kLargestNumber ? *value : 0;
}

/// "video/H265" and "h265" are seen beside the plain "H265".
std::string codec_name(std::string name) {
    if (const std::size_t slash = name.rfind('/'); slash != std::string::npos) {
        name.erase(0, slash + 1);
    }
    std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    std::erase(name, '.');
    return name == "HEVC" ? "H265" : name;
}

void read_encoder(pugi::xml_node encoder, MediaProfile& profile) {
    profile.codec = codec_name(text_at(encoder, "Encoding"));
    profile.width = whole(number_at(encoder, "Resolution/Width"));
    profile.height = whole(number_at(encoder, "Resolution/Height"));
    profile.fps = bounded(number_at(encoder, "RateControl/FrameRateLimit"));
    profile.kbit_s = bounded(number_at(encoder, "RateControl/BitrateLimit"));
}

long long pixels(const MediaProfile& profile) {
    return static_cast<long long>(profile.width) * profile.height;
}

bool is_recordable(const MediaProfile& profile) {
    return !profile.stream_url.empty() && (profile.codec == "H264" || profile.codec == "H265");
}

}  // namespace

std::vector<MediaProfile> parse_profiles2(pugi::xml_node response) {
    std::vector<MediaProfile> profiles;
    for (const pugi::xml_node node : children(response, "Profiles")) {
        if (profiles.size() == kMostProfiles) {
            break;
        }
        const pugi::xml_node encoder = find(node, "Configurations/VideoEncoder");
        MediaProfile profile;
        profile.token = attribute(node, "token").value_or("");
        profile.name = text_at(node, "Name");
        read_encoder(encoder, profile);
        if (const auto gop = attribute(encoder, "GovLength")) {
            profile.gop = whole(to_number(*gop));
        }
        profile.ptz_token = attribute(find(node, "Configurations/PTZ"), "token").value_or("");
        if (!profile.token.empty()) {
            profiles.push_back(std::move(profile));
        }
    }
    return profiles;
}

std::vector<MediaProfile> parse_profiles1(pugi::xml_node response) {
    std::vector<MediaProfile> profiles;
    for (const pugi::xml_node node : children(response, "Profiles")) {
        if (profiles.size() == kMostProfiles) {
            break;
        }
        const pugi::xml_node encoder = child(node, "VideoEncoderConfiguration");
        MediaProfile profile;
        profile.token = attribute(node, "token").value_or("");
        profile.name = text_at(node, "Name");
        read_encoder(encoder, profile);
        profile.gop = whole(number_at(encoder, "H264/GovLength"));
        // Media1: only every n-th captured picture is encoded (tt:VideoRateControl).
        const double interval = bounded(number_at(encoder, "RateControl/EncodingInterval"));
        if (interval > 1) {
            profile.fps /= interval;
        }
        profile.ptz_token = attribute(child(node, "PTZConfiguration"), "token").value_or("");
        if (!profile.token.empty()) {
            profiles.push_back(std::move(profile));
        }
    }
    return profiles;
}

void choose_uses(std::vector<MediaProfile>& profiles) {
    MediaProfile* main = nullptr;
    for (MediaProfile& profile : profiles) {
        profile.use = ProfileUse::None;
        if (is_recordable(profile) &&
            (main == nullptr ||
             std::pair(pixels(profile), profile.fps) > std::pair(pixels(*main), main->fps))) {
            main = &profile;
        }
    }
    if (main == nullptr) {
        return;
    }
    main->use = ProfileUse::Main;
    MediaProfile* sub = nullptr;
    const auto distance = [](const MediaProfile& profile) {
        return std::llabs(pixels(profile) - kSubPixels);
    };
    for (MediaProfile& profile : profiles) {
        const bool fits = is_recordable(profile) && profile.codec == "H264" &&
                          profile.stream_url != main->stream_url && pixels(profile) < pixels(*main);
        if (fits && (sub == nullptr || distance(profile) < distance(*sub))) {
            sub = &profile;
        }
    }
    if (sub != nullptr) {
        sub->use = ProfileUse::Sub;
    }
}

}  // namespace bongsu::onvif
