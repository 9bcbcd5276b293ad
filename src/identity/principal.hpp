#pragma once

#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "identity/purpose.hpp"
#include "identity/roles.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::identity {

/// Where a grant holds: everywhere ("*"), for one organisation ("org:<id>") or for one group of
/// cameras ("group:<id>").
struct Scope {
    enum class Kind : std::uint8_t { Everything, Organisation, Group };

    Kind kind = Kind::Everything;
    std::string id;

    bool operator==(const Scope&) const = default;
};

Result<Scope> parse_scope(std::string_view text);
std::string to_string(const Scope& scope);

/// A role somewhere, perhaps only for some purposes.
struct Grant {
    Role role = Role::Operator;
    Scope scope;
    std::vector<Purpose::Kind> purposes;  ///< empty: any

    bool operator==(const Grant&) const = default;
};

/// Who is asking. Immutable once made; shared between threads.
struct Principal {
    std::string user;  ///< login name, never reused
    std::string display_name;
    OrganisationId organisation;
    std::vector<Grant> grants;
    std::optional<RightSet> token_rights;  ///< set for API tokens: at most these
    std::string session;                   ///< handle of the session or "token:<id>"; no secret
    bool must_change_password = false;     ///< until then only Right::UseAccount
};

/// The rights that the principal holds somewhere, for a page that hides what cannot be used.
RightSet rights_anywhere(const Principal& principal);

}  // namespace bongsu::identity
