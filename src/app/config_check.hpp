#pragma once

#include "app/city_config.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/schedule.hpp"
#include "core/metrics.hpp"
#include "ingest/registry.hpp"

namespace bongsu::app {

/// Checks what parse_camera cannot know: sources and behaviours with their settings. Thread-safe.
class CameraCheck {
public:
    explicit CameraCheck(behaviours::TimeZone zone);

    /// InvalidArgument names the stream or the rule, and the field.
    Status operator()(const CameraConfig& camera) const;

private:
    behaviours::TimeZone zone_;
    behaviours::Registry behaviours_;
    ingest::Registry sources_;
};

/// Checks everything in a configuration that can be checked without touching disk, network or
/// models: the modules' sections, the sources and every rule of every camera. A station does so
/// before it begins, so that a mistake in the last camera shows before the first one is connected.
Status check_config(const CityConfig& config);

}  // namespace bongsu::app
