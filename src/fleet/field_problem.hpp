#pragma once

#include "core/result.hpp"
#include "domain/camera.hpp"

#include <string>

namespace bongsu::fleet {

/// Where in a form something is wrong, and what.
struct FieldProblem {
    std::string field;  ///< "rules[0].dwell", "place.latitude"; empty: the form as a whole
    ErrorCode code;     ///< empty: no better one than that of the status
    std::string message;
    /// What the sentence of the code is about, by name: "min" and "max" of out_of_range.
    ErrorValues values{};
};

/// Reads the place out of an error of parse_camera, of a rule's check or of a table of cameras,
/// which begin with it. `camera` turns names of rules into their numbers; it may be null.
FieldProblem field_problem(const Error& error, const CameraConfig* camera);

}  // namespace bongsu::fleet
