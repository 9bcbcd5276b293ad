#include "core/metrics.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

const MetricDesc kDrops{MetricKind::Counter, "bongsu_test_drops_total", "1", "Dropped things.", {}};
const MetricDesc kAge{MetricKind::Histogram, "bongsu_test_age_seconds", "s", "Age.", {0.1, 1}};

TEST(Metrics, SameNameAndLabelsIsTheSameCounter) {
    Metrics metrics;
    metrics.counter(kDrops, {{"camera", "a"}}).add(2);
    metrics.counter(kDrops, {{"camera", "a"}}).add();
    metrics.counter(kDrops, {{"camera", "b"}}).add();
    EXPECT_DOUBLE_EQ(metrics.counter(kDrops, {{"camera", "a"}}).value(), 3);
    EXPECT_NE(metrics.expose().find("bongsu_test_drops_total{camera=\"a\"} 3"), std::string::npos)
        << metrics.expose();
}

TEST(Metrics, HistogramCountsByBucket) {
    Metrics metrics;
    metrics.histogram(kAge).observe(0.5);
    EXPECT_NE(metrics.expose().find("le=\"1\"} 1"), std::string::npos) << metrics.expose();
    EXPECT_NE(metrics.expose().find("le=\"0.1\"} 0"), std::string::npos);
}

}  // namespace
}  // namespace bongsu
