// Media1 and Media2 of a simulated camera.
#include "camsim/onvif/device.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::camsim {

namespace {

std::string stream_url(const std::string& id, const OnvifStream& stream, const std::string& base) {
    return fmt::format("{}/{}/{}", base, id, stream.token);
}

net::HttpResponse no_profile() {
    return soap_fault(400, "Sender", "ter:NoProfile", "there is no such profile");
}

}  // namespace

const OnvifStream* OnvifDevice::stream_of(const SoapCall& call) const {
    const auto found = std::ranges::find(streams_, call.text("ProfileToken"), &OnvifStream::token);
    return found == streams_.end() ? nullptr : &*found;
}

/// Media1 knows no H.265: real cameras that encode it leave the encoder out or say H264. Here it is
/// left out.
std::string OnvifDevice::profiles1() const {
    std::string out = "<trt:GetProfilesResponse>";
    for (const OnvifStream& stream : streams_) {
        out += fmt::format(
            R"(<trt:Profiles token="{0}" fixed="true"><tt:Name>{0}</tt:Name>)", stream.token
        );
        if (stream.codec == "H264") {
            out += fmt::format(
                R"(<tt:VideoEncoderConfiguration token="enc-{}"><tt:Name>encoder</tt:Name>)"
                "<tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution>"
                "<tt:Width>{}</tt:Width><tt:Height>{}</tt:Height></tt:Resolution>"
                "<tt:RateControl><tt:FrameRateLimit>{:.0f}</tt:FrameRateLimit>"
                "<tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>{}</tt:BitrateLimit>"
                "</tt:RateControl><tt:H264><tt:GovLength>{}</tt:GovLength>"
                "<tt:H264Profile>Main</tt:H264Profile></tt:H264></tt:VideoEncoderConfiguration>",
                stream.token,
                stream.width,
                stream.height,
                stream.fps,
                stream.kbit_s,
                stream.gop
            );
        }
        if (options_.has_ptz) {
            out += R"(<tt:PTZConfiguration token="ptz"><tt:Name>ptz</tt:Name>)"
                   "<tt:NodeToken>head</tt:NodeToken></tt:PTZConfiguration>";
        }
        out += "</trt:Profiles>";
    }
    return out + "</trt:GetProfilesResponse>";
}

std::string OnvifDevice::profiles2() const {
    std::string out = "<tr2:GetProfilesResponse>";
    for (const OnvifStream& stream : streams_) {
        out += fmt::format(
            R"(<tr2:Profiles token="{0}" fixed="true"><tr2:Name>{0}</tr2:Name><tr2:Configurations>)"
            R"(<tr2:VideoEncoder token="enc-{0}" GovLength="{6}" Profile="Main">)"
            "<tt:Name>encoder</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>{1}</tt:Encoding>"
            "<tt:Resolution><tt:Width>{2}</tt:Width><tt:Height>{3}</tt:Height></tt:Resolution>"
            R"(<tt:RateControl ConstantBitRate="false"><tt:FrameRateLimit>{4:.1f})"
            "</tt:FrameRateLimit><tt:BitrateLimit>{5}</tt:BitrateLimit></tt:RateControl>"
            "<tt:Quality>5</tt:Quality></tr2:VideoEncoder>",
            stream.token,
            stream.codec,
            stream.width,
            stream.height,
            stream.fps,
            stream.kbit_s,
            stream.gop
        );
        if (options_.has_ptz) {
            out += R"(<tr2:PTZ token="ptz"><tt:Name>ptz</tt:Name>)"
                   "<tt:NodeToken>head</tt:NodeToken></tr2:PTZ>";
        }
        out += "</tr2:Configurations></tr2:Profiles>";
    }
    return out + "</tr2:GetProfilesResponse>";
}

net::HttpResponse OnvifDevice::answer_media1(const SoapCall& call, const Reached& reached) {
    if (call.operation == "GetProfiles") {
        return soap_answer(profiles1());
    }
    const OnvifStream* stream = stream_of(call);
    if (stream == nullptr) {
        return call.operation.ends_with("Uri") ? no_profile() : unknown_operation(call);
    }
    const bool is_snapshot = call.operation == "GetSnapshotUri";
    if (!is_snapshot && call.operation != "GetStreamUri") {
        return unknown_operation(call);
    }
    return soap_answer(fmt::format(
        "<trt:{0}Response><trt:MediaUri><tt:Uri>{1}</tt:Uri><tt:InvalidAfterConnect>false"
        "</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot>"
        "<tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:{0}Response>",
        call.operation,
        is_snapshot ? reached.http_base + "/onvif/snapshot"
                    : stream_url(id_, *stream, reached.rtsp_base)
    ));
}

net::HttpResponse OnvifDevice::answer_media2(const SoapCall& call, const Reached& reached) {
    if (call.operation == "GetProfiles") {
        return soap_answer(profiles2());
    }
    const OnvifStream* stream = stream_of(call);
    if (stream == nullptr) {
        return call.operation.ends_with("Uri") ? no_profile() : unknown_operation(call);
    }
    const bool is_snapshot = call.operation == "GetSnapshotUri";
    if (!is_snapshot && call.operation != "GetStreamUri") {
        return unknown_operation(call);
    }
    return soap_answer(fmt::format(
        "<tr2:{0}Response><tr2:Uri>{1}</tr2:Uri></tr2:{0}Response>",
        call.operation,
        is_snapshot ? reached.http_base + "/onvif/snapshot"
                    : stream_url(id_, *stream, reached.rtsp_base)
    ));
}

}  // namespace bongsu::camsim
