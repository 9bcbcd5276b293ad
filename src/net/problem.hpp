#pragma once

#include "net/http.hpp"

#include <string_view>

namespace bongsu::net {

/// The usual phrase of a status, such as "Not Found".
std::string_view status_phrase(int status);

/// What a refusal with this status and no better reason is called: one of ProblemCode in
/// api/openapi.yaml, for pages that say it in their own language.
std::string_view code_of_status(int status);

/// A refusal as application/problem+json (RFC 9457) that no cache keeps.
HttpResponse make_problem(int status, std::string_view detail);

}  // namespace bongsu::net
