#include "net/http_target.hpp"

#include <gtest/gtest.h>

namespace bongsu::net {
namespace {

TEST(Target, IsDecodedOnce) {
    const auto target = parse_target("/a%2520b/%EC%84%9C%EC%9A%B8?q=a%2Bb+c&empty=&flag&q=2");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/a%20b/서울");
    const HttpFields expected{{"q", "a+b c"}, {"empty", ""}, {"flag", ""}, {"q", "2"}};
    EXPECT_EQ(target->query, expected);
}

TEST(Target, OfTheAbsoluteFormKeepsItsHost) {
    const auto target = parse_target("HTTP://example.org:8080?x=1");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/");
    EXPECT_EQ(target->authority, "example.org:8080");
    EXPECT_EQ(*find_field(target->query, "x"), "1");
}

TEST(Target, KeepsDotsThatAreNoSegmentOfTheirOwn) {
    for (const char* path : {"/.well-known/x", "/a..b", "/...", "/a/", "/"}) {
        const auto target = parse_target(path);
        ASSERT_TRUE(target) << path;
        EXPECT_EQ(target->path, path);
    }
}

TEST(Target, IsRefusedWhenItCouldLeaveItsFolder) {
    for (const char* path :
         {"/..", "/../a", "/a/../b", "/a/%2E%2e", "/.", "/%2e/a", "//a", "/a//", "/a%2Fb", "/a%5Cb"
         }) {
        EXPECT_FALSE(parse_target(path)) << path;
    }
}

TEST(Target, IsRefusedWhenItsTextIsBroken) {
    for (const char* path :
         {"",
          "a",
          "*",
          "/%",
          "/%g0",
          "/%e",
          "/%00",
          "/%0a",
          "/%7f",
          "/%ff",
          "/%c0%af",
          "/a b",
          "/<",
          "/a#b",
          "?a=b",
          "/?a=%80",
          "http://",
          "https:///x"}) {
        EXPECT_FALSE(parse_target(path)) << path;
    }
}

TEST(Target, HoldsABoundedNumberOfFields) {
    std::string query;
    for (int i = 0; i < 257; ++i) {
        query += "a=b&";
    }
    EXPECT_FALSE(parse_query(query));
    EXPECT_TRUE(parse_query(query.substr(4)));
}

TEST(Cookies, AreReadInTheirOrder) {
    HttpFields cookies;
    append_cookies("a=1; b = x=y ;broken; =z; bad name=1;c=", cookies);
    const HttpFields expected{{"a", "1"}, {"b", "x=y"}, {"c", ""}};
    EXPECT_EQ(cookies, expected);
}

}  // namespace
}  // namespace bongsu::net
