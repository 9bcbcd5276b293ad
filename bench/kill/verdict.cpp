#include "kill/verdict.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

/// How long before its beginning a disturbance may cost pictures: a group of pictures still in
/// memory, and what the sockets hold.
constexpr double kReachBack = 4;
/// How long after its end recording may still be away.
constexpr double kReachOn = 60;

/// Pictures that are missing between two recorded ones.
struct Gap {
    std::int64_t last = 0;  ///< recorded before it
    std::int64_t next = 0;  ///< recorded after it

    std::int64_t missing() const { return next - last - 1; }
};

std::vector<Gap> gaps_in(const std::vector<std::int64_t>& numbers) {
    std::vector<Gap> gaps;
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        if (numbers[i] != numbers[i - 1] + 1) {
            gaps.push_back({numbers[i - 1], numbers[i]});
        }
    }
    return gaps;
}

/// The numbers as the simulator counts: the newest one recorded is at most the newest one sent.
std::vector<std::int64_t> anchored(
    std::vector<std::int64_t> numbers, std::int64_t sent_at_end, std::size_t loop
) {
    const auto length = static_cast<std::int64_t>(loop);
    std::int64_t loops = numbers.empty() ? 0 : (sent_at_end - numbers.back()) / length;
    if (!numbers.empty() && sent_at_end < numbers.back() + loops * length) {
        --loops;
    }
    for (std::int64_t& number : numbers) {
        number += loops * length;
    }
    return numbers;
}

/// The disturbance that explains a gap, or null.
const Disturbance* cause_of(
    const Gap& gap, const CameraId& camera, double rate, const std::vector<Disturbance>& all
) {
    for (const Disturbance& one : all) {
        const auto sent = one.sent_before.find(camera);
        if (sent == one.sent_before.end()) {
            continue;
        }
        const auto begin = static_cast<double>(sent->second);
        const double end = begin + one.seconds * rate;
        const bool begins_in_it = static_cast<double>(gap.last) >= begin - kReachBack * rate &&
                                  static_cast<double>(gap.last) <= end + kReachBack * rate;
        if (begins_in_it && static_cast<double>(gap.next) <= end + kReachOn * rate) {
            return &one;
        }
    }
    return nullptr;
}

}  // namespace

void judge(
    const CameraId& camera,
    const RecordedStream& recorded,
    const PlayedFilm& film,
    std::int64_t sent_at_end,
    const std::vector<Disturbance>& disturbances,
    Verdict& verdict
) {
    verdict.pictures += static_cast<std::int64_t>(recorded.numbers.size());
    verdict.foreign += static_cast<std::int64_t>(recorded.foreign);
    verdict.unread += static_cast<std::int64_t>(recorded.unread);
    if (!recorded.first_problem.empty()) {
        verdict.problems.push_back(camera.value() + ": " + recorded.first_problem);
    }
    const double rate = film.pictures_per_second;
    for (const Gap& gap : gaps_in(anchored(recorded.numbers, sent_at_end, film.prints->size()))) {
        const Disturbance* cause = cause_of(gap, camera, rate, disturbances);
        if (cause == nullptr) {
            verdict.unexplained += gap.missing();
            verdict.problems.push_back(fmt::format(
                "{}: pictures {} to {} are missing and nothing was done then",
                camera.value(),
                gap.last + 1,
                gap.next - 1
            ));
            continue;
        }
        KindVerdict& kind = verdict.kinds[cause->kind];
        const auto begin = static_cast<double>(cause->sent_before.at(camera));
        const double end = begin + cause->seconds * rate;
        kind.lost_before_s.push_back(std::max(0.0, (begin - static_cast<double>(gap.last)) / rate));
        kind.back_after_s.push_back(std::max(0.0, (static_cast<double>(gap.next) - end) / rate));
    }
}

}  // namespace bongsu::bench
