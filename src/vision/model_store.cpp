#include "vision/model_store.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

namespace bongsu::vision {
namespace json = boost::json;

namespace {

constexpr std::size_t kMaxDescriptionBytes = 4u << 20;
constexpr std::size_t kMaxVariants = 64;
constexpr int kMaxSide = 4096;
constexpr std::size_t kMaxNumbers = 65'536;

std::array<float, 3> three_floats(const json::value& value) {
    const json::array& items = value.as_array();
    if (items.size() != 3) {
        throw std::invalid_argument("mean and scale need three numbers");
    }
    return {items[0].to_number<float>(), items[1].to_number<float>(), items[2].to_number<float>()};
}

OutputDigest parse_digest(const json::object& object) {
    OutputDigest out;
    out.count = object.at("count").to_number<std::size_t>();
    out.mean = object.at("mean").to_number<double>();
    out.mean_abs = object.at("mean_abs").to_number<double>();
    out.min = object.at("min").to_number<double>();
    out.max = object.at("max").to_number<double>();
    for (const json::value& sample : object.at("samples").as_array()) {
        out.samples.push_back(sample.to_number<double>());
    }
    return out;
}

void parse_picture_size(const json::object& object, ModelVariant& out) {
    out.width = object.at("width").to_number<int>();
    out.height = object.at("height").to_number<int>();
    if (out.width < 32 || out.height < 32 || out.width > kMaxSide || out.height > kMaxSide) {
        throw std::invalid_argument("a variant's size must be 32 to 4096 pixels");
    }
}

ModelVariant parse_variant(const json::object& object, const std::filesystem::path& folder) {
    ModelVariant out;
    const std::filesystem::path file = std::string(object.at("file").as_string());
    if (file.is_absolute() || file.has_parent_path()) {
        throw std::invalid_argument("a variant's file must lie in the model's own folder");
    }
    out.file = folder / file;
    if (object.contains("numbers")) {
        out.numbers = object.at("numbers").to_number<std::size_t>();
        out.precision = "fp32";
        if (out.numbers < 1 || out.numbers > kMaxNumbers) {
            throw std::invalid_argument("a variant takes 1 to 65536 numbers");
        }
    } else {
        parse_picture_size(object, out);
        out.precision = std::string(object.at("precision").as_string());
    }
    out.tolerance = object.at("tolerance").to_number<double>();
    for (const auto& [name, digest] : object.at("expected").as_object()) {
        out.expected.emplace(std::string(name), parse_digest(digest.as_object()));
    }
    return out;
}

void parse_decoder(const json::object& object, ModelDescription& out) {
    out.decoder_family = std::string(object.at("family").as_string());
    if (out.decoder_family == "movenet" || out.decoder_family == "classifier") {
        return;
    }
    for (const json::value& stride : object.at("strides").as_array()) {
        out.strides.push_back(stride.to_number<int>());
    }
    out.bins = object.at("bins").to_number<int>();
    out.classes = object.at("classes").to_number<int>();
    for (const auto& [number, name] : object.at("class_map").as_object()) {
        out.class_map.emplace(std::stoi(std::string(number)), std::string(name.as_string()));
    }
}

ModelDescription parse_or_throw(std::string_view text, const std::filesystem::path& folder) {
    const json::value document = json::parse(text);
    const json::object& object = document.as_object();
    ModelDescription out;
    out.name = std::string(object.at("name").as_string());
    const bool takes_pictures = object.contains("input");
    if (takes_pictures) {
        const json::object& input = object.at("input").as_object();
        out.is_rgb = input.at("channels").as_string() == "RGB";
        out.mean = three_floats(input.at("mean"));
        out.scale = three_floats(input.at("scale"));
        parse_decoder(object.at("decoder").as_object(), out);
    }
    const json::array& variants = object.at("variants").as_array();
    if (variants.empty() || variants.size() > kMaxVariants) {
        throw std::invalid_argument("1 to 64 variants are expected");
    }
    for (const json::value& variant : variants) {
        out.variants.push_back(parse_variant(variant.as_object(), folder));
        if ((out.variants.back().numbers == 0) != takes_pictures) {
            throw std::invalid_argument("a variant takes numbers exactly when there is no 'input'");
        }
    }
    return out;
}

}  // namespace

std::filesystem::path default_models_folder() {
    if (const char* models = std::getenv("BONGSU_MODELS"); models != nullptr && *models != '\0') {
        return models;
    }
    if (const char* cache = std::getenv("BONGSU_CACHE"); cache != nullptr && *cache != '\0') {
        return std::filesystem::path(cache) / "models";
    }
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home != nullptr ? home : "/root") / ".cache/bongsu/models";
}

Result<ModelDescription> parse_model_description(
    std::string_view text, const std::filesystem::path& folder
) {
    try {
        return parse_or_throw(text, folder);
    } catch (const std::exception& error) {
        return fail(ErrorKind::Corrupt, std::string("not a model description: ") + error.what());
    }
}

Result<ModelDescription> read_model_description(
    const std::filesystem::path& folder, const std::string& name
) {
    const std::filesystem::path path = folder / name / "model.json";
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(
            ErrorKind::NotFound,
            "the model '" + name + "' is not installed: " + path.string() +
                " cannot be read. Models are not installed: run ./dev setup"
        );
    }
    std::string text(kMaxDescriptionBytes, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    auto description = parse_model_description(text, folder / name);
    if (!description) {
        return fail(description.error().within(
            path.string() + " (tools/models/fetch_models --verify repairs it)"
        ));
    }
    return description;
}

std::filesystem::path runtime_library(const std::filesystem::path& folder) {
    return folder / "onnxruntime/lib/libonnxruntime.so.1";
}

}  // namespace bongsu::vision
