#pragma once

#include "core/metrics.hpp"
#include "core/settings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bongsu::app {

/// One table of settings in the generated configuration reference.
struct SettingsSection {
    std::string title;  ///< where it stands in the file, such as "recording"
    std::string intro;  ///< one or two sentences
    const SettingsSchema* schema = nullptr;
};

/// One module's metrics in the generated metrics reference.
struct MetricsSection {
    std::string title;
    std::vector<MetricDesc> metrics;
};

/// docs/ref/config.md.
std::string config_reference(const std::vector<SettingsSection>& sections);

/// docs/ref/metrics.md.
std::string metrics_reference(const std::vector<MetricsSection>& sections);

}  // namespace bongsu::app
