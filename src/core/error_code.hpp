#pragma once

#include <cstddef>
#include <string_view>

namespace bongsu {

/// The stable name of a refusal, set where the error is made: its sentence may be reworded, its
/// code may not. Pages say codes in their own language; the list of all is ProblemCode in
/// api/openapi.yaml, and a lint compares it with the sources. Made of literals only, as in
/// `"login_wrong"_code`, so that it can be copied without owning anything.
class ErrorCode {
public:
    constexpr ErrorCode() = default;

    /// Empty when there is no better name than that of the error's kind.
    constexpr std::string_view name() const { return name_; }

    constexpr bool empty() const { return name_.empty(); }

    friend constexpr bool operator==(const ErrorCode&, const ErrorCode&) = default;

private:
    friend consteval ErrorCode operator""_code(const char* name, std::size_t length);

    constexpr explicit ErrorCode(std::string_view name) : name_(name) {}

    std::string_view name_;
};

consteval ErrorCode operator""_code(const char* name, std::size_t length) {
    return ErrorCode(std::string_view(name, length));
}

}  // namespace bongsu
