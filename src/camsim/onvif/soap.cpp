#include "camsim/onvif/soap.hpp"

#include <array>
#include <cstdlib>
#include <utility>

namespace bongsu::camsim {

namespace {

constexpr std::string_view kOpening =
    R"(<?xml version="1.0" encoding="UTF-8"?>)"
    R"(<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope")"
    R"( xmlns:wsa5="http://www.w3.org/2005/08/addressing")"
    R"( xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2")"
    R"( xmlns:ter="http://www.onvif.org/ver10/error")"
    R"( xmlns:tt="http://www.onvif.org/ver10/schema")"
    R"( xmlns:tns1="http://www.onvif.org/ver10/topics")"
    R"( xmlns:tds="http://www.onvif.org/ver10/device/wsdl")"
    R"( xmlns:trt="http://www.onvif.org/ver10/media/wsdl")"
    R"( xmlns:tr2="http://www.onvif.org/ver20/media/wsdl")"
    R"( xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl")"
    R"( xmlns:tev="http://www.onvif.org/ver10/events/wsdl"><SOAP-ENV:Body>)";
constexpr std::string_view kClosing = "</SOAP-ENV:Body></SOAP-ENV:Envelope>";
constexpr std::size_t kLargestRequest = 256 * 1024;
constexpr int kDeepest = 32;

std::string_view without_prefix(std::string_view name) {
    return name.substr(name.find(':') + 1);  // npos + 1 is 0: no prefix
}

pugi::xml_node find_within(pugi::xml_node from, std::string_view name, int depth) {
    for (const pugi::xml_node node : from.children()) {
        if (without_prefix(node.name()) == name) {
            return node;
        }
        if (depth > 0) {
            if (const pugi::xml_node found = find_within(node, name, depth - 1)) {
                return found;
            }
        }
    }
    return {};
}

net::HttpResponse respond(int status, std::string_view content) {
    net::HttpResponse response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "application/soap+xml; charset=utf-8");
    response.body.append(kOpening).append(content).append(kClosing);
    return response;
}

}  // namespace

std::string SoapCall::text(std::string_view name) const {
    return find(body, name).text().get();
}

pugi::xml_node SoapCall::find(pugi::xml_node from, std::string_view name) {
    return find_within(from, name, kDeepest);
}

Result<SoapCall> read_soap(std::string_view text) {
    auto document = std::make_shared<pugi::xml_document>();
    if (text.size() > kLargestRequest || !document->load_buffer(text.data(), text.size())) {
        return fail(ErrorKind::Corrupt, "the request is not XML");
    }
    SoapCall call;
    call.header = find_within(document->document_element(), "Header", 0);
    call.body = find_within(document->document_element(), "Body", 0).first_child();
    while (call.body && call.body.type() != pugi::node_element) {
        call.body = call.body.next_sibling();
    }
    if (!call.body) {
        return fail(ErrorKind::Corrupt, "the request has no SOAP body");
    }
    call.operation = without_prefix(call.body.name());
    call.document = std::move(document);
    return call;
}

net::HttpResponse soap_answer(std::string_view content) {
    return respond(200, content);
}

net::HttpResponse soap_fault(
    int status, std::string_view code, std::string_view subcode, std::string_view reason
) {
    std::string content = "<SOAP-ENV:Fault><SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:";
    content.append(code).append("</SOAP-ENV:Value><SOAP-ENV:Subcode><SOAP-ENV:Value>");
    content.append(subcode).append("</SOAP-ENV:Value></SOAP-ENV:Subcode></SOAP-ENV:Code>");
    content.append("<SOAP-ENV:Reason><SOAP-ENV:Text xml:lang=\"en\">").append(escape_xml(reason));
    content.append("</SOAP-ENV:Text></SOAP-ENV:Reason></SOAP-ENV:Fault>");
    return respond(status, content);
}

std::optional<Duration> read_xml_duration(std::string_view text) {
    constexpr std::array<std::pair<char, double>, 3> kUnits{{{'H', 3600}, {'M', 60}, {'S', 1}}};
    if (!text.starts_with("PT")) {
        return std::nullopt;
    }
    const std::string rest(text.substr(2));
    double total = 0;
    const char* at = rest.c_str();
    while (*at != '\0') {
        char* end = nullptr;
        const double number = std::strtod(at, &end);
        double unit = 0;
        for (const auto& [letter, seconds] : kUnits) {
            unit = *end == letter ? seconds : unit;
        }
        if (end == at || unit == 0 || number < 0 || number > 1e6) {
            return std::nullopt;
        }
        total += number * unit;
        at = end + 1;
    }
    return from_seconds(total);
}

}  // namespace bongsu::camsim
