#pragma once

#include "core/result.hpp"

#include <string>

namespace bongsu::fleet {

/// What is wrong, for people and for pages that say it in another language.
struct CodedProblem {
    ErrorCode code;      ///< never empty
    ErrorValues values;  ///< "value", "min", "max", "near" ...
    std::string words;   ///< the whole sentence in English
};

}  // namespace bongsu::fleet
