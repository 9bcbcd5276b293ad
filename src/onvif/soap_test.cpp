#include "onvif/soap.hpp"

#include "media/rtsp/base64.hpp"
#include "onvif/testing/parse.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

std::string in_envelope(const std::string& body) {
    return "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body>" + body +
           "</e:Body></e:Envelope>";
}

std::string fault(const std::string& subcode) {
    return in_envelope(
        "<e:Fault><e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>ter:InvalidArgVal"
        "</e:Value><e:Subcode><e:Value>" +
        subcode +
        "</e:Value></e:Subcode></e:Subcode></e:Code><e:Reason><e:Text>no\nway</e:Text></e:Reason>"
        "</e:Fault>"
    );
}

// The values of the ONVIF Application Programmer's Guide 1.0, 6.1.1.3.
TEST(UsernameToken, HasTheDigestOfTheStandardsExample) {
    const auto nonce = media::base64_decode("LKqI6G/AikKCQrN0zqZFlg==");
    ASSERT_TRUE(nonce);
    EXPECT_EQ(
        password_digest(
            std::string(nonce->begin(), nonce->end()), "2010-09-16T07:50:45Z", "userpassword"
        ),
        "tuOSpGlFlIXsozq4HFNeeGeFLEI="
    );
}

TEST(UsernameToken, NeverHoldsThePassword) {
    const std::string token = write_username_token(
        {"ad<min", "geheim"}, WallTime{std::chrono::seconds{1'284'623'445}}, "n"
    );
    EXPECT_FALSE(token.contains("geheim"));
    EXPECT_TRUE(token.contains("<wsse:Username>ad&lt;min</wsse:Username>"));
    EXPECT_TRUE(token.contains("2010-09-16T07:50:45"));
}

TEST(Envelope, IsWellFormedWithAndWithoutHeader) {
    const std::string token = write_username_token({"u", "p"}, WallTime{}, "nonce");
    const Xml with = testing::parsed(write_envelope({.body = "<tds:A/>"}, token));
    EXPECT_EQ(text_at(with.root(), "Header/Security/UsernameToken/Username"), "u");
    EXPECT_TRUE(find(with.root(), "Body/A"));
    const Xml without = testing::parsed(write_envelope({.body = "<tds:A/>"}, ""));
    EXPECT_FALSE(child(without.root(), "Header"));
}

TEST(SoapReply, GivesTheFirstElementOfTheBody) {
    const auto reply = SoapReply::parse(in_envelope("<!-- c --><x:Answer>1</x:Answer>"));
    ASSERT_TRUE(reply);
    EXPECT_EQ(local_name(reply->response().name()), "Answer");
}

TEST(SoapReply, TurnsFaultsIntoErrorsOfTheRightKind) {
    EXPECT_EQ(
        SoapReply::parse(fault("ter:NotAuthorized")).error().kind, ErrorKind::PermissionDenied
    );
    EXPECT_EQ(
        SoapReply::parse(fault("ter:ActionNotSupported")).error().kind, ErrorKind::Unsupported
    );
    EXPECT_EQ(SoapReply::parse(fault("ter:NoProfile")).error().kind, ErrorKind::NotFound);
    const Error other = SoapReply::parse(fault("ter:Something")).error();
    EXPECT_EQ(other.kind, ErrorKind::FailedPrecondition);
    EXPECT_EQ(other.message, "the camera refused: Sender/InvalidArgVal/Something, no way");
    const auto old = SoapReply::parse(
        in_envelope("<e:Fault><faultcode>wsse:FailedAuthentication</faultcode></e:Fault>")
    );
    EXPECT_EQ(old.error().kind, ErrorKind::PermissionDenied);
}

TEST(SoapReply, RefusesWhatIsNoEnvelope) {
    EXPECT_EQ(SoapReply::parse("<html/>").error().kind, ErrorKind::Corrupt);
    EXPECT_EQ(SoapReply::parse(in_envelope("")).error().kind, ErrorKind::Corrupt);
}

}  // namespace
}  // namespace bongsu::onvif
