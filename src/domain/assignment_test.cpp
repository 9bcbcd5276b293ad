#include "domain/assignment.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace bongsu {
namespace {

struct Total {
    int pairs = 0;
    double cost = 0;
};

Total total_of(const CostTable& costs, const std::vector<int>& column_of) {
    Total total;
    for (std::size_t r = 0; r < costs.rows(); ++r) {
        if (column_of[r] != kUnassigned) {
            ++total.pairs;
            total.cost += costs.at(r, static_cast<std::size_t>(column_of[r]));
        }
    }
    return total;
}

/// Tries every pairing of rows with the first columns of every permutation.
Total best_by_trial(const CostTable& costs) {
    std::vector<int> order(std::max(costs.rows(), costs.columns()));
    std::iota(order.begin(), order.end(), 0);
    Total best{0, 0};
    do {
        std::vector<int> pick(costs.rows(), kUnassigned);
        for (std::size_t r = 0; r < costs.rows(); ++r) {
            const auto column = static_cast<std::size_t>(order[r]);
            if (column < costs.columns() && std::isfinite(costs.at(r, column))) {
                pick[r] = order[r];
            }
        }
        const Total total = total_of(costs, pick);
        if (total.pairs > best.pairs || (total.pairs == best.pairs && total.cost < best.cost)) {
            best = total;
        }
    } while (std::ranges::next_permutation(order).found);
    return best;
}

TEST(Assign, EqualsExhaustiveSearchOnRandomTables) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> cost(-2, 5);
    std::uniform_int_distribution<std::size_t> size(1, 5);
    std::bernoulli_distribution is_forbidden(0.3);
    for (int round = 0; round < 300; ++round) {
        CostTable costs(size(random), size(random));
        for (std::size_t r = 0; r < costs.rows(); ++r) {
            for (std::size_t c = 0; c < costs.columns(); ++c) {
                costs.at(r, c) = is_forbidden(random) ? CostTable::kForbidden : cost(random);
            }
        }
        const Total best = best_by_trial(costs);
        const Total ours = total_of(costs, assign(costs));
        EXPECT_EQ(ours.pairs, best.pairs) << round;
        EXPECT_NEAR(ours.cost, best.cost, 1e-9) << round;
    }
}

TEST(Assign, EmptyTablesGiveNothing) {
    EXPECT_TRUE(assign(CostTable(0, 3)).empty());
    EXPECT_EQ(assign(CostTable(2, 0)), (std::vector<int>{kUnassigned, kUnassigned}));
}

TEST(Assign, NeverMakesAForbiddenPair) {
    EXPECT_EQ(assign(CostTable(2, 2)), (std::vector<int>{kUnassigned, kUnassigned}));
}

}  // namespace
}  // namespace bongsu
