#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bongsu::fleet {

/// What is wrong, for people and for pages that say it in another language.
struct CodedProblem {
    /// Stable, one of ProblemCode in api/openapi.yaml. Literals only.
    std::string_view code;
    /// What the sentence of the code is about, by name: "value", "min", "max", "near" ...
    std::vector<std::pair<std::string, std::string>> values;
    std::string words;  ///< the whole sentence in English
};

}  // namespace bongsu::fleet
