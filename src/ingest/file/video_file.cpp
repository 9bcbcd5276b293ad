#include "ingest/file/video_file.hpp"

#include "media/nal/nal_unit.hpp"

#include <array>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

namespace bongsu::ingest::file {
namespace {

constexpr AVRational kMicroseconds{1, 1'000'000};
constexpr int kMaxBrokenPackets = 100;  // in a row; a damaged file may hold a few

struct CloseFormat {
    void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};

struct FreeCodec {
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};

struct FreePacket {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};

struct FreeFrame {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};

struct FreeScaler {
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};

std::string av_message(int code) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(code, text.data(), text.size());
    return text.data();
}

std::optional<Codec> codec_of(AVCodecID id) {
    if (id == AV_CODEC_ID_H264) {
        return Codec::H264;
    }
    if (id == AV_CODEC_ID_HEVC) {
        return Codec::H265;
    }
    return std::nullopt;
}

}  // namespace

struct VideoFile::Impl {
    std::string path;
    std::unique_ptr<AVFormatContext, CloseFormat> format;
    const AVStream* stream = nullptr;
    std::unique_ptr<AVPacket, FreePacket> packet{av_packet_alloc()};
    std::optional<Codec> codec;

    // Coded: how NAL units are cut, and the parameter sets seen so far.
    unsigned length_size = 0;  // 0: start codes
    media::ParameterSets sets;
    bool sets_changed = true;
    std::shared_ptr<const CodecParameters> parameters;

    // Decoded.
    std::unique_ptr<AVCodecContext, FreeCodec> decoder;
    std::unique_ptr<AVFrame, FreeFrame> picture{av_frame_alloc()};
    std::unique_ptr<SwsContext, FreeScaler> scaler;
    bool is_draining = false;
    std::size_t coded_bytes = 0;

    std::int64_t first_pts = AV_NOPTS_VALUE;
    Duration last_time{};

    Result<bool> read_packet();
    Status read_extradata();
    Status open_decoder();
    void take_nal(Bytes nal, FilePicture& out, bool& has_slice);
    Duration time_of(std::int64_t pts);
    Duration frame_duration() const;
    Result<bool> receive();
    Result<Frame> to_frame();
};

/// The next packet of the video stream; false at the end.
Result<bool> VideoFile::Impl::read_packet() {
    for (int broken = 0; broken < kMaxBrokenPackets;) {
        av_packet_unref(packet.get());
        const int code = av_read_frame(format.get(), packet.get());
        if (code == AVERROR_EOF) {
            return false;
        }
        if (code < 0) {
            ++broken;
            continue;
        }
        if (packet->stream_index == stream->index && packet->size > 0) {
            return true;
        }
    }
    return fail(
        ErrorKind::Corrupt, fmt::format("'{}' is damaged: no more video can be read", path)
    );
}

Status VideoFile::Impl::read_extradata() {
    const Bytes extra(
        stream->codecpar->extradata, static_cast<std::size_t>(stream->codecpar->extradata_size)
    );
    if (!extra.empty() && extra.front() == 1) {
        BONGSU_ASSIGN(sets, media::read_decoder_config(*codec, extra));
        BONGSU_ASSIGN(length_size, media::nal_length_size(*codec, extra));
        return {};
    }
    media::AnnexBReader reader(extra);
    while (const auto nal = reader.next()) {
        media::add_parameter_set(sets, *codec, *nal);
    }
    return {};
}

Status VideoFile::Impl::open_decoder() {
    const AVCodec* found = avcodec_find_decoder(stream->codecpar->codec_id);
    if (found != nullptr) {
        decoder.reset(avcodec_alloc_context3(found));
        decoder->thread_count = 1;
        decoder->pkt_timebase = stream->time_base;
    }
    if (!decoder || avcodec_parameters_to_context(decoder.get(), stream->codecpar) < 0 ||
        avcodec_open2(decoder.get(), found, nullptr) < 0) {
        return fail(
            ErrorKind::Unsupported,
            fmt::format(
                "'{}' is coded as {}, which cannot be decoded here",
                path,
                avcodec_get_name(stream->codecpar->codec_id)
            )
        );
    }
    return {};
}

Duration VideoFile::Impl::frame_duration() const {
    const AVRational rate = stream->avg_frame_rate;
    return rate.num > 0 && rate.den > 0 ? Duration{1'000'000LL * rate.den / rate.num}
                                        : Duration{40'000};
}

Duration VideoFile::Impl::time_of(std::int64_t pts) {
    if (pts == AV_NOPTS_VALUE) {
        // Bare streams have no times at all; frames follow each other at their rate.
        last_time += first_pts == AV_NOPTS_VALUE ? Duration::zero() : frame_duration();
        first_pts = first_pts == AV_NOPTS_VALUE ? 0 : first_pts;
        return last_time;
    }
    if (first_pts == AV_NOPTS_VALUE) {
        first_pts = pts;
    }
    last_time = Duration{av_rescale_q(pts - first_pts, stream->time_base, kMicroseconds)};
    return last_time;
}

void VideoFile::Impl::take_nal(Bytes nal, FilePicture& out, bool& has_slice) {
    const auto kind = media::kind_of(*codec, nal);
    if (media::is_parameter_set(kind)) {
        sets_changed = media::add_parameter_set(sets, *codec, nal) || sets_changed;
        return;
    }
    if (kind == media::NalKind::Delimiter || kind == media::NalKind::Filler) {
        return;
    }
    if (media::is_slice(kind)) {
        has_slice = true;
        out.is_key = out.is_key || kind == media::NalKind::KeySlice;
    }
    media::append_length_prefixed(out.bytes, nal);
}

/// False when the decoder wants more or is at its end.
Result<bool> VideoFile::Impl::receive() {
    const int code = avcodec_receive_frame(decoder.get(), picture.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) {
        return false;
    }
    if (code < 0) {
        return fail(
            ErrorKind::Corrupt, fmt::format("'{}' cannot be decoded: {}", path, av_message(code))
        );
    }
    return true;
}

Result<Frame> VideoFile::Impl::to_frame() {
    const int width = picture->width;
    const int height = picture->height;
    scaler.reset(sws_getCachedContext(
        scaler.release(),
        width,
        height,
        static_cast<AVPixelFormat>(picture->format),
        width,
        height,
        AV_PIX_FMT_YUV420P,
        SWS_BILINEAR,
        nullptr,
        nullptr,
        nullptr
    ));
    if (!scaler) {
        return fail(
            ErrorKind::Unsupported, fmt::format("'{}' has a pixel format that cannot be read", path)
        );
    }
    WritableFrame target = allocate_frame(width, height);
    std::array<int, 3> strides{};
    for (std::size_t i = 0; i < strides.size(); ++i) {
        strides.at(i) = target.frame.planes.at(i).stride;
    }
    sws_scale(
        scaler.get(),
        picture->data,
        picture->linesize,
        0,
        height,
        target.data.data(),
        strides.data()
    );
    target.frame.is_key = picture->key_frame != 0;
    return target.frame;
}

VideoFile::VideoFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

VideoFile::~VideoFile() = default;
VideoFile::VideoFile(VideoFile&&) noexcept = default;
VideoFile& VideoFile::operator=(VideoFile&&) noexcept = default;

Result<VideoFile> VideoFile::open(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return fail(ErrorKind::NotFound, fmt::format("there is no file '{}'", path));
    }
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    AVFormatContext* format = nullptr;
    const int code = avformat_open_input(&format, path.c_str(), nullptr, nullptr);
    impl->format.reset(format);
    if (code < 0 || avformat_find_stream_info(format, nullptr) < 0) {
        return fail(
            ErrorKind::Corrupt,
            fmt::format("'{}' is no video file that can be read: {}", path, av_message(code))
        );
    }
    const int index = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (index < 0) {
        return fail(ErrorKind::Unsupported, fmt::format("'{}' holds no video", path));
    }
    impl->stream = format->streams[index];
    impl->codec = codec_of(impl->stream->codecpar->codec_id);
    auto status = impl->codec ? impl->read_extradata() : impl->open_decoder();
    if (!status) {
        return fail(status.error().within(fmt::format("'{}'", path)));
    }
    return VideoFile(std::move(impl));
}

std::optional<Codec> VideoFile::codec() const {
    return impl_->codec;
}

int VideoFile::width() const {
    return impl_->stream->codecpar->width;
}

int VideoFile::height() const {
    return impl_->stream->codecpar->height;
}

std::string VideoFile::codec_name() const {
    return avcodec_get_name(impl_->stream->codecpar->codec_id);
}

Duration VideoFile::frame_duration() const {
    return impl_->frame_duration();
}

Result<std::optional<FilePicture>> VideoFile::next_coded() {
    Impl& self = *impl_;
    while (true) {
        BONGSU_ASSIGN(const bool has_packet, self.read_packet());
        if (!has_packet) {
            return std::nullopt;
        }
        const Bytes data(self.packet->data, static_cast<std::size_t>(self.packet->size));
        FilePicture out;
        out.bytes.reserve(data.size() + 64);
        bool has_slice = false;
        const auto take_all = [&](auto reader) {
            while (const auto nal = reader.next()) {
                self.take_nal(*nal, out, has_slice);
            }
        };
        if (self.length_size > 0) {
            take_all(media::LengthPrefixedReader(data, self.length_size));
        } else {
            take_all(media::AnnexBReader(data));
        }
        if (!has_slice) {
            continue;
        }
        if (self.sets_changed) {
            auto made = media::make_codec_parameters(*self.codec, self.sets);
            if (!made) {
                return fail(made.error().within(fmt::format("'{}'", self.path)));
            }
            self.parameters = std::make_shared<const CodecParameters>(*std::move(made));
            self.sets_changed = false;
        }
        out.parameters = self.parameters;
        out.time = self.time_of(self.packet->pts);
        return out;
    }
}

Result<std::optional<VideoFile::DecodedPicture>> VideoFile::next_decoded() {
    Impl& self = *impl_;
    while (true) {
        BONGSU_ASSIGN(const bool has_picture, self.receive());
        if (has_picture) {
            BONGSU_ASSIGN(Frame frame, self.to_frame());
            return DecodedPicture{
                .time = self.time_of(self.picture->best_effort_timestamp),
                .frame = std::move(frame),
                .coded_bytes = std::exchange(self.coded_bytes, 0),
            };
        }
        if (self.is_draining) {
            return std::nullopt;
        }
        BONGSU_ASSIGN(const bool has_packet, self.read_packet());
        self.is_draining = !has_packet;
        // A packet that the decoder refuses is skipped, as players do.
        avcodec_send_packet(self.decoder.get(), has_packet ? self.packet.get() : nullptr);
        self.coded_bytes += has_packet ? static_cast<std::size_t>(self.packet->size) : 0;
    }
}

Status VideoFile::rewind() {
    Impl& self = *impl_;
    const int code = avformat_seek_file(self.format.get(), -1, INT64_MIN, 0, INT64_MAX, 0);
    if (code < 0) {
        return fail(
            ErrorKind::Unsupported,
            fmt::format(
                "'{}' cannot be played again from its start: {}", self.path, av_message(code)
            )
        );
    }
    if (self.decoder) {
        avcodec_flush_buffers(self.decoder.get());
        self.is_draining = false;
    }
    self.first_pts = AV_NOPTS_VALUE;
    self.last_time = {};
    return {};
}

}  // namespace bongsu::ingest::file
