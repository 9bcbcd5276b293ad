#pragma once

#include "store/coverage_store.hpp"
#include "store/sql/database.hpp"

namespace bongsu::store {

/// CoverageStore in SQL. `database` must outlive it.
class SqlCoverageStore final : public CoverageStore {
public:
    explicit SqlCoverageStore(Database& database) : database_(database) {}

    Status merge(const std::vector<CoverageHour>& hours) override;
    Result<std::vector<CoverageHour>> find(
        const std::optional<CameraId>& camera, WallTime from, WallTime to
    ) override;
    Result<std::vector<CoverageHour>> worst(WallTime from, WallTime to, int limit) override;

private:
    Database& database_;
};

}  // namespace bongsu::store
