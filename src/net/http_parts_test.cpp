// The small parts that requests and responses are read and written with.
#include "net/byte_range.hpp"
#include "net/http_text.hpp"
#include "net/http_url.hpp"
#include "net/problem.hpp"
#include "net/request_origin.hpp"
#include "net/response_head.hpp"
#include "net/utf8.hpp"

#include <gtest/gtest.h>

namespace bongsu::net {
namespace {

TEST(Utf8, KnowsGoodFromBad) {
    for (const char* good :
         {"", "plain ASCII, longer than eight", "é", "서울", "\xf0\x9f\x8e\xa5"}) {
        EXPECT_TRUE(is_utf8(good)) << good;
    }
    for (const char* bad :
         {"\x80",
          "\xc3",
          "\xc0\xaf",
          "\xe0\x80\xaf",
          "\xed\xa0\x80",
          "\xf4\x90\x80\x80",
          "\xff",
          "12345678\xe2\x82",
          "\xf0\x8f\xbf\xbf"}) {
        EXPECT_FALSE(is_utf8(bad)) << bad;
    }
}

TEST(Range, IsCutToTheFile) {
    const auto range = parse_byte_range("bytes=2-100", 10);
    ASSERT_TRUE(range);
    const auto* part = std::get_if<ByteRange>(&*range);
    ASSERT_NE(part, nullptr);
    EXPECT_EQ(part->first, 2U);
    EXPECT_EQ(part->size, 8U);
}

TEST(Range, OfAnEmptyFileCannotBeSatisfied) {
    for (const char* header : {"bytes=0-0", "bytes=-1", "bytes=0-"}) {
        const auto range = parse_byte_range(header, 0);
        ASSERT_TRUE(range) << header;
        EXPECT_TRUE(std::holds_alternative<UnsatisfiableRange>(*range)) << header;
    }
}

TEST(Range, ThatIsMalformedIsIgnored) {
    for (const char* header :
         {"",
          "bytes",
          "bytes=",
          "bytes=-",
          "bytes=x-1",
          "bytes=1-x",
          "bytes=3-2",
          "bytes=1-2,3-4",
          "bytes=99999999999999999999-",
          "chapters=1-2"}) {
        EXPECT_FALSE(parse_byte_range(header, 10)) << header;
    }
}

TEST(Url, IsTakenApart) {
    const auto url = parse_http_url("https://[2001:db8::1]:8443/a?b=c#d");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->is_tls);
    EXPECT_EQ(url->host, "2001:db8::1");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->target, "/a?b=c");
    EXPECT_EQ(url->authority(), "[2001:db8::1]:8443");
    EXPECT_EQ(parse_http_url("http://camera?x")->target, "/?x");
    EXPECT_EQ(parse_http_url("wss://host")->authority(), "host");
}

TEST(Url, IsRefusedWhenItIsNotAWebAddress) {
    for (const char* text :
         {"",
          "camera",
          "rtsp://a/",
          "http://",
          "http://:80/",
          "http://a:0/",
          "http://a:65536/",
          "http://a:x/",
          "http://user:password@a/",
          "http://a/ b",
          "http://a/\r\nX: y"}) {
        EXPECT_FALSE(parse_http_url(text)) << text;
    }
}

TEST(ResponseHead, LeavesFramingToTheServer) {
    const auto head = write_response_head(
        200,
        {{"Content-Length", "7"}, {"connection", "x"}, {"Transfer-Encoding", "chunked"}, {"A", "b"}
        },
        {.content_length = 3, .keeps_alive = true, .now = WallTime{}}
    );
    ASSERT_TRUE(head);
    EXPECT_EQ(
        *head,
        "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nA: b\r\nContent-Length: 3\r\n"
        "Connection: keep-alive\r\n\r\n"
    );
}

TEST(ResponseHead, RefusesWhatCouldForgeALine) {
    const ResponseFraming framing;
    EXPECT_FALSE(write_response_head(200, {{"A", "b\nc"}}, framing));
    EXPECT_FALSE(write_response_head(200, {{"A\r\nB", "c"}}, framing));
    EXPECT_FALSE(write_response_head(200, {{"", "c"}}, framing));
    EXPECT_FALSE(write_response_head(200, {{"A", std::string("b\0c", 3)}}, framing));
    EXPECT_FALSE(write_response_head(20, {}, framing));
}

TEST(Problem, EscapesItsDetail) {
    const HttpResponse problem = make_problem(404, "no \"camera\"\n\\");
    EXPECT_EQ(
        problem.body,
        R"({"type":"about:blank","title":"Not Found","status":404,"detail":"no \"camera\"\u000a\\","code":"not_found"})"
    );
}

HttpRequest request_from(HttpFields headers, const std::string& peer) {
    static const RequestOrigin origin({"10.0.0.1", "::1"});
    HttpRequest request;
    request.headers = std::move(headers);
    origin.apply(request, peer, false);
    return request;
}

TEST(Origin, TakesTheLastAddressThatNoTrustedProxyClaims) {
    EXPECT_EQ(request_from({{"x-forwarded-for", "1.1.1.1, 2.2.2.2"}}, "10.0.0.1").peer, "2.2.2.2");
    EXPECT_EQ(
        request_from(
            {{"x-forwarded-for", "1.1.1.1"}, {"x-forwarded-for", "3.3.3.3, ::1"}}, "10.0.0.1"
        )
            .peer,
        "3.3.3.3"
    );
    EXPECT_EQ(request_from({{"x-forwarded-for", "::ffff:4.4.4.4"}}, "::1").peer, "4.4.4.4");
    EXPECT_EQ(request_from({{"x-forwarded-for", "1.1.1.1, junk"}}, "10.0.0.1").peer, "10.0.0.1");
}

TEST(Origin, RemovesForwardingFieldsOfStrangers) {
    const HttpRequest request = request_from(
        {{"x-forwarded-for", "1.1.1.1"},
         {"x-forwarded-proto", "https"},
         {"forwarded", "for=a"},
         {"a", "b"}},
        "9.9.9.9"
    );
    EXPECT_EQ(request.peer, "9.9.9.9");
    EXPECT_FALSE(request.is_secure);
    EXPECT_EQ(request.headers, (HttpFields{{"a", "b"}}));
}

TEST(HttpText, FindsWordsInLists) {
    EXPECT_TRUE(list_holds("keep-alive, Upgrade", "upgrade"));
    EXPECT_FALSE(list_holds("upgraded, up", "upgrade"));
    EXPECT_FALSE(list_holds("", "upgrade"));
}

}  // namespace
}  // namespace bongsu::net
