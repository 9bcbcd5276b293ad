// The audit log on a real database.
#include "audit/audit_log.hpp"
#include "store/testing/temporary_folder.hpp"
#include "store/testing/temporary_store.hpp"

#include <chrono>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::audit {
namespace {

TEST(AuditLogOnDisk, FiveHundredViewsASecondAreWrittenEachOnDisk) {
    const store::testing::TemporaryFolder folder;
    const store::testing::TemporaryStore store;
    const SystemClock clock;
    Metrics metrics;
    const auto log = AuditLog::open(
                         store->audit(),
                         {.key = folder.path() / "key", .anchors = folder.path() / "anchors"},
                         clock,
                         metrics
    )
                         .value();
    constexpr int kThreads = 32;
    constexpr int kEach = 50;
    const auto begin = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < kEach; ++i) {
                    EXPECT_TRUE(log->append(
                        {.who = "kim", .action = "view", .object = "camera:gate", .detail = "{}"}
                    ));
                }
            });
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const double rate = kThreads * kEach / took.count();
    RecordProperty("records_per_second", static_cast<int>(rate));
    EXPECT_GT(rate, 500);
    const Verification found = log->verify().value();
    EXPECT_TRUE(found.is_whole()) << found.problem;
    EXPECT_EQ(found.records, kThreads * kEach);
}

}  // namespace
}  // namespace bongsu::audit
