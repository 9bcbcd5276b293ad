#pragma once

#include "ingest/source.hpp"
#include "ingest/stream_meter.hpp"

#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace bongsu::ingest {

/// The thread and the bookkeeping of a source that plays something stored. Reading a disk and
/// decoding may block, so each such source has a thread of its own. Used by composition: the
/// owner's `play` runs on that thread and ends with an error, or without one at the end of what
/// there is.
class ThreadedSource final : public Source {
public:
    /// What `play` gets to work with. Runs on: the source's thread.
    class Stage {
    public:
        Stage(
            const SourceParams& params,
            SourceListener& listener,
            const Clock& clock,
            StreamMeter& meter
        )
            : params_(params), listener_(listener), clock_(clock), meter_(meter) {}

        void deliver(AccessUnitPtr unit);
        void deliver(Frame frame, std::size_t coded_bytes);

        /// Playing begins: `transport` and the picture's size for the statistics.
        void begin(StreamStatistics about);
        void end(const Status& status);

        const SourceParams& params() const { return params_; }

        const Clock& clock() const { return clock_; }

    private:
        void publish();

        const SourceParams& params_;
        SourceListener& listener_;
        const Clock& clock_;
        StreamMeter& meter_;
        StreamStatistics counted_;
        MonoTime published_at_;
    };

    using Play = std::function<Status(Stage&, const std::stop_token&)>;

    ThreadedSource(
        SourceParams params, SourceListener& listener, SourceContext& context, Play play
    );
    ~ThreadedSource() override = default;  // the jthread stops and joins

    StreamStatistics statistics() const override { return meter_.latest(); }

private:
    SourceParams params_;
    StreamMeter meter_;
    Stage stage_;
    std::jthread thread_;  // last: started when all else is there
};

}  // namespace bongsu::ingest
