// links: fleet
// Tables of cameras from strangers' spreadsheets: any bytes must end in rows or in words.
#include "fleet/camera_csv.hpp"
#include "fleet/csv_table.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto table = bongsu::fleet::read_camera_csv(bytes);
    if (!table) {
        return table.error().message.empty() ? (std::abort(), 0) : 0;
    }
    for (const auto& row : table->rows) {
        if (row.form.find("id") == nullptr || row.row < 2) {
            std::abort();
        }
    }
    // What is written is read again as one cell with the same text.
    const auto utf8 = bongsu::fleet::to_utf8(bytes);
    if (utf8 && utf8->find('\0') == std::string::npos &&
        utf8->find_first_of("'\r") == std::string::npos) {
        const auto again =
            bongsu::fleet::read_csv("id\n" + bongsu::fleet::csv_cell("x" + *utf8 + "x"));
        if (again && again->rows.size() == 2 && again->rows[1].cells[0] != "x" + *utf8 + "x") {
            std::abort();
        }
    }
    return 0;
}
