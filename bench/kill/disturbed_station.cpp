#include "kill/disturbed_station.hpp"

#include "program/places.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bongsu::bench {
namespace {

std::string orders_of(const std::filesystem::path& data) {
    return data.string() + ".orders";
}

Result<FaultOrder*> map_order(const std::string& path) {
    const int file =
        ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0 || ftruncate(file, sizeof(FaultOrder)) != 0) {
        return fail(ErrorKind::Unavailable, "cannot make " + path + ": " + std::strerror(errno));
    }
    void* map = mmap(nullptr, sizeof(FaultOrder), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (map == MAP_FAILED) {
        return fail(ErrorKind::Unavailable, "cannot map " + path + ": " + std::strerror(errno));
    }
    return static_cast<FaultOrder*>(map);
}

}  // namespace

Result<DisturbedStation> DisturbedStation::prepare(
    const std::filesystem::path& config,
    const std::filesystem::path& data,
    std::uint16_t monitor_port
) {
    BONGSU_ASSIGN(FaultOrder* const order, map_order(orders_of(data)));
    return DisturbedStation(StationProcess(config, data, monitor_port), order);
}

Status DisturbedStation::start() {
    return StationProcess::start(
        {"LD_PRELOAD=" + (programs_folder() / "libfault_shim.so").string(),
         std::string(kOrderVariable) + "=" + orders_of(data()),
         std::string(kFolderVariable) + "=" + data().string()}
    );
}

}  // namespace bongsu::bench
