#include "camsim/sdp.hpp"

#include "media/rtsp/base64.hpp"

#include <fmt/format.h>

namespace bongsu::camsim {

namespace {

using ParameterSet = std::vector<std::uint8_t>;

std::string base64_list(const std::vector<ParameterSet>& sets) {
    std::string list;
    for (const ParameterSet& set : sets) {
        list += (list.empty() ? "" : ",") + media::base64_encode(set);
    }
    return list;
}

/// profile_idc, constraint flags and level_idc follow the NAL header of the SPS.
std::string profile_level_id(const ParameterSet& sps) {
    return sps.size() < 4 ? "" : fmt::format("{:02X}{:02X}{:02X}", sps[1], sps[2], sps[3]);
}

std::string format_parameters(const Film& film) {
    const media::ParameterSets& sets = film.sets;
    if (film.parameters->codec == Codec::H265) {
        return "sprop-vps=" + base64_list(sets.vps) + "; sprop-sps=" + base64_list(sets.sps) +
               "; sprop-pps=" + base64_list(sets.pps);
    }
    return "packetization-mode=1; profile-level-id=" + profile_level_id(sets.sps.front()) +
           "; sprop-parameter-sets=" + base64_list(sets.sps) + "," + base64_list(sets.pps);
}

double frame_rate(const Film& film) {
    return static_cast<double>(film.units.size()) * 90'000 / static_cast<double>(film.duration);
}

}  // namespace

std::string describe(const Film& film, std::string_view address) {
    const bool is_v6 = address.find(':') != std::string_view::npos;
    const std::string_view family = is_v6 ? "IN IP6" : "IN IP4";
    return fmt::format(
        "v=0\r\n"
        "o=- 1 1 {family} {address}\r\n"
        "s=Bongsu simulated camera\r\n"
        "c={family} {any}\r\n"
        "t=0 0\r\n"
        "a=control:*\r\n"
        "a=range:npt=now-\r\n"
        "m=video 0 RTP/AVP {type}\r\n"
        "a=rtpmap:{type} {encoding}/90000\r\n"
        "a=fmtp:{type} {format}\r\n"
        "a=framerate:{rate:.2f}\r\n"
        "a=control:{control}\r\n",
        fmt::arg("family", family),
        fmt::arg("address", address),
        fmt::arg("any", is_v6 ? "::" : "0.0.0.0"),
        fmt::arg("type", kPayloadType),
        fmt::arg("encoding", film.parameters->codec == Codec::H264 ? "H264" : "H265"),
        fmt::arg("format", format_parameters(film)),
        fmt::arg("rate", frame_rate(film)),
        fmt::arg("control", kTrackControl)
    );
}

}  // namespace bongsu::camsim
