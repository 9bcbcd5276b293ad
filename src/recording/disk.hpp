#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"
#include "media/mp4/byte_source.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace bongsu::recording {

/// The Error of an errno with what was tried: "cannot write /r/x.mp4: No space left on device".
/// ENOSPC, EDQUOT and EFBIG are ResourceExhausted, EACCES, EPERM and EROFS PermissionDenied, else
/// Unavailable.
Error disk_error(const std::string& what, const std::string& path, int number);

/// An open file descriptor, closed at the end. Movable.
class Fd {
public:
    Fd() = default;

    explicit Fd(int number) : number_(number) {}

    Fd(Fd&& other) noexcept : number_(other.release()) {}

    Fd& operator=(Fd&& other) noexcept;

    ~Fd() { close(); }

    int get() const { return number_; }

    bool is_open() const { return number_ >= 0; }

    void close();

private:
    int release();
    int number_ = -1;
};

/// Opens with O_CLOEXEC.
Result<Fd> open_file(const std::string& path, int flags);

/// Writes all bytes of all spans one after another at the file's position, as few calls as
/// possible.
Status write_all(const Fd& file, std::span<const Bytes> pieces, const std::string& path);

/// Makes the entry of a new or renamed file in its folder durable.
Status sync_folder(const std::string& folder);

/// Makes the folder and those above it.
Status make_folders(const std::string& folder);

/// Bytes that a file written by this user could still take on the disk of `folder`.
Result<std::int64_t> free_bytes(const std::string& folder);

/// A file that is read at any place.
class FileSource final : public media::mp4::ByteSource {
public:
    static Result<FileSource> open(const std::string& path);

    std::uint64_t size() const override { return size_; }

    Status read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override;

private:
    FileSource(Fd file, std::uint64_t size, std::string path);

    Fd file_;
    std::uint64_t size_;
    std::string path_;
};

}  // namespace bongsu::recording
