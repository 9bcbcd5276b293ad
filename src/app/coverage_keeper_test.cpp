#include "app/coverage_keeper.hpp"

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

/// Adds up like the real store, or refuses.
class CountingStore final : public store::CoverageStore {
public:
    Status merge(const std::vector<store::CoverageHour>& hours) override {
        if (is_broken) {
            return fail(ErrorKind::Unavailable, "away");
        }
        for (const store::CoverageHour& hour : hours) {
            looks += hour.looks;
        }
        return {};
    }

    Result<std::vector<store::CoverageHour>> find(
        const std::optional<CameraId>&, WallTime, WallTime
    ) override {
        return std::vector<store::CoverageHour>{};
    }

    Result<std::vector<store::CoverageHour>> worst(WallTime, WallTime, int) override {
        return std::vector<store::CoverageHour>{};
    }

    bool is_broken = false;
    std::int64_t looks = 0;
};

class CoverageKeeperTest : public testing::Test {
protected:
    void look() {
        clock_.advance(std::chrono::seconds{5});
        ledger_.record(camera_, triage::Looker::Detector, clock_.wall());
    }

    CameraId camera_{"a"};
    ManualClock clock_;
    triage::CoverageLedger ledger_;
    CountingStore store_;
};

TEST_F(CoverageKeeperTest, WritesEachLookOnce) {
    CoverageKeeper keeper(ledger_, store_, clock_);
    ledger_.begin(camera_, clock_.wall());
    keeper.watch(camera_);
    look();
    keeper.write();
    keeper.write();
    look();
    keeper.stop();
    EXPECT_EQ(store_.looks, 2);
}

TEST_F(CoverageKeeperTest, TriesAgainWhatTheStoreRefused) {
    CoverageKeeper keeper(ledger_, store_, clock_);
    ledger_.begin(camera_, clock_.wall());
    keeper.watch(camera_);
    look();
    store_.is_broken = true;
    keeper.write();
    store_.is_broken = false;
    keeper.stop();
    EXPECT_EQ(store_.looks, 1);
}

}  // namespace
}  // namespace bongsu::app
