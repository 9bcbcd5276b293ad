#pragma once

#include "core/result.hpp"
#include "core/value.hpp"
#include "domain/camera.hpp"

namespace bongsu {

/// What stands for a password, token or user name that is stored but not shown.
inline constexpr std::string_view kHiddenSecret = "***";

enum class Secrets {
    Kept,   ///< for storage only
    Hidden  ///< for everything that leaves the program
};

/// The full form of a camera, as parse_camera reads it: every field stands in it, in a fixed order,
/// so that equal cameras have equal forms. Passwords in URLs, in stream settings and in the ONVIF
/// part are hidden on request.
Value to_value(const CameraConfig& camera, Secrets secrets);

/// Puts what was hidden back into a form that was edited and sent back: each kHiddenSecret takes
/// the stored secret of the same stream. InvalidArgument when there is none, or when the address
/// beside it now names another host: a stored password is never sent where its owner did not send
/// it.
Result<Value> with_secrets_of(const Value& edited, const CameraConfig& stored);

}  // namespace bongsu
