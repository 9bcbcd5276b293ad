#pragma once

#include "core/result.hpp"
#include "domain/camera.hpp"

#include <string>

namespace bongsu::fleet {

/// Where in a form something is wrong, and what.
struct FieldProblem {
    std::string field;  ///< "rules[0].dwell", "place.latitude"; empty: the form as a whole
    std::string message;
};

/// Reads the place out of an error of parse_camera or of a rule's check, which begin with it.
/// `camera` turns names of rules into their numbers; it may be null.
FieldProblem field_problem(const Error& error, const CameraConfig* camera);

}  // namespace bongsu::fleet
