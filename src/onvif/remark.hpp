#pragma once

#include "core/result.hpp"

#include <string>

namespace bongsu::onvif {

/// What an administrator should know of a device: a sentence, and its code for pages in other
/// languages. Without words there is nothing to say.
struct Remark {
    ErrorCode code{};
    std::string words{};

    /// What an error says of itself, without its causes.
    static Remark of(const Error& error) { return {error.reason().code, error.message}; }

    friend bool operator==(const Remark&, const Remark&) = default;
};

}  // namespace bongsu::onvif
