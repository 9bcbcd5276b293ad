// bongsu user: accounts from the server's own command line, for when nobody can log in.
#include "app/commands.hpp"
#include "app/office.hpp"

#include <cstdio>
#include <memory>
#include <string>

namespace bongsu::app {
namespace {

struct Arguments {
    OfficeOptions office;
    std::string name;
};

std::string grants_text(const std::vector<identity::Grant>& grants) {
    std::string text;
    for (const identity::Grant& grant : grants) {
        text += (text.empty() ? "" : ", ") + std::string(identity::to_string(grant.role)) + " " +
                identity::to_string(grant.scope);
    }
    return text.empty() ? "nothing granted" : text;
}

Result<std::string> state_of(identity::Identity& identity, const identity::UserInfo& user) {
    if (!user.is_active) {
        return "disabled";
    }
    BONGSU_ASSIGN(const auto locked, identity.lockout().locked_until(user.id));
    return locked ? "locked until " + to_iso8601(*locked) : "active";
}

Result<int> list_users(const Arguments& arguments) {
    BONGSU_ASSIGN(const auto office, Office::open(arguments.office));
    store::UserQuery query;
    do {
        BONGSU_ASSIGN(const auto page, office->identity().directory().users(query));
        for (const identity::UserInfo& user : page.users) {
            BONGSU_ASSIGN(const std::string state, state_of(office->identity(), user));
            std::printf(
                "%-16s %-10s %s; %s; last login %s\n",
                user.id.c_str(),
                user.organisation.value().c_str(),
                state.c_str(),
                grants_text(user.grants).c_str(),
                user.last_login ? to_iso8601(*user.last_login).c_str() : "never"
            );
        }
        query.after = page.next;
    } while (!query.after.empty());
    return 0;
}

Result<int> reset_password(const Arguments& arguments) {
    BONGSU_ASSIGN(const auto office, Office::open(arguments.office));
    BONGSU_TRY(office->identity().directory().user(arguments.name));
    BONGSU_TRY(office->audit("user.reset_password", "user:" + arguments.name));
    BONGSU_ASSIGN(const std::string password, office->identity().passwords().reset(arguments.name));
    BONGSU_TRY(office->identity().lockout().unlock(arguments.name));
    std::printf(
        "one-time password of %s: %s\nIt must be changed at the next login. All sessions and API "
        "tokens of %s have ended.\n",
        arguments.name.c_str(),
        password.c_str(),
        arguments.name.c_str()
    );
    return 0;
}

Result<int> unlock(const Arguments& arguments) {
    BONGSU_ASSIGN(const auto office, Office::open(arguments.office));
    BONGSU_TRY(office->identity().directory().user(arguments.name));
    BONGSU_TRY(office->audit("user.unlock", "user:" + arguments.name));
    BONGSU_TRY(office->identity().lockout().unlock(arguments.name));
    std::printf("%s may log in again\n", arguments.name.c_str());
    return 0;
}

}  // namespace

void add_user_command(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* user = app.add_subcommand("user", "Look after accounts");
    user->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, bool has_name, auto run) {
        CLI::App* command = user->add_subcommand(name, help);
        arguments->office.add_to(*command);
        if (has_name) {
            command->add_option("name", arguments->name, "User name")->required();
        }
        command->callback([arguments, &chosen, run] {
            chosen = [arguments, run] { return run(*arguments); };
        });
    };
    add("list", "Who has an account, and what is granted", false, list_users);
    add("reset-password", "Give a new one-time password", true, reset_password);
    add("unlock", "End a lock-out after wrong passwords", true, unlock);
}

}  // namespace bongsu::app
