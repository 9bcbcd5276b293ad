#pragma once

#include "vision/detectors/nanodet/decode.hpp"
#include "vision/detectors/registry.hpp"
#include "vision/model_store.hpp"
#include "vision/onnx/runtime.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace bongsu::detectors::nanodet {

/// NanoDet-g (models/nanodet-416/card.md). Each input size is loaded and self-tested when it is
/// used for the first time; about 70 MB of memory per loaded size. Runs on: one thread at a time.
class NanoDet final : public vision::Network {
public:
    static Result<std::unique_ptr<vision::Network>> create(const NetworkOptions& options);

    std::span<const Size> sizes() const override { return sizes_; }

    Result<vision::Canvas*> canvas(std::size_t index) override;
    Result<std::vector<Detection>> infer(std::size_t index, float min_score) override;

private:
    struct Loaded {
        vision::onnx::InferenceSession session;
        vision::Canvas canvas;
        std::vector<Level> levels;
    };

    NanoDet(std::shared_ptr<vision::onnx::Runtime> runtime, vision::ModelDescription model);
    Result<Loaded*> loaded(std::size_t index);
    Result<Loaded> load(const vision::ModelVariant& variant) const;

    std::shared_ptr<vision::onnx::Runtime> runtime_;
    vision::ModelDescription model_;  ///< only variants of the wanted precision, ascending by area
    DecodeRules rules_;
    std::vector<Size> sizes_;
    std::vector<std::optional<Loaded>> loaded_;  ///< by index of sizes_
};

void register_plugin(Registry& registry);

}  // namespace bongsu::detectors::nanodet
