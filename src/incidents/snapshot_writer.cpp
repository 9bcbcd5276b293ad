#include "incidents/snapshot_writer.hpp"

#include "core/log.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <unistd.h>

namespace bongsu::incidents {
namespace {

Error disk_error(const std::filesystem::path& path, int code) {
    return Error{
        ErrorKind::Unavailable,
        "cannot write picture '" + path.string() + "': " + std::strerror(code) +
            "; check space and rights",
        nullptr
    };
}

/// Whole or not at all: written beside, flushed to disk, then renamed.
Status write_file(const std::filesystem::path& path, const JpegBytes& bytes) {
    const std::filesystem::path part = path.string() + ".part";

    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    {
        const std::unique_ptr<std::FILE, Closer> file{std::fopen(part.c_str(), "wbe")};
        if (!file) {
            return fail(disk_error(path, errno));
        }
        const bool is_written =
            std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
            std::fflush(file.get()) == 0 && ::fsync(::fileno(file.get())) == 0;
        if (!is_written) {
            return fail(disk_error(path, errno));
        }
    }
    if (std::rename(part.c_str(), path.c_str()) != 0) {
        return fail(disk_error(path, errno));
    }
    return {};
}

}  // namespace

Result<std::string> SnapshotWriter::write(
    const Incident& incident, const BehaviourEvent& event, const Frame& frame
) const {
    const std::string day = to_iso8601(frame.wall).substr(0, 10);
    const std::string name = day + "/" + incident.id.value() + ".jpg";
    BONGSU_ASSIGN(const JpegBytes plain, encoders_.plain(frame));
    std::error_code error;
    std::filesystem::create_directories(folder_ / day, error);
    if (error) {
        return fail(disk_error(folder_ / day, error.value()));
    }
    BONGSU_TRY(write_file(folder_ / name, plain));
    if (encoders_.marked) {
        const Status marked = write_marked(name, incident, event, frame);
        if (!marked) {  // the evidence stands without it
            log::warn("incidents.marked_picture_failed", {{"error", marked.error().describe()}});
        }
    }
    return name;
}

Status SnapshotWriter::write_marked(
    const std::string& name,
    const Incident& incident,
    const BehaviourEvent& event,
    const Frame& frame
) const {
    BONGSU_ASSIGN(const JpegBytes bytes, encoders_.marked(frame, incident, event));
    return write_file(folder_ / marked_name(name), bytes);
}

std::string SnapshotWriter::marked_name(const std::string& name) {
    return name.substr(0, name.rfind('.')) + "-marked.jpg";
}

}  // namespace bongsu::incidents
