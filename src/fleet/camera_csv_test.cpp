#include "fleet/camera_csv.hpp"

#include "core/json.hpp"
#include "fleet/csv_table.hpp"
#include "store/testing/temporary_store.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu::fleet {
namespace {

constexpr const char* kGood =
    "\xEF\xBB\xBF카메라ID,카메라명,영상주소,위도,경도,방위각,그룹,녹화,보관일수,설치 주소\r\n"
    "gate-1,\"정문, 동쪽\",rtsp://10.0.0.1/main,37.5,126.9,90,north;gates,예,7일,\"세종대로 "
    "\"\"110\"\"\"\r\n"
    "\r\n"
    "gate-2,후문,rtsp://10.0.0.2/main,,,,,X,,\r\n";

/// 카메라ID,이름\r\na,정문\r\n in CP949.
constexpr const char* kCp949 =
    "\xC4\xAB\xB8\xDE\xB6\xF3ID,\xC0\xCC\xB8\xA7,url\r\na,\xC1\xA4\xB9\xAE,rtsp://h/1\r\n";

bool has_problem(
    const std::vector<CsvProblem>& problems,
    std::size_t row,
    const std::string& column,
    const std::string& code,
    const std::string& words
) {
    return std::ranges::any_of(problems, [&](const CsvProblem& problem) {
        return problem.row == row && problem.column == column && problem.what.code.name() == code &&
               problem.what.words.find(words) != std::string::npos;
    });
}

TEST(CameraCsv, ReadsKoreanHeadersQuotesAndMarks) {
    const CsvCameras read = read_camera_csv(kGood).value();
    ASSERT_EQ(read.rows.size(), 2U);
    EXPECT_TRUE(read.problems.empty());
    EXPECT_EQ(read.rows[1].row, 4U);
    const CameraConfig camera = parse_camera(read.rows[0].form, "camera").value();
    EXPECT_EQ(camera.name, "정문, 동쪽");
    EXPECT_EQ(camera.place.address, "세종대로 \"110\"");
    EXPECT_EQ(camera.place.heading, 90);
    EXPECT_EQ(camera.groups.size(), 2U);
    EXPECT_EQ(camera.keep_for, std::chrono::hours{24 * 7});
    EXPECT_FALSE(parse_camera(read.rows[1].form, "camera").value().is_recorded);
}

TEST(CameraCsv, ReadsTheKoreanCodePageAndUtf16) {
    const CsvCameras korean = read_camera_csv(kCp949).value();
    ASSERT_EQ(korean.rows.size(), 1U);
    EXPECT_EQ(*korean.rows[0].form.find("name")->as_text(), "정문");
    using namespace std::string_view_literals;
    const CsvCameras wide = read_camera_csv("\xFF\xFEi\0d\0\n\0a\0"sv).value();
    EXPECT_EQ(wide.rows.size(), 1U);
    EXPECT_FALSE(read_camera_csv("id\n\xFF\xFF\xFF"));
    EXPECT_FALSE(read_camera_csv("id\n\0\0"sv));
}

TEST(CameraCsv, SaysWhatIsWrongByRowAndColumn) {
    const CsvCameras read = read_camera_csv(
                                "id,name,url,latitude,longitude,record,nmae\n"
                                "Gate 1,a,rtsp://h/1,1,2,yes,\n"
                                "b,b,http://h/1,1,2,yes,\n"
                                "c,c,rtsp://h/1,91,east,maybe,\n"
                                ",d,rtsp://h/1,1,2,no,\n"
                                "e,bad\x01letter,rtsp://h/1,1,2,no,\n"
                                "f,f,rtsp://h/1,1,2,no,,more\n"
    )
                                .value();
    EXPECT_TRUE(read.rows.empty());
    EXPECT_EQ(read.total, 6U);
    EXPECT_TRUE(has_problem(read.problems, 1, "nmae", "unknown_column", "did you mean 'name'?"));
    EXPECT_TRUE(has_problem(read.problems, 2, "id", "bad_id", "a-z, 0-9"));
    EXPECT_TRUE(has_problem(read.problems, 3, "url", "no_address", "begins with rtsp://"));
    EXPECT_TRUE(has_problem(read.problems, 4, "latitude", "out_of_range", "-90 to 90"));
    EXPECT_TRUE(has_problem(read.problems, 4, "longitude", "no_number", "is no number"));
    EXPECT_TRUE(has_problem(read.problems, 4, "record", "not_yes_or_no", "yes or no"));
    EXPECT_TRUE(has_problem(read.problems, 5, "id", "id_missing", "is missing"));
    EXPECT_TRUE(has_problem(read.problems, 6, "name", "bad_text", "control characters"));
    const auto range = std::ranges::find(read.problems, "out_of_range", [](const CsvProblem& each) {
        return each.what.code.name();
    });
    using Values = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(range->what.values, (Values{{"value", "91"}, {"min", "-90"}, {"max", "90"}}));
    EXPECT_TRUE(has_problem(read.problems, 7, "", "too_many_cells", "8 cells"));
}

TEST(CameraCsv, RefusesWhatIsNoTable) {
    EXPECT_FALSE(read_camera_csv(""));
    EXPECT_FALSE(read_camera_csv("name,url\na,rtsp://h/1\n"));
    EXPECT_NE(
        read_camera_csv("id\n\"a\nb").error().message.find("line 2: a quote is opened"),
        std::string::npos
    );
    EXPECT_FALSE(read_camera_csv(std::string(kMaxCsvBytes + 1, 'a')));
    EXPECT_FALSE(read_camera_csv("id" + std::string(100, ',')));
}

TEST(CameraCsv, NeverShowsAPasswordInAProblem) {
    const CsvCameras read = read_camera_csv("id,url\na,http://kim:secret@h/1\n").value();
    ASSERT_EQ(read.problems.size(), 1U);
    EXPECT_EQ(read.problems[0].what.words.find("secret"), std::string::npos);
}

TEST(CsvCell, GuardsAgainstFormulasAndComesBack) {
    EXPECT_EQ(csv_cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
    EXPECT_EQ(csv_cell("@a"), "\"'@a\"");
    EXPECT_EQ(csv_cell("-73.5", true), "-73.5");
    EXPECT_EQ(csv_cell("plain"), "plain");
    EXPECT_EQ(without_guard("'=a"), "=a");
    EXPECT_EQ(without_guard("'quoted'"), "'quoted'");
}

class CameraCsvImport : public ::testing::Test {
protected:
    store::testing::TemporaryStore store_;
    ManualClock clock_;
    std::unique_ptr<Fleet> fleet_ = Fleet::open(store_->cameras(), clock_, {}).value();
    const Author kim_{.who = "kim", .why = ""};
};

TEST_F(CameraCsvImport, ADryRunChangesNothing) {
    const CsvImport would = import_cameras(*fleet_, kGood, CsvMode::DryRun, kim_).value();
    EXPECT_EQ(would.good, 2U);
    EXPECT_EQ(would.created, 2U);
    EXPECT_TRUE(fleet_->snapshot()->cameras.empty());
    EXPECT_TRUE(fleet_->snapshot()->groups.empty());
}

TEST_F(CameraCsvImport, WrongRowsHoldBackAllRowsUnlessOnlyGoodOnesAreAskedFor) {
    const std::string table =
        "id,url,latitude\na,rtsp://h/1,\nb,rtsp://h/2,\na,rtsp://h/3,\nc,,\nd,rtsp://h/4,1\n";
    const CsvImport refused = import_cameras(*fleet_, table, CsvMode::AllRows, kim_).value();
    EXPECT_EQ(refused.created, 0U);
    EXPECT_TRUE(fleet_->snapshot()->cameras.empty());
    EXPECT_TRUE(has_problem(refused.problems, 4, "id", "given_twice", "given twice"));
    EXPECT_TRUE(
        has_problem(refused.problems, 5, "", "address_missing", "needs either url or streams")
    );
    EXPECT_TRUE(has_problem(refused.problems, 6, "", "half_a_position", "longitude is missing"));
    const CsvImport taken = import_cameras(*fleet_, table, CsvMode::GoodRows, kim_).value();
    EXPECT_EQ(taken.created, 2U);
    EXPECT_EQ(fleet_->snapshot()->cameras.size(), 2U);
}

TEST_F(CameraCsvImport, AnImportKeepsWhatTheTableDoesNotGive) {
    const Value whole = parse_yaml(
                            "{id: a, url: 'rtsp://kim:secret@h/1', sub_url: 'rtsp://h/2', "
                            "zones: [{id: z, points: [[0,0],[1,0],[1,1]]}]}",
                            "t"
    )
                            .value();
    ASSERT_TRUE(fleet_->create(whole, kim_));
    const std::string table = "id,name,url\na,new,rtsp://***@h/1\n";
    const CsvImport done = import_cameras(*fleet_, table, CsvMode::AllRows, kim_).value();
    EXPECT_EQ(done.changed, 1U) << (done.problems.empty() ? "" : done.problems[0].what.words);
    const FleetCameraPtr camera = fleet_->get(CameraId("a")).value();
    EXPECT_EQ(camera->config.name, "new");
    EXPECT_EQ(camera->config.zones.size(), 1U);
    ASSERT_EQ(camera->config.streams.size(), 2U);
    EXPECT_EQ(camera->config.streams[0].url, "rtsp://kim:secret@h/1");
}

TEST_F(CameraCsvImport, AnExportComesBackWithoutChanges) {
    ASSERT_TRUE(import_cameras(*fleet_, kGood, CsvMode::AllRows, kim_));
    const std::string table = write_camera_csv(fleet_->snapshot()->cameras);
    const CsvImport again = import_cameras(*fleet_, table, CsvMode::AllRows, kim_).value();
    EXPECT_EQ(again.changed, 2U) << (again.problems.empty() ? "" : again.problems[0].what.words);
    EXPECT_TRUE(fleet_->difference(CameraId("gate-1"), 1, 2).value().empty());
}

TEST_F(CameraCsvImport, TakesAThousandCamerasAtOnce) {
    std::string table = "id,name,url,latitude,longitude\n";
    for (int i = 0; i < 1000; ++i) {
        const std::string n = std::to_string(i);
        table += "c" + n + ",카메라 " + n + ",rtsp://10.0.0.1/" + n + ",37.5,126.9\n";
    }
    const CsvImport done = import_cameras(*fleet_, table, CsvMode::AllRows, kim_).value();
    EXPECT_EQ(done.created, 1000U);
    EXPECT_EQ(fleet_->list({}).value().total, 1000U);
}

}  // namespace
}  // namespace bongsu::fleet
