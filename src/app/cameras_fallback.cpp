// CamerasAtWork: the main stream stands in for a sub stream that is away.
#include "app/cameras_at_work.hpp"
#include "core/log.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::app {
namespace {

/// Of the analysed cameras, how many may be on their main streams for want of a sub stream: a
/// switch that takes every sub stream away must not multiply the load of decoding.
constexpr std::size_t kOneOf = 10;

}  // namespace

bool CamerasAtWork::can_fall_back(const CameraConfig& camera) const {
    return parts_.analysis != nullptr && camera.is_analysed &&
           find_stream(camera, StreamRole::Sub) != nullptr &&
           find_stream(camera, StreamRole::Main) != nullptr;
}

bool CamerasAtWork::plays(const Camera& camera, StreamRole role) {
    const auto stream = camera.streams.find(role);
    if (stream == camera.streams.end() || !stream->second.link) {
        return false;
    }
    // A file that came to its end is not away.
    const ingest::StreamState state = stream->second.link->state();
    return state == ingest::StreamState::Playing || state == ingest::StreamState::Ended;
}

/// Remove and add: tracks and background are in the scale of the stream's pictures.
Status CamerasAtWork::analyse_on(Camera& camera, StreamRole role) {
    BONGSU_TRY(change_analysis(camera, camera.config, role));
    camera.choice.settle(role);
    hand_on(camera);
    const bool is_main = role == StreamRole::Main;
    log::write(
        is_main ? log::Level::Warn : log::Level::Info,
        "camera.analysed_stream",
        {{"camera", camera.config.id.value()},
         {"stream", to_string(role)},
         {"why", is_main ? "the sub stream is away" : "the sub stream is back"}}
    );
    return {};
}

void CamerasAtWork::choose_streams(MonoTime now) {
    std::size_t analysed = 0;
    std::size_t on_main = 0;
    std::vector<Camera*> waiting;
    for (auto& [id, camera] : cameras_) {
        analysed += camera.config.is_analysed && camera.problem.empty() ? 1 : 0;
        if (!camera.problem.empty() || !can_fall_back(camera.config)) {
            continue;
        }
        StreamChoice& choice = camera.choice;
        choice.see(now, plays(camera, StreamRole::Sub), plays(camera, StreamRole::Main));
        const StreamRole wanted = choice.wanted(now);
        if (wanted != analysed_role(camera)) {
            if (const Status done = analyse_on(camera, wanted); !done) {
                take_from_work(camera);
                camera.problem = done.error().describe();
                continue;
            }
        }
        on_main += choice.needs_main() ? 1 : 0;
        if (choice.wants_main(now)) {
            waiting.push_back(&camera);
        }
    }
    std::ranges::sort(waiting, {}, [](const Camera* camera) {
        return std::pair(-highest_gravity(camera->config), camera->config.id);
    });
    const std::size_t most = std::max<std::size_t>(1, analysed / kOneOf);
    for (Camera* camera : waiting) {
        if (on_main >= most) {
            return;
        }
        ++on_main;
        camera->choice.try_main(now);
        if (const Status connected = connect_needed(*camera); !connected) {
            log::warn(
                "camera.main_stream",
                {{"camera", camera->config.id.value()}, {"error", connected.error().describe()}}
            );
        }
    }
}

}  // namespace bongsu::app
