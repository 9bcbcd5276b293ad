#include "identity/principal.hpp"

namespace bongsu::identity {
namespace {

constexpr std::string_view kOrganisation = "org:";
constexpr std::string_view kGroup = "group:";
constexpr std::size_t kLongestId = 64;

Result<Scope> named_scope(Scope::Kind kind, std::string_view id) {
    if (id.empty() || id.size() > kLongestId) {
        return fail(
            ErrorKind::InvalidArgument,
            "bad_scope"_code,
            "a scope names an id of 1 to 64 characters"
        );
    }
    return Scope{kind, std::string(id)};
}

}  // namespace

Result<Scope> parse_scope(std::string_view text) {
    if (text == "*") {
        return Scope{};
    }
    if (text.starts_with(kOrganisation)) {
        return named_scope(Scope::Kind::Organisation, text.substr(kOrganisation.size()));
    }
    if (text.starts_with(kGroup)) {
        return named_scope(Scope::Kind::Group, text.substr(kGroup.size()));
    }
    return fail(
        ErrorKind::InvalidArgument, "bad_scope"_code, "a scope is *, org:<id> or group:<id>"
    );
}

std::string to_string(const Scope& scope) {
    switch (scope.kind) {
        case Scope::Kind::Everything:
            return "*";
        case Scope::Kind::Organisation:
            return std::string(kOrganisation) + scope.id;
        case Scope::Kind::Group:
            return std::string(kGroup) + scope.id;
    }
    return "";
}

RightSet rights_anywhere(const Principal& principal) {
    RightSet rights(Right::UseAccount);
    for (const Grant& grant : principal.grants) {
        rights = rights | rights_of(grant.role);
    }
    return principal.token_rights ? rights & *principal.token_rights : rights;
}

}  // namespace bongsu::identity
