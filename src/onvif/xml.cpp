#include "onvif/xml.hpp"

#include <charconv>
#include <cmath>

namespace bongsu::onvif {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// Walks without recursion, so that depth costs no stack.
Status check_shape(const pugi::xml_document& document, const XmlLimits& limits) {
    std::size_t depth = 0;
    std::size_t nodes = 0;
    pugi::xml_node at = document.first_child();
    while (at) {
        if (++nodes > limits.nodes || depth > limits.depth) {
            return fail(
                ErrorKind::Corrupt,
                "the XML is nested deeper or holds more elements than any camera's answer needs"
            );
        }
        if (at.type() == pugi::node_doctype) {
            return fail(ErrorKind::Corrupt, "the XML carries a document type, which SOAP forbids");
        }
        if (at.first_child()) {
            at = at.first_child();
            ++depth;
            continue;
        }
        while (at && !at.next_sibling()) {
            at = at.parent();
            depth -= depth > 0 ? 1 : 0;
        }
        at = at ? at.next_sibling() : at;
    }
    return {};
}

}  // namespace

Result<Xml> Xml::parse(std::string_view text, const XmlLimits& limits) {
    if (text.size() > limits.bytes) {
        return fail(
            ErrorKind::Corrupt,
            "the XML has " + std::to_string(text.size()) + " bytes, more than the limit of " +
                std::to_string(limits.bytes)
        );
    }
    auto document = std::make_unique<pugi::xml_document>();
    const pugi::xml_parse_result parsed =
        document->load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype);
    if (!parsed) {
        return fail(
            ErrorKind::Corrupt,
            std::string("not XML: ") + parsed.description() + " at byte " +
                std::to_string(parsed.offset)
        );
    }
    BONGSU_TRY(check_shape(*document, limits));
    if (!document->document_element()) {
        return fail(ErrorKind::Corrupt, "the XML has no element");
    }
    return Xml(std::move(document));
}

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    for (const pugi::xml_node node : parent.children()) {
        if (node.type() == pugi::node_element && local_name(node.name()) == name) {
            return node;
        }
    }
    return {};
}

pugi::xml_node find(pugi::xml_node from, std::string_view path) {
    while (from && !path.empty()) {
        const std::size_t slash = path.find('/');
        from = child(from, path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    }
    return from;
}

std::vector<pugi::xml_node> children(pugi::xml_node parent, std::string_view name) {
    std::vector<pugi::xml_node> found;
    for (const pugi::xml_node node : parent.children()) {
        if (node.type() == pugi::node_element && local_name(node.name()) == name) {
            found.push_back(node);
        }
    }
    return found;
}

std::string text_at(pugi::xml_node from, std::string_view path) {
    return std::string(trimmed(find(from, path).text().get()));
}

std::optional<std::string> attribute(pugi::xml_node node, std::string_view name) {
    for (const pugi::xml_attribute item : node.attributes()) {
        if (local_name(item.name()) == name) {
            return std::string(trimmed(item.value()));
        }
    }
    return std::nullopt;
}

std::optional<double> to_number(std::string_view text) {
    text = trimmed(text);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::optional<double> number_at(pugi::xml_node from, std::string_view path) {
    return to_number(text_at(from, path));
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace bongsu::onvif
