#include "eval/manifest.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

TEST(Manifest, GivesTheColumnsThatWereAskedForInTheirOrder) {
    const auto manifest =
        Manifest::parse("file,label,scene\na.jpg,flood,3\r\nb.jpg,dry,4\n", {"scene", "file"}, "m");
    ASSERT_TRUE(manifest) << manifest.error().message;
    EXPECT_EQ(manifest->rows(), (std::vector<Manifest::Row>{{"3", "a.jpg"}, {"4", "b.jpg"}}));
}

TEST(Manifest, SaysWhichColumnOrLineIsWrong) {
    EXPECT_EQ(Manifest::parse("a,b\n1,2\n", {"c"}, "m").error().message, "m has no column 'c'");
    EXPECT_EQ(Manifest::parse("a,b\n1,2\n3\n", {"b"}, "m").error().message, "m:3: too few cells");
    EXPECT_FALSE(Manifest::parse("", {"a"}, "m"));
}

}  // namespace
}  // namespace bongsu::eval
