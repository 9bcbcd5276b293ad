#pragma once

#include "core/result.hpp"

#include <string_view>

namespace bongsu::console {

/// What a refusal is called: one of ProblemCode in api/openapi.yaml, for pages that say it in their
/// own language. `code` comes from where the error was made; without one the status names it. Of a
/// server that failed nothing is told. Never empty.
std::string_view problem_code(ErrorCode code, int status);

/// The same for an error, by the first of its causes that has a code.
std::string_view problem_code(const Error& error);

/// The same for a remark inside of an answer: what went wrong with one of many, or has yet to be
/// mended. Empty when there are no words.
std::string_view remark_code(ErrorCode code, std::string_view words);

}  // namespace bongsu::console
