#pragma once

#include "core/result.hpp"
#include "domain/detection.hpp"
#include "vision/head_model.hpp"
#include "vision/network.hpp"
#include "vision/verifiers/registry.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace bongsu::verifiers::fight {

/// Whether people fight: finds who is within reach of somebody else, and judges the most restless
/// by how violently everything around him moves. `where`: what moves; 0 when nobody there is within
/// reach of anybody there. Needs the pictures of at least 1.2 s. Some 50 ms.
class Fight final : public Verifier {
public:
    /// Errors: see HeadModel::open; and those of the detector's model.
    static Result<std::unique_ptr<Verifier>> create(const std::filesystem::path& models);

    Fight(vision::HeadModel head, std::unique_ptr<vision::Network> detector)
        : head_(std::move(head)), detector_(std::move(detector)) {}

    Result<std::optional<float>> verify(std::span<const Frame> recent, const Box& where) override;

private:
    Result<std::vector<Detection>> people_in(const Frame& frame);

    vision::HeadModel head_;
    std::unique_ptr<vision::Network> detector_;
};

}  // namespace bongsu::verifiers::fight
