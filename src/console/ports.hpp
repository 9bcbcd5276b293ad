#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "domain/incident.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

// The parts that the console works with; each row file includes what it uses.
namespace bongsu::audit {
class AuditLog;
}  // namespace bongsu::audit

namespace bongsu::behaviours {
class Registry;
}  // namespace bongsu::behaviours

namespace bongsu::fleet {
class Fleet;
}  // namespace bongsu::fleet

namespace bongsu::identity {
class Identity;
}  // namespace bongsu::identity

namespace bongsu::live {
class LiveHub;
}  // namespace bongsu::live

namespace bongsu::store {
class Store;
}  // namespace bongsu::store

namespace bongsu::console {

class EventStream;

/// Everything that the routes reach, put together by app. References outlive the console. Pointers
/// are null when this node does not play that role; routes then answer 503 and say so.
struct ConsoleParts {
    const Clock& clock;
    Metrics& metrics;
    store::Store& store;
    identity::Identity& identity;
    audit::AuditLog& audit;
    fleet::Fleet& fleet;
    EventStream& events;
    const behaviours::Registry& behaviours;
    live::LiveHub* live = nullptr;
    std::filesystem::path data;        ///< the node's data folder
    std::filesystem::path recordings;  ///< empty: nothing is recorded here
    std::filesystem::path snapshots;
    std::string time_zone;  ///< such as "+09:00"
    std::string version;
};

}  // namespace bongsu::console
