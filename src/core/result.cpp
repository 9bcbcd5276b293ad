#include "core/result.hpp"

#include <array>
#include <cstddef>

namespace bongsu {
namespace {

struct KindRow {
    std::string_view name;
    ErrorTraits traits;
};

// Indexed by ErrorKind.
constexpr std::array<KindRow, 12> kKinds{{
    {"invalid_argument", {400, false}},
    {"not_found", {404, false}},
    {"already_exists", {409, false}},
    {"permission_denied", {403, false}},
    {"unavailable", {503, true}},
    {"timeout", {504, true}},
    {"resource_exhausted", {429, true}},
    {"failed_precondition", {412, false}},
    {"corrupt", {422, false}},
    {"unsupported", {501, false}},
    {"cancelled", {499, false}},
    {"internal", {500, false}},
}};
static_assert(kKinds.size() == static_cast<std::size_t>(ErrorKind::Internal) + 1);

}  // namespace

std::string_view to_string(ErrorKind kind) {
    return kKinds.at(static_cast<std::size_t>(kind)).name;
}

ErrorTraits traits_of(ErrorKind kind) {
    return kKinds.at(static_cast<std::size_t>(kind)).traits;
}

std::string Error::describe() const {
    std::string text = message;
    for (const Error* at = cause.get(); at != nullptr; at = at->cause.get()) {
        text += ": " + at->message;
    }
    return text;
}

const Error& Error::reason() const {
    const Error* at = this;
    while (at != nullptr && at->code.empty()) {
        at = at->cause.get();
    }
    return at != nullptr ? *at : *this;
}

Error Error::within(std::string context, ErrorCode context_code) const {
    return Error{kind, std::move(context), std::make_shared<const Error>(*this), context_code};
}

}  // namespace bongsu
