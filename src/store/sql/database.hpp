#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "exec/bounded_mailbox.hpp"
#include "store/config.hpp"

#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace soci {
class session;  // NOLINT(readability-identifier-naming): SOCI's name
}

namespace bongsu::store {

/// One database with one writer thread and a few reading connections. Every write is a transaction
/// of its own and on disk when write() returns (SQLite: WAL with synchronous=FULL). Thread-safe;
/// calls block.
class Database {
public:
    /// Connects and migrates. InvalidArgument for an unknown kind of URL, Unavailable when it
    /// cannot be opened, FailedPrecondition when its schema is newer than this program.
    static Result<std::unique_ptr<Database>> open(
        const StoreConfig& config, const Clock& clock, Metrics& metrics
    );
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs `job` on the writer thread inside a transaction, which is committed when it succeeds
    /// and rolled back when it fails. Not from inside a job. ResourceExhausted when the queue is
    /// full.
    template <class F>
    std::invoke_result_t<F, soci::session&> write(F job) {
        std::invoke_result_t<F, soci::session&> outcome = fail(closed());
        BONGSU_TRY(run_write([&](soci::session& session) -> Status {
            outcome = job(session);
            return outcome ? Status{} : Status{fail(outcome.error())};
        }));
        return outcome;
    }

    /// Runs `job` on the calling thread inside a transaction, which gives it one consistent view.
    /// Waits while all reading connections are in use.
    template <class F>
    std::invoke_result_t<F, soci::session&> read(F job) {
        std::invoke_result_t<F, soci::session&> outcome = fail(closed());
        BONGSU_TRY(run_read([&](soci::session& session) -> Status {
            outcome = job(session);
            return outcome ? Status{} : Status{fail(outcome.error())};
        }));
        return outcome;
    }

    /// Writes that wait for their turn.
    std::size_t queued() const { return jobs_.size(); }

private:
    using Job = std::function<Status(soci::session&)>;

    struct Pending {
        const Job* job = nullptr;  ///< lives on the stack of the waiting caller
        std::shared_ptr<std::promise<Status>>
            done;  ///< the writer still holds it while it wakes the caller
    };

    Database(const StoreConfig& config, Metrics& metrics);
    Error closed() const;
    Status run_write(const Job& job);
    Status run_read(const Job& job);
    void run(const std::stop_token& stop);
    Status transact(soci::session& session, const Job& job) const;

    std::string name_;
    std::unique_ptr<soci::session> writer_;
    std::mutex readers_mutex_;
    std::condition_variable reader_returned_;
    std::vector<std::unique_ptr<soci::session>> idle_readers_;
    Gauge& queue_depth_;
    Counter& rejected_;
    Counter& failures_;
    Histogram& seconds_;
    exec::BoundedMailbox<Pending> jobs_;
    std::mutex closing_;
    bool is_closed_ = false;
    std::jthread thread_;
};

}  // namespace bongsu::store
