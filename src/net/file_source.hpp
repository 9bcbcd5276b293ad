#pragma once

#include "core/result.hpp"
#include "net/byte_range.hpp"
#include "net/http.hpp"

#include <cstdint>
#include <string>

namespace bongsu::net {

/// An open file that is sent piece by piece. Removes the file at its end if that was asked for.
/// Runs on: one thread at a time, one that may wait for the disk.
class FileSource {
public:
    /// Takes the file over even when it cannot be opened. NotFound, PermissionDenied, Unavailable.
    static Result<FileSource> open(FileBody body);

    FileSource(FileSource&& other) noexcept;
    FileSource& operator=(FileSource&&) = delete;
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource();

    std::uint64_t size() const { return size_; }

    /// From now on only this part is read.
    void limit(ByteRange range);

    std::uint64_t left() const { return left_; }

    /// The next piece. Corrupt when the file became shorter.
    Result<std::string> read();

private:
    explicit FileSource(FileBody body) : body_(std::move(body)) {}

    FileBody body_;
    int fd_ = -1;
    std::uint64_t size_ = 0;
    std::uint64_t at_ = 0;
    std::uint64_t left_ = 0;
};

}  // namespace bongsu::net
