#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/camera_group.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::store {

enum class CameraAction { Created, Changed, Removed, Restored };
std::string_view to_string(CameraAction action);

/// One step in the life of a camera's configuration. Versions are only ever added.
struct CameraVersion {
    CameraId camera;
    std::int64_t number = 0;  ///< counts from 1 per camera, without gaps
    CameraAction action = CameraAction::Changed;
    WallTime time;
    std::string who;
    std::string why;     ///< may be empty
    std::string config;  ///< JSON with secrets: never shown as it is

    bool operator==(const CameraVersion&) const = default;
};

/// A camera as it now is.
struct StoredCamera {
    CameraVersion latest;    ///< of a removed camera: the removal, with the configuration it had
    std::string file_entry;  ///< its entry of the configuration file as last taken in; may be empty

    bool is_removed() const { return latest.action == CameraAction::Removed; }
};

/// A version to be added. Its number must be one more than the stored one.
struct CameraStep {
    CameraVersion version;
    std::optional<std::string> file_entry;  ///< replaces the stored one when given
};

/// The cameras of an installation as stored configuration, and their groups. Thread-safe; every
/// call blocks until the database has answered, and a write is on disk when it returns. Errors:
/// NotFound, FailedPrecondition (somebody else was quicker: the message says who), Unavailable or
/// ResourceExhausted (retry), Internal.
class CameraStore {
public:
    virtual ~CameraStore() = default;

    /// Every camera, removed ones too, ordered by id.
    virtual Result<std::vector<StoredCamera>> load() = 0;

    /// Adds all steps in one transaction, or none.
    virtual Status append(const std::vector<CameraStep>& steps) = 0;

    /// Newest first, those with a number below `before` (0: all).
    virtual Result<std::vector<CameraVersion>> versions(
        const CameraId& camera, std::int64_t before, int limit
    ) = 0;

    virtual Result<CameraVersion> version(const CameraId& camera, std::int64_t number) = 0;

    /// Ordered by id.
    virtual Result<std::vector<CameraGroup>> groups() = 0;

    /// Stores a new group (version 1) or one whose stored version is one less.
    virtual Status put_group(const CameraGroup& group) = 0;

    virtual Status remove_group(const GroupId& id) = 0;
};

}  // namespace bongsu::store
