#pragma once

#include "core/result.hpp"
#include "vision/onnx/runtime.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace bongsu::vision {

/// A small network that was trained by ./dev train: numbers in, a probability out.
/// Runs on: one thread at a time.
class HeadModel {
public:
    /// Opens <models>/<name> and checks it with its self-test. NotFound, saying how to install,
    /// when it is absent; Corrupt when it is broken, does not take exactly `numbers` numbers or
    /// does not give one probability.
    static Result<HeadModel> open(
        const std::filesystem::path& models, const std::string& name, std::size_t numbers
    );

    /// `features` as many numbers as it was opened with; 0..1. Internal when the answer is no
    /// number, which finite features never give.
    Result<float> probability(std::span<const float> features);

private:
    HeadModel(std::string name, onnx::InferenceSession session);

    std::string name_;
    onnx::InferenceSession session_;
};

}  // namespace bongsu::vision
