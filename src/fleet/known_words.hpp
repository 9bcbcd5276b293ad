#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace bongsu::fleet {

/// How a problem is known by the sentence that tells it.
struct KnownWords {
    std::string_view words;  ///< stand somewhere in the sentence
    std::string_view code;   ///< of ProblemCode in api/openapi.yaml
};

/// The code of the first row that fits; empty when none does.
inline std::string_view code_among(std::span<const KnownWords> rows, std::string_view sentence) {
    const auto known = std::ranges::find_if(rows, [sentence](const KnownWords& each) {
        return sentence.contains(each.words);
    });
    return known != rows.end() ? known->code : std::string_view{};
}

}  // namespace bongsu::fleet
