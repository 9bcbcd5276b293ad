#pragma once

#include "app/station.hpp"
#include "core/clock.hpp"
#include "core/value.hpp"
#include "domain/camera_health.hpp"

#include <cstddef>
#include <filesystem>
#include <string>

namespace bongsu::app {

/// What a node says of itself beside its station.
struct NodeFacts {
    std::string version;
    WallTime started;
    std::filesystem::path data;  ///< whose disk is told
    std::string database;        ///< without user and password
    std::size_t viewers = 0;     ///< of live pictures, now
};

/// The state of a node as GET /api/v1/system tells it (schema SystemState of api/openapi.yaml):
/// figures, and every problem that a person must act on as one sentence.
Value system_state(
    const StationReport& report, const HealthSnapshot& health, const NodeFacts& node
);

}  // namespace bongsu::app
