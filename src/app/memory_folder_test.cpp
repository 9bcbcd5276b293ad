#include "app/memory_folder.hpp"

#include "app/temporary_folder.hpp"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

TEST(MemoryFolder, GivesBackTheNewestOfEachName) {
    const auto folder = TemporaryFolder::create("memories");
    ASSERT_TRUE(folder);
    MemoryFolder before(folder->path() / "memories");
    const auto nothing = before.find("gate.water.flood");
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().kind, ErrorKind::NotFound);
    ASSERT_TRUE(before.keep("gate.water.flood", "dry"));
    ASSERT_TRUE(before.keep("gate.water.flood", "drier"));
    ASSERT_TRUE(before.keep("yard.water.flood", "wet"));
    MemoryFolder after(folder->path() / "memories");
    EXPECT_EQ(after.find("gate.water.flood").value_or(""), "drier");
    EXPECT_EQ(after.find("yard.water.flood").value_or(""), "wet");
    const std::filesystem::directory_iterator files(folder->path() / "memories");
    EXPECT_EQ(std::distance(begin(files), end(files)), 2);
}

TEST(MemoryFolder, SaysWhichFileCannotBeWritten) {
    const auto folder = TemporaryFolder::create("memories");
    ASSERT_TRUE(folder);
    std::ofstream(folder->path() / "memories") << "a file";
    MemoryFolder memories(folder->path() / "memories");
    const Status kept = memories.keep("gate.water.flood", "dry");
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().kind, ErrorKind::Unavailable);
    EXPECT_NE(kept.error().message.find("gate.water.flood"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::app
