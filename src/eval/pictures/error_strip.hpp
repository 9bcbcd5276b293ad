#pragma once

#include "eval/mot/sequence.hpp"
#include "eval/suite.hpp"

namespace bongsu::eval {

/// Writes the pictures of a sequence with the most missed and false boxes into the report's folder
/// and names them in `section`. Does nothing when no report is wanted. Rows of `tracks` belong to
/// every picture of the sequence.
Status add_worst_pictures(
    const MotSequence& sequence,
    const MotFrames& tracks,
    const SuiteContext& context,
    ReportSection& section
);

}  // namespace bongsu::eval
