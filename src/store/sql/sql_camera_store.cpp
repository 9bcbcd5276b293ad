#include "store/sql/sql_camera_store.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/statement.hpp"

#include <algorithm>
#include <array>

namespace bongsu::store {
namespace {

constexpr const char* kVersionColumns = "camera, number, action, time_us, who, why, config";

constexpr std::array<std::string_view, 4> kActions{"created", "changed", "removed", "restored"};

CameraAction action_of(const std::string& word) {
    return static_cast<CameraAction>(std::ranges::find(kActions, word) - kActions.begin());
}

void declare_version(Statement& query) {
    query.text().integer().text().integer().text().text().text();
}

CameraVersion read_version(const Statement& row) {
    return {
        .camera = CameraId(row.text_at(0)),
        .number = row.integer_at(1),
        .action = action_of(row.text_at(2)),
        .time = to_wall(row.integer_at(3)),
        .who = row.text_at(4),
        .why = row.text_at(5),
        .config = row.text_at(6),
    };
}

/// Makes `version` the latest one, if the one before it still is. False when it is not.
bool move_on(soci::session& session, const CameraStep& step) {
    const CameraVersion& version = step.version;
    if (version.number == 1) {
        Statement insert(
            session,
            "INSERT INTO cameras (id, version, file_entry) VALUES (:id, 1, :file_entry) "
            "ON CONFLICT (id) DO NOTHING"
        );
        insert.bind("id", version.camera.value()).bind("file_entry", step.file_entry.value_or(""));
        insert.run();
        return insert.affected() == 1;
    }
    Statement update(
        session,
        std::string("UPDATE cameras SET version = :version") +
            (step.file_entry ? ", file_entry = :file_entry" : "") +
            " WHERE id = :id AND version = :version_before"
    );
    update.bind("version", version.number)
        .bind("version_before", version.number - 1)
        .bind("id", version.camera.value());
    if (step.file_entry) {
        update.bind("file_entry", *step.file_entry);
    }
    update.run();
    return update.affected() == 1;
}

void insert_version(soci::session& session, const CameraVersion& version) {
    Statement insert(
        session,
        "INSERT INTO camera_versions (camera, number, action, time_us, who, why, config) "
        "VALUES (:camera, :number, :action, :time_us, :who, :why, :config)"
    );
    insert.bind("camera", version.camera.value())
        .bind("number", version.number)
        .bind("action", std::string(to_string(version.action)))
        .bind("time_us", to_column(version.time))
        .bind("who", version.who)
        .bind("why", version.why)
        .bind("config", version.config)
        .run();
}

Error overtaken(soci::session& session, const CameraVersion& version) {
    Statement query(
        session,
        "SELECT v.who, v.number FROM cameras c "
        "JOIN camera_versions v ON v.camera = c.id AND v.number = c.version WHERE c.id = :id"
    );
    query.bind("id", version.camera.value());
    query.text().integer();
    if (!query.run()) {
        return {
            ErrorKind::NotFound,
            "there is no camera '" + version.camera.value() + "'",
            nullptr,
            "unknown_camera"_code
        };
    }
    return {
        ErrorKind::FailedPrecondition,
        "camera '" + version.camera.value() + "' was changed meanwhile by " + query.text_at(0) +
            " (version " + std::to_string(query.integer_at(1)) + "); look at it again",
        nullptr,
        "changed_meanwhile"_code
    };
}

std::vector<CameraVersion> fetch_versions(Statement& query) {
    declare_version(query);
    std::vector<CameraVersion> rows;
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        rows.push_back(read_version(query));
    }
    return rows;
}

}  // namespace

std::string_view to_string(CameraAction action) {
    return kActions.at(static_cast<std::size_t>(action));
}

Result<std::vector<StoredCamera>> SqlCameraStore::load() {
    return database_.read([&](soci::session& session) -> Result<std::vector<StoredCamera>> {
        Statement query(
            session,
            std::string("SELECT ") + kVersionColumns +
                ", file_entry FROM cameras "
                "JOIN camera_versions ON camera = id AND number = version ORDER BY id"
        );
        declare_version(query);
        query.text();
        std::vector<StoredCamera> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back({.latest = read_version(query), .file_entry = query.text_at(7)});
        }
        return rows;
    });
}

Status SqlCameraStore::append(const std::vector<CameraStep>& steps) {
    return database_.write([&](soci::session& session) -> Status {
        for (const CameraStep& step : steps) {
            if (!move_on(session, step)) {
                return fail(overtaken(session, step.version));
            }
            insert_version(session, step.version);
        }
        return {};
    });
}

Result<std::vector<CameraVersion>> SqlCameraStore::versions(
    const CameraId& camera, std::int64_t before, int limit
) {
    return database_.read([&](soci::session& session) -> Result<std::vector<CameraVersion>> {
        Statement query(
            session,
            std::string("SELECT ") + kVersionColumns +
                " FROM camera_versions WHERE camera = :camera" +
                (before > 0 ? " AND number < :before_number" : "") +
                " ORDER BY number DESC LIMIT :row_limit"
        );
        query.bind("camera", camera.value()).bind("row_limit", std::int64_t{limit});
        if (before > 0) {
            query.bind("before_number", before);
        }
        return fetch_versions(query);
    });
}

Result<CameraVersion> SqlCameraStore::version(const CameraId& camera, std::int64_t number) {
    return database_.read([&](soci::session& session) -> Result<CameraVersion> {
        Statement query(
            session,
            std::string("SELECT ") + kVersionColumns +
                " FROM camera_versions WHERE camera = :camera AND number = :number"
        );
        query.bind("camera", camera.value()).bind("number", number);
        auto rows = fetch_versions(query);
        if (rows.empty()) {
            return fail(
                ErrorKind::NotFound,
                "camera '" + camera.value() + "' has no version " + std::to_string(number)
            );
        }
        return std::move(rows.front());
    });
}

Result<std::vector<CameraGroup>> SqlCameraStore::groups() {
    return database_.read([&](soci::session& session) -> Result<std::vector<CameraGroup>> {
        Statement query(
            session, "SELECT id, name, organisation, note, version FROM camera_groups ORDER BY id"
        );
        query.text().text().text().text().integer();
        std::vector<CameraGroup> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back({
                .id = GroupId(query.text_at(0)),
                .name = query.text_at(1),
                .organisation = OrganisationId(query.text_at(2)),
                .note = query.text_at(3),
                .version = query.integer_at(4),
            });
        }
        return rows;
    });
}

Status SqlCameraStore::put_group(const CameraGroup& group) {
    return database_.write([&](soci::session& session) -> Status {
        Statement put(
            session,
            group.version == 1
                ? "INSERT INTO camera_groups (id, name, organisation, note, version) "
                  "VALUES (:id, :name, :organisation, :note, :version) ON CONFLICT (id) DO NOTHING"
                : "UPDATE camera_groups SET name = :name, organisation = :organisation, "
                  "note = :note, version = :version WHERE id = :id AND version = :version - 1"
        );
        put.bind("id", group.id.value())
            .bind("name", group.name)
            .bind("organisation", group.organisation.value())
            .bind("note", group.note)
            .bind("version", group.version)
            .run();
        if (put.affected() == 1) {
            return {};
        }
        return fail(
            ErrorKind::FailedPrecondition,
            "changed_meanwhile"_code,
            "group '" + group.id.value() + "' was changed meanwhile; look at it again"
        );
    });
}

Status SqlCameraStore::remove_group(const GroupId& id) {
    return database_.write([&](soci::session& session) -> Status {
        Statement remove(session, "DELETE FROM camera_groups WHERE id = :id");
        remove.bind("id", id.value()).run();
        if (remove.affected() == 0) {
            return fail(
                ErrorKind::NotFound, "unknown_group"_code, "there is no group '" + id.value() + "'"
            );
        }
        return {};
    });
}

}  // namespace bongsu::store
