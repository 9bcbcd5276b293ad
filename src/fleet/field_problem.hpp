#pragma once

#include "core/result.hpp"
#include "domain/camera.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bongsu::fleet {

/// Where in a form something is wrong, and what.
struct FieldProblem {
    std::string field;      ///< "rules[0].dwell", "place.latitude"; empty: the form as a whole
    std::string_view code;  ///< of ProblemCode in api/openapi.yaml; "refused": no better one
    std::string message;
    /// What the sentence of the code is about, by name: "min" and "max" of out_of_range.
    std::vector<std::pair<std::string, std::string>> values{};
};

/// Reads the place out of an error of parse_camera, of a rule's check or of a table of cameras,
/// which begin with it, and knows those that people meet often by their words. `camera` turns names
/// of rules into their numbers; it may be null.
FieldProblem field_problem(const Error& error, const CameraConfig* camera);

/// The code of a problem of cameras, zones and rules by the words that tell it; "refused" when they
/// are not known.
std::string_view code_in(std::string_view message);

}  // namespace bongsu::fleet
