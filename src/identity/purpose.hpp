#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bongsu::identity {

/// Why somebody looks, as said in the header Bongsu-Purpose of a request.
struct Purpose {
    enum class Kind : std::uint8_t {
        None,         ///< none was said
        Control,      ///< routine monitoring
        Incident,     ///< `reference` is the incident
        Request,      ///< `reference` is the number of the request
        Maintenance,  ///< setting up and repair
        Training,
    };

    Kind kind = Kind::None;
    std::string reference;

    bool operator==(const Purpose&) const = default;
};

/// Reads "control", "incident:<id>", "request:<number>", "maintenance" or "training"; empty text is
/// no purpose. A reference has 1 to 64 characters of [A-Za-z0-9._-]. InvalidArgument otherwise.
Result<Purpose> parse_purpose(std::string_view text);

/// As parse_purpose reads it.
std::string to_string(const Purpose& purpose);

/// "control", "incident" ...; "" for none.
std::string_view to_string(Purpose::Kind kind);

}  // namespace bongsu::identity
