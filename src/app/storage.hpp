#pragma once

#include "core/metrics.hpp"
#include "core/value.hpp"
#include "store/store.hpp"

#include <filesystem>
#include <memory>

namespace bongsu::app {

/// Where one node keeps things, below its data folder.
struct DataFolders {
    std::filesystem::path root;

    std::filesystem::path recordings() const { return root / "recordings"; }

    std::filesystem::path snapshots() const { return root / "snapshots"; }

    /// What rules have learnt of their places.
    std::filesystem::path memories() const { return root / "memories"; }

    std::filesystem::path database() const { return root / "bongsu.db"; }
};

/// Opens the database that the section "store" names; without one, SQLite in the data folder.
Result<std::unique_ptr<store::Store>> open_store(
    const Value& section, const DataFolders& folders, const Clock& clock, Metrics& metrics
);

/// The same for commands that look at an existing data folder; NotFound when there is no database.
Result<std::unique_ptr<store::Store>> open_existing_store(
    const DataFolders& folders, const Clock& clock, Metrics& metrics
);

}  // namespace bongsu::app
