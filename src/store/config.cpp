#include "store/config.hpp"

#include "domain/camera.hpp"

namespace bongsu::store {

std::string StoreConfig::safe_name() const {
    return redact_url(database.substr(0, database.find('?')));  // parameters may hold a password
}

const SettingsSchema& store_schema() {
    static const SettingsSchema schema{{
        {.name = "database",
         .type = FieldType::Secret,
         .fallback = Value{"sqlite:bongsu.db"},
         .help = "Where incidents and indexes are kept: sqlite:FILE or "
                 "postgresql://USER:PASSWORD@HOST/NAME."},
        {.name = "queue_jobs",
         .type = FieldType::Integer,
         .fallback = Value{1000},
         .min = 10,
         .max = 100'000,
         .unit = "1",
         .help = "Writes that may wait for the database before further ones are turned away."},
    }};
    return schema;
}

StoreConfig read_store_config(const Settings& settings) {
    return {
        .database = settings.text("database"),
        .queue_jobs = static_cast<std::size_t>(settings.integer("queue_jobs")),
    };
}

}  // namespace bongsu::store
