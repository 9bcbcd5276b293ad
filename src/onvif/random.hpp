#pragma once

#include <cstddef>
#include <string>

namespace bongsu::onvif {

/// Bytes that nobody can guess.
std::string random_bytes(std::size_t count);

/// "urn:uuid:..." of version 4 (RFC 9562 5.4): the id of a WS-Addressing message.
std::string random_message_id();

}  // namespace bongsu::onvif
