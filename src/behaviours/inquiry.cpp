#include "behaviours/inquiry.hpp"

#include "domain/second_look.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>

namespace bongsu::behaviours {

void Inquiry::hear(float answer, float threshold, WallTime now) {
    heard_ = now;
    ++count_;
    const bool is_yes = answer >= threshold;
    answers_.push_back({answer, is_yes});
    if (answers_.size() > limits_->answers) {
        answers_.pop_front();
    }
    affirmed_ = is_yes ? now : affirmed_;
}

std::ptrdiff_t Inquiry::yes_answers() const {
    return std::ranges::count_if(answers_, &Answer::is_yes);
}

bool Inquiry::is_exhausted() const {
    return count_ >= (is_sure() ? limits_->patience_when_sure : limits_->patience) ||
           silences_ >= limits_->silences;
}

void Inquiry::rest(WallTime now) {
    rests_until_ = now + limits_->first_rest * (1 << std::min(rests_, limits_->most_doublings));
    ++rests_;
    count_ = 0;
    silences_ = 0;
    answers_.clear();
}

void Inquiry::wake(WallTime now) {
    rests_until_ = now;
    rests_ = 0;
}

float Inquiry::surest(std::size_t count) const {
    std::vector<float> sure;
    std::ranges::transform(answers_, std::back_inserter(sure), &Answer::sure);
    std::ranges::sort(sure, std::greater{});
    sure.resize(std::min(sure.size(), count));
    const float sum = std::accumulate(sure.begin(), sure.end(), 0.F);
    return sure.empty() ? 0 : sum / static_cast<float>(sure.size());
}

void Suspicion::ask(
    const Scene& scene, std::string_view verifier, const Box& where, float threshold
) {
    if (const auto answer = scene.second_look->verify(verifier, where)) {
        inquiry_.hear(*answer, threshold, scene.time);
    } else {
        inquiry_.hear_nothing();
    }
    if (episode == EpisodeId{} && inquiry_.is_exhausted()) {
        inquiry_.rest(scene.time);
    }
}

}  // namespace bongsu::behaviours
