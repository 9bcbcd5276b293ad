#include "app/storage.hpp"

#include "app/city_config.hpp"

namespace bongsu::app {

Result<std::unique_ptr<store::Store>> open_store(
    const Value& section, const DataFolders& folders, const Clock& clock, Metrics& metrics
) {
    const Value map =
        section.find("database") != nullptr
            ? section
            : with_value_at(section, "database", "sqlite:" + folders.database().string());
    BONGSU_ASSIGN(const Settings settings, store::store_schema().parse(map, "store"));
    return store::Store::open(store::read_store_config(settings), clock, metrics);
}

Result<std::unique_ptr<store::Store>> open_existing_store(
    const DataFolders& folders, const Clock& clock, Metrics& metrics
) {
    if (!std::filesystem::exists(folders.database())) {
        return fail(
            ErrorKind::NotFound,
            "no database at " + folders.database().string() +
                "; name the data folder of a station with --data"
        );
    }
    return open_store({}, folders, clock, metrics);
}

}  // namespace bongsu::app
