#pragma once

#include "identity/api_tokens.hpp"
#include "identity/directory.hpp"
#include "identity/sessions.hpp"
#include "store/identity_store.hpp"

#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

namespace bongsu::console {

// How accounts look in the interface; schemas of the same names in api/openapi.yaml.

boost::json::object organisation_json(const store::OrganisationRow& organisation);
boost::json::array grants_json(const std::vector<identity::Grant>& grants);
boost::json::array names_json(const std::vector<std::string>& names);

/// SessionInfo; `current` is the handle of the session that asks.
boost::json::object session_json(const identity::SessionInfo& info, const std::string& current);
boost::json::object sessions_json(
    const std::vector<identity::SessionInfo>& sessions, const std::string& current
);
boost::json::object token_json(const identity::TokenInfo& info);
boost::json::object user_json(
    const identity::UserInfo& user, const std::optional<WallTime>& locked_until
);

/// The member "grants" of a request. InvalidArgument names the entry.
Result<std::vector<identity::Grant>> grants_of(const boost::json::object& body);

}  // namespace bongsu::console
