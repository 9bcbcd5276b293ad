#pragma once

#include "store/testing/temporary_folder.hpp"

#include <string>

namespace bongsu::store::testing {

/// URL of a new, empty database of this kind ("sqlite", "postgresql"); empty when PostgreSQL is not
/// installed or does not start, which is said once. One private server serves the whole program.
std::string contract_database(const std::string& backend, const TemporaryFolder& folder);

}  // namespace bongsu::store::testing
