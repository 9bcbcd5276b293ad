#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "onvif/http.hpp"
#include "onvif/xml.hpp"

#include <string>
#include <string_view>

namespace bongsu::onvif {

/// One SOAP 1.2 request: what stands in the body, with prefixes as declared by write_envelope.
struct SoapRequest {
    std::string action;       ///< WS-Addressing action; also the parameter of the content type
    std::string body;         ///< such as "<tds:GetServices/>"
    std::string header = {};  ///< further header blocks
};

/// WS-UsernameToken with a digest (WS-Security UsernameToken Profile 1.1, 3.1): Base64(SHA-1(nonce
/// + created + password)). `created` is in the camera's own time: cameras refuse what is old by
/// their clock.
std::string write_username_token(
    const Credentials& credentials, WallTime created, std::string_view nonce
);

/// The digest alone, for servers that check it.
std::string password_digest(
    std::string_view nonce, std::string_view created, std::string_view password
);

/// `security` is a UsernameToken or empty. Declares the prefixes tds, trt, tr2, tptz, tev, tt, wsa,
/// wsnt.
std::string write_envelope(const SoapRequest& request, std::string_view security);

/// A checked SOAP answer.
class SoapReply {
public:
    /// Takes SOAP 1.2 and 1.1. A fault becomes an error: PermissionDenied for NotAuthorized,
    /// Unsupported for ActionNotSupported and its relatives, else FailedPrecondition with the
    /// camera's own words, shortened.
    static Result<SoapReply> parse(std::string_view text);

    /// The first element of the body, such as GetServicesResponse.
    pugi::xml_node response() const { return response_; }

private:
    SoapReply(Xml xml, pugi::xml_node response) : xml_(std::move(xml)), response_(response) {}

    Xml xml_;
    pugi::xml_node response_;
};

}  // namespace bongsu::onvif
