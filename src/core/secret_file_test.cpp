#include "core/secret_file.hpp"

#include <cstdlib>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu {
namespace {

class SecretFile : public ::testing::Test {
protected:
    SecretFile() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "bongsu-key-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        file_ = folder_ / "a.key";
    }

    ~SecretFile() override { std::filesystem::remove_all(folder_); }

    void write(const std::string& text) {
        std::ofstream(file_) << text;
        std::filesystem::permissions(
            file_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
        );
    }

    std::filesystem::path folder_;
    std::filesystem::path file_;
};

TEST_F(SecretFile, MadeOnceReadableByItsOwnerOnlyAndReadAgain) {
    const auto made = read_or_make_key(file_);
    ASSERT_TRUE(made) << made.error().describe();
    EXPECT_EQ(read_or_make_key(file_).value(), *made);
    EXPECT_EQ(
        std::filesystem::status(file_).permissions(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(SecretFile, TwoFilesHoldDifferentKeys) {
    EXPECT_NE(read_or_make_key(file_).value(), read_or_make_key(folder_ / "b.key").value());
}

TEST_F(SecretFile, FileThatOthersMayReadIsRefused) {
    ASSERT_TRUE(read_or_make_key(file_));
    std::filesystem::permissions(
        file_, std::filesystem::perms::others_read, std::filesystem::perm_options::add
    );
    EXPECT_EQ(read_or_make_key(file_).error().kind, ErrorKind::PermissionDenied);
}

TEST_F(SecretFile, AnythingButAKeyIsCorruptAndStays) {
    for (const std::string& text :
         {std::string(), std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'g')}) {
        write(text);
        EXPECT_EQ(read_or_make_key(file_).error().kind, ErrorKind::Corrupt) << text;
    }
}

TEST_F(SecretFile, FolderThatIsMissingIsNamed) {
    const auto refused = read_or_make_key(folder_ / "none" / "a.key");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("none/a.key"), std::string::npos);
}

}  // namespace
}  // namespace bongsu
