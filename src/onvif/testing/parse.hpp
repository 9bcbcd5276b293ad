#pragma once

#include "onvif/xml.hpp"

#include <stdexcept>
#include <string_view>

namespace bongsu::onvif::testing {

/// A document that the test knows to be well-formed.
inline Xml parsed(std::string_view text) {
    auto xml = Xml::parse(text);
    if (!xml) {
        throw std::invalid_argument(xml.error().message);
    }
    return *std::move(xml);
}

}  // namespace bongsu::onvif::testing
