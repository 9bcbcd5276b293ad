#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/value.hpp"
#include "domain/camera.hpp"
#include "domain/camera_group.hpp"
#include "store/camera_store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bongsu::fleet {

/// A camera in service, or as it was when it was removed. Immutable and shared: a change makes a
/// new one.
struct FleetCamera {
    CameraConfig config;
    std::int64_t version = 0;
    WallTime changed_at;
    std::string changed_by;
    std::string search_text;  ///< lower-case id, name, site, address, tags and note
};

using FleetCameraPtr = std::shared_ptr<const FleetCamera>;

/// All cameras and groups at one instant. Immutable: readers keep it as long as they like.
struct FleetSnapshot {
    std::vector<FleetCameraPtr> cameras;  ///< ordered by id
    std::unordered_map<CameraId, FleetCameraPtr> by_id;
    std::vector<FleetCameraPtr> removed;  ///< out of service, as they last were; ordered by id
    std::vector<CameraGroup> groups;      ///< ordered by id
    std::uint64_t revision = 0;           ///< grows with every change

    FleetCameraPtr find(const CameraId& id) const;
    FleetCameraPtr find_removed(const CameraId& id) const;
    const CameraGroup* group(const GroupId& id) const;
};

using FleetSnapshotPtr = std::shared_ptr<const FleetSnapshot>;

/// Every set condition must hold.
struct CameraQuery {
    std::optional<OrganisationId> organisation;
    std::optional<GroupId> group;
    bool is_removed = false;  ///< those out of service instead of those in it
    std::string text;  ///< words that must all occur in id, name, site, address, tags or note
    std::function<bool(const FleetCamera&)> also;  ///< scope of rights, state; may be empty
    std::string cursor;  ///< CameraPage::next of the page before; empty for the first
    int limit = 100;     ///< 1-1000
};

struct CameraPage {
    std::vector<FleetCameraPtr> cameras;  ///< ordered by id
    std::string next;                     ///< empty when this is the last page
    std::size_t total = 0;                ///< cameras that meet the conditions, on all pages
};

/// Who changes something, and why.
struct Author {
    std::string who;
    std::string why;  ///< may be empty
};

/// One member of a bulk edit that could not be changed.
struct BulkFailure {
    CameraId camera;
    Error error;
};

struct BulkOutcome {
    std::vector<CameraId> changed;
    std::vector<BulkFailure> failed;
};

enum class BulkMode {
    AllOrNothing,
    GoodOnes,  ///< changes what can be changed and tells the rest
};

/// What one place of the form was and is.
struct FormChange {
    std::string path;  ///< "name", "place.latitude", "rules[0].dwell"
    Value before;      ///< null: was not there
    Value after;       ///< null: is not there
};

/// What the owner of a fleet gives it.
struct FleetHooks {
    /// Checks what parse_camera cannot: sources and behaviours with their settings. May be empty.
    std::function<Status(const CameraConfig&)> check;
    /// Puts a stored change into service: `before` is null for a new camera, `after` for a removed
    /// one. Called one at a time, after the change was stored; a failure is logged and reported by
    /// the camera's health, the change stays. May be empty.
    std::function<Status(const CameraConfig* before, const CameraConfig* after)> apply;
};

/// The cameras of the installation: reading from memory, changing through the store. Every change
/// is a version that can be seen and undone. Thread-safe: readers never wait for writers.
class Fleet {
public:
    /// Loads everything. A stored camera that no longer passes the checks of parse_camera is left
    /// out and logged. `store` and `clock` must outlive it.
    static Result<std::unique_ptr<Fleet>> open(
        store::CameraStore& store, const Clock& clock, FleetHooks hooks
    );
    ~Fleet();
    Fleet(const Fleet&) = delete;
    Fleet& operator=(const Fleet&) = delete;

    FleetSnapshotPtr snapshot() const;
    /// NotFound.
    Result<FleetCameraPtr> get(const CameraId& id) const;
    /// Removed ones too. NotFound.
    Result<FleetCameraPtr> get_ever(const CameraId& id) const;
    /// InvalidArgument for a bad limit.
    Result<CameraPage> list(const CameraQuery& query) const;

    /// `form` is what parse_camera reads. InvalidArgument names the field (see field_problem),
    /// AlreadyExists when the id is taken.
    Result<FleetCameraPtr> create(const Value& form, const Author& author);

    /// Replaces the whole configuration; hidden secrets in the form keep their stored values.
    /// FailedPrecondition, naming who changed it, when `version` is no longer the latest.
    Result<FleetCameraPtr> change(
        const CameraId& id, std::int64_t version, const Value& form, const Author& author
    );

    /// Takes it out of service. Its versions stay, and restore() brings it back.
    Status remove(const CameraId& id, std::int64_t version, const Author& author);

    /// Puts each member of `patch` into the form of each camera; a null takes it away (RFC 7396).
    Result<BulkOutcome> change_many(
        const std::vector<CameraId>& ids, const Value& patch, BulkMode mode, const Author& author
    );

    /// Creates cameras, and puts the given fields into those that exist, in one transaction.
    /// Streams are told apart by their role; groups that do not exist are made. For tables of
    /// cameras.
    Result<BulkOutcome> put_many(
        const std::vector<Value>& forms, BulkMode mode, const Author& author
    );

    /// What put_many would answer, without doing it.
    BulkOutcome check_many(const std::vector<Value>& forms) const;

    /// Newest first, below `before` (0: all).
    Result<std::vector<store::CameraVersion>> versions(
        const CameraId& id, std::int64_t before, int limit
    ) const;

    /// The form of one version with its secrets hidden.
    Result<Value> form_of(const CameraId& id, std::int64_t number) const;

    /// Makes the configuration of version `number` the newest one. Also for removed cameras.
    Result<FleetCameraPtr> restore(const CameraId& id, std::int64_t number, const Author& author);

    /// From version `from` (0: before the first) to version `to`, secrets hidden.
    Result<std::vector<FormChange>> difference(
        const CameraId& id, std::int64_t from, std::int64_t to
    ) const;

    /// Takes in the cameras of the configuration file: new ones, and those whose entry changed
    /// since it was last taken in. Cameras that left the file stay. Returns how many versions it
    /// made.
    Result<std::size_t> take_in(const std::vector<CameraConfig>& from_file);

    Result<CameraGroup> create_group(const Value& form);
    /// FailedPrecondition when `version` is no longer the latest.
    Result<CameraGroup> change_group(const GroupId& id, std::int64_t version, const Value& form);
    /// FailedPrecondition while cameras are in it.
    Status remove_group(const GroupId& id);

private:
    struct Impl;
    explicit Fleet(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::fleet
