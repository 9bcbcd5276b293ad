// bongsu: one program, one sub-command for each thing that it can do.
#include "app/commands.hpp"

#include <cstdio>
#include <exception>

namespace {

int run(int argc, char** argv) {
    CLI::App app{"Bongsu: integrated video control for cities"};
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Help of every sub-command");
    bongsu::app::Action chosen;
    bongsu::app::add_watch_command(app, chosen);
    bongsu::app::add_serve_command(app, chosen);
    bongsu::app::add_demo_command(app, chosen);
    bongsu::app::add_camsim_command(app, chosen);
    bongsu::app::add_check_command(app, chosen);
    bongsu::app::add_clip_command(app, chosen);
    bongsu::app::add_audit_command(app, chosen);
    bongsu::app::add_user_command(app, chosen);
    bongsu::app::add_eval_command(app, chosen);
    bongsu::app::add_docs_command(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    const bongsu::Result<int> status = chosen();
    if (!status) {
        std::fprintf(stderr, "bongsu: %s\n", status.error().describe().c_str());
        return 1;
    }
    return *status;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bongsu: bug: uncaught %s; please report it\n", error.what());
        return 70;  // EX_SOFTWARE of sysexits(3)
    }
}
