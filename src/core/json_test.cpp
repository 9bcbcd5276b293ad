#include "core/json.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace bongsu {
namespace {

TEST(Json, ComesBackAsItWasWritten) {
    const Value value{Value::Map{
        {"name", "정문 \"1\"\n"},
        {"count", 3},
        {"share", 0.1},
        {"is_on", true},
        {"none", {}},
        {"list", Value::List{1, "two", Value::Map{}}},
    }};
    const std::string text = to_json(value);
    EXPECT_EQ(parse_json(text, "t").value(), value);
    EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(Json, WholeDoublesAndNoNumbersAreWrittenPlainly) {
    EXPECT_EQ(to_json(30.0), "30");
    EXPECT_EQ(to_json(std::numeric_limits<double>::quiet_NaN()), "null");
    EXPECT_EQ(to_json(std::string("\xFFok\x01")), "\"\xEF\xBF\xBDok\\u0001\"");
}

TEST(Json, WholeDoublesBeyondSixtyFourBitsComeBack) {
    for (const double number : {9223372036854775808.0, 12345678901234567168.0, -1e19, 1e300}) {
        const auto back = parse_json(to_json(Value{number}), "test");
        ASSERT_TRUE(back) << to_json(Value{number}) << ": " << back.error().message;
        ASSERT_NE(back->as_double(), nullptr);
        EXPECT_EQ(*back->as_double(), number);
    }
}

TEST(Json, RefusesWhatIsMalformedDeepOrLarge) {
    EXPECT_EQ(parse_json("{\"a\":", "body").error().kind, ErrorKind::InvalidArgument);
    EXPECT_NE(parse_json("{\"a\":", "body").error().message.find("body"), std::string::npos);
    EXPECT_FALSE(parse_json(std::string(100, '[') + std::string(100, ']'), "t"));
    EXPECT_FALSE(parse_json("[1,2,3]", "t", 3));
    EXPECT_FALSE(parse_json("18446744073709551615", "t"));
    EXPECT_FALSE(parse_json("\"\xFF\"", "t"));
}

}  // namespace
}  // namespace bongsu
