#pragma once

#include "vision/verifiers/registry.hpp"

#include <optional>
#include <span>

namespace bongsu::verifiers::smoke {

/// How sure it is that a part of the picture boils as smoke does (billow.hpp). It does not know
/// what the place usually looks like: whether it is seen through a veil is the behaviour's to tell.
/// Needs the pictures of a second and a half; of one picture it says nothing.
class SmokeVerifier final : public Verifier {
public:
    Result<std::optional<float>> verify(std::span<const Frame> recent, const Box& where) override;
};

void register_plugin(Registry& registry);

}  // namespace bongsu::verifiers::smoke
