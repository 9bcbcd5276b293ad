#include "domain/assignment.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bongsu {
namespace {

/// A finite stand-in for a forbidden pair: dearer than any set of allowed pairs together.
double stand_in_cost(const CostTable& costs) {
    double largest = 0;
    for (std::size_t r = 0; r < costs.rows(); ++r) {
        for (std::size_t c = 0; c < costs.columns(); ++c) {
            if (std::isfinite(costs.at(r, c))) {
                largest = std::max(largest, std::abs(costs.at(r, c)));
            }
        }
    }
    return (largest + 1) * static_cast<double>(2 * (costs.rows() + costs.columns()) + 1);
}

/// State of the search with one extra row and column (index 0) as its starting point; needs
/// rows <= columns.
class ShortestPaths {
public:
    ShortestPaths(std::size_t rows, std::size_t columns)
        : row_price_(rows + 1),
          column_price_(columns + 1),
          row_of_(columns + 1),
          way_(columns + 1) {}

    /// Gives `row` (1-based) a column, moving earlier rows along the cheapest path.
    template <class Cost>
    void place(std::size_t row, const Cost& cost) {
        row_of_[0] = row;
        std::vector<double> least(row_of_.size(), std::numeric_limits<double>::infinity());
        std::vector<char> used(row_of_.size(), 0);
        std::size_t at = 0;
        do {
            used[at] = 1;
            at = advance(at, least, used, cost);
        } while (row_of_[at] != 0);
        while (at != 0) {
            const std::size_t previous = way_[at];
            row_of_[at] = row_of_[previous];
            at = previous;
        }
    }

    /// The 1-based row of a 1-based column, 0 when free.
    std::size_t row_of(std::size_t column) const { return row_of_[column]; }

private:
    template <class Cost>
    std::size_t advance(
        std::size_t at, std::vector<double>& least, const std::vector<char>& used, const Cost& cost
    ) {
        const std::size_t row = row_of_[at];
        double delta = std::numeric_limits<double>::infinity();
        std::size_t next = 0;
        for (std::size_t c = 1; c < row_of_.size(); ++c) {
            if (used[c] != 0) {
                continue;
            }
            const double reduced = cost(row - 1, c - 1) - row_price_[row] - column_price_[c];
            if (reduced < least[c]) {
                least[c] = reduced;
                way_[c] = at;
            }
            if (least[c] < delta) {
                delta = least[c];
                next = c;
            }
        }
        for (std::size_t c = 0; c < row_of_.size(); ++c) {
            if (used[c] != 0) {
                row_price_[row_of_[c]] += delta;
                column_price_[c] -= delta;
            } else {
                least[c] -= delta;
            }
        }
        return next;
    }

    std::vector<double> row_price_;
    std::vector<double> column_price_;
    std::vector<std::size_t> row_of_;
    std::vector<std::size_t> way_;
};

}  // namespace

std::vector<int> assign(const CostTable& costs) {
    std::vector<int> column_of(costs.rows(), kUnassigned);
    if (costs.rows() == 0 || costs.columns() == 0) {
        return column_of;
    }
    const double forbidden = stand_in_cost(costs);
    const bool is_turned = costs.rows() > costs.columns();
    const auto cost = [&](std::size_t r, std::size_t c) {
        const double value = is_turned ? costs.at(c, r) : costs.at(r, c);
        return std::isfinite(value) ? value : forbidden;
    };
    const std::size_t rows = std::min(costs.rows(), costs.columns());
    const std::size_t columns = std::max(costs.rows(), costs.columns());
    ShortestPaths paths(rows, columns);
    for (std::size_t r = 1; r <= rows; ++r) {
        paths.place(r, cost);
    }
    for (std::size_t c = 1; c <= columns; ++c) {
        if (paths.row_of(c) == 0) {
            continue;
        }
        std::size_t row = paths.row_of(c) - 1;
        std::size_t column = c - 1;
        if (is_turned) {
            std::swap(row, column);
        }
        if (std::isfinite(costs.at(row, column))) {
            column_of[row] = static_cast<int>(column);
        }
    }
    return column_of;
}

}  // namespace bongsu
