#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <span>

namespace bongsu::media::mp4 {

/// A file or a memory block that is read at any place. Runs on: one thread.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    virtual std::uint64_t size() const = 0;

    /// Fills `into` wholly from `offset` on. Corrupt when the source ends before, Unavailable when
    /// it cannot be read.
    virtual Status read_at(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;
};

/// Bytes owned by someone who outlives this.
class MemorySource final : public ByteSource {
public:
    explicit MemorySource(Bytes bytes) : bytes_(bytes) {}

    std::uint64_t size() const override { return bytes_.size(); }

    Status read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override;

private:
    Bytes bytes_;
};

}  // namespace bongsu::media::mp4
