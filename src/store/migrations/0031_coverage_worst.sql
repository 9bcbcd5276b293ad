-- The worst hours of a month without reading all hours of all cameras.
CREATE INDEX coverage_by_longest ON coverage (longest_us DESC, hour_us, camera);
