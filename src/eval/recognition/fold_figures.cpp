#include "eval/recognition/fold_figures.hpp"

#include "core/json.hpp"
#include "eval/mot/sequence.hpp"

#include <string>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 20;

struct FoldFigure {
    const char* model;
    const char* from;
    const char* to;
};

constexpr FoldFigure kFigures[] = {
    {"fight", "auc", "fight.auc_by_fold"}, {"fire", "tpr_at_fpr_1", "fire.tpr_at_fpr1_by_fold"}
};

}  // namespace

Status add_fold_figure(
    std::string_view json,
    const std::string& origin,
    const std::string& from,
    const std::string& to,
    Measurements& out
) {
    BONGSU_ASSIGN(const Value document, parse_json(json, origin, kLargestFile));
    const Value* figures = document.find("figures");
    if (figures == nullptr || figures->as_map() == nullptr) {
        return fail(ErrorKind::Corrupt, origin + " has no 'figures'");
    }
    for (const char* end : {"", "_low", "_high"}) {
        const Value* value = figures->find(from + end);
        if (value == nullptr || (value->as_double() == nullptr && value->as_integer() == nullptr)) {
            return fail(ErrorKind::Corrupt, origin + " has no number '" + from + end + "'");
        }
        out.add(
            to + end,
            value->as_double() != nullptr ? *value->as_double()
                                          : static_cast<double>(*value->as_integer())
        );
    }
    return {};
}

Status add_fold_figures(const std::filesystem::path& cards, Measurements& out) {
    for (const FoldFigure& figure : kFigures) {
        const auto file = cards / figure.model / "figures.json";
        if (!std::filesystem::exists(file)) {
            continue;
        }
        BONGSU_ASSIGN(const std::string text, read_text_file(file, kLargestFile));
        BONGSU_TRY(add_fold_figure(text, file.string(), figure.from, figure.to, out));
    }
    return {};
}

}  // namespace bongsu::eval
