#include "ingest/playback.hpp"

#include <condition_variable>
#include <mutex>

namespace bongsu::ingest {

std::vector<FieldSpec> Playback::fields() {
    FieldSpec pace;
    pace.name = "pace";
    pace.type = FieldType::Choice;
    pace.fallback = "real";
    pace.choices = {"real", "fast"};
    pace.help = "real plays at the speed of the recording, fast as quickly as pictures are taken.";
    FieldSpec loop;
    loop.name = "loop";
    loop.type = FieldType::Bool;
    loop.fallback = false;
    loop.help = "Starts again at the end, with time going on.";
    FieldSpec start;
    start.name = "start";
    start.type = FieldType::Text;
    start.help = "Wall time of the first picture, such as 2026-11-21T14:00:00Z; else now.";
    start.is_optional = true;
    return {pace, loop, start};
}

Result<Playback> Playback::from(const Settings& settings) {
    Playback playback;
    playback.is_realtime = settings.text("pace") == "real";
    playback.loops = settings.flag("loop");
    if (settings.has("start")) {
        BONGSU_ASSIGN(playback.start, parse_iso8601(settings.text("start")));
    }
    return playback;
}

Pacer::Pacer(const Playback& playback, const Clock& clock)
    : is_realtime_(playback.is_realtime),
      clock_(clock),
      first_mono_(clock.mono()),
      first_wall_(playback.start.value_or(clock.wall())) {}

bool Pacer::wait(Duration offset, const std::stop_token& stop) const {
    const Duration left = first_mono_ + offset - clock_.mono();
    if (is_realtime_ && left > Duration::zero()) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        never.wait_for(lock, stop, left, [] { return false; });
    }
    return !stop.stop_requested();
}

}  // namespace bongsu::ingest
