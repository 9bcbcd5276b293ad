#pragma once

#include "store/camera_store.hpp"
#include "store/sql/database.hpp"

namespace bongsu::store {

/// CameraStore in SQL. `database` must outlive it.
class SqlCameraStore final : public CameraStore {
public:
    explicit SqlCameraStore(Database& database) : database_(database) {}

    Result<std::vector<StoredCamera>> load() override;
    Status append(const std::vector<CameraStep>& steps) override;
    Result<std::vector<CameraVersion>> versions(
        const CameraId& camera, std::int64_t before, int limit
    ) override;
    Result<CameraVersion> version(const CameraId& camera, std::int64_t number) override;
    Result<std::vector<CameraGroup>> groups() override;
    Status put_group(const CameraGroup& group) override;
    Status remove_group(const GroupId& id) override;

private:
    Database& database_;
};

}  // namespace bongsu::store
