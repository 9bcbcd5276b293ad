#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace soci {
class session;    // NOLINT(readability-identifier-naming): SOCI's name
class statement;  // NOLINT(readability-identifier-naming): SOCI's name
}  // namespace soci

namespace bongsu::store {

/// One SQL statement, the same text for SQLite and PostgreSQL: named parameters (:name), typed
/// columns. A thin layer over SOCI that owns the bound values, so that conditions can be added one
/// by one. Columns are fetched by static type: SOCI guesses the type of computed columns on SQLite
/// as 32-bit. Throws what SOCI throws; Database turns it into an Error. Runs on: the session's
/// thread.
class Statement {
public:
    Statement(soci::session& session, std::string text);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(const std::string& name, std::int64_t value);
    Statement& bind(const std::string& name, double value);
    Statement& bind(const std::string& name, const std::string& value);
    Statement& bind(const std::string& name, const std::optional<std::int64_t>& value);

    /// Declares the next column of the result. Call as often as there are columns, in their order.
    Statement& integer();
    Statement& number();
    Statement& text();

    /// Executes; for a query it makes the first row current and tells whether there is one.
    bool run();
    /// Moves on to the next row.
    bool next();
    /// Rows changed by the statement that ran last.
    std::int64_t affected() const;

    /// Column values of the current row, counted from 0; null reads as 0 or "".
    std::int64_t integer_at(std::size_t column) const;
    double number_at(std::size_t column) const;
    const std::string& text_at(std::size_t column) const;
    bool is_null(std::size_t column) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::store
