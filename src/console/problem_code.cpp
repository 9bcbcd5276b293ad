#include "console/problem_code.hpp"

#include "net/problem.hpp"

namespace bongsu::console {
namespace {

constexpr int kBadRequest = 400;
constexpr int kServerFailed = 500;

}  // namespace

std::string_view problem_code(ErrorCode code, int status) {
    const bool has_name = !code.empty() && status != kServerFailed;
    return has_name ? code.name() : net::code_of_status(status);
}

std::string_view problem_code(const Error& error) {
    return problem_code(error.reason().code, traits_of(error.kind).http_status);
}

std::string_view remark_code(ErrorCode code, std::string_view words) {
    return words.empty() ? words : problem_code(code, kBadRequest);
}

}  // namespace bongsu::console
