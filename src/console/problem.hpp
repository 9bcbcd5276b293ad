#pragma once

#include "core/result.hpp"
#include "net/http.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bongsu::console {

/// One wrong field of a request, for forms.
struct FieldProblem {
    std::string path;   ///< "rules.fence.dwell", as the request names it
    std::string words;  ///< what is wrong and what is right
    ErrorCode code{};   ///< empty: what the status is known by
    /// What the sentence of the code is about, by name, such as "min" and "max".
    ErrorValues values{};
};

/// An error as the body of an answer: application/problem+json (RFC 9457). The status comes from
/// the kind of error; internal errors are logged and answered without their text. Every one has a
/// code, for pages that say it in their own language.
net::HttpResponse problem(const Error& error, const std::vector<FieldProblem>& fields = {});

/// The same with a status of its own; without a code the status names it. `type` tells apart what a
/// page must act on, see kPurposeNeeded.
net::HttpResponse problem(
    int status,
    std::string_view title,
    ErrorCode code,
    std::string_view detail,
    const std::vector<FieldProblem>& fields = {},
    std::string_view type = "about:blank"
);

/// Types of problems that a page answers by asking its user.
inline constexpr std::string_view kPurposeNeeded = "urn:bongsu:purpose-needed";
inline constexpr std::string_view kPasswordChangeDue = "urn:bongsu:password-change-due";
inline constexpr std::string_view kCodeNeeded = "urn:bongsu:code-needed";

}  // namespace bongsu::console
