#include "media/decoder/decoder.hpp"

#include "media/decoder/libav_handles.hpp"
#include "media/decoder/picture_converter.hpp"

#include <array>
#include <cstring>
#include <limits>
#include <mutex>
#include <string>
#include <utility>

extern "C" {
#include <libavutil/error.h>
#include <libavutil/log.h>
}

namespace bongsu::media {
namespace {

/// What a frame takes over from its access unit; found again by the packet's pts, as pictures may
/// be reordered.
struct Origin {
    std::int64_t serial = -1;
    WallTime wall;
    Duration wall_uncertainty{};
    MonoTime arrived;
    bool is_key = false;
};

/// More than the 16 pictures that a decoder may hold back.
constexpr std::size_t kOrigins = 64;

std::string libav_text(int code) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(code, text.data(), text.size());
    return text.data();
}

/// libav prints damaged streams line by line; errors are counted and returned here instead.
void silence_libav() {
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_level(AV_LOG_QUIET); });
}

std::string name_of(const AccessUnit& unit) {
    return "camera '" + unit.camera.value() + "' " + std::string(to_string(unit.role)) + " unit " +
           std::to_string(unit.sequence);
}

bool is_concealed(const AVFrame& picture) {
    return picture.decode_error_flags != 0 || (picture.flags & AV_FRAME_FLAG_CORRUPT) != 0;
}

}  // namespace

struct Decoder::Impl {
    DecoderOptions options;
    DecoderStats stats;
    CodecContextPtr context;
    PacketPtr packet{av_packet_alloc()};
    PictureConverter converter;
    std::shared_ptr<const CodecParameters> parameters;
    std::array<Origin, kOrigins> origins{};
    std::int64_t next_serial = 0;
    bool is_healthy = true;
    bool needs_key = true;

    Status prepare(const AccessUnit& unit);
    bool is_open_for(const CodecParameters& wanted) const;
    Status open(const CodecParameters& wanted);
    Status send(const AccessUnit& unit);
    AvFramePtr receive();
    Result<Frame> finish(AvFramePtr picture);
    Result<std::optional<Frame>> decode(const AccessUnit& unit);
    Result<Frame> decode_key(const AccessUnit& unit);
    void break_off();
};

Status Decoder::Impl::prepare(const AccessUnit& unit) {
    if (!unit.parameters || !unit.bytes || unit.bytes->empty()) {
        return fail(ErrorKind::Corrupt, "the unit is empty or lacks codec parameters");
    }
    if (unit.bytes->size() > static_cast<std::size_t>(std::numeric_limits<int>::max() / 2)) {
        return fail(ErrorKind::Corrupt, "the unit is larger than any picture");
    }
    if (parameters == unit.parameters && context) {
        return {};
    }
    if (!is_open_for(*unit.parameters)) {
        BONGSU_TRY(open(*unit.parameters));
    }
    parameters = unit.parameters;
    return {};
}

bool Decoder::Impl::is_open_for(const CodecParameters& wanted) const {
    return context && parameters && parameters->codec == wanted.codec &&
           parameters->decoder_config == wanted.decoder_config;
}

Status Decoder::Impl::open(const CodecParameters& wanted) {
    context.reset();
    needs_key = true;
    const auto pixels = static_cast<std::int64_t>(wanted.width) * wanted.height;
    const auto side = static_cast<std::uint32_t>(options.max_side);
    if (wanted.width > side || wanted.height > side || pixels > options.max_pixels) {
        return fail(
            ErrorKind::Unsupported,
            "pictures of " + std::to_string(wanted.width) + "x" + std::to_string(wanted.height) +
                " are larger than the limit; choose a smaller profile in the camera"
        );
    }
    const AVCodec* codec =
        avcodec_find_decoder(wanted.codec == Codec::H264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_HEVC);
    if (codec == nullptr) {
        return fail(
            ErrorKind::Unsupported,
            "libavcodec has no decoder for " + std::string(to_string(wanted.codec))
        );
    }
    CodecContextPtr fresh{avcodec_alloc_context3(codec)};
    const std::size_t size = wanted.decoder_config.size();
    auto* extra = static_cast<std::uint8_t*>(av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE));
    if (!fresh || extra == nullptr) {
        av_free(extra);
        return fail(ErrorKind::Internal, "libavcodec is out of memory");
    }
    std::memcpy(extra, wanted.decoder_config.data(), size);
    // Units carry 4-byte lengths whatever the camera's own record says (avcC byte 4, hvcC byte 21).
    const std::size_t length_size_at = wanted.codec == Codec::H264 ? 4 : 21;
    if (size > length_size_at) {
        extra[length_size_at] |= 3;
    }
    fresh->extradata = extra;
    fresh->extradata_size = static_cast<int>(size);
    fresh->thread_count = 1;
    fresh->flags |= AV_CODEC_FLAG_LOW_DELAY;
    fresh->max_pixels = options.max_pixels;
    fresh->skip_loop_filter = options.skip_loop_filter ? AVDISCARD_ALL : AVDISCARD_DEFAULT;
    if (const int code = avcodec_open2(fresh.get(), codec, nullptr); code < 0) {
        return fail(ErrorKind::Corrupt, "codec parameters are refused: " + libav_text(code));
    }
    context = std::move(fresh);
    ++stats.opened;
    return {};
}

Status Decoder::Impl::send(const AccessUnit& unit) {
    const std::int64_t serial = next_serial++;
    origins[static_cast<std::size_t>(serial) % kOrigins] = {
        serial, unit.wall, unit.wall_uncertainty, unit.arrived, unit.is_key
    };
    // Not reference-counted, so libav copies it with the padding that its bit readers need. The
    // const_cast is for libav's C signature; it does not write.
    packet->data = const_cast<std::uint8_t*>(unit.bytes->data());
    packet->size = static_cast<int>(unit.bytes->size());
    packet->pts = serial;
    packet->flags = unit.is_key ? AV_PKT_FLAG_KEY : 0;
    const int code = avcodec_send_packet(context.get(), packet.get());
    packet->data = nullptr;
    packet->size = 0;
    if (code < 0) {
        return fail(ErrorKind::Corrupt, libav_text(code));
    }
    return {};
}

AvFramePtr Decoder::Impl::receive() {
    AvFramePtr latest;
    while (true) {
        AvFramePtr picture{av_frame_alloc()};
        if (!picture || avcodec_receive_frame(context.get(), picture.get()) < 0) {
            return latest;
        }
        latest = std::move(picture);
    }
}

Result<Frame> Decoder::Impl::finish(AvFramePtr picture) {
    if (picture->width > options.max_side || picture->height > options.max_side) {
        return fail(
            ErrorKind::Unsupported,
            "a picture of " + std::to_string(picture->width) + "x" +
                std::to_string(picture->height) + " is larger than the limit"
        );
    }
    const Origin origin = origins[static_cast<std::size_t>(picture->pts) % kOrigins];
    BONGSU_ASSIGN(Frame frame, converter.convert(std::move(picture)));
    frame.wall = origin.wall;
    frame.wall_uncertainty = origin.wall_uncertainty;
    frame.arrived = origin.arrived;
    frame.is_key = origin.is_key;
    return frame;
}

Result<std::optional<Frame>> Decoder::Impl::decode(const AccessUnit& unit) {
    BONGSU_TRY(prepare(unit));
    if (needs_key && !unit.is_key) {
        ++stats.skipped;
        return std::nullopt;
    }
    BONGSU_TRY(send(unit));
    needs_key = false;
    AvFramePtr picture = receive();
    if (!picture) {
        return std::nullopt;
    }
    stats.concealed += is_concealed(*picture) ? 1 : 0;
    BONGSU_ASSIGN(Frame frame, finish(std::move(picture)));
    is_healthy = true;
    frame.camera = unit.camera;
    ++stats.frames;
    return frame;
}

Result<Frame> Decoder::Impl::decode_key(const AccessUnit& unit) {
    if (!unit.is_key) {
        return fail(ErrorKind::FailedPrecondition, "it is not a key frame");
    }
    BONGSU_TRY(prepare(unit));
    avcodec_flush_buffers(context.get());
    needs_key = true;
    BONGSU_TRY(send(unit));
    // Draining hands out at once what a stream with B-frames would hold back.
    avcodec_send_packet(context.get(), nullptr);
    AvFramePtr picture = receive();
    avcodec_flush_buffers(context.get());
    if (!picture) {
        return fail(ErrorKind::Corrupt, "the key frame gives no picture");
    }
    if (is_concealed(*picture)) {
        return fail(ErrorKind::Corrupt, "the key frame is damaged");
    }
    BONGSU_ASSIGN(Frame frame, finish(std::move(picture)));
    is_healthy = true;
    frame.camera = unit.camera;
    ++stats.frames;
    return frame;
}

void Decoder::Impl::break_off() {
    ++stats.errors;
    is_healthy = false;
    needs_key = true;
    if (context) {
        avcodec_flush_buffers(context.get());
    }
}

Decoder::Decoder(DecoderOptions options) : impl_(std::make_unique<Impl>()) {
    silence_libav();
    impl_->options = options;
}

Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

Result<std::optional<Frame>> Decoder::decode(const AccessUnit& unit) {
    Result<std::optional<Frame>> frame = impl_->decode(unit);
    if (!frame) {
        impl_->break_off();
        return fail(frame.error().within("decoding " + name_of(unit)));
    }
    return frame;
}

Result<Frame> Decoder::decode_key(const AccessUnit& unit) {
    Result<Frame> frame = impl_->decode_key(unit);
    if (!frame) {
        impl_->break_off();
        return fail(frame.error().within("decoding " + name_of(unit)));
    }
    return frame;
}

bool Decoder::is_healthy() const {
    return impl_->is_healthy;
}

const DecoderStats& Decoder::stats() const {
    return impl_->stats;
}

}  // namespace bongsu::media
