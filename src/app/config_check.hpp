#pragma once

#include "app/city_config.hpp"

namespace bongsu::app {

/// Checks everything in a configuration that can be checked without touching disk, network or
/// models: the modules' sections, the sources and every rule of every camera. A station does so
/// before it begins, so that a mistake in the last camera shows before the first one is connected.
Status check_config(const CityConfig& config);

}  // namespace bongsu::app
