#include "density/peer.hpp"

#include <fstream>

#include <unistd.h>

namespace bongsu::bench {
namespace {

constexpr const char* kMotion = "/usr/bin/motion";

constexpr const char* kSettings = R"(daemon off
setup_mode off
log_level 5
text_changes off
picture_output off
movie_output off
stream_port 0
webcontrol_port 0
framerate 15
despeckle_filter EedDl
netcam_params rtsp_transport=tcp
)";

Status write_settings(
    const std::filesystem::path& folder,
    const std::string& streets,
    const std::vector<std::string>& cameras
) {
    std::ofstream out(folder / "motion.conf");
    out << kSettings << "target_dir " << folder.string() << "\nlog_file "
        << (folder / "log").string() << "\n";
    int number = 0;
    for (const std::string& camera : cameras) {
        const std::filesystem::path file = folder / (camera + ".conf");
        std::ofstream(file) << "camera_id " << ++number << "\nnetcam_url " << streets << "/"
                            << camera << "/main\n";
        out << "camera " << file.string() << "\n";
    }
    return out.flush()
               ? Status{}
               : Status{fail(ErrorKind::Unavailable, "cannot write below " + folder.string())};
}

}  // namespace

Result<Peer> Peer::start(
    const std::filesystem::path& scratch,
    const std::string& streets,
    const std::vector<std::string>& cameras
) {
    if (access(kMotion, X_OK) != 0) {
        return fail(
            ErrorKind::NotFound,
            "motion is not installed: run './dev setup' (or apt-get install motion), or leave it "
            "out with --no-motion"
        );
    }
    const std::filesystem::path folder = scratch / "motion";
    std::filesystem::create_directories(folder);
    BONGSU_TRY(write_settings(folder, streets, cameras));
    const std::string command = std::string("exec ") + kMotion + " -n -c '" +
                                (folder / "motion.conf").string() + "' >/dev/null 2>&1";
    BONGSU_ASSIGN(app::ChildProcess process, app::ChildProcess::start({"/bin/sh", "-c", command}));
    return Peer(std::move(process));
}

}  // namespace bongsu::bench
