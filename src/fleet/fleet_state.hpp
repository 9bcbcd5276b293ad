#pragma once

#include "core/guarded.hpp"
#include "fleet/fleet.hpp"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace bongsu::fleet {

/// A change that has passed all checks and waits to be stored.
struct Draft {
    CameraConfig config;
    store::CameraAction action = store::CameraAction::Changed;
    std::optional<std::string> file_entry{};
};

/// One configuration with its secrets and without.
struct BothForms {
    Value kept{Value::Map{}};
    Value hidden{Value::Map{}};
};

/// What a fleet holds: the truth of the store in memory. Members below `writing` belong to whoever
/// holds it; `published` is for everybody.
struct Fleet::Impl {
    /// The newest version of a camera, removed ones too.
    struct Known {
        std::int64_t version = 0;
        bool is_removed = false;
        std::string who;
        std::string file_entry;
    };

    Impl(store::CameraStore& store_in, const Clock& clock_in, FleetHooks hooks_in)
        : store(store_in), clock(clock_in), hooks(std::move(hooks_in)) {}

    Status load();
    FleetSnapshotPtr now() const;
    void publish(FleetSnapshot next);

    /// parse_camera, the owner's check, and that its groups exist (`may_name_groups`: they will be
    /// made).
    Result<CameraConfig> checked(const Value& form, bool may_name_groups) const;
    /// The same for a new camera, which has no hidden secrets.
    Result<CameraConfig> checked_new(const Value& form, bool may_name_groups) const;
    /// The same for a camera that exists: hidden secrets are filled in, the id must stay.
    Result<CameraConfig> checked_change(
        const FleetCamera& before, const Value& form, bool may_name_groups = false
    ) const;
    /// What put_many would do with one form.
    Result<Draft> draft_of(const Value& form) const;
    Status check_groups(const CameraConfig& camera, bool may_name_groups) const;
    Status check_version(const FleetCamera& camera, std::int64_t version) const;

    /// Empty forms for version 0, which is before the first.
    Result<BothForms> forms_of(const CameraId& id, std::int64_t number) const;

    /// Stores, publishes and applies. All or nothing.
    Status commit(std::vector<Draft> drafts, const Author& author);
    Status add_missing_groups(const std::vector<Draft>& drafts);
    void apply(const FleetSnapshot& before, const FleetSnapshot& after, const std::vector<Draft>&);

    store::CameraStore& store;
    const Clock& clock;
    const FleetHooks hooks;
    std::mutex writing;
    std::map<CameraId, Known> known;
    Guarded<FleetSnapshotPtr> published;
};

/// The configuration of a stored version.
Result<CameraConfig> config_of(const store::CameraVersion& version);

}  // namespace bongsu::fleet
