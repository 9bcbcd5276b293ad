#pragma once

#include "live/viewer.hpp"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace bongsu::live::testing {

/// One binary message as a page takes it apart.
struct SentPicture {
    std::uint8_t kind = 0;
    std::uint8_t flags = 0;
    std::uint32_t counter = 0;
    std::int64_t wall_us = 0;
    std::uint64_t decode_time = 0;
    std::vector<std::uint8_t> payload;

    bool is_key() const { return (flags & 1U) != 0; }

    bool is_after_gap() const { return (flags & 4U) != 0; }
};

/// A viewer's connection that keeps everything. Thread-safe.
class RecordingSink final : public ViewerSink {
public:
    bool send_text(std::shared_ptr<const std::string> text) override;
    bool send_binary(std::vector<SharedBytes> pieces) override;

    std::size_t queued_bytes() const override { return queued_; }

    /// What the connection claims to have waiting.
    void pretend_queued(std::size_t bytes) { queued_ = bytes; }

    std::vector<std::string> texts() const;
    std::vector<SentPicture> pictures() const;
    /// Init segments and fragments one after another: a file.
    std::vector<std::uint8_t> as_file() const;

    /// Waits until that many binary messages, or texts, have come; false after ten seconds.
    bool wait_for_pictures(std::size_t count) const;
    bool wait_for_texts(std::size_t count) const;

private:
    std::atomic<std::size_t> queued_ = 0;
    mutable std::mutex mutex_;
    mutable std::condition_variable came_;
    std::vector<std::string> texts_;
    std::vector<SentPicture> pictures_;
};

}  // namespace bongsu::live::testing
