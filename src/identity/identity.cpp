#include "identity/identity.hpp"

namespace bongsu::identity {
namespace {

constexpr Duration kLockoutsKept = std::chrono::hours{48};
constexpr const char* kCity = "city";

}  // namespace

Identity::Identity(
    store::IdentityStore& store, const IdentityConfig& config, SecretBox box, const Clock& clock
)
    : store_(store),
      config_(config),
      clock_(clock),
      directory_(store, clock),
      hasher_(config.parallel_hashes, config.hash_memory),
      sessions_(store, directory_, config, clock),
      tokens_(store, directory_, config, clock),
      passwords_(store, hasher_, directory_, sessions_, tokens_, clock),
      lockout_(store, config_, clock),
      second_factor_(store, std::move(box), "Bongsu", clock),
      sign_in_(store, hasher_, lockout_, second_factor_, sessions_, clock) {}

Result<std::unique_ptr<Identity>> Identity::open(
    store::IdentityStore& store,
    const IdentityConfig& config,
    const std::filesystem::path& key_file,
    const Clock& clock
) {
    BONGSU_ASSIGN(SecretBox box, SecretBox::open(key_file));
    return std::unique_ptr<Identity>(new Identity(store, config, std::move(box), clock));
}

Result<std::vector<OneTimePassword>> Identity::prepare_first_start() {
    BONGSU_ASSIGN(const std::int64_t users, store_.count_users());
    std::vector<OneTimePassword> made;
    if (users > 0) {
        return made;
    }
    BONGSU_TRY(directory_.put_organisation({OrganisationId(kCity), "시", "City"}));
    const std::vector<NewUser> accounts{
        {"admin", "관리자", OrganisationId(kCity), {{Role::Administrator, {}, {}}}},
        {"supervisor", "관제팀장", OrganisationId(kCity), {{Role::Supervisor, {}, {}}}},
        {"operator", "관제요원", OrganisationId(kCity), {{Role::Operator, {}, {}}}},
    };
    for (const NewUser& account : accounts) {
        BONGSU_ASSIGN(
            std::string password, passwords_.add_user(account, config_.one_time_must_change)
        );
        made.push_back({account.id, std::move(password)});
    }
    return made;
}

Status Identity::sweep() {
    BONGSU_TRY(sessions_.sweep());
    return store_.prune_lockouts(clock_.wall() - kLockoutsKept);
}

}  // namespace bongsu::identity
