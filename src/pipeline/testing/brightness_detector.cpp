#include "pipeline/testing/brightness_detector.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace bongsu::pipeline::testing {
namespace {

constexpr int kStep = 4;  ///< pixels between samples

/// Labels of a coarse raster: which class each sample belongs to.
struct Raster {
    int width;
    int height;
    std::vector<std::optional<ObjectClass>> samples;

    std::optional<ObjectClass>& at(int x, int y) {
        return samples[static_cast<std::size_t>(y * width + x)];
    }
};

std::optional<ObjectClass> class_of(int luma) {
    if (luma > 200) {
        return ObjectClass::Person;
    }
    if (luma < 25) {
        return ObjectClass::Car;
    }
    return std::nullopt;
}

Raster sample(const Plane& luma) {
    Raster raster{luma.width / kStep, luma.height / kStep, {}};
    for (int y = 0; y < raster.height; ++y) {
        for (int x = 0; x < raster.width; ++x) {
            raster.samples.push_back(class_of(
                luma.data[static_cast<std::ptrdiff_t>(y) * kStep * luma.stride + x * kStep]
            ));
        }
    }
    return raster;
}

/// Takes the area that holds the sample out of the raster and returns its box.
Box take_area(Raster& raster, int x, int y) {
    const auto cls = raster.at(x, y);
    std::vector<std::pair<int, int>> open{{x, y}};
    Box box;
    raster.at(x, y).reset();
    while (!open.empty()) {
        const auto [cx, cy] = open.back();
        open.pop_back();
        box = enclosing(
            box, {static_cast<float>(cx * kStep), static_cast<float>(cy * kStep), kStep, kStep}
        );
        for (const auto& [nx, ny] :
             {std::pair{cx - 1, cy},
              std::pair{cx + 1, cy},
              std::pair{cx, cy - 1},
              std::pair{cx, cy + 1}}) {
            const bool is_inside = nx >= 0 && ny >= 0 && nx < raster.width && ny < raster.height;
            if (is_inside && raster.at(nx, ny) == cls) {
                raster.at(nx, ny).reset();
                open.emplace_back(nx, ny);
            }
        }
    }
    return box;
}

}  // namespace

Result<std::vector<Detection>> BrightnessDetector::detect(
    const Frame& frame, std::span<const Box> regions
) {
    ++(regions.empty() ? counts_.whole : counts_.regions);
    Raster raster = sample(frame.planes[0]);
    std::vector<Detection> found;
    for (int y = 0; y < raster.height; ++y) {
        for (int x = 0; x < raster.width; ++x) {
            const auto cls = raster.at(x, y);
            if (!cls) {
                continue;
            }
            const Box box = take_area(raster, x, y);
            const bool is_seen =
                regions.empty() || std::ranges::any_of(regions, [&](const Box& region) {
                    return intersection(region, box).area() > 0.9F * box.area();
                });
            if (is_seen && box.area() > 200) {
                found.push_back({.cls = *cls, .score = score_, .box = box, .appearance = {}});
            }
        }
    }
    return found;
}

Result<std::vector<std::vector<Detection>>> BrightnessDetector::detect_packed(
    std::span<const vision::View> views
) {
    std::vector<std::vector<Detection>> found;
    for (const vision::View& view : views) {
        BONGSU_ASSIGN(std::vector<Detection> seen, detect(*view.frame, std::span(&view.region, 1)));
        found.push_back(std::move(seen));
    }
    return found;
}

}  // namespace bongsu::pipeline::testing
