#pragma once

#include "store/segment_index.hpp"
#include "store/sql/database.hpp"

namespace bongsu::store {

/// SegmentIndex in SQL. `database` must outlive it.
class SqlSegmentIndex final : public SegmentIndex {
public:
    explicit SqlSegmentIndex(Database& database) : database_(database) {}

    Status put(const Segment& segment) override;
    Result<std::vector<Segment>> find(const SegmentQuery& query) override;
    Result<std::optional<Segment>> get(const std::string& path) override;
    Result<std::optional<Segment>> newest(const CameraId& camera, StreamRole role) override;
    Result<std::vector<StoredStream>> streams() override;
    Status mark_retiring(const std::vector<std::string>& paths) override;
    Status retire(const std::vector<std::string>& paths) override;
    Result<std::vector<ChainDay>> chain_days(const std::optional<CameraId>& camera) override;

private:
    Database& database_;
};

}  // namespace bongsu::store
