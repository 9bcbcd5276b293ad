#pragma once

#include "core/result.hpp"

#include <string>

namespace bongsu::identity {

/// Whether this may be the password of this user: at least 10 characters of any script, at most 256
/// bytes of UTF-8 without control characters, five different characters, not built around the user
/// name, none of the passwords that are tried first. InvalidArgument says which rule is broken.
Status check_password(const std::string& password, const std::string& user);

}  // namespace bongsu::identity
