#pragma once

#include "core/error_code.hpp"

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bongsu {

/// What went wrong, in the vocabulary that decides retry, HTTP status and log level (see
/// error_traits).
enum class ErrorKind {
    InvalidArgument,     ///< the caller's or the user's input is wrong; repeating will not help
    NotFound,            ///< the named thing does not exist
    AlreadyExists,       ///< the named thing exists and must not be overwritten
    PermissionDenied,    ///< credentials or rights are missing
    Unavailable,         ///< a peer, disk or database cannot be reached now; retry later
    Timeout,             ///< a deadline passed
    ResourceExhausted,   ///< disk, memory, budget or queue is full
    FailedPrecondition,  ///< the system is not in the state that the call needs
    Corrupt,             ///< outside bytes break their format
    Unsupported,         ///< well-formed, but not something we handle
    Cancelled,           ///< stopped on request
    Internal,            ///< a bug, or a library failing without a reason
};

std::string_view to_string(ErrorKind kind);

/// What an error's sentence is about, by name, such as "min" and "max".
using ErrorValues = std::vector<std::pair<std::string, std::string>>;

/// An error as data. `message` says what, which object, and what to do; it never holds a secret.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string message;
    std::shared_ptr<const Error> cause;  ///< may be null
    ErrorCode code{};                    ///< empty: see reason()
    ErrorValues values{};                ///< for those who say the code in another language

    /// The message followed by the messages of all causes, joined with ": ".
    std::string describe() const;

    /// The first of this error and its causes that has a code; this error when none has.
    const Error& reason() const;

    /// A new error of the same kind that puts `context` in front and keeps this one as the cause.
    /// `context_code` names the new one; without it the cause's name still counts.
    Error within(std::string context, ErrorCode context_code = {}) const;
};

/// The one table that says how the rest of the system treats a kind of error.
struct ErrorTraits {
    int http_status;
    bool is_retryable;
};

ErrorTraits traits_of(ErrorKind kind);

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
    return std::unexpected(Error{kind, std::move(message), nullptr});
}

/// The same with a name that pages know.
inline std::unexpected<Error> fail(
    ErrorKind kind, ErrorCode code, std::string message, ErrorValues values = {}
) {
    return std::unexpected(Error{kind, std::move(message), nullptr, code, std::move(values)});
}

inline std::unexpected<Error> fail(Error error) {
    return std::unexpected(std::move(error));
}

/// Propagates the error of `expr` out of the enclosing function, else yields nothing.
#define BONGSU_TRY(expr)                                              \
    do {                                                              \
        if (auto bongsu_status = (expr); !bongsu_status) {            \
            return std::unexpected(std::move(bongsu_status).error()); \
        }                                                             \
    } while (false)

#define BONGSU_CONCAT_INNER(a, b) a##b
#define BONGSU_CONCAT(a, b) BONGSU_CONCAT_INNER(a, b)

/// `BONGSU_ASSIGN(auto x, f());` declares x from the value, or propagates the error.
#define BONGSU_ASSIGN(decl, expr) \
    BONGSU_ASSIGN_INNER(BONGSU_CONCAT(bongsu_result_, __LINE__), decl, expr)
#define BONGSU_ASSIGN_INNER(tmp, decl, expr)            \
    auto tmp = (expr);                                  \
    if (!tmp) {                                         \
        return std::unexpected(std::move(tmp).error()); \
    }                                                   \
    decl = *std::move(tmp)

}  // namespace bongsu
