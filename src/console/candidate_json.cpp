#include "console/candidate_json.hpp"

#include "console/problem_code.hpp"
#include "onvif/url.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace bongsu::console {

namespace {

namespace json = boost::json;
using onvif::MediaProfile;
using onvif::ProfileUse;

constexpr std::size_t kLongestId = 56;  // leaves room for a number behind it

const char* to_text(ProfileUse use) {
    switch (use) {
        case ProfileUse::Main:
            return "main";
        case ProfileUse::Sub:
            return "sub";
        case ProfileUse::None:
            break;
    }
    return "none";
}

json::object to_json(const MediaProfile& profile) {
    return {
        {"name", profile.name},
        {"codec", profile.codec},
        {"width", profile.width},
        {"height", profile.height},
        {"fps", profile.fps},
        {"kbit_s", profile.kbit_s},
        {"gop", profile.gop},
        {"url", profile.stream_url},
        {"use", to_text(profile.use)}
    };
}

std::string full_url(const std::string& url, const onvif::Credentials& credentials) {
    const auto parsed = onvif::parse_url(url);
    return parsed ? onvif::with_credentials(*parsed, credentials.user, credentials.password) : url;
}

json::object config_of(
    const onvif::CameraCandidate& candidate,
    const std::string& name,
    const onvif::Credentials& credentials,
    const fleet::FleetSnapshot& fleet
) {
    json::array streams;
    for (const ProfileUse use : {ProfileUse::Main, ProfileUse::Sub}) {
        if (const MediaProfile* profile = candidate.profile_for(use)) {
            streams.push_back(json::object{
                {"role", to_text(use)}, {"url", full_url(profile->stream_url, credentials)}
            });
        }
    }
    const std::string shown =
        name.empty() ? candidate.device.manufacturer + " " + candidate.device.model : name;
    return {
        {"id", free_camera_id(shown, fleet)},
        {"name", shown},
        {"streams", std::move(streams)},
        {"onvif",
         json::object{
             {"address", candidate.address},
             {"user", credentials.user},
             {"password", credentials.password},
             {"events", candidate.has_events},
             {"ptz", candidate.has_ptz}
         }}
    };
}

/// Host, port and path of an address, without scheme's differences and credentials.
std::string place_of(const std::string& address) {
    const auto url = onvif::parse_url(address);
    return url ? url->host + ":" + std::to_string(url->port) + url->target : std::string();
}

std::string host_of(const std::string& address) {
    const auto url = onvif::parse_url(address);
    return url ? url->host : std::string();
}

bool is_same_device(const fleet::FleetCamera& camera, const Finding& finding) {
    if (camera.config.onvif) {
        const auto service = onvif::device_service(camera.config.onvif->address);
        if (service && place_of(service->text()) == place_of(finding.address)) {
            return true;
        }
    }
    const MediaProfile* main =
        finding.candidate ? finding.candidate->profile_for(ProfileUse::Main) : nullptr;
    return main != nullptr && std::ranges::any_of(camera.config.streams, [&](const auto& stream) {
               return place_of(stream.url) == place_of(main->stream_url);
           });
}

}  // namespace

std::string known_camera(
    const Finding& finding, const fleet::FleetSnapshot& fleet, const SeesCamera& sees
) {
    const std::string host = host_of(finding.address);
    std::vector<std::string> on_host;
    for (const fleet::FleetCameraPtr& camera : fleet.cameras) {
        if (!sees(*camera)) {
            continue;
        }
        if (is_same_device(*camera, finding)) {
            return camera->config.id.value();
        }
        const bool is_on_host = std::ranges::any_of(
            camera->config.streams, [&](const auto& stream) { return host_of(stream.url) == host; }
        );
        if (is_on_host) {
            on_host.push_back(camera->config.id.value());
        }
    }
    // A recorder or a simulator has many cameras on one host: then the host says nothing.
    return on_host.size() == 1 && !host.empty() && !finding.candidate ? on_host.front() : "";
}

std::string free_camera_id(const std::string& name, const fleet::FleetSnapshot& fleet) {
    std::string id;
    for (const char c : name) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool is_good =
            (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || lower == '_';
        if (is_good) {
            id += lower;
        } else if (!id.empty() && id.back() != '-') {
            id += '-';
        }
    }
    id.resize(std::min(id.size(), kLongestId));
    while (id.ends_with('-')) {
        id.pop_back();
    }
    if (id.empty()) {
        id = "camera";
    }
    std::string candidate = id;
    for (int number = 2; fleet.find(CameraId{candidate}) != nullptr; ++number) {
        candidate = id + "-" + std::to_string(number);
    }
    return candidate;
}

json::array remarks(const std::vector<onvif::Remark>& all) {
    json::array out;
    for (const auto& [code, words] : all) {
        out.push_back(
            json::object{{"code", json::string(remark_code(code, words))}, {"words", words}}
        );
    }
    return out;
}

json::object to_json(
    const onvif::CameraCandidate& candidate,
    const std::string& name,
    const onvif::Credentials& credentials,
    const fleet::FleetSnapshot& fleet
) {
    json::array profiles;
    for (const MediaProfile& profile : candidate.profiles) {
        profiles.push_back(to_json(profile));
    }
    return {
        {"manufacturer", candidate.device.manufacturer},
        {"model", candidate.device.model},
        {"firmware", candidate.device.firmware},
        {"serial", candidate.device.serial},
        {"profiles", std::move(profiles)},
        {"has_ptz", candidate.has_ptz},
        {"has_events", candidate.has_events},
        {"clock_offset_s", to_seconds(candidate.clock_offset)},
        {"problems", remarks(candidate.problems)},
        {"config", config_of(candidate, name, credentials, fleet)}
    };
}

json::object to_json(
    const Finding& finding,
    const onvif::Credentials& credentials,
    const fleet::FleetSnapshot& fleet,
    const SeesCamera& sees
) {
    json::value candidate;
    if (finding.candidate) {
        candidate = to_json(*finding.candidate, finding.name, credentials, fleet);
    }
    return {
        {"id", finding.id},
        {"address", finding.address},
        {"name", finding.name},
        {"hardware", finding.hardware},
        {"is_onvif", finding.is_onvif},
        {"known_camera", known_camera(finding, fleet, sees)},
        {"candidate", std::move(candidate)},
        {"problem", finding.problem.words},
        {"code", json::string(remark_code(finding.problem.code, finding.problem.words))}
    };
}

}  // namespace bongsu::console
