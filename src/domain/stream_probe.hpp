#pragma once

#include "core/clock.hpp"
#include "domain/access_unit.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu {

/// What is to be tried.
struct ProbeRequest {
    std::string url;       ///< rtsp:// or rtsps://; may hold credentials
    std::string user;      ///< stands above the one in the URL; may be empty
    std::string password;  ///< the same
};

/// What came of it, in one word: the code of ProbeResult in api/openapi.yaml.
enum class ProbeOutcome {
    Good,
    GoodH265,      ///< good, but not every browser plays it
    BadAddress,    ///< the address is none
    LoginNeeded,   ///< the camera wants a login and none was given
    LoginRefused,  ///< the one that was given is wrong
    NotFound,      ///< the camera has no stream of this path
    Unreachable,   ///< no host, no route, connection refused
    NoAnswer,      ///< connected, but too slow
    NoPicture,     ///< connected, but no key picture came
    Unsupported,   ///< it speaks, but nothing that we handle
    Busy,          ///< too many addresses are being tried already
    Failed,        ///< anything else: the words say what
};

/// "good", "good_h265", "bad_address" ...
std::string_view to_string(ProbeOutcome outcome);

/// What came of it.
struct ProbeResult {
    bool is_good = false;
    ProbeOutcome outcome = ProbeOutcome::Failed;
    std::string words;  ///< one sentence for people, without secrets
    std::optional<Codec> codec;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    double frames_per_second = 0;
    double bits_per_second = 0;
    Duration key_interval{};          ///< 0: fewer than two key pictures came
    Duration first_picture{};         ///< from the start to the first key picture
    std::vector<std::uint8_t> still;  ///< the first key picture as JPEG; empty: none
};

}  // namespace bongsu
