#include "store/sql/statement.hpp"

#include <stdexcept>
#include <utility>

#include <soci/soci.h>

namespace bongsu::store {
namespace {

/// A value with its null mark, at an address that SOCI can keep.
struct Slot {
    std::variant<long long, double, std::string> value;
    soci::indicator mark = soci::i_ok;
};

}  // namespace

struct Statement::Impl {
    explicit Impl(soci::session& session) : statement(session) {}

    std::string sql;
    soci::statement statement;
    std::deque<Slot> parameters;
    std::deque<Slot> columns;

    template <class T>
    void bind(const std::string& name, T value, soci::indicator mark) {
        Slot& slot = parameters.emplace_back(Slot{.value = std::move(value), .mark = mark});
        statement.exchange(soci::use(std::get<T>(slot.value), slot.mark, name));
    }

    template <class T>
    void column() {
        Slot& slot = columns.emplace_back(Slot{.value = T{}});
        statement.exchange(soci::into(std::get<T>(slot.value), slot.mark));
    }
};

Statement::Statement(soci::session& session, std::string text)
    : impl_(std::make_unique<Impl>(session)) {
    impl_->sql = std::move(text);
}

Statement::~Statement() = default;

Statement& Statement::bind(const std::string& name, std::int64_t value) {
    impl_->bind<long long>(name, value, soci::i_ok);
    return *this;
}

Statement& Statement::bind(const std::string& name, double value) {
    impl_->bind<double>(name, value, soci::i_ok);
    return *this;
}

Statement& Statement::bind(const std::string& name, const std::string& value) {
    impl_->bind<std::string>(name, value, soci::i_ok);
    return *this;
}

Statement& Statement::bind(const std::string& name, const std::optional<std::int64_t>& value) {
    impl_->bind<long long>(name, value.value_or(0), value ? soci::i_ok : soci::i_null);
    return *this;
}

Statement& Statement::integer() {
    impl_->column<long long>();
    return *this;
}

Statement& Statement::number() {
    impl_->column<double>();
    return *this;
}

Statement& Statement::text() {
    impl_->column<std::string>();
    return *this;
}

bool Statement::run() {
    impl_->statement.alloc();
    impl_->statement.prepare(impl_->sql);
    impl_->statement.define_and_bind();
    return impl_->statement.execute(true);
}

bool Statement::next() {
    return impl_->statement.fetch();
}

std::int64_t Statement::affected() const {
    return impl_->statement.get_affected_rows();
}

std::int64_t Statement::integer_at(std::size_t column) const {
    return is_null(column) ? 0 : std::get<long long>(impl_->columns.at(column).value);
}

double Statement::number_at(std::size_t column) const {
    return is_null(column) ? 0 : std::get<double>(impl_->columns.at(column).value);
}

const std::string& Statement::text_at(std::size_t column) const {
    static const std::string kEmpty;
    return is_null(column) ? kEmpty : std::get<std::string>(impl_->columns.at(column).value);
}

bool Statement::is_null(std::size_t column) const {
    return impl_->columns.at(column).mark == soci::i_null;
}

}  // namespace bongsu::store
