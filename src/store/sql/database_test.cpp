#include "store/sql/database.hpp"

#include "store/metrics.hpp"
#include "store/sql/migrations.hpp"
#include "store/sql/statement.hpp"
#include "store/testing/temporary_folder.hpp"

#include <fstream>
#include <latch>

#include <gtest/gtest.h>
#include <soci/soci.h>

namespace bongsu::store {
namespace {

class DatabaseTest : public ::testing::Test {
protected:
    Result<std::unique_ptr<Database>> open(std::size_t queue_jobs = 10) {
        return Database::open({.database = url_, .queue_jobs = queue_jobs}, clock_, metrics_);
    }

    static std::int64_t count_days(Database& database) {
        return database
            .read([](soci::session& session) -> Result<std::int64_t> {
                Statement query(session, "SELECT COUNT(*) FROM chain_days");
                query.integer();
                query.run();
                return query.integer_at(0);
            })
            .value();
    }

    static void insert_day(soci::session& session) {
        session << "INSERT INTO chain_days VALUES ('c', 'main', '2026-11-21', '', 0, 0, '', 0)";
    }

    testing::TemporaryFolder folder_;
    std::string url_ = "sqlite:" + (folder_.path() / "a b.db").string();
    ManualClock clock_;
    Metrics metrics_;
};

TEST_F(DatabaseTest, MigratesOnceAndOpensAgain) {
    ASSERT_TRUE(open());
    auto again = open();
    ASSERT_TRUE(again) << again.error().describe();
    EXPECT_EQ(count_days(**again), 0);
}

TEST_F(DatabaseTest, RefusesNewerSchemaAndNamesBothVersions) {
    ASSERT_TRUE((*open())->write([](soci::session& session) -> Status {
        session
            << "INSERT INTO schema_version (version, name, applied_us) VALUES (99, 'future', 0)";
        return {};
    }));
    const auto refused = open();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::FailedPrecondition);
    EXPECT_NE(refused.error().message.find("99"), std::string::npos);
}

TEST_F(DatabaseTest, FailedMigrationLeavesNothingBehind) {
    soci::session session("sqlite3", "db=\"" + (folder_.path() / "m.db").string() + "\"");
    const std::vector<Migration> broken{
        {"0001_broken", "CREATE TABLE a (x INTEGER);\nCREATE NONSENSE;\n"}
    };
    EXPECT_FALSE(migrate(session, broken, "m.db", clock_.wall()));
    const std::vector<Migration> mended{{"0001_mended", "CREATE TABLE a (x INTEGER);\n"}};
    EXPECT_TRUE(migrate(session, mended, "m.db", clock_.wall()));
}

TEST_F(DatabaseTest, MigrationThatComesLaterWithALowerNumberIsAppliedToo) {
    soci::session session("sqlite3", "db=\"" + (folder_.path() / "m.db").string() + "\"");
    const Migration first{"0010_a", "CREATE TABLE a (x INTEGER);\n"};
    const Migration late{"0011_b", "CREATE TABLE b (x INTEGER);\n"};
    const Migration last{"0020_c", "CREATE TABLE c (x INTEGER);\n"};
    ASSERT_TRUE(migrate(session, {first, last}, "m.db", clock_.wall()));
    ASSERT_TRUE(migrate(session, {first, late, last}, "m.db", clock_.wall()));
    EXPECT_NO_THROW(session << "INSERT INTO b (x) VALUES (1)");
}

TEST_F(DatabaseTest, StatementsForTheOtherDatabaseAreLeftOut) {
    soci::session session("sqlite3", "db=\"" + (folder_.path() / "m.db").string() + "\"");
    const Migration mixed{
        "0001_mixed",
        "-- only postgresql\nCREATE NONSENSE;\n-- only sqlite3\nCREATE TABLE a (x INTEGER);\n"
        "CREATE TABLE b (x INTEGER);\n"
    };
    ASSERT_TRUE(migrate(session, {mixed}, "m.db", clock_.wall()));
    EXPECT_NO_THROW(session << "INSERT INTO a (x) VALUES (1)");
    EXPECT_NO_THROW(session << "INSERT INTO b (x) VALUES (1)");
}

TEST_F(DatabaseTest, FailedJobIsRolledBack) {
    const auto database = open().value();
    const Status outcome = database->write([](soci::session& session) -> Status {
        insert_day(session);
        return fail(ErrorKind::InvalidArgument, "no");
    });
    EXPECT_EQ(outcome.error().message, "no");
    EXPECT_EQ(count_days(*database), 0);
}

TEST_F(DatabaseTest, FullQueueTurnsWritesAwayAndCounts) {
    const auto database = open(1).value();
    std::latch started(1);
    std::latch release(1);
    std::jthread slow([&] {
        (void)database->write([&](soci::session&) -> Status {
            started.count_down();
            release.wait();
            return {};
        });
    });
    started.wait();
    std::jthread waiting([&] { (void)database->write([](soci::session&) -> Status { return {}; }); }
    );
    while (database->queued() < 1) {
        std::this_thread::yield();
    }
    const Status outcome = database->write([](soci::session&) -> Status { return {}; });
    EXPECT_EQ(outcome.error().kind, ErrorKind::ResourceExhausted);
    EXPECT_EQ(metrics_.counter(kWritesRejected).value(), 1);
    release.count_down();
}

TEST_F(DatabaseTest, RefusesUnknownUrlWithoutShowingThePassword) {
    const auto refused = Database::open({.database = "mysql://me:secret@db/x"}, clock_, metrics_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(refused.error().message.find("secret"), std::string::npos);
}

TEST_F(DatabaseTest, FileThatIsNoDatabaseIsAClearError) {
    std::ofstream(folder_.path() / "a b.db") << std::string(4096, 'x');
    const auto refused = open();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Corrupt);
}

}  // namespace
}  // namespace bongsu::store
