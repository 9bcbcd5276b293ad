#include "fleet/csv_columns.hpp"

#include "core/json.hpp"
#include "domain/camera.hpp"
#include "domain/id_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace bongsu::fleet {
namespace {

constexpr double kSecondsPerDay = 86'400;

const std::vector<CsvColumn>& columns() {
    using enum CsvKind;
    static const std::vector<CsvColumn> table{
        {"id", "id", Id, {"카메라id", "카메라아이디", "아이디", "관리번호", "cameraid", "camera"}},
        {"name", "name", Text, {"이름", "카메라명", "카메라이름", "명칭", "cameraname"}},
        {"organisation", "organisation", Text, {"기관", "기관코드", "조직", "organization"}},
        {"groups", "groups", Words, {"그룹", "그룹명", "group"}},
        {"tags", "tags", Words, {"태그", "분류", "tag"}},
        {"url",
         "url",
         Url,
         {"영상주소", "rtsp", "rtsp주소", "주스트림", "rtspurl", "mainurl", "스트림주소"}},
        {"sub_url", "sub_url", Url, {"보조영상주소", "보조스트림", "부스트림", "suburl"}},
        {"user", "user", Text, {"사용자", "계정", "접속계정", "username"}, 0, 0, true},
        {"password", "password", Text, {"비밀번호", "암호", "접속암호"}, 0, 0, true},
        {"place.latitude", "latitude", Number, {"위도", "lat"}, -90, 90},
        {"place.longitude", "longitude", Number, {"경도", "lon", "lng"}, -180, 180},
        {"place.height", "height_m", Number, {"높이", "설치높이", "높이m", "height"}, -100, 1000},
        {"place.heading", "heading_deg", Number, {"방위", "방위각", "방향", "heading"}, 0, 360},
        {"place.field_of_view", "field_of_view_deg", Number, {"화각", "fieldofview", "fov"}, 1, 360
        },
        {"place.range", "range_m", Number, {"감시거리", "거리", "range"}, 0, 10'000},
        {"place.address", "address", Text, {"주소", "설치주소", "도로명주소", "소재지"}},
        {"place.site", "site", Text, {"장소", "설치장소", "위치", "설치위치"}},
        {"record", "record", YesNo, {"녹화", "녹화여부"}},
        {"analyse", "analyse", YesNo, {"분석", "분석여부", "analyze"}},
        {"keep_for",
         "keep_days",
         Days,
         {"보관일수", "보관기간", "보관기간일", "keepfor", "retention"}},
        {"note", "note", Text, {"비고", "메모", "설명"}},
    };
    return table;
}

/// Lower case without blanks, dashes, dots and brackets: "설치 높이(m)" is "설치높이m".
std::string plain_title(std::string_view title) {
    std::string out;
    for (const char c : title) {
        if (std::string_view(" _-.()[]\t/*").find(c) == std::string_view::npos) {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return out;
}

std::string shortest(double number) {
    return to_json(number);
}

using CellValue = std::expected<Value, CodedProblem>;

std::unexpected<CodedProblem> wrong(
    ErrorCode code, std::string_view cell, const std::string& words
) {
    constexpr std::size_t kLongestQuoted = 60;
    const std::string quoted(cell.substr(0, kLongestQuoted));
    return std::unexpected(CodedProblem{code, {{"value", quoted}}, "'" + quoted + "' " + words});
}

/// The same for a number outside its range.
std::unexpected<CodedProblem> out_of_range(
    ErrorCode code, std::string_view cell, double min, double max, const std::string& words
) {
    auto problem = wrong(code, cell, words);
    problem.error().values.emplace_back("min", shortest(min));
    problem.error().values.emplace_back("max", shortest(max));
    return problem;
}

std::optional<double> number_in(std::string_view cell) {
    cell.remove_prefix(cell.starts_with('+') ? 1 : 0);
    double number = 0;
    const char* const end = cell.data() + cell.size();
    const auto [at, error] = std::from_chars(cell.data(), end, number);
    const bool is_number = error == std::errc{} && at == end && std::isfinite(number);
    return is_number ? std::optional(number) : std::nullopt;
}

CellValue read_number(const CsvColumn& column, std::string_view cell) {
    const auto number = number_in(cell);
    if (!number) {
        return wrong("no_number"_code, cell, "is no number");
    }
    if (*number < column.min || *number > column.max) {
        return out_of_range(
            "out_of_range"_code,
            cell,
            column.min,
            column.max,
            "is out of range; allowed is " + shortest(column.min) + " to " + shortest(column.max)
        );
    }
    return *number;
}

CellValue read_yes_no(std::string_view cell) {
    constexpr std::array<std::string_view, 8> kYes{
        "yes", "y", "true", "1", "o", "예", "사용", "on"
    };
    constexpr std::array<std::string_view, 9> kNo{
        "no", "n", "false", "0", "x", "아니오", "아니요", "미사용", "off"
    };
    const std::string word = plain_title(cell);
    if (std::ranges::find(kYes, word) != kYes.end()) {
        return true;
    }
    if (std::ranges::find(kNo, word) != kNo.end()) {
        return false;
    }
    return wrong("not_yes_or_no"_code, cell, "must be yes or no (예 or 아니오)");
}

CellValue read_days(std::string_view cell) {
    std::string_view number = cell;
    for (const std::string_view unit : {"days", "day", "d", "일"}) {
        if (number.ends_with(unit)) {
            number.remove_suffix(unit.size());
            break;
        }
    }
    const auto days = number_in(number);
    constexpr double kMostDays = 3650;
    if (!days || *days <= 0 || *days > kMostDays) {
        return out_of_range(
            "not_days"_code, cell, 1, kMostDays, "must be days from 1 to 3650, such as 30"
        );
    }
    return *days * kSecondsPerDay;
}

Value read_words(std::string_view cell) {
    Value::List words;
    std::string word;
    const auto end_word = [&] {
        const std::size_t begin = word.find_first_not_of(' ');
        if (begin != std::string::npos) {
            words.emplace_back(word.substr(begin, word.find_last_not_of(' ') - begin + 1));
        }
        word.clear();
    };
    for (const char c : cell) {
        if (c == ';' || c == '|' || c == ',') {
            end_word();
        } else {
            word += c;
        }
    }
    end_word();
    return words;
}

std::expected<void, CodedProblem> check_url(std::string_view cell) {
    const std::size_t scheme = cell.find("://");
    if (scheme == std::string_view::npos) {
        if (cell.starts_with('/')) {
            return {};
        }
        return wrong("no_address"_code, redact_url(cell), "is no address; it begins with rtsp://");
    }
    const std::string_view name = cell.substr(0, scheme);
    if (name != "rtsp" && name != "rtsps") {
        return wrong(
            "no_address"_code,
            redact_url(cell),
            "is no camera address; it begins with rtsp:// or rtsps://"
        );
    }
    const std::string_view host = cell.substr(scheme + 3);
    const bool has_blank = cell.find_first_of(" \t\r\n\"<>") != std::string_view::npos;
    if (host.empty() || host[0] == '/' || host[0] == ':' || has_blank) {
        return wrong(
            "address_without_host"_code, redact_url(cell), "has no host or has blanks in it"
        );
    }
    return {};
}

Value stream_form(std::string_view role, const std::string& url, const Value::Map& login) {
    Value::Map stream{{"role", std::string(role)}, {"url", url}};
    if (url.starts_with("rtsp")) {
        stream.emplace_back("source", "rtsp");
    }
    if (!login.empty()) {
        stream.emplace_back("settings", login);
    }
    return stream;
}

std::string cell_of(const Value* value) {
    if (value == nullptr || value->is_null()) {
        return {};
    }
    if (const std::string* text = value->as_text()) {
        return *text;
    }
    if (const bool* flag = value->as_bool()) {
        return *flag ? "yes" : "no";
    }
    if (const Value::List* list = value->as_list()) {
        std::string out;
        for (const Value& item : *list) {
            out += (out.empty() ? "" : ";") + cell_of(&item);
        }
        return out;
    }
    return to_json(*value);
}

std::string url_of(const Value& form, std::string_view role) {
    const Value* streams = form.find("streams");
    if (streams == nullptr || streams->as_list() == nullptr) {
        return {};
    }
    for (const Value& stream : *streams->as_list()) {
        if (cell_of(stream.find("role")) == role) {
            return cell_of(stream.find("url"));
        }
    }
    return {};
}

std::string days_of(const Value* seconds) {
    const double* number = seconds != nullptr ? seconds->as_double() : nullptr;
    return number != nullptr ? shortest(*number / kSecondsPerDay) : "";
}

}  // namespace

std::span<const CsvColumn> csv_columns() {
    return columns();
}

const CsvColumn* find_column(std::string_view title) {
    const std::string plain = plain_title(title);
    const auto found = std::ranges::find_if(columns(), [&](const CsvColumn& column) {
        return plain_title(column.field_title) == plain ||
               std::ranges::find(column.titles, plain) != column.titles.end();
    });
    return found != columns().end() ? &*found : nullptr;
}

std::vector<std::string> column_titles() {
    std::vector<std::string> titles;
    for (const CsvColumn& column : columns()) {
        titles.emplace_back(column.field_title);
        titles.insert(titles.end(), column.titles.begin(), column.titles.end());
    }
    return titles;
}

std::expected<void, CodedProblem> CsvForm::take(const CsvColumn& column, std::string_view cell) {
    Value value{std::string(cell)};
    switch (column.kind) {
        case CsvKind::Id:
            if (const Status good = check_id(cell, "the id"); !good) {
                auto problem = wrong("bad_id"_code, cell, "");
                problem.error().words = good.error().message;
                return problem;
            }
            id_ = cell;
            break;
        case CsvKind::Number: {
            BONGSU_ASSIGN(value, read_number(column, cell));
            break;
        }
        case CsvKind::YesNo: {
            BONGSU_ASSIGN(value, read_yes_no(cell));
            break;
        }
        case CsvKind::Days: {
            BONGSU_ASSIGN(value, read_days(cell));
            break;
        }
        case CsvKind::Words:
            value = read_words(cell);
            break;
        case CsvKind::Url:
            BONGSU_TRY(check_url(cell));
            (column.field == "url" ? url_ : sub_url_) = cell;
            return {};
        case CsvKind::Text:
            break;
    }
    constexpr std::string_view kPlace = "place.";
    if (column.is_secret) {
        login_.emplace_back(std::string(column.field), std::move(value));
    } else if (column.field.starts_with(kPlace)) {
        place_.emplace_back(std::string(column.field.substr(kPlace.size())), std::move(value));
    } else {
        plain_.emplace_back(std::string(column.field), std::move(value));
    }
    return {};
}

Value CsvForm::value() const {
    Value::Map form = plain_;
    if (!place_.empty()) {
        form.emplace_back("place", place_);
    }
    Value::List streams;
    if (!url_.empty()) {
        streams.push_back(stream_form("main", url_, login_));
    }
    if (!sub_url_.empty()) {
        streams.push_back(stream_form("sub", sub_url_, login_));
    }
    if (!streams.empty()) {
        form.emplace_back("streams", std::move(streams));
    }
    return form;
}

std::string text_of(const Value& form, const CsvColumn& column) {
    if (column.kind == CsvKind::Url) {
        return url_of(form, column.field == "url" ? "main" : "sub");
    }
    if (column.kind == CsvKind::Days) {
        return days_of(form.find(column.field));
    }
    const std::size_t dot = column.field.find('.');
    const Value* found = form.find(column.field.substr(0, dot));
    if (dot != std::string_view::npos && found != nullptr) {
        found = found->find(column.field.substr(dot + 1));
    }
    return cell_of(found);
}

}  // namespace bongsu::fleet
