#include "audit/verification.hpp"

#include "audit/anchors.hpp"
#include "audit/chain.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <vector>

namespace bongsu::audit {
namespace {

constexpr int kPage = 2'000;

std::string numbered(std::int64_t number) {
    return "record " + std::to_string(number);
}

/// Anchors by the number of their record; the same anchor of database and file once.
using Anchors = std::multimap<std::int64_t, store::AuditAnchor>;

Result<Anchors> load_anchors(store::AuditStore& store, const std::filesystem::path& file) {
    BONGSU_ASSIGN(auto all, store.anchors());
    BONGSU_ASSIGN(const auto repeated, read_anchors(file));
    all.insert(all.end(), repeated.begin(), repeated.end());
    Anchors anchors;
    std::set<std::string> signatures;
    for (store::AuditAnchor& anchor : all) {
        if (signatures.insert(anchor.signature).second) {
            const std::int64_t number = anchor.number;
            anchors.emplace(number, std::move(anchor));
        }
    }
    return anchors;
}

class Walk {
public:
    Walk(Anchors anchors, std::string public_key)
        : anchors_(std::move(anchors)), public_key_(std::move(public_key)) {}

    /// False, with the reason in the outcome, when the record is not as written.
    bool take(const store::AuditRow& row) {
        const std::int64_t expected = outcome_.records + 1;
        if (row.number != expected) {
            return broken(expected, numbered(expected) + " is missing");
        }
        if (chain_hash(hash_, row) != row.hash) {
            return broken(
                row.number,
                numbered(row.number) + " of " + to_iso8601(row.time) +
                    " is not as it was written, or the one before it was exchanged"
            );
        }
        hash_ = row.hash;
        outcome_.records = row.number;
        ++outcome_.behind;
        outcome_.behind_since = outcome_.behind_since.value_or(row.time);
        return check_anchors();
    }

    /// At the end of the log: anchors of records that are not there any more.
    void finish() {
        const auto beyond = anchors_.upper_bound(outcome_.records);
        if (outcome_.is_whole() && beyond != anchors_.end()) {
            broken(
                outcome_.records + 1,
                "records are missing at the end: the log ends with " + numbered(outcome_.records) +
                    ", but " + numbered(anchors_.rbegin()->first) + " was signed at " +
                    to_iso8601(anchors_.rbegin()->second.time)
            );
        }
    }

    const Verification& outcome() const { return outcome_; }

private:
    bool broken(std::int64_t number, std::string problem) {
        outcome_.first_broken = number;
        outcome_.problem = std::move(problem);
        return false;
    }

    bool check_anchors() {
        const auto [first, last] = anchors_.equal_range(outcome_.records);
        for (auto at = first; at != last; ++at) {
            const store::AuditAnchor& anchor = at->second;
            if (!is_signed(anchor) || (!public_key_.empty() && anchor.key != public_key_)) {
                return broken(
                    anchor.number,
                    "the anchor of " + numbered(anchor.number) +
                        " is not signed by the key of this installation"
                );
            }
            if (anchor.hash != hash_) {
                return broken(
                    anchor.number,
                    numbered(anchor.number) +
                        " or one before it was rewritten: its hash is not "
                        "the one signed at " +
                        to_iso8601(anchor.time)
                );
            }
            ++outcome_.anchors;
            outcome_.behind = 0;
            outcome_.behind_since.reset();
        }
        return true;
    }

    Anchors anchors_;
    std::string public_key_;
    std::string hash_ = chain_start();
    Verification outcome_;
};

}  // namespace

std::string Verification::describe() const {
    const std::string whole = std::to_string(records) + " records are as they were written; " +
                              std::to_string(anchors) + " signed anchors hold; ";
    if (behind == 0) {
        return whole + "none is behind the newest";
    }
    return whole + std::to_string(behind) + " records since " + to_iso8601(*behind_since) +
           " are behind the newest and could be cut off unseen";
}

Result<Verification> verify(
    store::AuditStore& store,
    const std::filesystem::path& anchors,
    const std::string& public_key,
    const std::function<void(std::int64_t done, std::int64_t of)>& progress
) {
    BONGSU_ASSIGN(Anchors loaded, load_anchors(store, anchors));
    Walk walk(std::move(loaded), public_key);
    BONGSU_ASSIGN(const auto newest, store.newest());
    const std::int64_t end = newest ? newest->number : 0;
    // From below any number that may stand there: what hides below 1 is found, too.
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    while (true) {
        BONGSU_ASSIGN(const auto rows, store.after(after, kPage));
        if (rows.empty()) {
            break;
        }
        if (!std::ranges::all_of(rows, [&](const auto& row) { return walk.take(row); })) {
            return walk.outcome();
        }
        after = rows.back().number;
        if (progress) {
            progress(after, std::max(after, end));
        }
    }
    walk.finish();
    return walk.outcome();
}

}  // namespace bongsu::audit
