#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"
#include "domain/geometry.hpp"
#include "vision/head_model.hpp"
#include "vision/network.hpp"
#include "vision/verifiers/fight/people.hpp"
#include "vision/verifiers/registry.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace bongsu::verifiers::fight {

/// Whether people fight: finds people who move within reach of each other, and judges the most
/// restless place there by how violently everything around it moves. `where`: what moves; 0 when
/// nobody there is within reach of anybody there. Needs the pictures of at least 1.2 s; the fewer
/// of two seconds, the less sure. Some 80 ms when it is first asked about a place, then some 40 ms.
class Fight final : public Verifier {
public:
    /// Errors: see HeadModel::open; and those of the detector's model.
    static Result<std::unique_ptr<Verifier>> create(const std::filesystem::path& models);

    Fight(vision::HeadModel head, std::unique_ptr<vision::Network> detector)
        : head_(std::move(head)), people_(std::move(detector)) {}

    Result<std::optional<float>> verify(std::span<const Frame> recent, const Box& where) override;

private:
    vision::HeadModel head_;
    People people_;
};

}  // namespace bongsu::verifiers::fight
