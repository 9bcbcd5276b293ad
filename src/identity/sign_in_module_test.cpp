// Logging in, lock-outs and second factors on a real database.
#include "identity/testing/identity_fixture.hpp"
#include "identity/totp.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu::identity {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::IdentityTest;

/// Base32 as an authenticator reads it.
std::string from_base32(const std::string& text) {
    std::string bytes;
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    for (const char c : text) {
        buffer = (buffer << 5U) | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(buffer >> bits);
        }
    }
    return bytes;
}

TEST_F(IdentityTest, WrongNamePasswordAndInactiveUserGetTheSameAnswer) {
    const std::string wrong = log_in("operator", "wrong").error().message;
    EXPECT_EQ(log_in("nobody", "wrong").error().message, wrong);
    EXPECT_EQ(log_in("No Name!", "wrong").error().message, wrong);
    ASSERT_TRUE(identity_->directory().change_user("operator", {.is_active = false}));
    EXPECT_EQ(log_in("operator", passwords_["operator"]).error().message, wrong);
}

TEST_F(IdentityTest, NameIsTypedInAnyCase) {
    EXPECT_TRUE(log_in("Operator", passwords_["operator"]));
}

TEST_F(IdentityTest, PasswordBeyondTheLongestIsWrongEvenIfItsBeginningIsRight) {
    std::string longest = "tiger-moon";
    longest.resize(256, 'x');
    ASSERT_TRUE(identity_->passwords().change("operator", passwords_["operator"], longest, ""));
    EXPECT_TRUE(log_in("operator", longest));
    EXPECT_EQ(kind_of_login("operator", longest + "x"), ErrorKind::PermissionDenied);
}

TEST_F(IdentityTest, LockoutClosesAfterFiveWrongPasswordsAndOpensInTime) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    }
    EXPECT_EQ(kind_of_login("operator", passwords_["operator"]), ErrorKind::ResourceExhausted);
    EXPECT_TRUE(identity_->lockout().locked_until("operator").value().has_value());
    clock_.advance(minutes{15} + seconds{1});
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
    EXPECT_FALSE(identity_->lockout().locked_until("operator").value().has_value());
}

TEST_F(IdentityTest, LockoutOfAnUnknownNameLooksTheSame) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(kind_of_login("nobody", "wrong"), ErrorKind::PermissionDenied);
    }
    EXPECT_EQ(kind_of_login("nobody", "wrong"), ErrorKind::ResourceExhausted);
}

TEST_F(IdentityTest, LockoutGrowsFromOneLockToTheNext) {
    config_.address_attempts = 1'000;
    identity_ = open();
    const auto lock = [&] {
        while (kind_of_login("operator", "wrong") != ErrorKind::ResourceExhausted) {
        }
        return *identity_->lockout().locked_until("operator").value() - clock_.wall();
    };
    EXPECT_EQ(lock(), minutes{15});
    clock_.advance(minutes{16});
    EXPECT_EQ(lock(), minutes{30});
    clock_.advance(minutes{31});
    EXPECT_EQ(lock(), minutes{60});
}

TEST_F(IdentityTest, LockoutForgetsOldMistakes) {
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    }
    clock_.advance(minutes{16});
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    }
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    }
}

TEST_F(IdentityTest, LockoutCountsAddressesOverAllNames) {
    config_.address_attempts = 8;
    identity_ = open();
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(kind_of_login("user" + std::to_string(i), "wrong"), ErrorKind::PermissionDenied);
    }
    EXPECT_EQ(kind_of_login("operator", passwords_["operator"]), ErrorKind::ResourceExhausted);
    EXPECT_TRUE(identity_->sign_in().log_in(
        {"operator", passwords_["operator"], ""}, {"10.0.0.2", "Firefox"}
    ));
}

TEST_F(IdentityTest, LockoutOfAnAddressIsNotFilledByGoodLogins) {
    config_.address_attempts = 3;
    identity_ = open();
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(log_in("operator", passwords_["operator"]));
    }
}

TEST_F(IdentityTest, UnlockOpensAtOnce) {
    for (int i = 0; i < 6; ++i) {
        (void)log_in("operator", "wrong");
    }
    ASSERT_TRUE(identity_->lockout().unlock("operator"));
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
}

TEST_F(IdentityTest, HashOfOldParametersIsRenewedAtLogin) {
    const std::string before = store_->identity().user("operator").value()->password_hash;
    config_.hash_memory = 16 * 1024;
    identity_ = open();
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
    EXPECT_NE(store_->identity().user("operator").value()->password_hash, before);
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
}

class SecondFactorTest : public IdentityTest {
protected:
    SecondFactorTest() {
        secret_ = from_base32(identity_->second_factor().enrol("operator").value().secret);
        recovery_ = identity_->second_factor().confirm("operator", code()).value();
    }

    std::string code() { return totp_code(secret_, totp_step(clock_.wall())); }

    ErrorKind kind_of_code(const std::string& given) {
        return kind_of_login("operator", passwords_["operator"], given);
    }

    std::string secret_;
    std::vector<std::string> recovery_;
};

TEST_F(SecondFactorTest, LoginAsksForTheCodeOnlyAfterTheRightPassword) {
    EXPECT_EQ(kind_of_login("operator", "wrong"), ErrorKind::PermissionDenied);
    EXPECT_EQ(kind_of_code(""), ErrorKind::FailedPrecondition);
    clock_.advance(seconds{30});
    EXPECT_TRUE(log_in("operator", passwords_["operator"], code()));
}

TEST_F(SecondFactorTest, CodeIsGoodOnceEvenForTheNextStepsBefore) {
    EXPECT_EQ(kind_of_code(code()), ErrorKind::PermissionDenied) << "used for confirming";
    clock_.advance(seconds{60});
    const std::string before = totp_code(secret_, totp_step(clock_.wall()) - 1);
    EXPECT_TRUE(log_in("operator", passwords_["operator"], code()));
    EXPECT_EQ(kind_of_code(code()), ErrorKind::PermissionDenied);
    EXPECT_EQ(kind_of_code(before), ErrorKind::PermissionDenied);
}

TEST_F(SecondFactorTest, RecoveryCodeIsGoodOnceInAnyCase) {
    ASSERT_EQ(recovery_.size(), 10U);
    std::string shouted = recovery_.at(3);
    std::ranges::transform(shouted, shouted.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    EXPECT_TRUE(log_in("operator", passwords_["operator"], shouted));
    EXPECT_EQ(kind_of_code(recovery_.at(3)), ErrorKind::PermissionDenied);
    EXPECT_TRUE(log_in("operator", passwords_["operator"], recovery_.at(4)));
}

TEST_F(SecondFactorTest, GuessingCodesLocksTheUser) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(kind_of_code("00000" + std::to_string(i)), ErrorKind::PermissionDenied);
    }
    EXPECT_EQ(kind_of_code("000000"), ErrorKind::ResourceExhausted);
}

TEST_F(SecondFactorTest, StoredSecretIsUnreadableWithoutTheKey) {
    const std::string stored = store_->identity().user("operator").value()->totp_secret;
    EXPECT_EQ(stored.find(secret_), std::string::npos);
    std::filesystem::remove(folder_.path() / "identity.key");
    identity_ = open();
    EXPECT_EQ(kind_of_code(code()), ErrorKind::Corrupt);
}

TEST_F(SecondFactorTest, RemovedFactorIsAskedForNoMore) {
    EXPECT_EQ(
        identity_->second_factor().enrol("operator").error().kind, ErrorKind::FailedPrecondition
    );
    ASSERT_TRUE(identity_->second_factor().remove("operator"));
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
}

TEST_F(IdentityTest, UnconfirmedFactorIsNotAskedFor) {
    ASSERT_TRUE(identity_->second_factor().enrol("operator"));
    EXPECT_EQ(
        identity_->second_factor().confirm("operator", "000000").error().kind,
        ErrorKind::PermissionDenied
    );
    EXPECT_TRUE(log_in("operator", passwords_["operator"]));
}

}  // namespace
}  // namespace bongsu::identity
