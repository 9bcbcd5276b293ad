#include "core/metrics.hpp"

#include <mutex>
#include <utility>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace bongsu {
namespace {

class CounterView final : public Counter {
public:
    explicit CounterView(prometheus::Counter& counter) : counter_(counter) {}

    void add(double amount) override { counter_.Increment(amount); }

    double value() const override { return counter_.Value(); }

private:
    prometheus::Counter& counter_;
};

class GaugeView final : public Gauge {
public:
    explicit GaugeView(prometheus::Gauge& gauge) : gauge_(gauge) {}

    void set(double value) override { gauge_.Set(value); }

    void add(double amount) override { gauge_.Increment(amount); }

    double value() const override { return gauge_.Value(); }

private:
    prometheus::Gauge& gauge_;
};

class HistogramView final : public Histogram {
public:
    explicit HistogramView(prometheus::Histogram& histogram) : histogram_(histogram) {}

    void observe(double value) override { histogram_.Observe(value); }

private:
    prometheus::Histogram& histogram_;
};

using Key = std::pair<std::string, Labels>;

/// The view for `key`, made by `make` the first time.
template <class View, class Make>
View& once(std::map<Key, std::unique_ptr<View>>& views, const Key& key, Make make) {
    auto& slot = views[key];
    if (!slot) {
        slot = make();
    }
    return *slot;
}

}  // namespace

struct Metrics::Impl {
    mutable std::mutex mutex;
    prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
    std::map<Key, std::unique_ptr<CounterView>> counters;
    std::map<Key, std::unique_ptr<GaugeView>> gauges;
    std::map<Key, std::unique_ptr<HistogramView>> histograms;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}

Metrics::~Metrics() = default;

Counter& Metrics::counter(const MetricDesc& desc, const Labels& labels) {
    const std::scoped_lock lock(impl_->mutex);
    return once(impl_->counters, {std::string(desc.name), labels}, [&] {
        auto& family = prometheus::BuildCounter()
                           .Name(std::string(desc.name))
                           .Help(std::string(desc.help))
                           .Register(impl_->registry);
        return std::make_unique<CounterView>(family.Add(labels));
    });
}

Gauge& Metrics::gauge(const MetricDesc& desc, const Labels& labels) {
    const std::scoped_lock lock(impl_->mutex);
    return once(impl_->gauges, {std::string(desc.name), labels}, [&] {
        auto& family = prometheus::BuildGauge()
                           .Name(std::string(desc.name))
                           .Help(std::string(desc.help))
                           .Register(impl_->registry);
        return std::make_unique<GaugeView>(family.Add(labels));
    });
}

Histogram& Metrics::histogram(const MetricDesc& desc, const Labels& labels) {
    const std::scoped_lock lock(impl_->mutex);
    return once(impl_->histograms, {std::string(desc.name), labels}, [&] {
        auto& family = prometheus::BuildHistogram()
                           .Name(std::string(desc.name))
                           .Help(std::string(desc.help))
                           .Register(impl_->registry);
        return std::make_unique<HistogramView>(
            family.Add(labels, prometheus::Histogram::BucketBoundaries(desc.buckets))
        );
    });
}

std::string Metrics::expose() const {
    const std::scoped_lock lock(impl_->mutex);
    return prometheus::TextSerializer{}.Serialize(impl_->registry.Collect());
}

}  // namespace bongsu
