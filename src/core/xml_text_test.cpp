#include "core/xml_text.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

TEST(XmlText, EscapesWhatMeansSomethingAndDropsWhatIsForbidden) {
    EXPECT_EQ(escape_xml("a<b>&\"'\x01"), "a&lt;b&gt;&amp;&quot;&apos;");
    EXPECT_EQ(escape_xml("비밀\n\t"), "비밀\n\t");
}

}  // namespace
}  // namespace bongsu
