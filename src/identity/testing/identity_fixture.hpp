#pragma once

#include "identity/identity.hpp"
#include "store/testing/temporary_folder.hpp"
#include "store/testing/temporary_store.hpp"

#include <map>
#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::identity::testing {

inline const Client kDesk{"10.0.0.1", "Firefox"};
inline const OrganisationId kCity("city");

/// Identity on a real database in a temporary folder, after its first start: users admin,
/// supervisor and operator with the one-time passwords in `passwords_`, which need not be changed.
class IdentityTest : public ::testing::Test {
protected:
    IdentityTest() {
        config_.hash_memory = 8 * 1024;
        config_.one_time_must_change = false;
        identity_ = open();
        for (const OneTimePassword& made : identity_->prepare_first_start().value()) {
            passwords_[made.user] = made.password;
        }
    }

    std::unique_ptr<Identity> open() {
        return Identity::open(store_->identity(), config_, folder_.path() / "identity.key", clock_)
            .value();
    }

    Result<NewSession> log_in(
        const std::string& user, const std::string& password, const std::string& code = ""
    ) {
        return identity_->sign_in().log_in({user, password, code}, kDesk);
    }

    NewSession operator_session() { return log_in("operator", passwords_["operator"]).value(); }

    ErrorKind kind_of_login(
        const std::string& user, const std::string& password, const std::string& code = ""
    ) {
        const auto outcome = log_in(user, password, code);
        return outcome ? ErrorKind::Internal : outcome.error().kind;
    }

    /// Lets what is kept in memory become too old to be used unseen.
    void let_memory_age() { clock_.advance(std::chrono::seconds{6}); }

    store::testing::TemporaryFolder folder_;
    store::testing::TemporaryStore store_;
    ManualClock clock_;
    IdentityConfig config_;
    std::unique_ptr<Identity> identity_;
    std::map<std::string, std::string> passwords_;
};

}  // namespace bongsu::identity::testing
