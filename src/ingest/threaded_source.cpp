#include "ingest/threaded_source.hpp"

#include "core/log.hpp"
#include "exec/thread_name.hpp"

#include <exception>
#include <utility>

namespace bongsu::ingest {
namespace {

constexpr Duration kPublishInterval = std::chrono::seconds{1};

}  // namespace

ThreadedSource::ThreadedSource(
    SourceParams params, SourceListener& listener, SourceContext& context, Play play
)
    : params_(std::move(params)),
      meter_(context.metrics, params_.camera, params_.role),
      stage_(params_, listener, context.clock, meter_),
      thread_([this, play = std::move(play)](const std::stop_token& stop) {
          exec::set_thread_name("src-" + params_.camera.value());
          Status status;
          try {
              status = play(stage_, stop);
          } catch (const std::exception& exception) {
              status = fail(ErrorKind::Internal, exception.what());
          }
          if (!stop.stop_requested()) {
              stage_.end(status);
          }
      }) {}

void ThreadedSource::Stage::begin(StreamStatistics about) {
    counted_ = std::move(about);
    counted_.state = StreamState::Playing;
    counted_.is_wall_estimated = false;
    counted_.connects = 1;
    publish();
    listener_.on_state(StreamState::Playing, nullptr);
}

void ThreadedSource::Stage::end(const Status& status) {
    counted_.state = status ? StreamState::Ended : StreamState::Failed;
    if (!status) {
        ++counted_.failures;
        counted_.last_error = status.error().describe();
        log::warn(
            "ingest.failed", {{"camera", params_.camera.value()}, {"error", counted_.last_error}}
        );
    }
    publish();
    listener_.on_state(counted_.state, status ? nullptr : &status.error());
}

void ThreadedSource::Stage::deliver(AccessUnitPtr unit) {
    counted_.bytes += unit->bytes->size();
    ++counted_.access_units;
    counted_.key_units += unit->is_key ? 1 : 0;
    listener_.on_access_unit(std::move(unit));
    if (clock_.mono() - published_at_ >= kPublishInterval) {
        publish();
    }
}

void ThreadedSource::Stage::deliver(Frame frame, std::size_t coded_bytes) {
    counted_.bytes += coded_bytes;
    ++counted_.access_units;
    counted_.key_units += frame.is_key ? 1 : 0;
    listener_.on_frame(std::move(frame));
    if (clock_.mono() - published_at_ >= kPublishInterval) {
        publish();
    }
}

void ThreadedSource::Stage::publish() {
    published_at_ = clock_.mono();
    meter_.publish(counted_, published_at_);
}

}  // namespace bongsu::ingest
