#pragma once

#include "core/result.hpp"
#include "domain/camera.hpp"

#include <string>
#include <string_view>

namespace bongsu::fleet {

/// Where in a form something is wrong, and what.
struct FieldProblem {
    std::string field;      ///< "rules[0].dwell", "place.latitude"; empty: the form as a whole
    std::string_view code;  ///< of ProblemCode in api/openapi.yaml; "refused": only the words tell
    std::string message;
};

/// Reads the place out of an error of parse_camera, of a rule's check or of a table of cameras,
/// which begin with it, and knows those that people meet often by their words. `camera` turns names
/// of rules into their numbers; it may be null.
FieldProblem field_problem(const Error& error, const CameraConfig* camera);

}  // namespace bongsu::fleet
