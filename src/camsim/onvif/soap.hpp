#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/xml_text.hpp"
#include "net/http.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

/// The server's half of SOAP 1.2. Written apart from the product's client, so that a mistake in one
/// is not hidden by the same mistake in the other.
namespace bongsu::camsim {

/// A request as the services see it.
struct SoapCall {
    std::shared_ptr<const pugi::xml_document> document;
    pugi::xml_node header;
    pugi::xml_node body;    ///< the element inside the body
    std::string operation;  ///< its name without prefix

    /// The text of the first element below the body with this name, at any depth.
    std::string text(std::string_view name) const;

    /// The first element below `from` with this local name, at any depth.
    static pugi::xml_node find(pugi::xml_node from, std::string_view name);
};

/// Corrupt for anything that is no SOAP envelope.
Result<SoapCall> read_soap(std::string_view text);

/// 200 with the content inside an envelope.
net::HttpResponse soap_answer(std::string_view content);

/// A SOAP fault: `code` is Sender or Receiver, `subcode` such as "ter:NotAuthorized".
net::HttpResponse soap_fault(
    int status, std::string_view code, std::string_view subcode, std::string_view reason
);

/// Seconds of "PT60S", "PT1M30S", "PT0.5S"; nothing for other forms.
std::optional<Duration> read_xml_duration(std::string_view text);

}  // namespace bongsu::camsim
