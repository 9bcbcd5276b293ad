#pragma once

#include "ingest/ingest.hpp"
#include "ingest/testing/recording_listener.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace bongsu::ingest::testing {

/// A test that watches one camera over RTSP and looks at what comes of it.
class RtspWatch : public ::testing::Test {
protected:
    using Record = RecordingListener::Record;

    RtspWatch() { register_all(registry_); }

    /// Watches `url` with waits short enough for a test.
    void watch(const std::string& url, Value::Map settings = {}) {
        const auto set = [&](const char* key, const char* value) {
            if (Value(settings).find(key) == nullptr) {
                settings.emplace_back(key, value);
            }
        };
        set("first_retry", "50ms");
        set("longest_retry", "100ms");
        set("refused_retry", "100ms");
        set("reply_timeout", "500ms");
        set("connect_timeout", "500ms");
        CameraConfig camera;
        camera.id = CameraId{"gate"};
        StreamConfig stream;
        stream.source = "rtsp";
        stream.url = url;
        stream.settings = Value(settings);
        const auto added = ingest_.add(camera, stream, listener_);
        ASSERT_TRUE(added) << added.error().describe();
    }

    /// The first error that the listener hears of.
    Error first_error() {
        const bool came =
            listener_.wait([](const Record& record) { return !record.errors.empty(); });
        EXPECT_TRUE(came) << "no error was reported";
        return came ? listener_.copy().errors.front() : Error{};
    }

    bool wait_for_units(std::size_t count) {
        return listener_.wait([=](const Record& record) { return record.units.size() >= count; });
    }

    static void expect_says(const Error& error, ErrorKind kind, std::string_view words) {
        EXPECT_EQ(error.kind, kind) << error.describe();
        EXPECT_NE(error.describe().find(words), std::string::npos) << error.describe();
        EXPECT_EQ(error.describe().find("secret"), std::string::npos) << "a password was shown";
    }

    SystemClock clock_;
    Metrics metrics_;
    Registry registry_;
    RecordingListener listener_;  // outlives the ingest
    Ingest ingest_{{}, registry_, clock_, metrics_};
};

}  // namespace bongsu::ingest::testing
