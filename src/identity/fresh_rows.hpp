#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace bongsu::identity {

/// Rows of the store that every request asks for: answered from memory, and read again after some
/// seconds so that what another process changed is seen. `Entry` has the members `row` and
/// `read_at` and what its owner keeps beside them. Thread-safe; the store is read without the lock.
template <class Entry>
class FreshRows {
public:
    using Row = decltype(Entry::row);
    using Entries = std::unordered_map<std::string, Entry>;

    explicit FreshRows(const Clock& clock) : clock_(clock) {}

    /// The row with this key, or nothing. `read` asks the store for it: Result<std::optional<Row>>.
    /// `carry_over(known, fresh)` may put what only memory knows into a row that was read again.
    template <class Read, class CarryOver>
    Result<std::optional<Row>> get(const std::string& key, Read read, CarryOver carry_over) {
        std::uint64_t before = 0;
        {
            const std::scoped_lock lock(mutex_);
            const auto found = entries_.find(key);
            if (found != entries_.end() && clock_.mono() - found->second.read_at < kFresh) {
                return found->second.row;
            }
            before = removals_;
        }
        BONGSU_ASSIGN(std::optional<Row> row, read());
        const std::scoped_lock lock(mutex_);
        if (!row || before != removals_) {
            entries_.erase(key);  // what was read before a removal may be what was removed
            return row;
        }
        Entry& entry = entries_[key];
        carry_over(std::as_const(entry.row), *row);
        entry.row = *row;
        entry.read_at = clock_.mono();
        return row;
    }

    /// To be called once the rows are gone from the store.
    template <class IsGone>
    void remove_if(IsGone is_gone) {
        const std::scoped_lock lock(mutex_);
        ++removals_;
        std::erase_if(entries_, [&](const auto& item) { return is_gone(item.second); });
    }

    template <class F>
    decltype(auto) with(F&& function) {
        const std::scoped_lock lock(mutex_);
        return std::forward<F>(function)(entries_);
    }

private:
    static constexpr Duration kFresh = std::chrono::seconds{5};

    const Clock& clock_;
    std::mutex mutex_;
    Entries entries_;
    std::uint64_t removals_ = 0;
};

}  // namespace bongsu::identity
