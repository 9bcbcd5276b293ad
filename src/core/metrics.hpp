#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu {

enum class MetricKind { Counter, Gauge, Histogram };

/// Declares one metric. Each module lists its own in <module>/metrics.hpp; docs/ref/metrics.md is
/// generated from these lists. Names follow the Prometheus rules:
/// bongsu_<module>_<what>_<unit>[_total].
struct MetricDesc {
    MetricKind kind = MetricKind::Counter;
    std::string_view name;
    std::string_view unit;  ///< "seconds", "bytes", "1" ...
    std::string_view help;
    std::vector<double> buckets{};  ///< histograms only, ascending upper bounds in `unit`
};

using Labels = std::map<std::string, std::string>;

class Counter {
public:
    virtual ~Counter() = default;
    virtual void add(double amount = 1) = 0;
    virtual double value() const = 0;
};

class Gauge {
public:
    virtual ~Gauge() = default;
    virtual void set(double value) = 0;
    virtual void add(double amount) = 0;
    virtual double value() const = 0;
};

class Histogram {
public:
    virtual ~Histogram() = default;
    virtual void observe(double value) = 0;
};

/// All metrics of one process. Thread-safe. The references that it hands out live as long as it
/// does; take them once, at construction, not per event.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    Counter& counter(const MetricDesc& desc, const Labels& labels = {});
    Gauge& gauge(const MetricDesc& desc, const Labels& labels = {});
    Histogram& histogram(const MetricDesc& desc, const Labels& labels = {});

    /// The Prometheus text exposition format, version 0.0.4.
    std::string expose() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu
