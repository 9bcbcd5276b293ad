#include "fleet/csv_table.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <utility>

#include <iconv.h>

namespace bongsu::fleet {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kFormulaStarts = "=+-@\t\r";

/// Converts all of `bytes`, or nothing when one of them does not belong to the code.
Result<std::string> convert(std::string_view bytes, const char* code) {
    const iconv_t converter = iconv_open("UTF-8", code);
    if (converter == reinterpret_cast<iconv_t>(-1)) {
        return fail(
            ErrorKind::Unsupported, "this system cannot read the code " + std::string(code)
        );
    }
    const std::unique_ptr<void, int (*)(iconv_t)> closer(converter, iconv_close);
    constexpr std::size_t kLongestPerByte = 3;
    std::string out(bytes.size() * kLongestPerByte + 4, '\0');
    std::string in(bytes);
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size();
    std::size_t room = out.size();
    if (iconv(converter, &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
        return fail(
            ErrorKind::InvalidArgument,
            "file_of_unknown_letters"_code,
            "the file is neither UTF-8 nor CP949 text (byte " +
                std::to_string(in.size() - left + 1) + "); save it as CSV UTF-8"
        );
    }
    out.resize(out.size() - room);
    return out;
}

char separator_of(std::string_view text) {
    constexpr std::string_view kSeparators = ",;\t";
    const std::string_view first = text.substr(0, text.find('\n'));
    return *std::ranges::max_element(kSeparators, {}, [&](char c) {
        return std::ranges::count(first, c);
    });
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1));
}

/// Goes through the text once, character by character.
class Splitter {
public:
    Splitter(std::string_view text, char separator) : text_(text), separator_(separator) {}

    Result<CsvTable> run() {
        while (at_ < text_.size()) {
            BONGSU_TRY(take(text_[at_++]));
        }
        if (is_quoted_) {
            return fail(
                ErrorKind::InvalidArgument,
                "file_open_quote"_code,
                "line " + std::to_string(row_line_) + ": a quote is opened and never closed"
            );
        }
        BONGSU_TRY(end_row());
        return std::move(table_);
    }

private:
    Status take(char c) {
        line_ += c == '\n' ? 1 : 0;
        if (is_quoted_) {
            take_quoted(c);
            return {};
        }
        if (c == '"' && trimmed(cell_).empty()) {
            cell_.clear();
            is_quoted_ = true;
            return {};
        }
        if (c == separator_) {
            return end_cell();
        }
        if (c == '\n') {
            return end_row();
        }
        cell_ += c;
        return {};
    }

    void take_quoted(char c) {
        if (c != '"') {
            cell_ += c;
        } else if (at_ < text_.size() && text_[at_] == '"') {
            cell_ += '"';
            ++at_;
        } else {
            is_quoted_ = false;
        }
    }

    Status end_cell() {
        row_.push_back(trimmed(cell_));
        cell_.clear();
        if (row_.size() > kMaxCsvColumns) {
            return fail(
                ErrorKind::InvalidArgument,
                "file_too_wide"_code,
                "line " + std::to_string(row_line_) + " has more than 64 columns"
            );
        }
        return {};
    }

    Status end_row() {
        BONGSU_TRY(end_cell());
        const bool is_empty = std::ranges::all_of(row_, &std::string::empty);
        if (!is_empty) {
            table_.rows.push_back({row_line_, std::move(row_)});
        }
        row_.clear();
        row_line_ = line_;
        if (table_.rows.size() > kMaxCsvRows + 1) {
            return fail(
                ErrorKind::InvalidArgument,
                "file_too_long"_code,
                "the file has more than 20000 rows; split it"
            );
        }
        return {};
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t row_line_ = 1;
    bool is_quoted_ = false;
    std::string cell_;
    std::vector<std::string> row_;
    CsvTable table_;
};

}  // namespace

Result<std::string> to_utf8(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        return convert(bytes, "UTF-16");
    }
    if (bytes.starts_with(kUtf8Mark)) {
        bytes.remove_prefix(kUtf8Mark.size());
    }
    if (convert(bytes, "UTF-8")) {
        return std::string(bytes);
    }
    return convert(bytes, "CP949");
}

Result<CsvTable> read_csv(std::string_view bytes) {
    if (bytes.size() > kMaxCsvBytes) {
        return fail(
            ErrorKind::InvalidArgument,
            "file_too_large"_code,
            "the file is larger than 8 MiB; split it"
        );
    }
    BONGSU_ASSIGN(const std::string text, to_utf8(bytes));
    if (text.find('\0') != std::string::npos) {
        return fail(
            ErrorKind::InvalidArgument,
            "file_no_text"_code,
            "the file is no text: it holds zero bytes"
        );
    }
    return Splitter(text, separator_of(text)).run();
}

std::string csv_cell(std::string_view text, bool is_number) {
    const bool is_guarded =
        !is_number && !text.empty() && kFormulaStarts.find(text[0]) != std::string_view::npos;
    if (!is_guarded && text.find_first_of(",;\t\"\r\n'") == std::string_view::npos) {
        return std::string(text);
    }
    std::string out = is_guarded ? "\"'" : "\"";
    for (const char c : text) {
        out += c;
        if (c == '"') {
            out += '"';
        }
    }
    return out + "\"";
}

std::string_view without_guard(std::string_view cell) {
    const bool is_guarded = cell.size() > 1 && cell[0] == '\'' &&
                            kFormulaStarts.find(cell[1]) != std::string_view::npos;
    return is_guarded ? cell.substr(1) : cell;
}

}  // namespace bongsu::fleet
