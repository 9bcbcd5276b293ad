#include "media/testing/clip.hpp"

#include "media/decoder/libav_handles.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include <unistd.h>

extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
}

namespace bongsu::media::testing {
namespace {

constexpr AVRational kNinetyKilohertz{1, 90'000};

struct InputDeleter {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};

struct OutputDeleter {
    void operator()(AVFormatContext* context) const {
        avio_closep(&context->pb);
        avformat_free_context(context);
    }
};

using OutputPtr = std::unique_ptr<AVFormatContext, OutputDeleter>;

Result<CodecContextPtr> open_encoder(const ClipSpec& spec) {
    av_log_set_level(AV_LOG_QUIET);
    const bool is_h264 = spec.codec == Codec::H264;
    const AVCodec* codec = avcodec_find_encoder_by_name(is_h264 ? "libx264" : "libx265");
    if (codec == nullptr) {
        return fail(ErrorKind::Unsupported, "libavcodec was built without libx264 or libx265");
    }
    CodecContextPtr context{avcodec_alloc_context3(codec)};
    context->width = spec.width;
    context->height = spec.height;
    context->pix_fmt = AV_PIX_FMT_YUV420P;
    context->time_base = {1, spec.fps};
    context->framerate = {spec.fps, 1};
    context->gop_size = spec.key_interval;
    context->max_b_frames = spec.b_frames;
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    const std::string interval = std::to_string(spec.key_interval);
    av_opt_set(context->priv_data, "preset", "veryfast", 0);
    av_opt_set(context->priv_data, "crf", "23", 0);
    if (is_h264) {
        av_opt_set(
            context->priv_data, "x264-params", ("scenecut=0:min-keyint=" + interval).c_str(), 0
        );
    } else {
        const std::string params =
            "log-level=none:scenecut=0:open-gop=0:pools=none:frame-threads=1:min-keyint=" +
            interval;
        av_opt_set(context->priv_data, "x265-params", params.c_str(), 0);
    }
    if (avcodec_open2(context.get(), codec, nullptr) < 0) {
        return fail(ErrorKind::Internal, "the encoder does not open");
    }
    return context;
}

Result<OutputPtr> open_output(const std::filesystem::path& file, const AVCodecContext& encoder) {
    AVFormatContext* raw = nullptr;
    avformat_alloc_output_context2(&raw, nullptr, "mp4", file.c_str());
    OutputPtr output{raw};
    AVStream* stream = avformat_new_stream(raw, nullptr);
    avcodec_parameters_from_context(stream->codecpar, &encoder);
    stream->time_base = kNinetyKilohertz;
    if (avio_open(&raw->pb, file.c_str(), AVIO_FLAG_WRITE) < 0 ||
        avformat_write_header(raw, nullptr) < 0) {
        return fail(ErrorKind::Unavailable, "cannot write " + file.string());
    }
    return output;
}

void write_packets(AVCodecContext& encoder, AVFormatContext& output) {
    const PacketPtr packet{av_packet_alloc()};
    while (avcodec_receive_packet(&encoder, packet.get()) == 0) {
        av_packet_rescale_ts(packet.get(), encoder.time_base, output.streams[0]->time_base);
        av_interleaved_write_frame(&output, packet.get());
    }
}

AvFramePtr to_picture(const ClipSpec& spec, int index, const Draw& draw) {
    WritableFrame drawn = allocate_frame(spec.width, spec.height);
    for (std::size_t i = 0; i < 3; ++i) {
        const Plane& plane = drawn.frame.planes[i];
        std::memset(drawn.data[i], 128, static_cast<std::size_t>(plane.stride) * plane.height);
    }
    draw(index, drawn);
    AvFramePtr picture{av_frame_alloc()};
    picture->width = spec.width;
    picture->height = spec.height;
    picture->format = AV_PIX_FMT_YUV420P;
    picture->pts = index;
    av_frame_get_buffer(picture.get(), 0);
    for (std::size_t i = 0; i < 3; ++i) {
        const Plane& plane = drawn.frame.planes[i];
        for (int y = 0; y < plane.height; ++y) {
            std::memcpy(
                picture->data[i] + static_cast<std::ptrdiff_t>(y) * picture->linesize[i],
                plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride,
                static_cast<std::size_t>(plane.width)
            );
        }
    }
    return picture;
}

std::shared_ptr<const CodecParameters> to_parameters(const AVCodecParameters& from) {
    auto parameters = std::make_shared<CodecParameters>();
    parameters->codec = from.codec_id == AV_CODEC_ID_H264 ? Codec::H264 : Codec::H265;
    parameters->width = static_cast<std::uint32_t>(from.width);
    parameters->height = static_cast<std::uint32_t>(from.height);
    parameters->decoder_config.assign(from.extradata, from.extradata + from.extradata_size);
    return parameters;
}

}  // namespace

Status write_clip(const std::filesystem::path& file, const ClipSpec& spec, const Draw& draw) {
    BONGSU_ASSIGN(const CodecContextPtr encoder, open_encoder(spec));
    BONGSU_ASSIGN(const OutputPtr output, open_output(file, *encoder));
    for (int i = 0; i < spec.frames; ++i) {
        avcodec_send_frame(encoder.get(), to_picture(spec, i, draw).get());
        write_packets(*encoder, *output);
    }
    avcodec_send_frame(encoder.get(), nullptr);
    write_packets(*encoder, *output);
    av_write_trailer(output.get());
    return {};
}

Result<std::vector<AccessUnitPtr>> read_units(
    const std::filesystem::path& file, const CameraId& camera, WallTime start
) {
    AVFormatContext* raw = nullptr;
    if (avformat_open_input(&raw, file.c_str(), nullptr, nullptr) < 0) {
        return fail(ErrorKind::NotFound, "cannot open " + file.string());
    }
    const std::unique_ptr<AVFormatContext, InputDeleter> input{raw};
    const int at = av_find_best_stream(raw, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (at < 0) {
        return fail(ErrorKind::Unsupported, file.string() + " has no video");
    }
    const AVStream& stream = *raw->streams[at];
    const AVCodecID codec = stream.codecpar->codec_id;
    const bool is_known = codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC;
    if (!is_known || stream.codecpar->extradata_size < 7 || stream.codecpar->extradata[0] != 1) {
        return fail(ErrorKind::Unsupported, file.string() + " has no H.264 or H.265 in MP4 form");
    }
    const auto parameters = to_parameters(*stream.codecpar);
    std::vector<AccessUnitPtr> units;
    const PacketPtr packet{av_packet_alloc()};
    while (av_read_frame(raw, packet.get()) >= 0) {
        if (packet->stream_index == at) {
            auto unit = std::make_shared<AccessUnit>();
            unit->camera = camera;
            unit->is_key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
            unit->media_time = av_rescale_q(packet->pts, stream.time_base, kNinetyKilohertz);
            const Duration offset{av_rescale_q(packet->pts, stream.time_base, {1, 1'000'000})};
            unit->wall = start + offset;
            unit->arrived = MonoTime{offset};
            unit->sequence = units.size();
            unit->parameters = parameters;
            unit->bytes = std::make_shared<const std::vector<std::uint8_t>>(
                packet->data, packet->data + packet->size
            );
            units.push_back(std::move(unit));
        }
        av_packet_unref(packet.get());
    }
    return units;
}

Result<std::vector<AccessUnitPtr>> make_units(
    const ClipSpec& spec, const CameraId& camera, WallTime start, const Draw& draw
) {
    std::string name = (std::filesystem::temp_directory_path() / "bongsu_clip_XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    if (descriptor < 0) {
        return fail(ErrorKind::Unavailable, "cannot make a temporary file");
    }
    close(descriptor);
    const Status written = write_clip(name, spec, draw);
    auto units = written ? read_units(name, camera, start)
                         : Result<std::vector<AccessUnitPtr>>(fail(written.error()));
    std::filesystem::remove(name);
    return units;
}

void fill_luma(WritableFrame& picture, int x, int y, int width, int height, std::uint8_t value) {
    const Plane& plane = picture.frame.planes[0];
    const int left = std::clamp(x, 0, plane.width);
    const int right = std::clamp(x + width, left, plane.width);
    for (int row = std::max(y, 0); row < std::min(y + height, plane.height); ++row) {
        std::memset(
            picture.data[0] + static_cast<std::ptrdiff_t>(row) * plane.stride + left,
            value,
            static_cast<std::size_t>(right - left)
        );
    }
}

}  // namespace bongsu::media::testing
