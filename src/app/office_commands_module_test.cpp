// bongsu user and bongsu audit on an installation of their own, through the command line's parser.
#include "app/commands.hpp"
#include "app/office.hpp"
#include "store/testing/temporary_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

class OfficeCommands : public ::testing::Test {
protected:
    OfficeCommands() {
        options_.data = folder_.path();
        options_.database = "sqlite:" + (folder_.path() / "bongsu.db").string();
        first_ = office()->identity().prepare_first_start().value();
    }

    std::unique_ptr<Office> office() const { return Office::open(options_).value(); }

    /// What the command leaves: its exit status, and what it printed.
    struct Outcome {
        Result<int> status;
        std::string out;
    };

    Outcome run(std::vector<std::string> words) const {
        CLI::App app;
        Action chosen;
        add_user_command(app, chosen);
        add_audit_command(app, chosen);
        words.insert(words.end(), {"--data", folder_.path().string()});
        std::reverse(words.begin(), words.end());
        app.parse(words);
        ::testing::internal::CaptureStdout();
        Result<int> status = chosen();
        return {std::move(status), ::testing::internal::GetCapturedStdout()};
    }

    bool may_log_in(const std::string& user, const std::string& password) const {
        return office()
            ->identity()
            .sign_in()
            .log_in({user, password, ""}, {"10.0.0.1", ""})
            .has_value();
    }

    store::testing::TemporaryFolder folder_;
    OfficeOptions options_;
    std::vector<identity::OneTimePassword> first_;
};

TEST_F(OfficeCommands, ListShowsUsersWithoutTheirSecrets) {
    const Outcome listed = run({"user", "list"});
    EXPECT_EQ(listed.status.value(), 0);
    EXPECT_NE(listed.out.find("supervisor *"), std::string::npos) << listed.out;
    EXPECT_EQ(listed.out.find("argon2"), std::string::npos);
}

TEST_F(OfficeCommands, ResetGivesAPasswordThatWorksAndIsWrittenDown) {
    const Outcome reset = run({"user", "reset-password", "admin"});
    ASSERT_EQ(reset.status.value(), 0);
    const std::size_t begin = reset.out.find("admin: ") + 7;
    const std::string password = reset.out.substr(begin, reset.out.find('\n') - begin);
    EXPECT_TRUE(may_log_in("admin", password)) << reset.out;
    EXPECT_FALSE(may_log_in("admin", first_.at(0).password));
    EXPECT_EQ(run({"user", "reset-password", "nobody"}).status.error().kind, ErrorKind::NotFound);
    const Outcome exported = run({"audit", "export"});
    EXPECT_NE(exported.out.find(R"("object":"user:admin")"), std::string::npos) << exported.out;
    EXPECT_EQ(exported.out.find(password), std::string::npos);
}

TEST_F(OfficeCommands, UnlockEndsALockOut) {
    for (int i = 0; i < 6; ++i) {
        EXPECT_FALSE(may_log_in("operator", "wrong"));
    }
    EXPECT_FALSE(may_log_in("operator", first_.at(2).password));
    EXPECT_NE(run({"user", "list"}).out.find("locked until"), std::string::npos);
    EXPECT_EQ(run({"user", "unlock", "operator"}).status.value(), 0);
    EXPECT_TRUE(may_log_in("operator", first_.at(2).password));
}

TEST_F(OfficeCommands, VerifySaysWhetherTheLogIsWholeByItsExitStatus) {
    ASSERT_EQ(run({"user", "unlock", "operator"}).status.value(), 0);
    ASSERT_EQ(run({"user", "unlock", "admin"}).status.value(), 0);
    const Outcome whole = run({"audit", "verify"});
    EXPECT_EQ(whole.status.value(), 0) << whole.out;
    EXPECT_NE(whole.out.find("2 records are as they were written"), std::string::npos) << whole.out;
    EXPECT_NE(whole.out.find("none is behind the newest"), std::string::npos) << whole.out;
    const std::string other_key(64, 'a');
    const Outcome forged = run({"audit", "verify", "--key", other_key});
    EXPECT_EQ(forged.status.value(), 2) << forged.out;
    EXPECT_NE(forged.out.find("BROKEN at record 1"), std::string::npos) << forged.out;
}

TEST_F(OfficeCommands, FolderWithoutADatabaseIsNamed) {
    std::filesystem::remove(folder_.path() / "bongsu.db");
    const Outcome outcome = run({"audit", "verify"});
    ASSERT_FALSE(outcome.status);
    EXPECT_EQ(outcome.status.error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace bongsu::app
