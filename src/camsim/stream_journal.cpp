#include "camsim/stream_journal.hpp"

#include <algorithm>
#include <ranges>

namespace bongsu::camsim {

namespace {

/// The fault of this name that has not ended; null when there is none.
FaultEvent* open_fault(StreamRecord& record, std::string_view name) {
    for (FaultEvent& fault : record.faults | std::views::reverse) {
        if (fault.name == name) {
            return fault.end ? nullptr : &fault;
        }
    }
    return nullptr;
}

}  // namespace

void StreamJournal::note_sent(const SentUnit& unit) {
    if (capacity_ == 0) {
        return;
    }
    pages_.with([&](Pages& pages) {
        if (pages.record.sent.size() < capacity_) {
            pages.record.sent.push_back(unit);
        } else {
            ++pages.left_out;
        }
    });
}

void StreamJournal::note_fault(std::string_view name, MonoTime at, std::optional<MonoTime> end) {
    if (capacity_ == 0) {
        return;
    }
    pages_.with([&](Pages& pages) {
        if (pages.record.faults.size() < capacity_) {
            pages.record.faults.push_back({name, at, end});
        } else {
            ++pages.left_out;
        }
    });
}

void StreamJournal::begin_fault(std::string_view name, MonoTime at) {
    const bool is_open =
        pages_.with([&](Pages& pages) { return open_fault(pages.record, name) != nullptr; });
    if (!is_open) {
        note_fault(name, at, std::nullopt);
    }
}

void StreamJournal::end_fault(std::string_view name, MonoTime at) {
    pages_.with([&](Pages& pages) {
        if (FaultEvent* fault = open_fault(pages.record, name)) {
            fault->end = at;
        }
    });
}

StreamRecord StreamJournal::copy() const {
    return pages_.with([](const Pages& pages) { return pages.record; });
}

std::uint64_t StreamJournal::left_out() const {
    return pages_.with([](const Pages& pages) { return pages.left_out; });
}

}  // namespace bongsu::camsim
