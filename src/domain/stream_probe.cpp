#include "domain/stream_probe.hpp"

#include <array>
#include <cstddef>

namespace bongsu {

std::string_view to_string(ProbeOutcome outcome) {
    constexpr std::array<std::string_view, 12> kNames{
        "good",
        "good_h265",
        "bad_address",
        "login_needed",
        "login_refused",
        "not_found",
        "unreachable",
        "no_answer",
        "no_picture",
        "unsupported",
        "busy",
        "failed",
    };
    return kNames.at(static_cast<std::size_t>(outcome));
}

}  // namespace bongsu
