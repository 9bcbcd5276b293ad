#pragma once

#include "core/result.hpp"
#include "vision/head_model.hpp"
#include "vision/verifiers/registry.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace bongsu::verifiers::fight {

/// Whether somebody fights, by how violently everything around him moves. `where` is a square of
/// one body height around the middle of his body. Needs the pictures of at least 1.2 s.
class Fight final : public Verifier {
public:
    /// Errors: see HeadModel::open.
    static Result<std::unique_ptr<Verifier>> create(const std::filesystem::path& models);

    explicit Fight(vision::HeadModel head) : head_(std::move(head)) {}

    Result<std::optional<float>> verify(std::span<const Frame> recent, const Box& where) override;

private:
    vision::HeadModel head_;
};

}  // namespace bongsu::verifiers::fight
