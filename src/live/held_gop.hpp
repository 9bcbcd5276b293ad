#pragma once

#include "core/metrics.hpp"
#include "domain/access_unit.hpp"

#include <atomic>
#include <cstdint>
#include <vector>

namespace bongsu::live {

/// Bytes that all streams may hold together. Thread-safe.
class HoldBudget {
public:
    HoldBudget(std::int64_t most, Gauge& gauge) : most_(most), gauge_(gauge) {}

    bool take(std::int64_t bytes) {
        if (held_.fetch_add(bytes) + bytes > most_) {
            held_.fetch_sub(bytes);
            return false;
        }
        gauge_.add(static_cast<double>(bytes));
        return true;
    }

    void give_back(std::int64_t bytes) {
        held_.fetch_sub(bytes);
        gauge_.add(-static_cast<double>(bytes));
    }

private:
    const std::int64_t most_;
    Gauge& gauge_;
    std::atomic<std::int64_t> held_ = 0;
};

/// The access units of one stream since its last key picture. Overflow policy: beyond a limit only
/// the key picture stays until the next one comes. Runs on: one thread at a time.
class HeldGop {
public:
    /// `budget` outlives it.
    HeldGop(std::int64_t most_bytes, HoldBudget& budget) : most_(most_bytes), budget_(budget) {}

    ~HeldGop() { clear(); }

    HeldGop(const HeldGop&) = delete;
    HeldGop& operator=(const HeldGop&) = delete;

    /// False when the unit begins a gap: a limit was reached just now.
    bool push(const AccessUnitPtr& unit);
    void clear();

    /// Begins with a key picture, or is empty.
    const std::vector<AccessUnitPtr>& units() const { return units_; }

    /// Whether everything since the key picture is there.
    bool is_whole() const { return is_whole_; }

private:
    bool hold(const AccessUnitPtr& unit);
    void keep_only_key();

    const std::int64_t most_;
    HoldBudget& budget_;
    std::vector<AccessUnitPtr> units_;
    std::int64_t bytes_ = 0;
    bool is_whole_ = false;
};

}  // namespace bongsu::live
