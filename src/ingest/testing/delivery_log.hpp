#pragma once

#include "camsim/film.hpp"
#include "camsim/stream_journal.hpp"
#include "ingest/source.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::ingest::testing {

/// What was delivered of one picture.
struct DeliveredUnit {
    std::uint64_t print = 0;  ///< of its bytes
    MonoTime arrived;
    bool is_key = false;
    std::uint32_t lost_before = 0;
    std::int64_t media_time = 0;
};

/// Keeps a line of everything that a source delivers, not the pictures. Thread-safe.
class DeliveryLog final : public SourceListener {
public:
    void on_access_unit(AccessUnitPtr unit) override;
    void on_state(StreamState state, const Error* error) override;

    std::vector<DeliveredUnit> units() const;
    std::vector<std::string> errors() const;

private:
    mutable std::mutex mutex_;
    std::vector<DeliveredUnit> units_;
    std::vector<std::string> errors_;
};

/// The prints of a film's pictures as a client gets them: without parameter sets.
class FilmPrints {
public:
    explicit FilmPrints(const camsim::Film& film);

    std::int64_t size() const { return size_; }

    /// The picture's place in the film; nothing when its bytes are not of this film.
    std::optional<std::int64_t> find(std::uint64_t print) const;

private:
    std::map<std::uint64_t, std::int64_t> places_;
    std::int64_t size_ = 0;
};

/// What became of a stream, against what the simulator sent.
struct Delivery {
    std::uint64_t sent = 0;         ///< whole pictures, up to the last one that was delivered
    std::uint64_t lost = 0;         ///< of these, not delivered
    std::uint64_t damaged = 0;      ///< delivered with bytes that the film does not have
    std::uint64_t doubled = 0;      ///< delivered twice or out of order
    std::uint64_t undecodable = 0;  ///< not a key picture, yet what goes before it is missing
    std::uint64_t unmarked = 0;     ///< something is missing before it, yet lost_before is 0
    std::uint64_t unordered = 0;    ///< media time ran back (never counted for B pictures)
    int faults = 0;                 ///< of the kind asked for, with enough time to recover
    std::vector<double> recovery;   ///< seconds, of those that recovered

    void add(const Delivery& other);
};

struct JudgedStream {
    const camsim::StreamRecord& record;
    const std::vector<DeliveredUnit>& units;
    const FilmPrints& film;
    const FilmPrints& other;
    std::string_view event;  ///< the faults whose recovery is wanted
    MonoTime end;            ///< of the trial: later faults could not be seen to recover
    bool has_b_pictures = false;
};

Delivery judge(const JudgedStream& stream);

}  // namespace bongsu::ingest::testing
