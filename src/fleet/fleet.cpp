#include "fleet/fleet.hpp"

#include "core/json.hpp"
#include "domain/camera_form.hpp"
#include "fleet/fleet_state.hpp"
#include "fleet/form_patch.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace bongsu::fleet {
namespace {

constexpr const char* kFileAuthor = "configuration file";

std::unexpected<Error> no_camera(const CameraId& id) {
    return fail(
        ErrorKind::NotFound, "unknown_camera"_code, "there is no camera '" + id.value() + "'"
    );
}

Error already_there(const CameraId& id) {
    return {
        ErrorKind::AlreadyExists,
        "camera.id '" + id.value() + "' is taken by another camera",
        nullptr,
        "id_taken"_code
    };
}

CameraId id_in(const Value& form) {
    const Value* id = form.find("id");
    return CameraId{id != nullptr && id->as_text() != nullptr ? *id->as_text() : ""};
}

/// Collects drafts and failures of a bulk change.
class BulkDrafts {
public:
    void add(const CameraId& id, Result<Draft> draft) {
        if (draft && !ids_.insert(id).second) {
            draft = fail(
                ErrorKind::AlreadyExists,
                "given_twice"_code,
                "camera.id '" + id.value() + "' is given twice"
            );
        }
        if (draft) {
            outcome_.changed.push_back(id);
            drafts_.push_back(*std::move(draft));
        } else {
            outcome_.failed.push_back({id, std::move(draft).error()});
        }
    }

    /// Whether nothing may be stored.
    bool is_refused(BulkMode mode) const {
        return mode == BulkMode::AllOrNothing && !outcome_.failed.empty();
    }

    BulkOutcome refused() && {
        outcome_.changed.clear();
        return std::move(outcome_);
    }

    std::vector<Draft> drafts() { return std::move(drafts_); }

    BulkOutcome outcome() && { return std::move(outcome_); }

private:
    std::set<CameraId> ids_;
    std::vector<Draft> drafts_;
    BulkOutcome outcome_;
};

}  // namespace

Fleet::Fleet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Fleet::~Fleet() = default;

Result<std::unique_ptr<Fleet>> Fleet::open(
    store::CameraStore& store, const Clock& clock, FleetHooks hooks
) {
    auto impl = std::make_unique<Impl>(store, clock, std::move(hooks));
    BONGSU_TRY(impl->load());
    return std::unique_ptr<Fleet>(new Fleet(std::move(impl)));
}

FleetSnapshotPtr Fleet::snapshot() const {
    return impl_->now();
}

Result<FleetCameraPtr> Fleet::get(const CameraId& id) const {
    FleetCameraPtr found = impl_->now()->find(id);
    if (!found) {
        return no_camera(id);
    }
    return found;
}

Result<FleetCameraPtr> Fleet::get_ever(const CameraId& id) const {
    const FleetSnapshotPtr now = impl_->now();
    FleetCameraPtr found = now->find(id);
    if (!found) {
        found = now->find_removed(id);
    }
    if (!found) {
        return no_camera(id);
    }
    return found;
}

Result<FleetCameraPtr> Fleet::create(const Value& form, const Author& author) {
    const std::scoped_lock lock(impl_->writing);
    BONGSU_ASSIGN(CameraConfig camera, impl_->checked_new(form, false));
    const CameraId id = camera.id;
    if (impl_->now()->find(id)) {
        return fail(already_there(id));
    }
    std::vector<Draft> drafts{{std::move(camera), store::CameraAction::Created}};
    BONGSU_TRY(impl_->commit(std::move(drafts), author));
    return get(id);
}

Result<FleetCameraPtr> Fleet::change(
    const CameraId& id, std::int64_t version, const Value& form, const Author& author
) {
    const std::scoped_lock lock(impl_->writing);
    BONGSU_ASSIGN(const FleetCameraPtr before, get(id));
    BONGSU_TRY(impl_->check_version(*before, version));
    BONGSU_ASSIGN(CameraConfig camera, impl_->checked_change(*before, form));
    std::vector<Draft> drafts{{std::move(camera), store::CameraAction::Changed}};
    BONGSU_TRY(impl_->commit(std::move(drafts), author));
    return get(id);
}

Status Fleet::remove(const CameraId& id, std::int64_t version, const Author& author) {
    const std::scoped_lock lock(impl_->writing);
    BONGSU_ASSIGN(const FleetCameraPtr before, get(id));
    BONGSU_TRY(impl_->check_version(*before, version));
    std::vector<Draft> drafts{{before->config, store::CameraAction::Removed}};
    return impl_->commit(std::move(drafts), author);
}

Result<BulkOutcome> Fleet::change_many(
    const std::vector<CameraId>& ids, const Value& patch, BulkMode mode, const Author& author
) {
    if (patch.as_map() == nullptr || patch.as_map()->empty() || patch.find("id") != nullptr) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            "patch must be a map of the fields to change, without id"
        );
    }
    const std::scoped_lock lock(impl_->writing);
    BulkDrafts bulk;
    for (const CameraId& id : ids) {
        bulk.add(id, [&]() -> Result<Draft> {
            BONGSU_ASSIGN(const FleetCameraPtr before, get(id));
            const Value form = with_fields_of(to_value(before->config, Secrets::Hidden), patch);
            BONGSU_ASSIGN(CameraConfig camera, impl_->checked_change(*before, form));
            return Draft{.config = std::move(camera)};
        }());
    }
    if (bulk.is_refused(mode)) {
        return std::move(bulk).refused();
    }
    BONGSU_TRY(impl_->commit(bulk.drafts(), author));
    return std::move(bulk).outcome();
}

Result<BulkOutcome> Fleet::put_many(
    const std::vector<Value>& forms, BulkMode mode, const Author& author
) {
    const std::scoped_lock lock(impl_->writing);
    BulkDrafts bulk;
    for (const Value& form : forms) {
        bulk.add(id_in(form), impl_->draft_of(form));
    }
    if (bulk.is_refused(mode)) {
        return std::move(bulk).refused();
    }
    BONGSU_TRY(impl_->commit(bulk.drafts(), author));
    return std::move(bulk).outcome();
}

BulkOutcome Fleet::check_many(const std::vector<Value>& forms) const {
    BulkDrafts bulk;
    for (const Value& form : forms) {
        bulk.add(id_in(form), impl_->draft_of(form));
    }
    return std::move(bulk).outcome();
}

Result<std::vector<store::CameraVersion>> Fleet::versions(
    const CameraId& id, std::int64_t before, int limit
) const {
    BONGSU_ASSIGN(auto found, impl_->store.versions(id, before, std::clamp(limit, 1, 500)));
    if (found.empty() && before == 0) {
        return no_camera(id);
    }
    return found;
}

Result<Value> Fleet::form_of(const CameraId& id, std::int64_t number) const {
    BONGSU_ASSIGN(const store::CameraVersion version, impl_->store.version(id, number));
    BONGSU_ASSIGN(const CameraConfig camera, config_of(version));
    return to_value(camera, Secrets::Hidden);
}

Result<FleetCameraPtr> Fleet::restore(
    const CameraId& id, std::int64_t number, const Author& author
) {
    const std::scoped_lock lock(impl_->writing);
    BONGSU_ASSIGN(const store::CameraVersion version, impl_->store.version(id, number));
    BONGSU_ASSIGN(CameraConfig camera, config_of(version));
    if (impl_->hooks.check) {
        BONGSU_TRY(impl_->hooks.check(camera));
    }
    BONGSU_TRY(impl_->check_groups(camera, true));
    std::vector<Draft> drafts{{std::move(camera), store::CameraAction::Restored}};
    BONGSU_TRY(impl_->commit(std::move(drafts), author));
    return get(id);
}

Result<std::vector<FormChange>> Fleet::difference(
    const CameraId& id, std::int64_t from, std::int64_t to
) const {
    BONGSU_ASSIGN(const BothForms before, impl_->forms_of(id, from));
    BONGSU_ASSIGN(const BothForms after, impl_->forms_of(id, to));
    auto changes = changes_between(before.hidden, after.hidden);
    // A changed password is told without telling it.
    const auto real = changes_between(before.kept, after.kept);
    for (const FormChange& change : real) {
        if (std::ranges::find(changes, change.path, &FormChange::path) == changes.end()) {
            const Value hidden{std::string(kHiddenSecret)};
            changes.push_back({change.path, hidden, hidden});
        }
    }
    return changes;
}

Result<std::size_t> Fleet::take_in(const std::vector<CameraConfig>& from_file) {
    const std::scoped_lock lock(impl_->writing);
    std::vector<Draft> drafts;
    for (const CameraConfig& camera : from_file) {
        const std::string entry = to_json(to_value(camera, Secrets::Kept));
        const auto at = impl_->known.find(camera.id);
        if (at == impl_->known.end()) {
            drafts.push_back({camera, store::CameraAction::Created, entry});
            continue;
        }
        // Read and written again, so that a form of an earlier program with fewer fields is no
        // change.
        store::CameraVersion last_taken;
        last_taken.config = at->second.file_entry;
        const auto earlier = config_of(last_taken);
        if (earlier && to_json(to_value(*earlier, Secrets::Kept)) == entry) {
            continue;
        }
        const auto action =
            at->second.is_removed ? store::CameraAction::Restored : store::CameraAction::Changed;
        drafts.push_back({camera, action, entry});
    }
    const std::size_t taken = drafts.size();
    BONGSU_TRY(impl_->commit(std::move(drafts), {.who = kFileAuthor, .why = ""}));
    return taken;
}

Result<CameraGroup> Fleet::create_group(const Value& form) {
    const std::scoped_lock lock(impl_->writing);
    BONGSU_ASSIGN(CameraGroup group, parse_group(form, "group"));
    FleetSnapshot next = *impl_->now();
    if (next.group(group.id) != nullptr) {
        return fail(
            ErrorKind::AlreadyExists,
            "id_taken"_code,
            "group.id '" + group.id.value() + "' is taken"
        );
    }
    group.version = 1;
    BONGSU_TRY(impl_->store.put_group(group));
    next.groups.insert(
        std::ranges::lower_bound(next.groups, group.id, {}, &CameraGroup::id), group
    );
    ++next.revision;
    impl_->publish(std::move(next));
    return group;
}

Result<CameraGroup> Fleet::change_group(
    const GroupId& id, std::int64_t version, const Value& form
) {
    const std::scoped_lock lock(impl_->writing);
    BONGSU_ASSIGN(CameraGroup group, parse_group(form, "group"));
    FleetSnapshot next = *impl_->now();
    const auto at = std::ranges::find(next.groups, id, &CameraGroup::id);
    if (at == next.groups.end()) {
        return fail(
            ErrorKind::NotFound, "unknown_group"_code, "there is no group '" + id.value() + "'"
        );
    }
    if (group.id != id) {
        return fail(ErrorKind::InvalidArgument, "id_changed"_code, "group.id cannot change");
    }
    const bool is_in_use = std::ranges::any_of(next.cameras, [&](const FleetCameraPtr& camera) {
        return std::ranges::binary_search(camera->config.groups, id);
    });
    if (group.organisation != at->organisation && is_in_use) {
        return fail(
            ErrorKind::FailedPrecondition,
            "group_in_use"_code,
            "group.organisation cannot change while cameras are in the group"
        );
    }
    if (at->version != version) {
        return fail(
            ErrorKind::FailedPrecondition,
            "changed_meanwhile"_code,
            "group '" + id.value() + "' was changed meanwhile; look at it again"
        );
    }
    group.version = version + 1;
    BONGSU_TRY(impl_->store.put_group(group));
    *at = group;
    ++next.revision;
    impl_->publish(std::move(next));
    return group;
}

Status Fleet::remove_group(const GroupId& id) {
    const std::scoped_lock lock(impl_->writing);
    FleetSnapshot next = *impl_->now();
    const auto members = std::ranges::count_if(next.cameras, [&](const FleetCameraPtr& camera) {
        return std::ranges::binary_search(camera->config.groups, id);
    });
    if (members > 0) {
        return fail(
            ErrorKind::FailedPrecondition,
            "group_in_use"_code,
            "group '" + id.value() + "' has " + std::to_string(members) +
                " cameras; take them out first"
        );
    }
    BONGSU_TRY(impl_->store.remove_group(id));
    std::erase_if(next.groups, [&](const CameraGroup& group) { return group.id == id; });
    ++next.revision;
    impl_->publish(std::move(next));
    return {};
}

}  // namespace bongsu::fleet
