#include "store/sql/sql_identity_store.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/statement.hpp"
#include "store/sql/word_list.hpp"

namespace bongsu::store {
namespace {

constexpr int kMaxPage = 500;

constexpr const char* kUserColumns =
    "SELECT id, display_name, organisation, is_active, must_change, password_hash, password_us, "
    "totp_secret, totp_confirmed, recovery, created_us, last_login_us, revision FROM users";

void declare_user(Statement& statement) {
    statement.text().text().text().integer().integer().text().integer();
    statement.text().integer().text().integer().integer().integer();
}

UserRow read_user(const Statement& row) {
    UserRow user{
        .id = row.text_at(0),
        .display_name = row.text_at(1),
        .organisation = OrganisationId(row.text_at(2)),
        .is_active = row.integer_at(3) != 0,
        .must_change_password = row.integer_at(4) != 0,
        .password_hash = row.text_at(5),
        .password_changed = to_wall(row.integer_at(6)),
        .totp_secret = row.text_at(7),
        .is_totp_confirmed = row.integer_at(8) != 0,
        .recovery_hashes = split_words(row.text_at(9)),
        .created = to_wall(row.integer_at(10)),
        .revision = row.integer_at(12),
    };
    if (!row.is_null(11)) {
        user.last_login = to_wall(row.integer_at(11));
    }
    return user;
}

void load_grants(soci::session& session, UserRow& user) {
    Statement query(
        session, "SELECT role, scope, purposes FROM grants WHERE user_id = :id ORDER BY number"
    );
    query.bind("id", user.id).text().text().text();
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        user.grants.push_back(
            {.role = query.text_at(0),
             .scope = query.text_at(1),
             .purposes = split_words(query.text_at(2))}
        );
    }
}

void replace_grants(soci::session& session, const UserRow& user) {
    Statement(session, "DELETE FROM grants WHERE user_id = :id").bind("id", user.id).run();
    std::int64_t number = 0;
    for (const GrantRow& grant : user.grants) {
        Statement(
            session,
            "INSERT INTO grants (user_id, number, role, scope, purposes) "
            "VALUES (:id, :number, :role, :scope, :purposes)"
        )
            .bind("id", user.id)
            .bind("number", ++number)
            .bind("role", grant.role)
            .bind("scope", grant.scope)
            .bind("purposes", join_words(grant.purposes))
            .run();
    }
}

/// Binds what add_user and update_user both write.
void bind_user(Statement& statement, const UserRow& user) {
    statement.bind("id", user.id)
        .bind("display_name", user.display_name)
        .bind("organisation", user.organisation.value())
        .bind("is_active", std::int64_t{user.is_active})
        .bind("must_change", std::int64_t{user.must_change_password})
        .bind("password_hash", user.password_hash)
        .bind("password_us", to_column(user.password_changed))
        .bind("totp_secret", user.totp_secret)
        .bind("totp_confirmed", std::int64_t{user.is_totp_confirmed})
        .bind("recovery", join_words(user.recovery_hashes));
}

bool has_row_with(soci::session& session, const std::string& sql, const std::string& id) {
    Statement query(session, sql);
    query.bind("id", id).integer();
    return query.run();
}

Status check_organisation(soci::session& session, const OrganisationId& id) {
    if (!has_row_with(session, "SELECT 1 FROM organisations WHERE id = :id", id.value())) {
        return fail(
            ErrorKind::NotFound,
            "unknown_organisation"_code,
            "there is no organisation '" + id.value() + "'"
        );
    }
    return {};
}

/// `text` in lower case as a pattern of LIKE with the escape character '!'.
std::string pattern_of(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') {
            pattern += '!';
        }
        pattern += c;
    }
    return pattern + "%";
}

}  // namespace

Status SqlIdentityStore::put_organisation(const OrganisationRow& organisation) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(
            session,
            "INSERT INTO organisations (id, name_ko, name_en) VALUES (:id, :ko, :en) "
            "ON CONFLICT (id) DO UPDATE SET name_ko = excluded.name_ko, name_en = excluded.name_en"
        )
            .bind("id", organisation.id.value())
            .bind("ko", organisation.name_ko)
            .bind("en", organisation.name_en)
            .run();
        return {};
    });
}

Result<std::vector<OrganisationRow>> SqlIdentityStore::organisations() {
    return database_.read([&](soci::session& session) -> Result<std::vector<OrganisationRow>> {
        Statement query(session, "SELECT id, name_ko, name_en FROM organisations ORDER BY id");
        query.text().text().text();
        std::vector<OrganisationRow> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back({OrganisationId(query.text_at(0)), query.text_at(1), query.text_at(2)});
        }
        return rows;
    });
}

Status SqlIdentityStore::remove_organisation(const OrganisationId& id) {
    return database_.write([&](soci::session& session) -> Status {
        BONGSU_TRY(check_organisation(session, id));
        if (has_row_with(session, "SELECT 1 FROM users WHERE organisation = :id", id.value())) {
            return fail(
                ErrorKind::FailedPrecondition,
                "organisation '" + id.value() + "' still has users; move them first"
            );
        }
        Statement(session, "DELETE FROM organisations WHERE id = :id").bind("id", id.value()).run();
        return {};
    });
}

Status SqlIdentityStore::add_user(const UserRow& user) {
    return database_.write([&](soci::session& session) -> Status {
        BONGSU_TRY(check_organisation(session, user.organisation));
        if (has_row_with(session, "SELECT 1 FROM users WHERE id = :id", user.id)) {
            return fail(
                ErrorKind::AlreadyExists,
                "id_taken"_code,
                "the user name '" + user.id + "' is taken; names are never given twice"
            );
        }
        Statement insert(
            session,
            "INSERT INTO users (id, display_name, organisation, is_active, must_change, "
            "password_hash, password_us, totp_secret, totp_confirmed, totp_step, recovery, "
            "created_us, revision) VALUES (:id, :display_name, :organisation, :is_active, "
            ":must_change, :password_hash, :password_us, :totp_secret, :totp_confirmed, 0, "
            ":recovery, :created_us, 1)"
        );
        bind_user(insert, user);
        insert.bind("created_us", to_column(user.created)).run();
        replace_grants(session, user);
        return {};
    });
}

Status SqlIdentityStore::update_user(const UserRow& user) {
    return database_.write([&](soci::session& session) -> Status {
        BONGSU_TRY(check_organisation(session, user.organisation));
        Statement update(
            session,
            "UPDATE users SET display_name = :display_name, organisation = :organisation, "
            "is_active = :is_active, must_change = :must_change, password_hash = :password_hash, "
            "password_us = :password_us, totp_secret = :totp_secret, "
            "totp_confirmed = :totp_confirmed, recovery = :recovery, revision = revision + 1 "
            "WHERE id = :id AND revision = :revision"
        );
        bind_user(update, user);
        update.bind("revision", user.revision).run();
        if (update.affected() == 0) {
            return fail(
                ErrorKind::FailedPrecondition,
                "changed_meanwhile"_code,
                "user '" + user.id + "' was changed meanwhile, or is not there; read it again"
            );
        }
        replace_grants(session, user);
        return {};
    });
}

Result<std::optional<UserRow>> SqlIdentityStore::user(const std::string& id) {
    return database_.read([&](soci::session& session) -> Result<std::optional<UserRow>> {
        Statement query(session, std::string(kUserColumns) + " WHERE id = :id");
        query.bind("id", id);
        declare_user(query);
        if (!query.run()) {
            return std::nullopt;
        }
        UserRow user = read_user(query);
        load_grants(session, user);
        return user;
    });
}

Result<std::vector<UserRow>> SqlIdentityStore::users(const UserQuery& query) {
    if (query.limit < 1 || query.limit > kMaxPage) {
        return fail(ErrorKind::InvalidArgument, "a page of users has 1 to 500 rows");
    }
    return database_.read([&](soci::session& session) -> Result<std::vector<UserRow>> {
        Statement select(
            session,
            std::string(kUserColumns) + " WHERE id > :after" +
                (query.organisation ? " AND organisation = :organisation" : "") +
                (query.text.empty() ? ""
                                    : " AND (LOWER(id) LIKE LOWER(:pattern) ESCAPE '!' OR "
                                      "LOWER(display_name) LIKE LOWER(:pattern2) ESCAPE '!')") +
                " ORDER BY id LIMIT :row_limit"
        );
        select.bind("after", query.after);
        if (query.organisation) {
            select.bind("organisation", query.organisation->value());
        }
        if (!query.text.empty()) {
            select.bind("pattern", pattern_of(query.text)).bind("pattern2", pattern_of(query.text));
        }
        select.bind("row_limit", std::int64_t{query.limit});
        declare_user(select);
        std::vector<UserRow> rows;
        for (bool has_row = select.run(); has_row; has_row = select.next()) {
            rows.push_back(read_user(select));
        }
        for (UserRow& row : rows) {
            load_grants(session, row);
        }
        return rows;
    });
}

Result<std::int64_t> SqlIdentityStore::count_users() {
    return database_.read([&](soci::session& session) -> Result<std::int64_t> {
        Statement query(session, "SELECT COUNT(*) FROM users");
        query.integer().run();
        return query.integer_at(0);
    });
}

Result<bool> SqlIdentityStore::use_totp_step(const std::string& user, std::int64_t step) {
    return database_.write([&](soci::session& session) -> Result<bool> {
        Statement update(
            session, "UPDATE users SET totp_step = :step WHERE id = :id AND totp_step < :step_again"
        );
        update.bind("step", step).bind("id", user).bind("step_again", step).run();
        return update.affected() > 0;
    });
}

Status SqlIdentityStore::touch_login(const std::string& user, WallTime when) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(session, "UPDATE users SET last_login_us = :now WHERE id = :id")
            .bind("now", to_column(when))
            .bind("id", user)
            .run();
        return {};
    });
}

Result<std::string> SqlIdentityStore::preferences(const std::string& user) {
    return database_.read([&](soci::session& session) -> Result<std::string> {
        Statement query(session, "SELECT content FROM preferences WHERE user_id = :id");
        query.bind("id", user).text();
        return query.run() ? query.text_at(0) : "";
    });
}

Status SqlIdentityStore::put_preferences(const std::string& user, const std::string& text) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(
            session,
            "INSERT INTO preferences (user_id, content) VALUES (:id, :content) "
            "ON CONFLICT (user_id) DO UPDATE SET content = excluded.content"
        )
            .bind("id", user)
            .bind("content", text)
            .run();
        return {};
    });
}

}  // namespace bongsu::store
