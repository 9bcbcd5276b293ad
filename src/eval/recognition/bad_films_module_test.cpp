// What is no proper footage and no proper model must not break the pipeline and must raise nothing.
// The films are drawn by ffmpeg; the models are the installed ones, or damaged copies of them.
#include "eval/recognition/judging.hpp"
#include "eval/recognition/screening.hpp"
#include "vision/model_store.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace bongsu::eval {
namespace {

constexpr const char* kPeople = "/usr/share/doc/opencv-doc/examples/data/vtest.avi";

/// How a film is drawn: ffmpeg's source with its size and rate, and the filters behind it.
struct BadFilm {
    const char* name;
    const char* source;
    const char* filters;
    double seconds;
};

constexpr BadFilm kBad[] = {
    {"one-picture", "testsrc2=s=640x360:r=10:d=0.1", "null", 0.1},
    {"portrait", "mandelbrot=s=360x640:r=10", "trim=duration=8", 8},
    {"four-by-three", "mandelbrot=s=640x480:r=10", "trim=duration=8", 8},
    {"tiny", "testsrc2=s=160x120:r=10:d=8", "null", 8},
    {"huge", "testsrc2=s=3840x2160:r=5:d=6", "null", 6},
    {"slow", "testsrc2=s=640x480:r=1:d=20", "null", 20},
    {"frozen", "testsrc2=s=640x360:r=10:d=0.1", "tpad=stop_mode=clone:stop_duration=12", 12},
};

class BadFilms : public testing::Test {
protected:
    BadFilms()
        : folder_(std::filesystem::temp_directory_path() / fmt::format("bad_films_{}", getpid())) {
        std::filesystem::create_directories(folder_);
    }

    ~BadFilms() override { std::filesystem::remove_all(folder_); }

    void SetUp() override {
        if (!std::filesystem::exists(vision::default_models_folder() / "nanodet-416/model.json")) {
            GTEST_SKIP() << "models are not installed: run ./dev setup";
        }
        if (recognised_kinds().empty()) {
            GTEST_SKIP() << "this program recognises nothing";
        }
    }

    /// Plays nothing back: the film is only drawn.
    RecognitionFilm draw(const BadFilm& bad) const {
        const auto file = folder_ / fmt::format("{}.mp4", bad.name);
        const std::string command = fmt::format(
            "ffmpeg -nostdin -v error -y -f lavfi -i '{}' -vf '{}' -c:v libx264 -preset ultrafast "
            "-threads 1 -g 10 -bf 0 -pix_fmt yuv420p {}",
            bad.source,
            bad.filters,
            file.string()
        );
        EXPECT_EQ(std::system(command.c_str()), 0) << command;  // NOLINT(cert-env33-c): fixed text
        return {
            .name = bad.name,
            .set = "bad",
            .file = file,
            .rate = 10,
            .seconds = bad.seconds,
            .length = bad.seconds
        };
    }

    static void expect_silence(const std::vector<RecognitionFilm>& films, bool is_replay) {
        const auto screening =
            screen(films, {.models = vision::default_models_folder(), .is_replay = is_replay});
        ASSERT_TRUE(screening) << screening.error().describe();
        ASSERT_EQ(screening->films.size(), films.size());
        for (std::size_t i = 0; i < films.size(); ++i) {
            EXPECT_TRUE(screening->films[i].is_complete) << films[i].name;
            for (const Alarm& alarm : screening->films[i].alarms) {
                ADD_FAILURE() << films[i].name << " raised " << alarm.kind << " at " << alarm.told
                              << " s, confidence " << alarm.confidence << ", " << alarm.detail;
            }
        }
    }

    /// A folder of models in which these lost all but the beginning of their weights.
    std::filesystem::path damaged_models(const std::vector<std::string>& names) const {
        namespace fs = std::filesystem;
        const fs::path models = folder_ / "models";
        fs::create_directory(models);
        for (const auto& model : fs::directory_iterator(vision::default_models_folder())) {
            fs::create_symlink(model.path(), models / model.path().filename());
        }
        for (const std::string& name : names) {
            fs::remove(models / name);
            fs::copy(vision::default_models_folder() / name, models / name);
            for (const auto& file : fs::directory_iterator(models / name)) {
                if (file.path().extension() == ".onnx") {
                    fs::resize_file(file.path(), 200);
                }
            }
        }
        return models;
    }

    /// Eight seconds in which people walk.
    RecognitionFilm people() const {
        const std::string source = fmt::format("movie={}", kPeople);
        return draw({"people", source.c_str(), "trim=duration=8,scale=640:480", 8});
    }

private:
    std::filesystem::path folder_;
};

TEST_F(BadFilms, RaiseNothingAndBreakNothing) {
    std::vector<RecognitionFilm> films;
    for (const BadFilm& bad : kBad) {
        films.push_back(draw(bad));
    }
    expect_silence(films, true);
}

TEST_F(BadFilms, NeitherOverRtsp) {
    expect_silence({draw(kBad[0]), draw(kBad[1])}, false);
}

TEST_F(BadFilms, ADamagedDetectorIsAnErrorThatNamesIt) {
    const auto models = damaged_models({"nanodet-416"});
    const auto screening = screen({draw(kBad[0])}, {.models = models, .is_replay = true});
    ASSERT_FALSE(screening);
    EXPECT_NE(screening.error().describe().find("nanodet"), std::string::npos)
        << screening.error().describe();
}

TEST_F(BadFilms, WithoutModelsForSecondLooksNothingIsSaid) {
    if (!std::filesystem::exists(kPeople)) {
        GTEST_SKIP() << kPeople << " is not installed";
    }
    const auto models = damaged_models({"movenet-lightning", "fight", "fire"});
    const auto screening = screen({people()}, {.models = models, .is_replay = true});
    ASSERT_TRUE(screening) << screening.error().describe();
    EXPECT_TRUE(screening->films.front().is_complete);
    EXPECT_TRUE(screening->films.front().answers.empty()) << "nobody can have answered";
    for (const char* kind : {"fall", "fight", "fire"}) {
        EXPECT_TRUE(alarms_of(screening->films.front(), kind).empty()) << kind;
    }
}

TEST_F(BadFilms, AFileThatIsNoFilmIsAnErrorThatNamesIt) {
    RecognitionFilm film = draw(kBad[0]);
    std::filesystem::resize_file(film.file, 20);
    const auto screening = screen({film}, {.models = vision::default_models_folder()});
    ASSERT_FALSE(screening);
    EXPECT_NE(screening.error().describe().find("one-picture"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::eval
