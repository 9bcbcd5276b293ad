#pragma once

#include "camsim/fault_script.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"

#include <memory>
#include <string_view>

namespace bongsu::camsim {

/// The table of all faults that a camera can be given; each key that is set adds its fault, and
/// they act together. docs/design/faults.md says what each one does.
const SettingsSchema& faults_schema();
Result<std::shared_ptr<const FaultScript>> parse_faults(const Value& map, std::string_view path);

/// A camera without faults.
std::shared_ptr<const FaultScript> no_faults();

}  // namespace bongsu::camsim
