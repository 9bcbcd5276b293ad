#pragma once

#include "ingest/source.hpp"
#include "media/decoder/decoder.hpp"
#include "triage/keyframe_gate.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

namespace bongsu::tests {

/// What became of one stream.
struct Seen {
    int units = 0;
    int frames = 0;  ///< decoded, each looked at by the gate
    int errors = 0;  ///< units that the decoder refused
    bool is_over = false;
    std::string words;  ///< of the stream's end, or else of the first decoding error
    media::DecoderStats decoder;

    /// Whether anything would make a person look at this stream.
    bool is_unhealthy() const {
        return errors > 0 || decoder.concealed > 0 || decoder.skipped > 0 || !words.empty();
    }
};

/// Decodes everything that a source delivers and shows it to triage, as analysis does. Calls come
/// from the source's thread; the rest is thread-safe.
class Viewer final : public ingest::SourceListener {
public:
    void on_access_unit(AccessUnitPtr unit) override {
        const auto frame = decoder_.decode(*unit);
        if (frame && *frame) {
            gate_.look(**frame);
        }
        note([&](Seen& seen) {
            ++seen.units;
            seen.frames += frame && *frame ? 1 : 0;
            seen.errors += frame ? 0 : 1;
            seen.decoder = decoder_.stats();
            if (!frame && seen.words.empty()) {
                seen.words = frame.error().describe();
            }
        });
    }

    void on_frame(Frame frame) override {
        gate_.look(frame);
        note([](Seen& seen) { ++seen.frames; });
    }

    void on_state(ingest::StreamState state, const Error* error) override {
        note([&](Seen& seen) {
            if (error != nullptr) {
                seen.words = error->describe();
            }
            seen.is_over = seen.is_over || state == ingest::StreamState::Ended ||
                           state == ingest::StreamState::Failed ||
                           state == ingest::StreamState::Lost;
        });
    }

    /// Waits for the stream's end. Nothing when nothing at all happened for so long: it hangs.
    std::optional<Seen> wait(std::chrono::seconds longest_silence) {
        std::unique_lock lock(mutex_);
        while (!seen_.is_over) {
            const std::uint64_t before = changes_;
            if (!changed_.wait_for(lock, longest_silence, [&] { return changes_ != before; })) {
                return std::nullopt;
            }
        }
        return seen_;
    }

    /// Begins to count anew; the decoder and the gate go on as they are.
    void begin_anew() {
        note([](Seen& seen) { seen = {}; });
    }

private:
    template <class F>
    void note(F&& change) {
        {
            const std::scoped_lock lock(mutex_);
            change(seen_);
            ++changes_;
        }
        changed_.notify_all();
    }

    media::Decoder decoder_;
    triage::KeyframeGate gate_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t changes_ = 0;
    Seen seen_;
};

}  // namespace bongsu::tests
