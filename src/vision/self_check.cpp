#include "vision/self_check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bongsu::vision {
namespace {

constexpr std::size_t kSamples = 8;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

void fill_picture(
    std::span<float> input, const std::vector<std::uint8_t>& bgr, const ModelDescription& model
) {
    const std::size_t plane = bgr.size() / 3;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const std::size_t source = model.is_rgb ? 2 - channel : channel;
        for (std::size_t i = 0; i < plane; ++i) {
            input[channel * plane + i] =
                (static_cast<float>(bgr[i * 3 + source]) - model.mean[channel]) *
                model.scale[channel];
        }
    }
}

Status fill_input(
    onnx::InferenceSession& session, const ModelDescription& model, const ModelVariant& variant
) {
    if (variant.numbers > 0) {
        const std::vector<float> numbers = check_numbers(variant.numbers);
        if (session.input().size() != numbers.size()) {
            return fail(
                ErrorKind::Corrupt,
                variant.file.string() + ": takes " + std::to_string(session.input().size()) +
                    " numbers instead of " + std::to_string(numbers.size())
            );
        }
        std::ranges::copy(numbers, session.input().begin());
        return {};
    }
    const std::vector<std::uint8_t> picture = check_picture(variant.width, variant.height);
    if (session.input().size() != picture.size()) {
        return fail(
            ErrorKind::Corrupt,
            variant.file.string() + ": the input is not " + std::to_string(variant.width) + "x" +
                std::to_string(variant.height)
        );
    }
    fill_picture(session.input(), picture, model);
    return {};
}

}  // namespace

std::vector<std::uint8_t> check_picture(int width, int height) {
    std::vector<std::uint8_t> out;
    out.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int channel = 0; channel < 3; ++channel) {
                const int squares =
                    ((x / 23 + channel) * 7919 + (y / 31 + 2 * channel) * 104729) % 251;
                const int gradient = (x * (channel + 1) + y * (3 - channel)) % 256;
                out.push_back(static_cast<std::uint8_t>((3 * squares + gradient) / 4));
            }
        }
    }
    return out;
}

OutputDigest digest_of(std::span<const float> output) {
    OutputDigest out;
    out.count = output.size();
    if (output.empty()) {
        return out;
    }
    double sum = 0;
    double sum_abs = 0;
    for (const float value : output) {
        sum += value;
        sum_abs += std::abs(value);
    }
    out.mean = sum / static_cast<double>(output.size());
    out.mean_abs = sum_abs / static_cast<double>(output.size());
    const auto [low, high] = std::ranges::minmax(output);
    out.min = low;
    out.max = high;
    for (std::size_t i = 0; i < kSamples; ++i) {
        out.samples.push_back(output[(i * 2 + 1) * output.size() / (2 * kSamples)]);
    }
    return out;
}

double digest_difference(const OutputDigest& expected, const OutputDigest& actual) {
    if (expected.count != actual.count || expected.samples.size() != actual.samples.size()) {
        return kInfinity;
    }
    const double peak = std::max({std::abs(expected.min), std::abs(expected.max), 1e-12});
    double worst = 0;
    const auto compare = [&](double a, double b) {
        const double difference = std::abs(a - b) / peak;
        worst = std::isnan(difference) ? kInfinity : std::max(worst, difference);
    };
    compare(expected.mean, actual.mean);
    compare(expected.mean_abs, actual.mean_abs);
    compare(expected.min, actual.min);
    compare(expected.max, actual.max);
    for (std::size_t i = 0; i < expected.samples.size(); ++i) {
        compare(expected.samples[i], actual.samples[i]);
    }
    return worst;
}

std::vector<float> check_numbers(std::size_t count) {
    std::vector<float> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const int step = static_cast<int>(i * 7919 % 257);
        out.push_back(static_cast<float>(step - 128) / 128.F);
    }
    return out;
}

Status self_check(
    onnx::InferenceSession& session, const ModelDescription& model, const ModelVariant& variant
) {
    BONGSU_TRY(fill_input(session, model, variant));
    BONGSU_TRY(session.run());
    double worst = variant.expected.empty() ? kInfinity : 0;
    for (const auto& [name, expected] : variant.expected) {
        worst = std::max(worst, digest_difference(expected, digest_of(session.output(name))));
    }
    if (worst > variant.tolerance) {
        return fail(
            ErrorKind::Corrupt,
            "the self-test of " + variant.file.string() + " differs by " + std::to_string(worst) +
                " (allowed " + std::to_string(variant.tolerance) +
                "): the model is not used. Run tools/models/fetch_models --verify"
        );
    }
    return {};
}

}  // namespace bongsu::vision
