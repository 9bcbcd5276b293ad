#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bongsu::vision::onnx {

/// ONNX Runtime, opened with dlopen so that the program starts and says what is missing without it.
/// Thread-safe. Stays loaded until the process ends: unloading it is not supported by the library.
class Runtime {
public:
    /// NotFound when the library is absent, Unsupported when it is too old for our headers.
    static Result<std::shared_ptr<Runtime>> open(const std::filesystem::path& library);
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    struct Impl;

    Impl& impl() { return *impl_; }

private:
    explicit Runtime(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// A loaded model with one float input and float outputs of fixed shapes. All buffers are made
/// once: the caller writes the input in place and reads the outputs in place, nothing is copied.
/// Runs on: one thread at a time; uses one internal thread.
class InferenceSession {
public:
    static Result<InferenceSession> create(
        std::shared_ptr<Runtime> runtime, const std::filesystem::path& model
    );
    InferenceSession(InferenceSession&&) noexcept;
    InferenceSession& operator=(InferenceSession&&) noexcept;
    ~InferenceSession();

    std::span<float> input();
    std::span<const std::int64_t> input_shape() const;
    const std::vector<std::string>& output_names() const;
    /// Empty when there is no output of that name.
    std::span<const float> output(const std::string& name) const;
    std::span<const std::int64_t> output_shape(const std::string& name) const;

    /// Computes the outputs from the input as it stands.
    Status run();

private:
    struct Impl;
    explicit InferenceSession(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::vision::onnx
