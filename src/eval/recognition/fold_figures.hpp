#pragma once

#include "core/result.hpp"
#include "eval/measurements.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace bongsu::eval {

/// What the training of the small models measured by cross-validation, each item scored by weights
/// that saw nothing of its group: the honest figures wherever the footage is what they were trained
/// on. Read from `cards`/fight/figures.json and `cards`/fire/figures.json; one that is absent is
/// left out. Errors: Corrupt, naming the file.
Status add_fold_figures(const std::filesystem::path& cards, Measurements& out);

/// The same of one file's text. `origin` names it in errors, `from` is the name of its figure, `to`
/// that of the measurement.
Status add_fold_figure(
    std::string_view json,
    const std::string& origin,
    const std::string& from,
    const std::string& to,
    Measurements& out
);

}  // namespace bongsu::eval
