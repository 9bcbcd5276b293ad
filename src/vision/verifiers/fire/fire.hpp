#pragma once

#include "vision/canvas.hpp"
#include "vision/onnx/runtime.hpp"
#include "vision/verifiers/registry.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>

namespace bongsu::verifiers::fire {

/// How sure it is that a part of the picture shows flames. Of a single picture: models/fire on
/// three views of it; 0.5 is where one in a hundred pictures without fire passed when it was
/// trained. Of several: what is flame-coloured must also move like flames (flicker.hpp), which a
/// photograph cannot show; nothing while the pictures do not yet reach back a second.
class FireVerifier final : public Verifier {
public:
    /// NotFound, saying how to install, without the model; Corrupt when it is another one, has
    /// another shape or fails its self-test.
    static Result<std::unique_ptr<Verifier>> create(const std::filesystem::path& models);

    /// Nothing for parts of fewer than 24 pixels a side: too small to tell.
    Result<std::optional<float>> verify(std::span<const Frame> recent, const Box& where) override;

private:
    FireVerifier(vision::onnx::InferenceSession session, vision::Canvas canvas);

    /// What the model says of a part of one picture, 0..1.
    Result<float> look(const Frame& frame, const vision::PixelRect& part);
    /// The same of one that nothing is known about but itself: the part, its mirror image, and what
    /// in it has the colour of flames, taken together.
    Result<float> look_thrice(const Frame& frame, const Box& where);
    /// Log-odds of what is drawn.
    Result<float> infer();

    vision::onnx::InferenceSession session_;
    vision::Canvas canvas_;
};

void register_plugin(Registry& registry);

}  // namespace bongsu::verifiers::fire
