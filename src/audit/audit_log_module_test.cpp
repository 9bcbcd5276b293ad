// The audit log on a real database.
#include "audit/audit_log.hpp"
#include "store/testing/temporary_folder.hpp"
#include "store/testing/temporary_store.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::audit {
namespace {

TEST(AuditLogOnDisk, WhatManyThreadsAppendAtOnceIsOneWholeChain) {
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
    const Verification found = log->verify().value();
    EXPECT_TRUE(found.is_whole()) << found.problem;
    EXPECT_EQ(found.records, kThreads * kEach);
}

}  // namespace
}  // namespace bongsu::audit
