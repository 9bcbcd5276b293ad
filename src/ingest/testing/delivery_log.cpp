#include "ingest/testing/delivery_log.hpp"

#include "media/nal/nal_unit.hpp"

#include <algorithm>
#include <functional>

namespace bongsu::ingest::testing {

namespace {

// A fault with less time than this to the end is only counted when it recovered.
constexpr Duration kPatience = std::chrono::seconds{12};

std::uint64_t print_of(Bytes bytes) {
    return std::hash<std::string_view>{
    }({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// Finds the delivered pictures among those that were sent.
class Matcher {
public:
    explicit Matcher(const JudgedStream& stream) : stream_(stream) {}

    Delivery run() {
        for (const DeliveredUnit& unit : stream_.units) {
            take(unit);
        }
        const auto last = static_cast<std::ptrdiff_t>(next_);
        const auto& sent = stream_.record.sent;
        result_.sent = static_cast<std::uint64_t>(std::count_if(
            sent.begin(), sent.begin() + last, std::mem_fn(&camsim::SentUnit::is_whole)
        ));
        for (const camsim::FaultEvent& fault : stream_.record.faults) {
            if (fault.name == stream_.event) {
                take_fault(fault);
            }
        }
        return std::move(result_);
    }

private:
    struct Match {
        MonoTime sent;
        MonoTime arrived;
    };

    void take(const DeliveredUnit& unit) {
        const auto in_film = stream_.film.find(unit.print);
        const auto in_other = stream_.other.find(unit.print);
        if (!in_film && !in_other) {
            ++result_.damaged;
            return;
        }
        const auto found = find(in_film, in_other);
        if (!found) {
            ++result_.doubled;
            return;
        }
        note_gap(unit, *found);
        matches_.push_back({stream_.record.sent[*found].at, unit.arrived});
        next_ = *found + 1;
        if (last_media_time_ && unit.media_time <= *last_media_time_ && !stream_.has_b_pictures) {
            ++result_.unordered;
        }
        last_media_time_ = unit.media_time;
    }

    std::optional<std::size_t> find(
        std::optional<std::int64_t> in_film, std::optional<std::int64_t> in_other
    ) const {
        const auto& sent = stream_.record.sent;
        for (std::size_t i = next_; i < sent.size(); ++i) {
            const auto& place = sent[i].is_other_film ? in_other : in_film;
            const auto& film = sent[i].is_other_film ? stream_.other : stream_.film;
            if (place && sent[i].number % film.size() == *place) {
                return i;
            }
        }
        return std::nullopt;
    }

    void note_gap(const DeliveredUnit& unit, std::size_t found) {
        const auto& sent = stream_.record.sent;
        std::uint64_t lost = 0;
        for (std::size_t i = next_; i < found; ++i) {
            lost += sent[i].is_whole ? 1 : 0;
        }
        // What a session sent before its first picture came was not missed by anybody.
        result_.lost += lost;
        const bool is_gap = found != next_ && !matches_.empty();
        result_.unmarked += is_gap && unit.lost_before == 0 ? 1 : 0;
        const bool follows = !is_gap && found > 0 &&
                             sent[found - 1].number + 1 == sent[found].number &&
                             sent[found - 1].is_other_film == sent[found].is_other_film;
        result_.undecodable += !unit.is_key && !follows ? 1 : 0;
    }

    void take_fault(const camsim::FaultEvent& fault) {
        const bool was_playing = !matches_.empty() && matches_.front().sent < fault.begin;
        const MonoTime from = fault.end.value_or(fault.begin);
        if (!was_playing) {
            return;
        }
        const auto back = std::ranges::lower_bound(matches_, from, {}, &Match::sent);
        if (back != matches_.end()) {
            ++result_.faults;
            result_.recovery.push_back(to_seconds(back->arrived - from));
        } else if (stream_.end - from > kPatience) {
            ++result_.faults;
        }
    }

    const JudgedStream& stream_;
    Delivery result_;
    std::vector<Match> matches_;
    std::size_t next_ = 0;  // of the sent pictures
    std::optional<std::int64_t> last_media_time_;
};

}  // namespace

void DeliveryLog::on_access_unit(AccessUnitPtr unit) {
    const DeliveredUnit line{
        .print = print_of(*unit->bytes),
        .arrived = unit->arrived,
        .is_key = unit->is_key,
        .lost_before = unit->lost_before,
        .media_time = unit->media_time,
    };
    const std::scoped_lock lock(mutex_);
    units_.push_back(line);
}

void DeliveryLog::on_state(StreamState /*state*/, const Error* error) {
    if (error != nullptr) {
        const std::scoped_lock lock(mutex_);
        errors_.push_back(error->describe());
    }
}

std::vector<DeliveredUnit> DeliveryLog::units() const {
    const std::scoped_lock lock(mutex_);
    return units_;
}

std::vector<std::string> DeliveryLog::errors() const {
    const std::scoped_lock lock(mutex_);
    return errors_;
}

FilmPrints::FilmPrints(const camsim::Film& film)
    : size_(static_cast<std::int64_t>(film.units.size())) {
    const Codec codec = film.parameters->codec;
    for (std::size_t i = 0; i < film.units.size(); ++i) {
        std::vector<std::uint8_t> kept;
        media::LengthPrefixedReader nals(*film.units[i].bytes);
        while (const auto nal = nals.next()) {
            const auto kind = media::kind_of(codec, *nal);
            if (!media::is_parameter_set(kind) && kind != media::NalKind::Delimiter &&
                kind != media::NalKind::Filler) {
                media::append_length_prefixed(kept, *nal);
            }
        }
        places_.emplace(print_of(kept), static_cast<std::int64_t>(i));
    }
}

std::optional<std::int64_t> FilmPrints::find(std::uint64_t print) const {
    const auto found = places_.find(print);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
}

void Delivery::add(const Delivery& other) {
    sent += other.sent;
    lost += other.lost;
    damaged += other.damaged;
    doubled += other.doubled;
    undecodable += other.undecodable;
    unmarked += other.unmarked;
    unordered += other.unordered;
    faults += other.faults;
    recovery.insert(recovery.end(), other.recovery.begin(), other.recovery.end());
}

Delivery judge(const JudgedStream& stream) {
    return Matcher(stream).run();
}

}  // namespace bongsu::ingest::testing
