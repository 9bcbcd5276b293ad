// How the RTSP source logs in, and what it says when it may not.
#include "ingest/testing/rtsp_watch.hpp"
#include "ingest/testing/scripted_camera.hpp"
#include "media/rtsp/digest.hpp"

#include <atomic>

#include <gtest/gtest.h>

namespace bongsu::ingest {
namespace {

using testing::CameraEnd;
using testing::ScriptedCamera;
using Record = testing::RecordingListener::Record;

class RtspLogin : public testing::RtspWatch {};

TEST_F(RtspLogin, SaysThatALoginIsMissing) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        while (const auto request = end.read()) {
            media::RtspHeaders headers;
            headers.add("WWW-Authenticate", R"(Basic realm="x")");
            end.reply(*request, 401, headers);
        }
    });
    watch(camera.url());
    expect_says(first_error(), ErrorKind::PermissionDenied, "wants a login");
}

TEST_F(RtspLogin, StopsAfterTheSecondRefusalOfAPassword) {
    std::atomic<int> logins{0};
    const ScriptedCamera camera([&](CameraEnd& end, int) {
        while (const auto request = end.read()) {
            media::RtspHeaders headers;
            headers.add("WWW-Authenticate", R"(Digest realm="x", nonce="1")");
            logins += request->headers.find("Authorization") != nullptr ? 1 : 0;
            end.reply(*request, request->method == "OPTIONS" ? 200 : 401, headers);
        }
    });
    watch(camera.url("/live", "admin:secret"), {{"refused_retry", "60s"}});
    expect_says(
        first_error(), ErrorKind::PermissionDenied, "refused the user name or the password"
    );
    EXPECT_EQ(logins, 1);
}

TEST_F(RtspLogin, LogsInAgainWhenTheNonceIsStale) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        const media::AuthChallenge old{
            .scheme = media::AuthScheme::Digest, .realm = "x", .nonce = "old", .opaque = {}
        };
        media::AuthChallenge fresh = old;
        fresh.nonce = "new";
        fresh.is_stale = true;
        while (const auto request = end.read()) {
            const auto* login = request->headers.find("Authorization");
            const media::Credentials credentials{"admin", "secret"};
            media::RtspHeaders headers;
            if (request->method != "DESCRIBE") {
                end.reply(*request, 200);
            } else if (login == nullptr) {
                headers.add("WWW-Authenticate", media::write_challenge(old));
                end.reply(*request, 401, headers);
            } else if (media::verify_authorization(*login, fresh, credentials, "DESCRIBE")) {
                end.reply(*request, 404);
            } else {
                headers.add("WWW-Authenticate", media::write_challenge(fresh));
                end.reply(*request, 401, headers);
            }
        }
    });
    watch(camera.url("/live", "admin:secret"));
    expect_says(first_error(), ErrorKind::NotFound, "404");
}

TEST_F(RtspLogin, LogsInToACameraThatClosesWithItsChallenge) {
    const ScriptedCamera camera([](CameraEnd& end, int) {
        const media::AuthChallenge challenge{
            .scheme = media::AuthScheme::Digest, .realm = "x", .nonce = "fixed", .opaque = {}
        };
        while (const auto request = end.read()) {
            const auto* login = request->headers.find("Authorization");
            if (login == nullptr) {
                media::RtspHeaders headers;
                headers.add("WWW-Authenticate", media::write_challenge(challenge));
                end.reply(*request, 401, headers);
                return;
            }
            const bool is_right = media::verify_authorization(
                *login, challenge, {"admin", "secret"}, request->method
            );
            end.reply(*request, is_right && request->method == "OPTIONS" ? 200 : 404);
        }
    });
    watch(camera.url("/live", "admin:secret"), {{"keep_alive", "options"}});
    ASSERT_TRUE(listener_.wait([](const Record& record) {
        return !record.errors.empty() && record.errors.back().kind == ErrorKind::NotFound;
    }));
}

}  // namespace
}  // namespace bongsu::ingest
