#pragma once

#include "core/result.hpp"

#include <functional>

#include <CLI/CLI.hpp>

namespace bongsu::app {

/// What the chosen sub-command does once the command line has been read. The number is the exit
/// status of the program; an Error is printed and becomes exit status 1.
using Action = std::function<Result<int>()>;

// Each adds its sub-command to `app` and sets `chosen` when the user picks it.
void add_audit_command(CLI::App& app, Action& chosen);
void add_camsim_command(CLI::App& app, Action& chosen);
void add_check_command(CLI::App& app, Action& chosen);
void add_clip_command(CLI::App& app, Action& chosen);
void add_demo_command(CLI::App& app, Action& chosen);
void add_docs_command(CLI::App& app, Action& chosen);
void add_eval_command(CLI::App& app, Action& chosen);
void add_serve_command(CLI::App& app, Action& chosen);
void add_user_command(CLI::App& app, Action& chosen);
void add_watch_command(CLI::App& app, Action& chosen);

}  // namespace bongsu::app
