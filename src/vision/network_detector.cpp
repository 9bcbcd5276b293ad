#include "vision/network_detector.hpp"

#include "vision/metrics.hpp"
#include "vision/regions.hpp"
#include "vision/suppression.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

namespace bongsu::vision {
namespace {

constexpr int kBorder = 4;            // canvas pixels between packed regions
constexpr float kTileOverlap = 0.2F;  // of a tile's side
constexpr float kCutMargin = 3.F;    // picture pixels within which a box counts as touching an edge
constexpr float kMaxOverlap = 0.5F;  // of boxes of several looks at one place
/// Looking at regions must save at least this much of a whole look's area to be worth the lost
/// surroundings.
constexpr float kRegionShare = 0.6F;
/// What an inference costs however small its input is, as so many pixels (docs/design/vision.md).
constexpr std::size_t kPixelsOfAnInference = 17'000;
/// By so much looks may be drawn smaller than they should be when that makes them fit.
constexpr std::array kShrinkings{1.F, 0.94F, 0.88F};

bool is_drawable(const Frame& frame) {
    return frame.width >= 16 && frame.height >= 16 &&
           std::ranges::all_of(frame.planes, [](const Plane& p) { return p.data != nullptr; });
}

Error not_drawable(const Frame& frame) {
    return {
        ErrorKind::InvalidArgument,
        "camera " + frame.camera.value() + ": a picture of " + std::to_string(frame.width) + "x" +
            std::to_string(frame.height) + " pixels cannot be looked at",
        nullptr,
    };
}

Box to_picture(const Box& box, const PixelRect& source, const PixelRect& target) {
    const float fx = static_cast<float>(source.w) / static_cast<float>(target.w);
    const float fy = static_cast<float>(source.h) / static_cast<float>(target.h);
    return {
        static_cast<float>(source.x) + (box.x - static_cast<float>(target.x)) * fx,
        static_cast<float>(source.y) + (box.y - static_cast<float>(target.y)) * fy,
        box.w * fx,
        box.h * fy,
    };
}

bool holds(const PixelRect& rect, Point p) {
    return p.x >= static_cast<float>(rect.x) && p.x < static_cast<float>(rect.x + rect.w) &&
           p.y >= static_cast<float>(rect.y) && p.y < static_cast<float>(rect.y + rect.h);
}

}  // namespace

NetworkDetector::NetworkDetector(
    std::unique_ptr<Network> network,
    DetectorSettings settings,
    const Clock& clock,
    Metrics& metrics
)
    : network_(std::move(network)),
      settings_(std::move(settings)),
      clock_(clock),
      inferences_(metrics.counter(kInferences)),
      views_(metrics.counter(kViews)),
      seconds_(metrics.histogram(kInferenceSeconds)) {}

Result<std::vector<Detection>> NetworkDetector::detect(
    const Frame& frame, std::span<const Box> regions
) {
    if (!is_drawable(frame)) {
        return fail(not_drawable(frame));
    }
    return regions.empty() ? detect_whole(frame) : detect_regions(frame, regions);
}

Result<std::vector<Detection>> NetworkDetector::detect_whole(const Frame& frame) {
    const LookPlan plan = plan_look(
        network_->sizes(),
        frame.width,
        frame.height,
        settings_.smallest_person,
        settings_.most_enlarged
    );
    const Network::Size size = network_->sizes()[plan.size];
    const PixelRect canvas{0, 0, size.width, size.height};
    const PixelRect picture{0, 0, frame.width, frame.height};
    std::vector<PixelRect> sources{picture};
    if (plan.columns * plan.rows > 1) {
        const auto tiles =
            tile_grid(frame.width, frame.height, plan.columns, plan.rows, kTileOverlap);
        sources.insert(sources.end(), tiles.begin(), tiles.end());
    }
    std::vector<std::vector<Detection>> found(1);
    for (const PixelRect& source : sources) {
        const Look single{&frame, source, canvas, 0};
        BONGSU_TRY(look(plan.size, {&single, 1}, found));
    }
    return suppress_overlaps(std::move(found[0]), kMaxOverlap);
}

Result<std::vector<Detection>> NetworkDetector::detect_regions(
    const Frame& frame, std::span<const Box> regions
) {
    const std::vector<Box> planned = plan_regions(regions, frame.width, frame.height, {});
    float area = 0;
    std::vector<View> views;
    for (const Box& region : planned) {
        area += region.area();
        views.push_back({&frame, region});
    }
    if (area > kRegionShare * static_cast<float>(frame.width) * static_cast<float>(frame.height)) {
        return detect_whole(frame);
    }
    BONGSU_ASSIGN(auto found, detect_packed(views));
    std::vector<Detection> all;
    for (std::vector<Detection>& list : found) {
        std::ranges::move(list, std::back_inserter(all));
    }
    return suppress_overlaps(std::move(all), kMaxOverlap);
}

PackSize NetworkDetector::drawn_size(const View& view, float shrinking) const {
    const Network::Size limit = network_->sizes().back();
    const PixelRect source = to_pixels(view.region, view.frame->width, view.frame->height);
    const float fit = std::min(
        static_cast<float>(limit.width - 2 * kBorder) / static_cast<float>(source.w),
        static_cast<float>(limit.height - 2 * kBorder) / static_cast<float>(source.h)
    );
    const float least = region_scale(view.frame->height, settings_.smallest_person);
    const bool is_known = view.object_height > 0;
    const float known = is_known ? shrinking * object_scale(view.object_height) : 1;
    const float scale = std::min({fit, least, known});
    const auto side = [scale](int length) {
        return std::max(1, static_cast<int>(std::floor(static_cast<float>(length) * scale)));
    };
    return {side(source.w), side(source.h)};
}

/// The size of canvas on which all items cost the least, a little smaller where that saves a
/// canvas.
NetworkDetector::Packing NetworkDetector::choose_packing(std::span<const View> views) const {
    Packing best;
    auto least = std::numeric_limits<std::size_t>::max();
    for (const float shrinking : kShrinkings) {
        std::vector<PackSize> items;
        std::size_t area = 0;
        for (const View& view : views) {
            items.push_back(drawn_size(view, shrinking));
            area +=
                static_cast<std::size_t>(items.back().w) * static_cast<std::size_t>(items.back().h);
        }
        const auto sizes = network_->sizes();
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            const PackSize canvas{sizes[i].width, sizes[i].height};
            const auto pixels =
                static_cast<std::size_t>(canvas.w) * static_cast<std::size_t>(canvas.h) +
                kPixelsOfAnInference;
            const bool fits = std::ranges::all_of(items, [&](PackSize item) {
                return item.w + 2 * kBorder <= canvas.w && item.h + 2 * kBorder <= canvas.h;
            });
            if (!fits || (area / pixels + 1) * pixels >= least) {
                continue;
            }
            std::vector<Placement> placements = pack(items, canvas, kBorder);
            const std::size_t cost = (placements.back().canvas + 1) * pixels;
            if (cost < least) {
                least = cost;
                best = {i, std::move(placements)};
            }
        }
    }
    return best;
}

Status NetworkDetector::check(std::span<const View> views) {
    for (const View& view : views) {
        if (view.frame == nullptr) {
            return fail(ErrorKind::InvalidArgument, "a view without a frame");
        }
        if (!is_drawable(*view.frame)) {
            return fail(not_drawable(*view.frame));
        }
    }
    return {};
}

Result<std::vector<std::vector<Detection>>> NetworkDetector::detect_packed(
    std::span<const View> views
) {
    BONGSU_TRY(check(views));
    std::vector<std::vector<Detection>> found(views.size());
    std::vector<std::size_t> waiting(views.size());
    std::iota(waiting.begin(), waiting.end(), std::size_t{0});
    // What is left for the last canvas may do with a smaller one.
    while (!waiting.empty()) {
        std::vector<View> open;
        std::ranges::transform(waiting, std::back_inserter(open), [&](std::size_t i) {
            return views[i];
        });
        const Packing packing = choose_packing(open);
        const std::size_t last = packing.placements.back().canvas;
        std::vector<std::vector<Look>> canvases(last + 1);
        std::vector<std::size_t> rest;
        for (const Placement& placement : packing.placements) {
            const View& view = open[placement.item];
            const PixelRect source = to_pixels(view.region, view.frame->width, view.frame->height);
            const std::size_t number = waiting[placement.item];
            canvases[placement.canvas].push_back({view.frame, source, placement.target, number});
            if (placement.canvas == last) {
                rest.push_back(number);
            }
        }
        canvases.resize(std::max<std::size_t>(last, 1));
        BONGSU_TRY(look_at_all(packing.size, canvases, found));
        waiting = last == 0 ? std::vector<std::size_t>{} : std::move(rest);
    }
    return found;
}

Status NetworkDetector::look_at_all(
    std::size_t size,
    const std::vector<std::vector<Look>>& canvases,
    std::vector<std::vector<Detection>>& found
) {
    for (const std::vector<Look>& looks : canvases) {
        BONGSU_TRY(look(size, looks, found));
    }
    return {};
}

Status NetworkDetector::look(
    std::size_t size, std::span<const Look> looks, std::vector<std::vector<Detection>>& found
) {
    const MonoTime begin = clock_.mono();
    BONGSU_ASSIGN(Canvas * canvas, network_->canvas(size));
    const bool is_filled = looks.size() == 1 && looks[0].target.w == canvas->width() &&
                           looks[0].target.h == canvas->height();
    if (!is_filled) {
        canvas->clear();
    }
    for (const Look& each : looks) {
        canvas->draw(*each.frame, each.source, each.target);
    }
    BONGSU_ASSIGN(auto boxes, network_->infer(size, settings_.min_score));
    for (Detection& detection : boxes) {
        const auto owner = std::ranges::find_if(looks, [&](const Look& each) {
            return holds(each.target, detection.box.centre());
        });
        if (owner == looks.end()) {
            continue;
        }
        const Frame& frame = *owner->frame;
        detection.box = clipped(
            to_picture(detection.box, owner->source, owner->target),
            static_cast<float>(frame.width),
            static_cast<float>(frame.height)
        );
        if (!is_cut(detection.box, owner->source, frame.width, frame.height, kCutMargin)) {
            found[owner->view].push_back(std::move(detection));
        }
    }
    inferences_.add();
    views_.add(static_cast<double>(looks.size()));
    seconds_.observe(to_seconds(clock_.mono() - begin));
    return {};
}

}  // namespace bongsu::vision
