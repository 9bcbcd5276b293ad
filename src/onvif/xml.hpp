#pragma once

#include "core/result.hpp"
#include "core/xml_text.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

/// Reading XML of cameras: bounded, and by local names, because every maker chooses its own
/// prefixes.
namespace bongsu::onvif {

struct XmlLimits {
    std::size_t bytes = 1024 * 1024;
    std::size_t depth = 48;
    std::size_t nodes = 50'000;
};

/// A parsed document. Nodes of it live as long as it does.
class Xml {
public:
    /// Corrupt for anything that is not XML, is larger or deeper than allowed, or carries a
    /// document type (SOAP 1.2 part 1, 5 forbids it; entities could grow without bound).
    static Result<Xml> parse(std::string_view text, const XmlLimits& limits = {});

    pugi::xml_node root() const { return document_->document_element(); }

private:
    explicit Xml(std::unique_ptr<pugi::xml_document> document) : document_(std::move(document)) {}

    std::unique_ptr<pugi::xml_document> document_;
};

/// The name behind the prefix: "Body" of "SOAP-ENV:Body".
std::string_view local_name(std::string_view name);

/// The first child with this local name; an empty node when there is none.
pugi::xml_node child(pugi::xml_node parent, std::string_view name);

/// child() along a path such as "Header/Security/UsernameToken".
pugi::xml_node find(pugi::xml_node from, std::string_view path);

/// All children with this local name.
std::vector<pugi::xml_node> children(pugi::xml_node parent, std::string_view name);

/// The text of the node at `path` without blanks at its ends; empty when there is none.
std::string text_at(pugi::xml_node from, std::string_view path);

/// The attribute with this local name, or nothing.
std::optional<std::string> attribute(pugi::xml_node node, std::string_view name);

/// Numbers as cameras write them: surrounding blanks allowed, anything else gives nothing.
std::optional<double> number_at(pugi::xml_node from, std::string_view path);
std::optional<double> to_number(std::string_view text);

std::string_view trimmed(std::string_view text);

}  // namespace bongsu::onvif
