#include "vision/verifiers/smoke/smoke.hpp"

#include "vision/verifiers/smoke/billow.hpp"

#include <memory>

namespace bongsu::verifiers::smoke {

Result<std::optional<float>> SmokeVerifier::verify(
    std::span<const Frame> recent, const Box& where
) {
    const std::optional<Billow> billow = measure_billow(recent, where);
    return billow ? std::optional(like_smoke(*billow)) : std::nullopt;
}

void register_plugin(Registry& registry) {
    registry.add(
        {.name = "smoke",
         .help = "Soft boiling of a part of the picture over two seconds. Needs no model.",
         .make = [](const std::filesystem::path& /*models*/) -> Result<std::unique_ptr<Verifier>> {
             return std::make_unique<SmokeVerifier>();
         }}
    );
}

}  // namespace bongsu::verifiers::smoke
