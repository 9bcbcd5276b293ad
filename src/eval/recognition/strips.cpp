// The worst cases as rows of pictures, to be looked at and learned from.
#include "annotation/picture.hpp"
#include "eval/detection/video_frames.hpp"
#include "eval/recognition/figures.hpp"
#include "eval/recognition/judging.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace bongsu::eval {
namespace {

constexpr std::size_t kStrips = 24;
constexpr int kPictures = 6;
constexpr int kPictureHeight = 240;
constexpr int kWidest = 480;        // of the enlarged part
constexpr double kBeforeAlarm = 3;  // seconds
const cv::Scalar kBoxColour{40, 40, 230};

/// One mistake and the seconds of the clip that show it.
struct Mistake {
    std::size_t film = 0;
    std::string kind;
    double from = 0;
    double to = 0;
    Box box;  ///< of the false alarm, shares of the picture
    double weight = 0;
    std::string caption;
};

void add_false_alarms(const Watched& watched, std::size_t index, std::vector<Mistake>& mistakes) {
    const RecognitionFilm& film = watched.films[index];
    for (const Alarm& alarm : watched.of(index).alarms) {
        const auto truth = truth_of(film, alarm.kind);
        if (!is_judged(film, alarm.kind) || judge(truth, {alarm}, kWholeEvent).hits > 0) {
            continue;
        }
        mistakes.push_back({
            .film = index,
            .kind = alarm.kind,
            .from = alarm.time - kBeforeAlarm,
            .to = alarm.time,
            .box = alarm.box,
            .weight = 1 + alarm.confidence,
            .caption = fmt::format(
                "false {} in {} ({}) at {:.1f} s, confidence {:.2f} {}",
                alarm.kind,
                film.name,
                film.label,
                alarm.time,
                alarm.confidence,
                alarm.detail
            ),
        });
    }
}

void add_misses(const Watched& watched, std::size_t index, std::vector<Mistake>& mistakes) {
    const RecognitionFilm& film = watched.films[index];
    for (const auto& [kind, totals] : watched.screening.kinds) {
        const auto alarms = alarms_of(watched.of(index), kind);
        for (const TrueEvent& event : truth_of(film, kind)) {
            if (judge({event}, alarms, kWholeEvent).hits > 0) {
                continue;
            }
            mistakes.push_back({
                .film = index,
                .kind = kind,
                .from = event.start,
                .to = std::min(event.end, film.seconds),
                .box = {},
                .weight = 1,
                .caption = fmt::format(
                    "missed {} in {} from {:.1f} s; the verifier's highest answer was {:.2f}",
                    kind,
                    film.name,
                    event.start,
                    watched.of(index).highest_answer(kind)
                ),
            });
        }
    }
}

/// The worst of every kind in turn, so that one kind does not fill the page.
std::vector<Mistake> worst_of(const Watched& watched) {
    std::vector<Mistake> all;
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        add_false_alarms(watched, i, all);
        add_misses(watched, i, all);
    }
    std::ranges::sort(all, std::greater{}, &Mistake::weight);
    std::map<std::pair<std::string, bool>, int> turns;
    std::vector<std::pair<int, std::size_t>> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
        order.emplace_back(turns[{all[i].kind, all[i].weight > 1}]++, i);
    }
    std::ranges::sort(order);
    std::vector<Mistake> chosen;
    for (const auto& [turn, i] : order) {
        if (chosen.size() < kStrips) {
            chosen.push_back(all[i]);
        }
    }
    return chosen;
}

cv::Mat as_bgr(const Frame& frame) {
    cv::Mat planar(frame.height * 3 / 2, frame.width, CV_8UC1);
    std::uint8_t* to = planar.data;
    for (const Plane& plane : frame.planes) {
        for (int y = 0; y < plane.height; ++y) {
            to = std::copy_n(
                plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride, plane.width, to
            );
        }
    }
    cv::Mat bgr;
    cv::cvtColor(planar, bgr, cv::COLOR_YUV2BGR_I420);
    return bgr;
}

cv::Mat drawn(const Frame& frame, const Box& box) {
    cv::Mat picture = as_bgr(frame);
    const int width = std::max(2, picture.cols * kPictureHeight / picture.rows);
    cv::resize(picture, picture, {width, kPictureHeight}, 0, 0, cv::INTER_AREA);
    if (box.area() > 0) {
        const Box at = scaled(box, static_cast<float>(width), kPictureHeight);
        cv::rectangle(picture, cv::Rect2f(at.x, at.y, at.w, at.h), kBoxColour, 2);
    }
    return picture;
}

/// The box and as much again around it, enlarged.
cv::Mat enlarged(const Frame& frame, const Box& box) {
    const cv::Mat picture = as_bgr(frame);
    const auto width = static_cast<float>(picture.cols);
    const auto height = static_cast<float>(picture.rows);
    const Box at = scaled(box, width, height);
    const Box wide = clipped(padded(at, std::max(at.w, at.h) / 2), width, height);
    const cv::Rect part = cv::Rect(cv::Rect2f(wide.x, wide.y, wide.w, wide.h)) &
                          cv::Rect(0, 0, picture.cols, picture.rows);
    if (part.empty()) {
        return {};
    }
    cv::Mat out;
    const int columns = std::clamp(part.width * kPictureHeight / part.height, 2, kWidest);
    cv::resize(picture(part), out, {columns, kPictureHeight}, 0, 0, cv::INTER_CUBIC);
    return out;
}

/// The pictures between two times side by side, the box on the last one and enlarged behind it.
Result<std::vector<std::uint8_t>> make_strip(const RecognitionFilm& film, const Mistake& mistake) {
    std::set<int> wanted;
    for (int i = 0; i < kPictures; ++i) {
        const double part = static_cast<double>(i) / (kPictures - 1);
        const double time = mistake.from + part * (mistake.to - mistake.from) + film.zero;
        wanted.insert(std::max(0, static_cast<int>(time * film.rate)));
    }
    BONGSU_ASSIGN(const auto frames, read_video_frames(film.file, wanted));
    std::vector<cv::Mat> row;
    for (const auto& [number, frame] : frames) {
        row.push_back(drawn(frame, number == *wanted.rbegin() ? mistake.box : Box{}));
    }
    if (!frames.empty() && mistake.box.area() > 0) {
        row.push_back(enlarged(frames.rbegin()->second, mistake.box));
    }
    std::erase_if(row, [](const cv::Mat& picture) { return picture.empty(); });
    std::vector<std::uint8_t> jpeg;
    if (row.empty()) {
        return jpeg;
    }
    cv::Mat strip;
    cv::hconcat(row, strip);
    cv::imencode(".jpg", strip, jpeg);
    return jpeg;
}

}  // namespace

Status add_strips(const Watched& watched, const SuiteContext& context, ReportSection& section) {
    const std::filesystem::path& report = context.options.report;
    if (report.empty()) {
        return {};
    }
    std::error_code ignored;
    std::filesystem::create_directories(report / "pictures", ignored);
    int number = 0;
    for (const Mistake& mistake : worst_of(watched)) {
        BONGSU_ASSIGN(const auto jpeg, make_strip(watched.films[mistake.film], mistake));
        if (jpeg.empty()) {
            continue;
        }
        const std::string file = fmt::format(
            "pictures/{}_{:02}_{}.jpg", as_name_part(watched.condition), ++number, mistake.kind
        );
        BONGSU_TRY(annotation::write_file(report / file, jpeg));
        section.strips.push_back({file, mistake.caption});
    }
    return {};
}

}  // namespace bongsu::eval
