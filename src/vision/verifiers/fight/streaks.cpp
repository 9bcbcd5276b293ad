#include "vision/verifiers/fight/streaks.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace bongsu::verifiers::fight {
namespace {

constexpr double kFlash = 2;   // grey levels
constexpr int kThin = 5;       // pixels: less than this across
constexpr int kCell = 16;      // pixels
constexpr double kDry = 0.04;  // share of flashes in the cell that a fifth of the cells are below
constexpr double kBrightOverDark = 1.1;

/// 255 where the middle picture is above both others and above what is beside it.
cv::Mat flashes(const cv::Mat& before, const cv::Mat& now, const cv::Mat& after) {
    cv::Mat in_time;
    cv::subtract(now, cv::max(before, after), in_time);
    cv::Mat across;
    cv::morphologyEx(
        now, across, cv::MORPH_TOPHAT, cv::getStructuringElement(cv::MORPH_RECT, {kThin, 1})
    );
    return cv::min(in_time, across) > kFlash;
}

std::vector<cv::Mat> flashes_of(const std::vector<cv::Mat>& pictures) {
    std::vector<cv::Mat> found;
    for (std::size_t i = 1; i + 1 < pictures.size(); ++i) {
        found.push_back(flashes(pictures[i - 1], pictures[i], pictures[i + 1]));
    }
    return found;
}

/// Of all pictures, the share of flashes in each place.
cv::Mat mean_of(const std::vector<cv::Mat>& flashes) {
    cv::Mat sum = cv::Mat::zeros(flashes.front().size(), CV_32F);
    for (const cv::Mat& one : flashes) {
        cv::add(sum, one, sum, cv::noArray(), CV_32F);
    }
    return sum / (255.0 * static_cast<double>(flashes.size()));
}

/// It rains nearly everywhere; a brawl leaves at least corners alone.
bool are_everywhere(const cv::Mat& share) {
    std::vector<double> cells;
    for (int y = 0; y + kCell <= share.rows; y += kCell) {
        for (int x = 0; x + kCell <= share.cols; x += kCell) {
            cells.push_back(cv::mean(share(cv::Rect(x, y, kCell, kCell)))[0]);
        }
    }
    if (cells.empty()) {
        return false;
    }
    const auto low = cells.begin() + static_cast<std::ptrdiff_t>(cells.size() / 5);
    std::ranges::nth_element(cells, low);
    return *low > kDry;
}

double dark_share(const std::vector<cv::Mat>& pictures) {
    std::vector<cv::Mat> negatives;
    for (const cv::Mat& picture : pictures) {
        negatives.push_back(255 - picture);
    }
    return cv::mean(mean_of(flashes_of(negatives)))[0];
}

/// As it would be without the flashes and the pixels above and below them.
cv::Mat wiped(const cv::Mat& now, const cv::Mat& flash, const cv::Mat& others) {
    cv::Mat where;
    cv::dilate(flash, where, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
    cv::Mat out = now.clone();
    const cv::Mat darker = cv::min(now, others);
    darker.copyTo(out, where);
    return out;
}

}  // namespace

Strip without_streaks(Strip strip) {
    assert(strip.grey.size() >= 5);
    const std::vector<cv::Mat> found = flashes_of(strip.grey);
    const cv::Mat share = mean_of(found);
    if (!are_everywhere(share) || cv::mean(share)[0] < kBrightOverDark * dark_share(strip.grey)) {
        return strip;
    }
    Strip dry{.grey = {}, .seconds = {}, .bodies_per_pixel = strip.bodies_per_pixel};
    for (std::size_t i = 1; i + 1 < strip.grey.size(); ++i) {
        const cv::Mat others = cv::max(strip.grey[i - 1], strip.grey[i + 1]);
        dry.grey.push_back(wiped(strip.grey[i], found[i - 1], others));
        dry.seconds.push_back(strip.seconds[i]);
    }
    return dry;
}

}  // namespace bongsu::verifiers::fight
