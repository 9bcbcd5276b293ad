#include "identity/purpose.hpp"

#include <algorithm>
#include <array>

namespace bongsu::identity {
namespace {

struct KindInfo {
    Purpose::Kind kind;
    std::string_view name;
    bool has_reference;
};

constexpr std::array<KindInfo, 6> kKinds{{
    {Purpose::Kind::None, "", false},
    {Purpose::Kind::Control, "control", false},
    {Purpose::Kind::Incident, "incident", true},
    {Purpose::Kind::Request, "request", true},
    {Purpose::Kind::Maintenance, "maintenance", false},
    {Purpose::Kind::Training, "training", false},
}};

constexpr std::size_t kLongestReference = 64;

bool is_reference(std::string_view text) {
    return !text.empty() && text.size() <= kLongestReference &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
           });
}

}  // namespace

Result<Purpose> parse_purpose(std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    const auto* const kind = std::ranges::find(kKinds, name, &KindInfo::name);
    const bool has_reference = colon != std::string_view::npos;
    if (kind != kKinds.end() && kind->has_reference == has_reference) {
        const std::string_view reference = has_reference ? text.substr(colon + 1) : "";
        if (!has_reference || is_reference(reference)) {
            return Purpose{kind->kind, std::string(reference)};
        }
    }
    return fail(
        ErrorKind::InvalidArgument,
        "purpose_needed"_code,
        "the purpose is not one of control, incident:<id>, request:<number>, maintenance, training"
    );
}

std::string to_string(const Purpose& purpose) {
    std::string text(to_string(purpose.kind));
    return purpose.reference.empty() ? text : text + ":" + purpose.reference;
}

std::string_view to_string(Purpose::Kind kind) {
    return kKinds.at(static_cast<std::size_t>(kind)).name;
}

}  // namespace bongsu::identity
