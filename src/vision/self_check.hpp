#pragma once

#include "core/result.hpp"
#include "vision/model_store.hpp"
#include "vision/onnx/runtime.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bongsu::vision {

/// The synthetic picture of the self-test, height*width*3 bytes BGR. The same as `picture` in
/// tools/models/bongsu_models/pattern.py.
std::vector<std::uint8_t> check_picture(int width, int height);

/// The same for networks of numbers: `numbers` in pattern.py, within -1..1.
std::vector<float> check_numbers(std::size_t count);

OutputDigest digest_of(std::span<const float> output);

/// The largest deviation relative to the output's peak; infinite when sizes differ or a value is
/// not a number.
double digest_difference(const OutputDigest& expected, const OutputDigest& actual);

/// Runs the synthetic picture (or numbers) through the model and compares with what its recipe
/// expects. Corrupt when they differ: such a model must not be used. Overwrites the session's
/// input.
Status self_check(
    onnx::InferenceSession& session, const ModelDescription& model, const ModelVariant& variant
);

}  // namespace bongsu::vision
