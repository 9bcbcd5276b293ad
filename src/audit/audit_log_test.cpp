#include "audit/audit_log.hpp"

#include "audit/metrics.hpp"
#include "audit/testing/memory_audit_store.hpp"
#include "store/testing/temporary_folder.hpp"

#include <algorithm>
#include <barrier>
#include <set>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

namespace bongsu::audit {
namespace {

AuditRecord record(const std::string& who = "kim") {
    return {
        .who = who,
        .organisation = "city",
        .action = "camera.view_live",
        .object = "camera:문-1",
        .purpose = "control",
        .incident = "",
        .outcome = Outcome::Allowed,
        .address = "10.0.0.1",
        .detail = "{}",
    };
}

class AuditLogTest : public ::testing::Test {
protected:
    std::unique_ptr<AuditLog> open() {
        return AuditLog::open(store_, options(), clock_, metrics_).value();
    }

    AuditOptions options() const {
        return {.key = folder_.path() / "audit.key", .anchors = folder_.path() / "anchors.txt"};
    }

    store::testing::TemporaryFolder folder_;
    testing::MemoryAuditStore store_;
    ManualClock clock_;
    Metrics metrics_;
};

TEST_F(AuditLogTest, NumbersGrowByOneAndSurviveARestart) {
    EXPECT_EQ(open()->append(record()).value(), 1);
    const auto log = open();
    EXPECT_EQ(log->append(record()).value(), 2);
    EXPECT_EQ(log->append(record()).value(), 3);
    EXPECT_TRUE(log->verify().value().is_whole());
    EXPECT_EQ(log->verify().value().records, 3);
}

TEST_F(AuditLogTest, RecordHoldsWhatWasGivenAndTheTimeOfTheLog) {
    const auto log = open();
    AuditRecord given = record();
    given.outcome = Outcome::Denied;
    ASSERT_TRUE(log->append(given));
    const store::AuditRow row = store_.rows.at(0);
    EXPECT_EQ(row.time, clock_.wall());
    EXPECT_EQ(row.who, "kim");
    EXPECT_EQ(row.object, "camera:문-1");
    EXPECT_EQ(row.outcome, "denied");
}

TEST_F(AuditLogTest, TextsAreCutAndCleanedBeforeTheyAreStored) {
    const auto log = open();
    AuditRecord given = record(std::string("a\0b\nc\xFF", 6));
    given.object = std::string(255, 'x') + "문";
    given.detail = std::string(10'000, 'd');
    ASSERT_TRUE(log->append(given));
    EXPECT_EQ(store_.rows.at(0).who, "a b c\xEF\xBF\xBD");
    EXPECT_EQ(store_.rows.at(0).object, std::string(255, 'x'));
    EXPECT_EQ(store_.rows.at(0).detail.size(), 4'096U);
}

TEST_F(AuditLogTest, ManyThreadsShareTransactionsAndEveryRecordIsThereOnce) {
    const auto log = open();
    constexpr int kThreads = 16;
    constexpr int kEach = 50;
    std::barrier start(kThreads);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&, t] {
                start.arrive_and_wait();
                for (int i = 0; i < kEach; ++i) {
                    EXPECT_TRUE(log->append(record(std::to_string(t) + "-" + std::to_string(i))));
                }
            });
        }
    }
    std::set<std::string> who;
    for (const store::AuditRow& row : store_.rows) {
        who.insert(row.who);
    }
    EXPECT_EQ(who.size(), static_cast<std::size_t>(kThreads * kEach));
    EXPECT_TRUE(log->verify().value().is_whole());
}

TEST_F(AuditLogTest, WithoutTheDatabaseNothingIsAllowed) {
    const auto log = open();
    ASSERT_TRUE(log->append(record()));
    store_.before_append = [] { return Status{fail(ErrorKind::Unavailable, "disk is full")}; };
    EXPECT_EQ(log->append(record()).error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(metrics_.counter(kRefused).value(), 1);
    store_.before_append = nullptr;
    EXPECT_EQ(log->append(record()).value(), 2);
    EXPECT_TRUE(log->verify().value().is_whole());
}

TEST_F(AuditLogTest, QueueThatIsFullRefuses) {
    std::barrier inside(2);
    std::barrier release(2);
    AuditOptions small = options();
    small.queue_records = 1;
    const auto log = AuditLog::open(store_, small, clock_, metrics_).value();
    store_.before_append = [&, is_first = true]() mutable {
        if (std::exchange(is_first, false)) {
            inside.arrive_and_wait();
            release.arrive_and_wait();
        }
        return Status{};
    };
    std::jthread writing([&] { EXPECT_TRUE(log->append(record())); });
    inside.arrive_and_wait();
    std::jthread waiting([&] { EXPECT_TRUE(log->append(record())); });
    while (metrics_.gauge(kWaiting).value() < 1) {
        std::this_thread::yield();
    }
    EXPECT_EQ(log->append(record()).error().kind, ErrorKind::ResourceExhausted);
    release.arrive_and_wait();
}

TEST_F(AuditLogTest, RecordOfAnotherProcessInBetweenIsChainedBehind) {
    const auto server = open();
    ASSERT_TRUE(server->append(record("server")));
    {
        const auto command = open();
        ASSERT_TRUE(command->append(record("command")));
    }
    EXPECT_EQ(server->append(record("server")).value(), 3);
    EXPECT_TRUE(server->verify().value().is_whole());
}

TEST_F(AuditLogTest, AnchorIsSignedAtShutdownOncePerRecord) {
    open();
    EXPECT_TRUE(store_.kept_anchors.empty()) << "nothing to sign";
    ASSERT_TRUE(open()->append(record()));
    open();
    ASSERT_EQ(store_.kept_anchors.size(), 1U);
    EXPECT_EQ(store_.kept_anchors.at(0).number, 1);
    EXPECT_EQ(open()->verify().value().anchors, 1);
}

TEST_F(AuditLogTest, AnchorIsSignedEveryFiveMinutes) {
    const auto log = open();
    ASSERT_TRUE(log->append(record()));
    ASSERT_TRUE(log->anchor_if_due());
    EXPECT_TRUE(store_.kept_anchors.empty());
    clock_.advance(std::chrono::minutes{5});
    ASSERT_TRUE(log->anchor_if_due());
    EXPECT_EQ(store_.kept_anchors.size(), 1U);
    clock_.advance(std::chrono::minutes{5});
    ASSERT_TRUE(log->anchor_if_due());
    EXPECT_EQ(store_.kept_anchors.size(), 1U) << "nothing new to sign";
}

TEST_F(AuditLogTest, AnchorIsSignedAfterSoManyRecords) {
    AuditOptions often = options();
    often.anchor_records = 10;
    {
        const auto log = AuditLog::open(store_, often, clock_, metrics_).value();
        for (int i = 0; i < 25; ++i) {
            ASSERT_TRUE(log->append(record()));
        }
    }
    // One at shutdown, too. A record is answered before its anchor, so one more may be in it.
    ASSERT_EQ(store_.kept_anchors.size(), 3U);
    EXPECT_GE(store_.kept_anchors[0].number, 10);
    EXPECT_GE(store_.kept_anchors[1].number, 20);
    EXPECT_EQ(store_.kept_anchors[2].number, 25);
}

}  // namespace
}  // namespace bongsu::audit
