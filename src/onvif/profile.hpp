#pragma once

#include "onvif/xml.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::onvif {

/// What a profile is best used for here.
enum class ProfileUse { None, Main, Sub };

/// One media profile of a camera: an encoder's settings and where its pictures come from.
struct MediaProfile {
    std::string token;
    std::string name;
    std::string codec;  ///< "H264", "H265", "JPEG" ...; empty when the camera does not say
    int width = 0;      ///< pixels
    int height = 0;
    double fps = 0;
    double kbit_s = 0;
    int gop = 0;               ///< pictures between key pictures; 0: not said
    std::string stream_url;    ///< rtsp://, without credentials
    std::string snapshot_url;  ///< empty when not offered
    std::string ptz_token;     ///< of its PTZ configuration; empty when it has none
    ProfileUse use = ProfileUse::None;
};

/// Profiles of Media2's GetProfilesResponse (Media2 specification 5.2) or Media1's (Media 5.2). At
/// most 64 are read.
std::vector<MediaProfile> parse_profiles2(pugi::xml_node response);
std::vector<MediaProfile> parse_profiles1(pugi::xml_node response);

/// Marks the profile to record (the highest resolution among H.264 and H.265; then frame rate) and
/// the one to analyse (H.264 nearest 640x360 and smaller than main). Profiles without a stream
/// address count for nothing.
void choose_uses(std::vector<MediaProfile>& profiles);

}  // namespace bongsu::onvif
