#pragma once

#include "incidents/incident_update.hpp"

#include <chrono>
#include <cstdio>
#include <functional>
#include <mutex>
#include <string>

namespace bongsu::app {

/// Writes incidents for people: one line when an incident opens, gets graver company or ends.
/// Gravity is shown as one to five lit fires. Thread-safe.
class IncidentPrinter {
public:
    /// `local_offset` turns UTC into the control room's time.
    IncidentPrinter(std::FILE* out, std::chrono::minutes local_offset)
        : out_(out), local_offset_(local_offset) {}

    void print(const incidents::IncidentUpdate& update);

private:
    std::mutex mutex_;
    std::FILE* out_;
    std::chrono::minutes local_offset_;
};

/// The line for one update, without a line end; empty when the update is not worth a line.
std::string describe_update(
    const incidents::IncidentUpdate& update, std::chrono::minutes local_offset
);

}  // namespace bongsu::app
