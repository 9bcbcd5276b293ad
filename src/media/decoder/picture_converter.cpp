#include "media/decoder/picture_converter.hpp"

#include <array>
#include <string>
#include <utility>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace bongsu::media {
namespace {

bool is_full_range(const AVFrame& picture) {
    return picture.format == AV_PIX_FMT_YUVJ420P || picture.format == AV_PIX_FMT_YUVJ422P ||
           picture.format == AV_PIX_FMT_YUVJ444P || picture.color_range == AVCOL_RANGE_JPEG;
}

Frame share(AvFramePtr picture) {
    const std::shared_ptr<AVFrame> owner = std::move(picture);
    Frame frame;
    frame.width = owner->width;
    frame.height = owner->height;
    const int chroma_width = (owner->width + 1) / 2;
    const int chroma_height = (owner->height + 1) / 2;
    frame.planes = {
        Plane{owner->data[0], owner->width, owner->height, owner->linesize[0]},
        Plane{owner->data[1], chroma_width, chroma_height, owner->linesize[1]},
        Plane{owner->data[2], chroma_width, chroma_height, owner->linesize[2]},
    };
    frame.owner = owner;
    return frame;
}

}  // namespace

Result<Frame> PictureConverter::convert(AvFramePtr picture) {
    const bool full_range = is_full_range(*picture);
    const bool is_shareable =
        picture->format == AV_PIX_FMT_YUV420P || picture->format == AV_PIX_FMT_YUVJ420P;
    Result<Frame> frame = is_shareable ? share(std::move(picture)) : rescale(*picture);
    if (frame) {
        frame->is_full_range = full_range;
    }
    return frame;
}

Result<Frame> PictureConverter::rescale(const AVFrame& picture) {
    const auto source = static_cast<AVPixelFormat>(picture.format);
    // A J source needs a J target, else swscale would squeeze the range.
    const bool is_j = source == AV_PIX_FMT_YUVJ422P || source == AV_PIX_FMT_YUVJ444P;
    scaler_.reset(sws_getCachedContext(
        scaler_.release(),
        picture.width,
        picture.height,
        source,
        picture.width,
        picture.height,
        is_j ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P,
        SWS_BILINEAR,
        nullptr,
        nullptr,
        nullptr
    ));
    if (!scaler_) {
        const char* name = av_get_pix_fmt_name(source);
        return fail(
            ErrorKind::Unsupported,
            std::string("no conversion from pixel format ") + (name != nullptr ? name : "unknown") +
                " to I420"
        );
    }
    WritableFrame out = allocate_frame(picture.width, picture.height);
    const std::array<int, 3> strides{
        out.frame.planes[0].stride, out.frame.planes[1].stride, out.frame.planes[2].stride
    };
    sws_scale(
        scaler_.get(),
        picture.data,
        picture.linesize,
        0,
        picture.height,
        out.data.data(),
        strides.data()
    );
    return std::move(out.frame);
}

}  // namespace bongsu::media
