#pragma once

#include <string_view>

namespace bongsu::console {

/// What a refusal is called: one of ProblemCode in api/openapi.yaml, for pages that say it in their
/// own language. `words` is the refusal's sentence: what people meet often is known by it, the rest
/// by its status. Never empty.
///
/// The checks themselves know no codes: their messages are for configuration files, logs and other
/// programs too, and are what people read.
std::string_view problem_code(int status, std::string_view words);

/// The same for a remark inside of an answer: what went wrong with one of many, or has yet to be
/// mended. Empty when there are no words.
std::string_view remark_code(std::string_view words);

}  // namespace bongsu::console
