#include "audit/audit_log.hpp"

#include "audit/anchors.hpp"
#include "audit/chain.hpp"
#include "audit/clean_text.hpp"
#include "audit/metrics.hpp"
#include "core/log.hpp"
#include "exec/thread_name.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace bongsu::audit {
namespace {

constexpr std::array<std::string_view, 3> kOutcomes{"allowed", "denied", "failed"};
constexpr int kTries = 3;

store::AuditRow to_row(const AuditRecord& record, WallTime now) {
    return {
        .number = 0,
        .time = record.time == WallTime{} ? now : record.time,
        .who = clean_text(record.who, 128),
        .organisation = clean_text(record.organisation, 128),
        .action = clean_text(record.action, 64),
        .object = clean_text(record.object, 256),
        .purpose = clean_text(record.purpose, 128),
        .incident = clean_text(record.incident, 64),
        .outcome = std::string(to_string(record.outcome)),
        .address = clean_text(record.address, 64),
        .detail = clean_text(record.detail, 4'096),
        .hash = {},
    };
}

/// Records that wait for one writer thread, which numbers and chains them and stores all that wait
/// in one transaction. Queue policy: reject, counted as refused acts.
class ChainedAuditLog final : public AuditLog {
public:
    ChainedAuditLog(
        store::AuditStore& store,
        AuditOptions options,
        AnchorSigner signer,
        const Clock& clock,
        Metrics& metrics
    )
        : store_(store),
          options_(std::move(options)),
          signer_(std::move(signer)),
          clock_(clock),
          records_(metrics.counter(kRecords)),
          refused_(metrics.counter(kRefused)),
          waiting_gauge_(metrics.gauge(kWaiting)),
          seconds_(metrics.histogram(kAppendSeconds)),
          anchor_due_(clock.mono() + options_.anchor_every) {}

    ~ChainedAuditLog() override {
        if (thread_.joinable()) {
            thread_.request_stop();
            thread_.join();
        }
        if (const Status signed_now = anchor(); !signed_now) {
            log::error("audit.no_anchor", {{"error", signed_now.error().describe()}});
        }
    }

    Status start() {
        BONGSU_TRY(read_head());
        BONGSU_ASSIGN(const auto last, store_.newest_anchor());
        anchored_ = last ? last->number : 0;
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
        return {};
    }

    Result<std::int64_t> append(AuditRecord record) override {
        std::future<Result<std::int64_t>> outcome;
        {
            const std::scoped_lock lock(mutex_);
            if (is_closed_ || waiting_.size() >= options_.queue_records) {
                refused_.add();
                return fail(
                    ErrorKind::ResourceExhausted,
                    "the audit log cannot keep up; without a record nothing may be done"
                );
            }
            waiting_.push_back({to_row(record, clock_.wall()), {}});
            outcome = waiting_.back().done.get_future();
            waiting_gauge_.set(static_cast<double>(waiting_.size()));
        }
        ready_.notify_one();
        return outcome.get();
    }

    Result<store::AuditPage> list(const store::AuditQuery& query) override {
        return store_.list(query);
    }

    Result<Verification> verify() override {
        return audit::verify(store_, options_.anchors, signer_.public_key());
    }

    Status anchor() override {
        const std::scoped_lock lock(anchor_mutex_);
        BONGSU_ASSIGN(const auto newest, store_.newest());
        anchor_due_ = clock_.mono() + options_.anchor_every;
        if (!newest) {
            return {};
        }
        BONGSU_ASSIGN(const auto last, store_.newest_anchor());
        if (last && last->number == newest->number) {
            anchored_ = newest->number;
            return {};
        }
        const store::AuditAnchor made = signer_.sign(*newest, clock_.wall());
        BONGSU_TRY(store_.add_anchor(made));
        log::debug("audit.anchored", {{"number", made.number}, {"hash", made.hash}});
        BONGSU_TRY(append_anchor(options_.anchors, made));
        anchored_ = made.number;
        return {};
    }

    Status anchor_if_due() override {
        {
            const std::scoped_lock lock(anchor_mutex_);
            if (clock_.mono() < anchor_due_) {
                return {};
            }
        }
        return anchor();
    }

private:
    struct Waiting {
        store::AuditRow row;
        std::promise<Result<std::int64_t>> done;
    };

    Status read_head() {
        BONGSU_ASSIGN(const auto newest, store_.newest());
        number_ = newest ? newest->number : 0;
        hash_ = newest ? newest->hash : chain_start();
        return {};
    }

    void run(const std::stop_token& stop) {
        exec::set_thread_name("audit");
        while (true) {
            std::vector<Waiting> batch;
            {
                std::unique_lock lock(mutex_);
                ready_.wait(lock, stop, [this] { return !waiting_.empty(); });
                if (waiting_.empty()) {
                    is_closed_ = true;
                    return;
                }
                const std::size_t count = std::min(waiting_.size(), options_.batch_records);
                std::move(
                    waiting_.begin(),
                    waiting_.begin() + static_cast<std::ptrdiff_t>(count),
                    std::back_inserter(batch)
                );
                waiting_.erase(
                    waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count)
                );
                waiting_gauge_.set(static_cast<double>(waiting_.size()));
            }
            write(batch);
            anchor_long_tail();
        }
    }

    /// Nobody waits for it: those whose records these are have their answer.
    void anchor_long_tail() {
        if (number_ - anchored_ < options_.anchor_records) {
            return;
        }
        if (const Status signed_now = anchor(); !signed_now) {
            log::error("audit.no_anchor", {{"error", signed_now.error().describe()}});
        }
    }

    void write(std::vector<Waiting>& batch) {
        const MonoTime begin = clock_.mono();
        const Status outcome = store_batch(batch);
        seconds_.observe(to_seconds(clock_.mono() - begin));
        if (!outcome) {
            log::error(
                "audit.not_written",
                {{"records", batch.size()}, {"error", outcome.error().describe()}}
            );
            refused_.add(static_cast<double>(batch.size()));
        } else {
            records_.add(static_cast<double>(batch.size()));
        }
        for (Waiting& waiting : batch) {
            waiting.done.set_value(
                outcome ? Result<std::int64_t>(waiting.row.number) : fail(outcome.error())
            );
        }
    }

    /// Another process (a command of the administrator) may append meanwhile: then the batch is
    /// chained anew behind its record.
    Status store_batch(std::vector<Waiting>& batch) {
        Status outcome;
        for (int i = 0; i < kTries; ++i) {
            outcome = try_batch(batch);
            if (outcome) {
                return outcome;
            }
            BONGSU_TRY(read_head());
            if (outcome.error().kind != ErrorKind::AlreadyExists) {
                return outcome;
            }
        }
        return outcome;
    }

    Status try_batch(std::vector<Waiting>& batch) {
        std::vector<store::AuditRow> rows;
        std::int64_t number = number_;
        std::string hash = hash_;
        for (Waiting& waiting : batch) {
            waiting.row.number = ++number;
            waiting.row.hash = chain_hash(hash, waiting.row);
            hash = waiting.row.hash;
            rows.push_back(waiting.row);
        }
        BONGSU_TRY(store_.append(rows));
        number_ = number;
        hash_ = hash;
        return {};
    }

    store::AuditStore& store_;
    const AuditOptions options_;
    const AnchorSigner signer_;
    const Clock& clock_;
    Counter& records_;
    Counter& refused_;
    Gauge& waiting_gauge_;
    Histogram& seconds_;

    std::mutex mutex_;
    std::condition_variable_any ready_;
    std::deque<Waiting> waiting_;
    bool is_closed_ = false;

    // Of the writer thread alone.
    std::int64_t number_ = 0;
    std::string hash_;

    std::mutex anchor_mutex_;
    MonoTime anchor_due_;
    std::atomic<std::int64_t> anchored_{0};  ///< the newest record that is known to be signed
    std::jthread thread_;
};

}  // namespace

std::string_view to_string(Outcome outcome) {
    return kOutcomes.at(static_cast<std::size_t>(outcome));
}

Result<std::unique_ptr<AuditLog>> AuditLog::open(
    store::AuditStore& store, AuditOptions options, const Clock& clock, Metrics& metrics
) {
    BONGSU_ASSIGN(AnchorSigner signer, AnchorSigner::open(options.key));
    auto log = std::make_unique<ChainedAuditLog>(
        store, std::move(options), std::move(signer), clock, metrics
    );
    BONGSU_TRY(log->start());
    return log;
}

}  // namespace bongsu::audit
