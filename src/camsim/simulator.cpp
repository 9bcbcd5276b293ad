#include "camsim/simulator.hpp"

#include "camsim/server.hpp"

#include <algorithm>
#include <functional>
#include <random>

namespace bongsu::camsim {

namespace {

// Cameras that all sent at the same instant would be a load that no city has.
constexpr auto kPhaseStep = std::chrono::microseconds{37'003};
constexpr auto kPhaseRange = std::chrono::seconds{1};

template <class Member>
auto sum(const std::vector<StreamStats>& streams, Member member) {
    using Number = std::remove_cvref_t<decltype(std::invoke(member, streams.front()))>;
    Number total{};
    for (const StreamStats& stream : streams) {
        total += std::invoke(member, stream);
    }
    return total;
}

StreamStats read_stats(const Stream& stream) {
    const StreamCounters& counters = stream.counters;
    return {
        .camera = stream.camera,
        .role = stream.role,
        .sessions = counters.sessions,
        .units_sent = counters.units_sent,
        .bytes_sent = counters.bytes_sent,
        .units_dropped = counters.units_dropped,
        .units_late = counters.units_late,
        .units_withheld = counters.units_withheld,
        .packets_lost = counters.packets_lost,
        .last_unit = counters.last_unit,
        .last_rtp_time = counters.last_rtp_time,
    };
}

OnvifStream describe_for_onvif(const char* token, const Film& film) {
    std::size_t bytes = 0;
    for (const FilmUnit& unit : film.units) {
        bytes += unit.bytes->size();
    }
    const double seconds = std::max(static_cast<double>(film.duration) / 90'000, 1e-3);
    const auto pictures = static_cast<double>(film.units.size());
    return {
        .token = token,
        .codec = film.parameters->codec == Codec::H265 ? "H265" : "H264",
        .width = film.parameters->width,
        .height = film.parameters->height,
        .fps = pictures / seconds,
        .kbit_s = static_cast<int>(static_cast<double>(bytes) * 8 / seconds / 1000),
        .gop = static_cast<int>(film.units.size() / std::max<std::size_t>(1, film.keys.size())),
    };
}

}  // namespace

std::int64_t SimulatorStats::sessions() const {
    return sum(streams, &StreamStats::sessions);
}

std::uint64_t SimulatorStats::units_sent() const {
    return sum(streams, &StreamStats::units_sent);
}

std::uint64_t SimulatorStats::bytes_sent() const {
    return sum(streams, &StreamStats::bytes_sent);
}

std::uint64_t SimulatorStats::units_dropped() const {
    return sum(streams, &StreamStats::units_dropped);
}

struct CameraSimulator::Impl {
    Impl(const CamsimOptions& o, std::vector<CameraEntry> c, const Clock& t)
        : options(o), cameras(std::move(c)), clock(t), server(options, streams, clock) {}

    void make_onvif();
    std::vector<OnvifStream> onvif_streams(const std::string& camera) const;
    Status add_camera(const CameraEntry& camera, std::size_t index, FilmLibrary& films);
    std::unique_ptr<Stream> make_stream(
        const CameraEntry& camera, StreamRole role, std::shared_ptr<const Film> film, MonoTime epoch
    );

    CamsimOptions options;
    std::vector<CameraEntry> cameras;
    const Clock& clock;
    MonoTime started = clock.mono();
    WallTime started_wall = clock.wall();
    std::mt19937 random{std::random_device{}()};
    StreamDirectory streams;
    Server server;
    std::unique_ptr<OnvifFront> onvif;
};

Status CameraSimulator::Impl::add_camera(
    const CameraEntry& camera, std::size_t index, FilmLibrary& films
) {
    const Duration phase = static_cast<std::int64_t>(index) * kPhaseStep % kPhaseRange;
    const MonoTime epoch = started - camera.start_offset - phase;
    const auto add = [&](StreamRole role, const std::string& path) -> Status {
        auto film = films.load(path);
        if (!film) {
            return fail(film.error().within("simulated camera '" + camera.id + "'"));
        }
        auto stream = make_stream(camera, role, *std::move(film), epoch);
        if (role == StreamRole::Main && !camera.other.empty()) {
            BONGSU_ASSIGN(auto other, films.load(camera.other));
            stream->other_timeline = stream->timeline.with_film(std::move(other));
        }
        streams.add(std::move(stream));
        return {};
    };
    BONGSU_TRY(add(StreamRole::Main, camera.main));
    return camera.sub.empty() ? Status{} : add(StreamRole::Sub, camera.sub);
}

std::unique_ptr<Stream> CameraSimulator::Impl::make_stream(
    const CameraEntry& camera, StreamRole role, std::shared_ptr<const Film> film, MonoTime epoch
) {
    const WallTime epoch_wall = started_wall - (started - epoch);
    auto stream = std::make_unique<Stream>(
        CameraId(camera.id),
        role,
        camera.mode,
        camera.is_looped,
        camera.faults == no_faults() ? options.faults : camera.faults,
        Timeline(std::move(film), epoch, epoch_wall, static_cast<std::uint32_t>(random()))
    );
    stream->journal.keep(static_cast<std::size_t>(options.journal_entries));
    return stream;
}

void CameraSimulator::Impl::make_onvif() {
    if (!options.onvif.is_on) {
        return;
    }
    std::vector<OnvifCamera> described;
    for (const CameraEntry& camera : cameras) {
        described.push_back({camera.id, onvif_streams(camera.id)});
    }
    const OnvifFrontSetup setup{
        .options = options.onvif,
        .bind = options.bind,
        .needs_login = options.auth != AuthMode::None,
        .credentials = {options.user, options.password},
        .nonce = std::to_string(random()) + std::to_string(random()),
    };
    onvif = std::make_unique<OnvifFront>(setup, std::move(described), clock);
}

std::vector<OnvifStream> CameraSimulator::Impl::onvif_streams(const std::string& camera) const {
    std::vector<OnvifStream> described;
    for (const char* role : {"main", "sub"}) {
        if (const Stream* stream = streams.find(camera + "/" + role)) {
            described.push_back(describe_for_onvif(role, stream->timeline.film()));
        }
    }
    return described;
}

CameraSimulator::CameraSimulator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

CameraSimulator::~CameraSimulator() = default;

Result<std::unique_ptr<CameraSimulator>> CameraSimulator::create(
    const CamsimOptions& options, const std::vector<CameraEntry>& cameras, const Clock& clock
) {
    auto impl = std::make_unique<Impl>(
        options, repeat_cameras(cameras, static_cast<std::size_t>(options.cameras)), clock
    );
    FilmLibrary films(
        static_cast<std::size_t>(options.packet_size), static_cast<std::size_t>(options.film_bytes)
    );
    for (std::size_t i = 0; i < impl->cameras.size(); ++i) {
        BONGSU_TRY(impl->add_camera(impl->cameras[i], i, films));
    }
    impl->make_onvif();
    return std::unique_ptr<CameraSimulator>(new CameraSimulator(std::move(impl)));
}

Status CameraSimulator::start() {
    BONGSU_TRY(impl_->server.start());
    return impl_->onvif ? impl_->onvif->start(impl_->server.port()) : Status{};
}

void CameraSimulator::stop() {
    if (impl_->onvif) {
        impl_->onvif->stop();
    }
    impl_->server.stop();
}

std::uint16_t CameraSimulator::port() const {
    return impl_->server.port();
}

std::string CameraSimulator::base_url(bool with_credentials) const {
    const CamsimOptions& options = impl_->options;
    std::string credentials;
    if (with_credentials && options.auth != AuthMode::None) {
        credentials = options.user + ":" + options.password + "@";
    }
    const bool is_v6 = options.bind.find(':') != std::string::npos;
    const std::string host = is_v6 ? "[" + options.bind + "]" : options.bind;
    return "rtsp://" + credentials + host + ":" + std::to_string(port());
}

const std::vector<CameraEntry>& CameraSimulator::cameras() const {
    return impl_->cameras;
}

OnvifFront* CameraSimulator::onvif() {
    return impl_->onvif.get();
}

StreamRecord CameraSimulator::journal(const CameraId& camera, StreamRole role) const {
    const Stream* stream = impl_->streams.find(camera.value() + "/" + std::string(to_string(role)));
    return stream == nullptr ? StreamRecord{} : stream->journal.copy();
}

SimulatorStats CameraSimulator::stats() const {
    SimulatorStats stats;
    for (const auto& [path, stream] : impl_->streams.all()) {
        stats.streams.push_back(read_stats(*stream));
    }
    const Server::Counters& counters = impl_->server.counters();
    stats.connections = counters.connections;
    stats.refused = counters.refused;
    stats.cpu = Duration{counters.cpu_micros};
    stats.worst_tick = Duration{counters.worst_tick_micros};
    return stats;
}

}  // namespace bongsu::camsim
