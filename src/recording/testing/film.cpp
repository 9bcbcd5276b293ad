#include "recording/testing/film.hpp"

#include "store/testing/temporary_folder.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

extern "C" {
#include <libavformat/avformat.h>
}

namespace bongsu::recording::testing {
namespace {

std::string encode_command(const FilmSpec& spec, const std::string& file) {
    std::ostringstream line;
    line << "ffmpeg -nostdin -loglevel error -y -f lavfi -i testsrc2=size=" << spec.width << "x"
         << spec.height << ":rate=" << spec.rate << ":duration=" << spec.seconds
         << " -pix_fmt yuv420p ";
    if (spec.codec == Codec::H264) {
        line << "-c:v libx264 -preset ultrafast -g " << spec.gop << " -keyint_min " << spec.gop
             << " -sc_threshold 0 -bf " << spec.b_frames;
    } else {
        line << "-c:v libx265 -preset ultrafast -tag:v hvc1 -x265-params "
                "log-level=error:open-gop=0:scenecut=0:keyint="
             << spec.gop << ":min-keyint=" << spec.gop << ":bframes=" << spec.b_frames;
    }
    line << " " << file;
    return line.str();
}

std::string run_and_read(const std::string& command, const std::string& folder) {
    const std::string file = folder + "/output";
    if (std::system((command + " > " + file + " 2>&1").c_str()) != 0) {
        std::ifstream log(file);
        throw std::runtime_error(
            command + ": " + std::string(std::istreambuf_iterator<char>(log), {})
        );
    }
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

Film Film::make(const FilmSpec& spec) {
    const store::testing::TemporaryFolder folder;
    const std::string file = (folder.path() / "film.mp4").string();
    run_and_read(encode_command(spec, file), folder.path().string());
    AVFormatContext* input = nullptr;
    if (avformat_open_input(&input, file.c_str(), nullptr, nullptr) < 0 ||
        avformat_find_stream_info(input, nullptr) < 0) {
        throw std::runtime_error("libavformat cannot open " + file);
    }
    const AVStream& stream = *input->streams[0];
    const AVCodecParameters& coded = *stream.codecpar;
    Film film;
    film.parameters_ = std::make_shared<const CodecParameters>(CodecParameters{
        .codec = spec.codec,
        .width = static_cast<std::uint32_t>(coded.width),
        .height = static_cast<std::uint32_t>(coded.height),
        .decoder_config = {coded.extradata, coded.extradata + coded.extradata_size},
    });
    AVPacket* packet = av_packet_alloc();
    while (av_read_frame(input, packet) >= 0) {
        film.units_.push_back({
            .is_key = (packet->flags & AV_PKT_FLAG_KEY) != 0,
            .shown = av_rescale_q(packet->pts, stream.time_base, {1, 90'000}),
            .bytes = std::make_shared<const std::vector<std::uint8_t>>(
                packet->data, packet->data + packet->size
            ),
        });
        av_packet_unref(packet);
    }
    av_packet_free(&packet);
    avformat_close_input(&input);
    film.duration_ = static_cast<std::int64_t>(spec.seconds) * 90'000;
    return film;
}

std::vector<AccessUnitPtr> Film::play(const CameraId& camera, WallTime start, Duration length)
    const {
    std::vector<AccessUnitPtr> played;
    const std::int64_t ticks = length.count() * 9 / 100;
    const std::int64_t first = 1'000'000;  // RTP clocks start anywhere
    for (std::int64_t lap = 0;; lap += duration_) {
        for (const Unit& unit : units_) {
            const std::int64_t shown = lap + unit.shown;
            if (unit.is_key && shown >= ticks) {
                return played;
            }
            auto made = std::make_shared<AccessUnit>();
            made->camera = camera;
            made->is_key = unit.is_key;
            made->media_time = first + shown;
            made->wall = start + Duration{shown * 100 / 9};
            made->is_wall_estimated = false;
            made->sequence = played.size() + 1;
            made->parameters = parameters_;
            made->bytes = unit.bytes;
            played.push_back(std::move(made));
        }
    }
}

const Film& film() {
    static const Film made = Film::make({});
    return made;
}

CameraConfig camera(const CameraId& id) {
    CameraConfig config;
    config.id = id;
    config.organisation = OrganisationId("city");
    return config;
}

ProbeOutcome probe(const std::string& file) {
    const store::testing::TemporaryFolder folder;
    const std::string text = run_and_read(
        "ffprobe -v error -count_frames -select_streams v:0 -show_entries "
        "stream=codec_name,nb_read_frames:format=duration -of default=noprint_wrappers=1 " +
            file,
        folder.path().string()
    );
    ProbeOutcome outcome;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("codec_name=")) {
            outcome.codec = line.substr(11);
        } else if (line.starts_with("nb_read_frames=")) {
            outcome.frames = std::atoi(line.c_str() + 15);
        } else if (line.starts_with("duration=")) {
            outcome.duration = std::atof(line.c_str() + 9);
        } else {
            outcome.errors += line + "\n";
        }
    }
    return outcome;
}

}  // namespace bongsu::recording::testing
