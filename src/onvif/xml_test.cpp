#include "onvif/xml.hpp"

#include "onvif/testing/parse.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

using testing::parsed;

std::string nested(std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
        text += "<a>";
    }
    for (std::size_t i = 0; i < depth; ++i) {
        text += "</a>";
    }
    return text;
}

TEST(Xml, IsReadByLocalNamesWhateverThePrefix) {
    const Xml xml = parsed("<s:A><x:B><C> text </C></x:B><B><C>other</C></B></s:A>");
    EXPECT_EQ(text_at(xml.root(), "B/C"), "text");
    EXPECT_EQ(children(xml.root(), "B").size(), 2U);
    EXPECT_EQ(text_at(xml.root(), "B/D"), "");
}

TEST(Xml, RefusesADocumentType) {
    const auto bomb =
        Xml::parse(R"(<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;&x;">]><a>&z;</a>)"
        );
    ASSERT_FALSE(bomb);
    EXPECT_EQ(bomb.error().kind, ErrorKind::Corrupt);
}

TEST(Xml, RefusesWhatIsTooDeepTooManyOrTooLarge) {
    EXPECT_TRUE(Xml::parse(nested(48)));
    EXPECT_FALSE(Xml::parse(nested(60)));
    EXPECT_FALSE(Xml::parse(nested(100'000)));
    EXPECT_FALSE(Xml::parse("<a><b/><b/><b/></a>", {.nodes = 3}));
    EXPECT_FALSE(Xml::parse("<a>" + std::string(100, ' ') + "</a>", {.bytes = 50}));
}

TEST(Xml, RefusesWhatIsNone) {
    for (const char* text : {"", "   ", "plain", "<a>", "<a></b>", "<!-- only -->", "<a b=></a>"}) {
        EXPECT_FALSE(Xml::parse(text)) << text;
    }
}

TEST(Xml, ReadsNumbersOnlyWhenTheyAreWhole) {
    EXPECT_EQ(to_number(" 25.0 "), 25.0);
    EXPECT_FALSE(to_number("25fps"));
    EXPECT_FALSE(to_number("nan"));
    EXPECT_FALSE(to_number("1e999"));
    EXPECT_FALSE(to_number(""));
}

TEST(Xml, EscapesWhatUsersType) {
    EXPECT_EQ(escape_xml("a<b>&\"'\x01"), "a&lt;b&gt;&amp;&quot;&apos;");
    const Xml xml = parsed("<a>" + escape_xml("]]> <!-- & 비밀") + "</a>");
    EXPECT_EQ(text_at(xml.root(), ""), "]]> <!-- & 비밀");
}

}  // namespace
}  // namespace bongsu::onvif
