#include "fleet/fleet_state.hpp"

#include "core/json.hpp"
#include "core/log.hpp"
#include "domain/camera_form.hpp"
#include "fleet/form_patch.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace bongsu::fleet {
namespace {

std::string search_text_of(const CameraConfig& camera) {
    std::string text = camera.id.value() + "\n" + camera.name + "\n" + camera.place.site + "\n" +
                       camera.place.address + "\n" + camera.note;
    for (const std::string& tag : camera.tags) {
        text += "\n" + tag;
    }
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

FleetCameraPtr make_camera(CameraConfig config, const store::CameraVersion& version) {
    std::string text = search_text_of(config);
    return std::make_shared<const FleetCamera>(FleetCamera{
        .config = std::move(config),
        .version = version.number,
        .changed_at = version.time,
        .changed_by = version.who,
        .search_text = std::move(text),
    });
}

const CameraId& id_of(const FleetCameraPtr& camera) {
    return camera->config.id;
}

void put_into(std::vector<FleetCameraPtr>& cameras, const FleetCameraPtr& camera) {
    const auto at = std::ranges::lower_bound(cameras, id_of(camera), {}, id_of);
    if (at != cameras.end() && id_of(*at) == id_of(camera)) {
        *at = camera;
    } else {
        cameras.insert(at, camera);
    }
}

void take_from(std::vector<FleetCameraPtr>& cameras, const CameraId& id) {
    std::erase_if(cameras, [&](const FleetCameraPtr& each) { return id_of(each) == id; });
}

void put(FleetSnapshot& snapshot, FleetCameraPtr camera) {
    const CameraId id = id_of(camera);
    put_into(snapshot.cameras, camera);
    take_from(snapshot.removed, id);
    snapshot.by_id[id] = std::move(camera);
}

void take_out(FleetSnapshot& snapshot, const FleetCameraPtr& camera) {
    put_into(snapshot.removed, camera);
    take_from(snapshot.cameras, id_of(camera));
    snapshot.by_id.erase(id_of(camera));
}

}  // namespace

Result<CameraConfig> config_of(const store::CameraVersion& version) {
    const std::string name =
        "version " + std::to_string(version.number) + " of camera " + version.camera.value();
    BONGSU_ASSIGN(const Value form, parse_json(version.config, name));
    return parse_camera(form, "camera");
}

Status Fleet::Impl::load() {
    BONGSU_ASSIGN(const auto stored, store.load());
    FleetSnapshot first;
    for (const store::StoredCamera& each : stored) {
        const store::CameraVersion& latest = each.latest;
        known[latest.camera] = {latest.number, each.is_removed(), latest.who, each.file_entry};
        auto config = config_of(latest);
        if (!config) {
            log::error(
                "fleet.camera_left_out",
                {{"camera", latest.camera.value()}, {"why", config.error().describe()}}
            );
            continue;
        }
        FleetCameraPtr camera = make_camera(*std::move(config), latest);
        if (each.is_removed()) {
            first.removed.push_back(std::move(camera));
            continue;
        }
        first.by_id[latest.camera] = camera;
        first.cameras.push_back(std::move(camera));
    }
    // The database may order ids by its own rules of language.
    std::ranges::sort(first.cameras, {}, id_of);
    std::ranges::sort(first.removed, {}, id_of);
    BONGSU_ASSIGN(first.groups, store.groups());
    std::ranges::sort(first.groups, {}, &CameraGroup::id);
    publish(std::move(first));
    return {};
}

FleetSnapshotPtr Fleet::Impl::now() const {
    return published.with([](const FleetSnapshotPtr& current) { return current; });
}

void Fleet::Impl::publish(FleetSnapshot next) {
    auto shared = std::make_shared<const FleetSnapshot>(std::move(next));
    published.with([&](FleetSnapshotPtr& current) { current.swap(shared); });
}

Status Fleet::Impl::check_groups(const CameraConfig& camera, bool may_name_groups) const {
    const FleetSnapshotPtr current = now();
    for (std::size_t i = 0; i < camera.groups.size(); ++i) {
        const CameraGroup* group = current->group(camera.groups[i]);
        const std::string path = "camera.groups[" + std::to_string(i) + "] ";
        if (group == nullptr && may_name_groups) {
            continue;
        }
        if (group == nullptr) {
            return fail(
                ErrorKind::InvalidArgument,
                "unknown_group"_code,
                path + "names '" + camera.groups[i].value() +
                    "', which does not exist; add the group first"
            );
        }
        if (group->organisation != camera.organisation) {
            return fail(
                ErrorKind::InvalidArgument,
                "group_of_another_organisation"_code,
                path + "names '" + camera.groups[i].value() + "', a group of the organisation '" +
                    group->organisation.value() + "'"
            );
        }
    }
    return {};
}

Result<CameraConfig> Fleet::Impl::checked(const Value& form, bool may_name_groups) const {
    BONGSU_ASSIGN(CameraConfig camera, parse_camera(form, "camera"));
    if (hooks.check) {
        BONGSU_TRY(hooks.check(camera));
    }
    BONGSU_TRY(check_groups(camera, may_name_groups));
    return camera;
}

Result<CameraConfig> Fleet::Impl::checked_new(const Value& form, bool may_name_groups) const {
    BONGSU_ASSIGN(const Value whole, with_secrets_of(form, CameraConfig{}));
    return checked(whole, may_name_groups);
}

Result<CameraConfig> Fleet::Impl::checked_change(
    const FleetCamera& before, const Value& form, bool may_name_groups
) const {
    BONGSU_ASSIGN(const Value whole, with_secrets_of(form, before.config));
    BONGSU_ASSIGN(CameraConfig camera, checked(whole, may_name_groups));
    if (camera.id != before.config.id) {
        return fail(
            ErrorKind::InvalidArgument,
            "id_changed"_code,
            "camera.id cannot change; add a new camera and remove '" + before.config.id.value() +
                "'"
        );
    }
    return camera;
}

Result<Draft> Fleet::Impl::draft_of(const Value& form) const {
    const Value* id = form.find("id");
    const bool is_named = id != nullptr && id->as_text() != nullptr;
    const FleetCameraPtr before = is_named ? now()->find(CameraId{*id->as_text()}) : nullptr;
    if (before) {
        const Value whole = with_fields_of(to_value(before->config, Secrets::Hidden), form);
        BONGSU_ASSIGN(CameraConfig changed, checked_change(*before, whole, true));
        return Draft{.config = std::move(changed)};
    }
    BONGSU_ASSIGN(CameraConfig created, checked_new(form, true));
    return Draft{.config = std::move(created), .action = store::CameraAction::Created};
}

Status Fleet::Impl::check_version(const FleetCamera& camera, std::int64_t version) const {
    if (camera.version == version) {
        return {};
    }
    return fail(
        ErrorKind::FailedPrecondition,
        "changed_meanwhile"_code,
        "camera '" + camera.config.id.value() + "' was changed meanwhile by " + camera.changed_by +
            " (version " + std::to_string(camera.version) + "); look at it again"
    );
}

Result<BothForms> Fleet::Impl::forms_of(const CameraId& id, std::int64_t number) const {
    if (number == 0) {
        return BothForms{};
    }
    BONGSU_ASSIGN(const store::CameraVersion version, store.version(id, number));
    BONGSU_ASSIGN(const CameraConfig camera, config_of(version));
    return BothForms{to_value(camera, Secrets::Kept), to_value(camera, Secrets::Hidden)};
}

Status Fleet::Impl::add_missing_groups(const std::vector<Draft>& drafts) {
    FleetSnapshot next = *now();
    std::set<GroupId> added;
    for (const Draft& draft : drafts) {
        for (const GroupId& id : draft.config.groups) {
            if (next.group(id) != nullptr || !added.insert(id).second) {
                continue;
            }
            const CameraGroup group{
                .id = id,
                .name = id.value(),
                .organisation = draft.config.organisation,
                .note = "",
                .version = 1
            };
            BONGSU_TRY(store.put_group(group));
            next.groups.insert(
                std::ranges::lower_bound(next.groups, id, {}, &CameraGroup::id), group
            );
        }
    }
    if (!added.empty()) {
        ++next.revision;
        publish(std::move(next));
    }
    return {};
}

Status Fleet::Impl::commit(std::vector<Draft> drafts, const Author& author) {
    if (drafts.empty()) {
        return {};
    }
    BONGSU_TRY(add_missing_groups(drafts));
    std::vector<store::CameraStep> steps;
    for (const Draft& draft : drafts) {
        const auto at = known.find(draft.config.id);
        steps.push_back({
            .version =
                {.camera = draft.config.id,
                 .number = at != known.end() ? at->second.version + 1 : 1,
                 .action = draft.action,
                 .time = clock.wall(),
                 .who = author.who,
                 .why = author.why,
                 .config = to_json(to_value(draft.config, Secrets::Kept))},
            .file_entry = draft.file_entry,
        });
    }
    BONGSU_TRY(store.append(steps));
    const FleetSnapshotPtr before = now();
    FleetSnapshot next = *before;
    ++next.revision;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const bool is_removed = drafts[i].action == store::CameraAction::Removed;
        Known& entry = known[drafts[i].config.id];
        entry.version = steps[i].version.number;
        entry.is_removed = is_removed;
        entry.who = author.who;
        entry.file_entry = drafts[i].file_entry.value_or(entry.file_entry);
        FleetCameraPtr camera = make_camera(drafts[i].config, steps[i].version);
        if (is_removed) {
            take_out(next, camera);
        } else {
            put(next, std::move(camera));
        }
    }
    publish(std::move(next));
    apply(*before, *now(), drafts);
    return {};
}

void Fleet::Impl::apply(
    const FleetSnapshot& before, const FleetSnapshot& after, const std::vector<Draft>& drafts
) {
    for (const Draft& draft : drafts) {
        const CameraId& id = draft.config.id;
        const FleetCameraPtr was = before.find(id);
        const FleetCameraPtr is = after.find(id);
        if (!hooks.apply || (!was && !is)) {
            continue;
        }
        const Status done = hooks.apply(was ? &was->config : nullptr, is ? &is->config : nullptr);
        if (!done) {
            log::error(
                "fleet.change_not_in_service",
                {{"camera", id.value()}, {"why", done.error().describe()}}
            );
        }
    }
}

}  // namespace bongsu::fleet
