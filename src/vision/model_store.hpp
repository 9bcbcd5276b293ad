#pragma once

#include "core/result.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bongsu::vision {

/// What tools/models/pattern.py `digest` says about one output of a model.
struct OutputDigest {
    std::size_t count = 0;
    double mean = 0;
    double mean_abs = 0;
    double min = 0;
    double max = 0;
    std::vector<double> samples;
};

/// One ONNX file: an input size and a precision.
struct ModelVariant {
    std::filesystem::path file;  ///< absolute
    int width = 0;               ///< of the picture it takes; 0 when it takes numbers
    int height = 0;
    std::size_t numbers = 0;  ///< how many it takes instead of a picture
    std::string precision;    ///< "fp32" or "int8"
    double tolerance = 0;     ///< of the self-test, relative to an output's peak
    std::map<std::string, OutputDigest> expected;
};

/// An installed model as its model.json describes it (docs/design/models.md).
struct ModelDescription {
    std::string name;
    bool is_rgb = false;          ///< channel order of the input: RGB instead of BGR
    std::array<float, 3> mean{};  ///< input = (pixel - mean) * scale, in input channel order
    std::array<float, 3> scale{1, 1, 1};
    std::string decoder_family;  ///< such as "nanodet"; empty for a network of numbers
    std::vector<int> strides;
    int bins = 0;
    int classes = 0;
    std::map<int, std::string> class_map;  ///< the model's class number -> ObjectClass name
    std::vector<ModelVariant> variants;
};

/// The folder that tools/models/fetch_models fills: ${BONGSU_MODELS}, else
/// ${BONGSU_CACHE}/models, else ~/.cache/bongsu/models.
std::filesystem::path default_models_folder();

/// Reads <folder>/<name>/model.json. NotFound, saying how to install, when it is not there.
Result<ModelDescription> read_model_description(
    const std::filesystem::path& folder, const std::string& name
);

/// Parses the text of a model.json; `folder` is where its files lie.
Result<ModelDescription> parse_model_description(
    std::string_view text, const std::filesystem::path& folder
);

/// The library that onnxruntime's recipe installs below `folder`.
std::filesystem::path runtime_library(const std::filesystem::path& folder);

}  // namespace bongsu::vision
