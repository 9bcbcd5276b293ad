#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace bongsu {

/// A dense rows x columns table of pairing costs.
class CostTable {
public:
    static constexpr double kForbidden = std::numeric_limits<double>::infinity();

    CostTable(std::size_t rows, std::size_t columns, double fill = kForbidden)
        : rows_(rows), columns_(columns), costs_(rows * columns, fill) {}

    std::size_t rows() const { return rows_; }

    std::size_t columns() const { return columns_; }

    double& at(std::size_t row, std::size_t column) { return costs_[row * columns_ + column]; }

    double at(std::size_t row, std::size_t column) const { return costs_[row * columns_ + column]; }

private:
    std::size_t rows_;
    std::size_t columns_;
    std::vector<double> costs_;
};

constexpr int kUnassigned = -1;

/// The pairing of rows with columns that makes as many allowed pairs as possible and, among those,
/// costs least (Kuhn 1955, the shortest augmenting path form). Returns the column of each row, or
/// kUnassigned. Costs may be negative; kForbidden pairs are never made. O(n^2 m).
std::vector<int> assign(const CostTable& costs);

}  // namespace bongsu
