#include "store/sql/database.hpp"

#include "exec/thread_name.hpp"
#include "store/metrics.hpp"
#include "store/sql/migrations.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sqlite3.h>

namespace bongsu::store {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
/// A report over a month must not hold up the queue of every console.
constexpr int kReaders = 4;

bool is_postgres(const std::string& url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

ErrorKind kind_of(const soci::soci_error& error) {
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
        switch (sqlite->result() & 0xFF) {
            case SQLITE_FULL:
                return ErrorKind::ResourceExhausted;
            case SQLITE_BUSY:
            case SQLITE_LOCKED:
            case SQLITE_IOERR:
            case SQLITE_CANTOPEN:
            case SQLITE_READONLY:
                return ErrorKind::Unavailable;
            case SQLITE_CORRUPT:
            case SQLITE_NOTADB:
                return ErrorKind::Corrupt;
            default:
                return ErrorKind::Internal;
        }
    }
    switch (error.get_error_category()) {
        case soci::soci_error::connection_error:
        case soci::soci_error::system_error:
            return ErrorKind::Unavailable;
        case soci::soci_error::no_privilege:
            return ErrorKind::PermissionDenied;
        default:
            return ErrorKind::Internal;
    }
}

std::unexpected<Error> database_error(const std::string& name, const soci::soci_error& error) {
    return fail(kind_of(error), "database " + name + ": " + error.what());
}

std::unique_ptr<soci::session> connect(const std::string& url) {
    if (is_postgres(url)) {
        return std::make_unique<soci::session>(soci::postgresql, url);
    }
    const std::string file = url.substr(kSqlite.size());
    auto session = std::make_unique<soci::session>(soci::sqlite3, "db=\"" + file + "\"");
    *session << "PRAGMA busy_timeout = 5000";
    *session << "PRAGMA journal_mode = WAL";
    *session << "PRAGMA synchronous = FULL";
    *session << "PRAGMA foreign_keys = ON";
    return session;
}

/// A lost connection is made anew for the next job; the failed one has been reported.
void reconnect_if_lost(soci::session& session, const Status& outcome) {
    if (outcome || outcome.error().kind != ErrorKind::Unavailable ||
        session.get_backend_name() != "postgresql") {
        return;
    }
    try {
        session.reconnect();
    } catch (const soci::soci_error&) {
        // Still away: the next job fails the same way and tries again.
    }
}

}  // namespace

Database::Database(const StoreConfig& config, Metrics& metrics)
    : name_(config.safe_name()),
      queue_depth_(metrics.gauge(kWriteQueue)),
      rejected_(metrics.counter(kWritesRejected)),
      failures_(metrics.counter(kFailures)),
      seconds_(metrics.histogram(kWriteSeconds)),
      jobs_(config.queue_jobs, exec::Overflow::Reject) {}

Result<std::unique_ptr<Database>> Database::open(
    const StoreConfig& config, const Clock& clock, Metrics& metrics
) {
    if (!is_postgres(config.database) && !config.database.starts_with(kSqlite)) {
        return fail(
            ErrorKind::InvalidArgument,
            "store.database '" + config.safe_name() +
                "' is neither sqlite:FILE nor postgresql://HOST/NAME"
        );
    }
    std::unique_ptr<Database> database(new Database(config, metrics));
    try {
        database->writer_ = connect(config.database);
        BONGSU_TRY(migrate(*database->writer_, all_migrations(), database->name_, clock.wall()));
        for (int i = 0; i < kReaders; ++i) {
            database->idle_readers_.push_back(connect(config.database));
        }
    } catch (const soci::soci_error& error) {
        Error what = database_error(database->name_, error).error();
        what.message = "cannot open the " + what.message +
                       "; check that it exists, can be reached and may be written";
        return fail(std::move(what));
    }
    database->thread_ =
        std::jthread([self = database.get()](const std::stop_token& stop) { self->run(stop); });
    return database;
}

Database::~Database() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
}

Error Database::closed() const {
    return {ErrorKind::Cancelled, "database " + name_ + " is closed", nullptr};
}

Status Database::run_write(const Job& job) {
    const auto done = std::make_shared<std::promise<Status>>();
    auto outcome = done->get_future();
    {
        // The mutex orders this against the end of run(), after which nobody would answer.
        const std::scoped_lock lock(closing_);
        if (is_closed_) {
            return fail(closed());
        }
        if (jobs_.push({.job = &job, .done = done}) == exec::Admission::Rejected) {
            rejected_.add();
            return fail(
                ErrorKind::ResourceExhausted,
                "database " + name_ + " is too slow: its queue of writes is full (store.queue_jobs)"
            );
        }
    }
    queue_depth_.set(static_cast<double>(jobs_.size()));
    return outcome.get();
}

Status Database::run_read(const Job& job) {
    std::unique_lock lock(readers_mutex_);
    reader_returned_.wait(lock, [&] { return !idle_readers_.empty(); });
    std::unique_ptr<soci::session> reader = std::move(idle_readers_.back());
    idle_readers_.pop_back();
    lock.unlock();
    const Status outcome = transact(*reader, job);
    reconnect_if_lost(*reader, outcome);
    lock.lock();
    idle_readers_.push_back(std::move(reader));
    reader_returned_.notify_one();
    return outcome;
}

void Database::run(const std::stop_token& stop) {
    exec::set_thread_name("store");
    while (const auto pending = jobs_.pop(stop)) {
        const auto begin = std::chrono::steady_clock::now();
        const Status outcome = transact(*writer_, *pending->job);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        seconds_.observe(took.count());
        pending->done->set_value(outcome);
        reconnect_if_lost(*writer_, outcome);
        queue_depth_.set(static_cast<double>(jobs_.size()));
    }
    const std::scoped_lock lock(closing_);
    is_closed_ = true;
    while (const auto pending = jobs_.try_pop()) {
        pending->done->set_value(transact(*writer_, *pending->job));
    }
}

Status Database::transact(soci::session& session, const Job& job) const {
    try {
        soci::transaction transaction(session);
        BONGSU_TRY(job(session));
        transaction.commit();
        return {};
    } catch (const soci::soci_error& error) {
        failures_.add();
        return database_error(name_, error);
    } catch (const std::exception& error) {
        failures_.add();
        return fail(ErrorKind::Internal, "database " + name_ + ": " + error.what());
    }
}

}  // namespace bongsu::store
