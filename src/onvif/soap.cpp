#include "onvif/soap.hpp"

#include "media/rtsp/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <openssl/sha.h>

namespace bongsu::onvif {

namespace {

constexpr std::size_t kLongestFaultText = 200;

constexpr std::string_view kNamespaces = R"( xmlns:s="http://www.w3.org/2003/05/soap-envelope")"
                                         R"( xmlns:wsa="http://www.w3.org/2005/08/addressing")"
                                         R"( xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2")"
                                         R"( xmlns:tt="http://www.onvif.org/ver10/schema")"
                                         R"( xmlns:tds="http://www.onvif.org/ver10/device/wsdl")"
                                         R"( xmlns:trt="http://www.onvif.org/ver10/media/wsdl")"
                                         R"( xmlns:tr2="http://www.onvif.org/ver20/media/wsdl")"
                                         R"( xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl")"
                                         R"( xmlns:tev="http://www.onvif.org/ver10/events/wsdl")";

constexpr std::string_view kSecurity = R"(<wsse:Security s:mustUnderstand="1" )"
                                       R"(xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/)"
                                       R"(oasis-200401-wss-wssecurity-secext-1.0.xsd" )"
                                       R"(xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/)"
                                       R"(oasis-200401-wss-wssecurity-utility-1.0.xsd">)";

constexpr std::string_view kDigestType =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
    "#PasswordDigest";
constexpr std::string_view kBase64Type =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0"
    "#Base64Binary";

Bytes bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// All codes and subcodes of a fault without their prefixes, outermost first.
std::vector<std::string> fault_codes(pugi::xml_node fault) {
    std::vector<std::string> codes;
    if (const std::string old = text_at(fault, "faultcode"); !old.empty()) {
        codes.emplace_back(local_name(old));
    }
    for (pugi::xml_node code = child(fault, "Code"); code; code = child(code, "Subcode")) {
        codes.emplace_back(local_name(text_at(code, "Value")));
    }
    return codes;
}

ErrorKind kind_of(const std::vector<std::string>& codes) {
    const auto has = [&](std::string_view code) {
        return std::ranges::find(codes, code) != codes.end();
    };
    if (has("NotAuthorized") || has("FailedAuthentication") || has("FailedCheck") ||
        has("InvalidSecurity") || has("InvalidSecurityToken")) {
        return ErrorKind::PermissionDenied;
    }
    if (has("ActionNotSupported") || has("OptionalActionNotImplemented") || has("UnknownAction") ||
        has("MustUnderstand")) {
        return ErrorKind::Unsupported;
    }
    return has("NoEntity") || has("NoProfile") || has("NoToken") ? ErrorKind::NotFound
                                                                 : ErrorKind::FailedPrecondition;
}

/// What is printable of a camera's words: they end in logs and on screens.
std::string shown(std::string_view text) {
    std::string out(text.substr(0, kLongestFaultText));
    std::ranges::replace_if(
        out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' '
    );
    return out;
}

Error fault_error(pugi::xml_node fault) {
    const std::vector<std::string> codes = fault_codes(fault);
    std::string text = text_at(fault, "Reason/Text");
    if (text.empty()) {
        text = text_at(fault, "faultstring");
    }
    std::string joined;
    for (const std::string& code : codes) {
        joined += (joined.empty() ? "" : "/") + code;
    }
    return {
        kind_of(codes),
        "the camera refused: " + shown(joined + (text.empty() ? "" : ", ") + text),
        nullptr
    };
}

}  // namespace

std::string password_digest(
    std::string_view nonce, std::string_view created, std::string_view password
) {
    std::string input;
    input.append(nonce).append(created).append(password);
    std::array<std::uint8_t, SHA_DIGEST_LENGTH> digest{};
    SHA1(bytes_of(input).data(), input.size(), digest.data());
    return media::base64_encode(digest);
}

std::string write_username_token(
    const Credentials& credentials, WallTime created, std::string_view nonce
) {
    const std::string time = to_iso8601(created);
    std::string out(kSecurity);
    out += "<wsse:UsernameToken><wsse:Username>" + escape_xml(credentials.user) +
           "</wsse:Username><wsse:Password Type=\"";
    out += kDigestType;
    out += "\">" + password_digest(nonce, time, credentials.password) +
           "</wsse:Password><wsse:Nonce EncodingType=\"";
    out += kBase64Type;
    out += "\">" + media::base64_encode(bytes_of(nonce)) + "</wsse:Nonce><wsu:Created>" + time +
           "</wsu:Created></wsse:UsernameToken></wsse:Security>";
    return out;
}

std::string write_envelope(const SoapRequest& request, std::string_view security) {
    std::string out = R"(<?xml version="1.0" encoding="UTF-8"?><s:Envelope)";
    out += kNamespaces;
    out += ">";
    if (!security.empty() || !request.header.empty()) {
        out += "<s:Header>";
        out += security;
        out += request.header;
        out += "</s:Header>";
    }
    out += "<s:Body>" + request.body + "</s:Body></s:Envelope>";
    return out;
}

Result<SoapReply> SoapReply::parse(std::string_view text) {
    BONGSU_ASSIGN(Xml xml, Xml::parse(text));
    if (local_name(xml.root().name()) != "Envelope") {
        return fail(ErrorKind::Corrupt, "the answer is XML but no SOAP envelope");
    }
    const pugi::xml_node body = child(xml.root(), "Body");
    pugi::xml_node first = body.first_child();
    while (first && first.type() != pugi::node_element) {
        first = first.next_sibling();
    }
    if (!first) {
        return fail(ErrorKind::Corrupt, "the SOAP answer has an empty body");
    }
    if (local_name(first.name()) == "Fault") {
        return fail(fault_error(first));
    }
    return SoapReply(std::move(xml), first);
}

}  // namespace bongsu::onvif
