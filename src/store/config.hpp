#pragma once

#include "core/result.hpp"
#include "core/settings.hpp"

#include <cstddef>
#include <string>

namespace bongsu::store {

struct StoreConfig {
    std::string database =
        "sqlite:bongsu.db";  ///< may hold a password: print only through safe_name()
    std::size_t queue_jobs = 1000;

    /// "sqlite:/var/lib/bongsu/bongsu.db" or "postgresql://host/name", without user and password.
    std::string safe_name() const;
};

/// The section "store" of the configuration.
const SettingsSchema& store_schema();
StoreConfig read_store_config(const Settings& settings);

}  // namespace bongsu::store
