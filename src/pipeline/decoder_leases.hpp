#pragma once

#include "media/decoder/decoder.hpp"

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace bongsu::pipeline {

class DecoderLeases;

/// A decoder of its own for a camera; given back by destruction. Used by one thread at a time.
class DecoderLease {
public:
    /// By DecoderLeases only, which must outlive it.
    DecoderLease(DecoderLeases& leases, int gravity, media::DecoderOptions options);
    ~DecoderLease();
    DecoderLease(const DecoderLease&) = delete;
    DecoderLease& operator=(const DecoderLease&) = delete;

    /// A camera of higher gravity goes on instead: give it back soon.
    bool is_recalled() const { return is_recalled_; }

    media::Decoder decoder;

private:
    friend class DecoderLeases;

    DecoderLeases& leases_;
    const int gravity_;
    std::atomic<bool> is_recalled_{false};
};

/// Bounds the number of cameras that are decoded continuously, and with it memory. When all are in
/// use, a camera gets one at the cost of the least grave one, which is asked to give its own back;
/// until it does, at most an eighth more are in use. Thread-safe.
class DecoderLeases {
public:
    DecoderLeases(int most, media::DecoderOptions options);

    /// For a camera of this gravity (1 to 5) that is followed from now on. Null when all are in use
    /// by cameras of the same gravity or a higher one.
    std::unique_ptr<DecoderLease> try_take(int gravity);

    /// For one look. Null when all are in use.
    std::unique_ptr<DecoderLease> try_take_free() { return try_take(kSpare); }

    /// For a quiet camera that would keep it until it is recalled, before those that are followed:
    /// half of them stay for cameras that wake.
    std::unique_ptr<DecoderLease> try_take_spare();

    int in_use() const;

private:
    friend class DecoderLease;

    static constexpr int kSpare = 0;  ///< below every camera's gravity

    std::unique_ptr<DecoderLease> take(int gravity);
    bool recall_below(int gravity);
    void give_back(const DecoderLease* lease);

    const std::size_t most_;
    const std::size_t most_recalled_;
    const media::DecoderOptions options_;
    mutable std::mutex mutex_;
    std::vector<DecoderLease*> in_use_;  ///< in the order they were taken
};

}  // namespace bongsu::pipeline
