#pragma once

namespace bongsu {

/// One pixel of a picture in YCbCr, 0..255 each.
struct YuvPixel {
    int y = 0;
    int u = 0;  ///< Cb
    int v = 0;  ///< Cr
};

/// Whether a pixel has the colour of flames: brighter, redder and less blue than the whole picture
/// (`mean`), and at least 40 redder than blue, which is the authors' value, chosen on their ROC
/// curve. Source: Celik and Demirel 2009, "Fire detection in video sequences using a generic color
/// model", Fire Safety Journal 44(2).
constexpr bool is_flame_coloured(const YuvPixel& pixel, const YuvPixel& mean) {
    constexpr int kRedOverBlue = 40;
    return pixel.y > pixel.u && pixel.v - pixel.u >= kRedOverBlue && pixel.y > mean.y &&
           pixel.u < mean.u && pixel.v > mean.v;
}

}  // namespace bongsu
