#include "identity/secrets.hpp"

#include "identity/password_hasher.hpp"
#include "identity/secret_box.hpp"
#include "store/testing/temporary_folder.hpp"

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::identity {
namespace {

constexpr std::size_t kLittleMemory = 8 * 1024;

TEST(Secrets, RandomOnesHaveTheirLengthAndNeverRepeat) {
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const std::string secret = random_secret();
        EXPECT_EQ(secret.size(), kSecretLength);
        seen.insert(secret);
        seen.insert(random_words(4));
        seen.insert(random_hex(8));
    }
    EXPECT_EQ(seen.size(), 3'000U);
    EXPECT_EQ(random_words(3).size(), 14U);
    EXPECT_EQ(random_hex(8).size(), 16U);
}

TEST(Secrets, Sha256AgreesWithTheVectorOfFips180) {
    EXPECT_EQ(
        sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

TEST(Secrets, ComparisonSeesEveryDifference) {
    EXPECT_TRUE(is_same_secret("abc", "abc"));
    EXPECT_TRUE(is_same_secret("", ""));
    EXPECT_FALSE(is_same_secret("abc", "abd"));
    EXPECT_FALSE(is_same_secret("abc", "ab"));
}

TEST(PasswordHasher, OnlyTheRightPasswordIsRight) {
    PasswordHasher hasher(2, kLittleMemory, 1);
    const std::string hash = hasher.hash("봉수대에 불을 피워라").value();
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$"));
    EXPECT_TRUE(hasher.verify(hash, "봉수대에 불을 피워라").value());
    EXPECT_FALSE(hasher.verify(hash, "봉수대에 불을 피워라 ").value());
    EXPECT_FALSE(hasher.verify(hash, "").value());
    EXPECT_FALSE(hasher.verify("", "nobody's password").value());
    EXPECT_FALSE(hasher.verify("no hash", "x").value());
    EXPECT_NE(hasher.hash("x").value(), hasher.hash("x").value());
}

TEST(PasswordHasher, HashOfOtherParametersIsOutdatedButStillRight) {
    PasswordHasher weak(1, kLittleMemory, 1);
    PasswordHasher strong(1, 2 * kLittleMemory, 2);
    const std::string hash = weak.hash("tiger-moon").value();
    EXPECT_FALSE(weak.is_outdated(hash));
    EXPECT_TRUE(strong.is_outdated(hash));
    EXPECT_TRUE(strong.verify(hash, "tiger-moon").value());
}

TEST(PasswordHasher, FloodIsTurnedAwayInsteadOfWaitingWithoutEnd) {
    PasswordHasher hasher(1, std::size_t{16} << 20U, 2);
    std::atomic<int> turned_away = 0;
    std::atomic<int> hashed = 0;
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 40; ++i) {
            callers.emplace_back([&] {
                const auto outcome = hasher.hash("x");
                ++(outcome ? hashed : turned_away);
                if (!outcome) {
                    EXPECT_EQ(outcome.error().kind, ErrorKind::ResourceExhausted);
                }
            });
        }
    }
    EXPECT_GT(turned_away, 0);
    EXPECT_GE(hashed, 16);
}

TEST(SecretBox, GivesBackWhatWasSealedAndOnlyWithItsKey) {
    const store::testing::TemporaryFolder folder;
    const SecretBox box = SecretBox::open(folder.path() / "a.key").value();
    const SecretBox same = SecretBox::open(folder.path() / "a.key").value();
    const SecretBox other = SecretBox::open(folder.path() / "b.key").value();
    const std::string sealed = box.seal("secret");
    EXPECT_EQ(sealed.find("secret"), std::string::npos);
    EXPECT_NE(sealed, box.seal("secret"));
    EXPECT_EQ(same.unseal(sealed).value(), "secret");
    EXPECT_EQ(other.unseal(sealed).error().kind, ErrorKind::Corrupt);
}

TEST(SecretBox, EveryChangedDigitIsFound) {
    const store::testing::TemporaryFolder folder;
    const SecretBox box = SecretBox::open(folder.path() / "a.key").value();
    const std::string sealed = box.seal("secret");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == '0' ? '1' : '0';
        EXPECT_FALSE(box.unseal(changed)) << i;
    }
    EXPECT_FALSE(box.unseal(""));
    EXPECT_FALSE(box.unseal(sealed.substr(1)));
    EXPECT_FALSE(box.unseal(sealed + "z"));
}

}  // namespace
}  // namespace bongsu::identity
