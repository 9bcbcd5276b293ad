/** Degrees, longitude first, as GeoJSON (RFC 7946, 3.1.1). */
export type Position = [number, number];

/** Mean radius of the Earth, metres (IUGG). */
const earthRadius = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;

/** Great-circle distance in metres (haversine). */
export function distanceM([lon1, lat1]: Position, [lon2, lat2]: Position): number {
  const dLat = radians(lat2 - lat1);
  const dLon = radians(lon2 - lon1);
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.sin(dLon / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The place so many metres away in a direction; degrees clockwise from north. */
export function placeAt([lon, lat]: Position, metres: number, heading: number): Position {
  const angle = metres / earthRadius;
  const bearing = radians(heading);
  const from = radians(lat);
  const to = Math.asin(
    Math.sin(from) * Math.cos(angle) + Math.cos(from) * Math.sin(angle) * Math.cos(bearing),
  );
  const turn = Math.atan2(
    Math.sin(bearing) * Math.sin(angle) * Math.cos(from),
    Math.cos(angle) - Math.sin(from) * Math.sin(to),
  );
  return [lon + degrees(turn), degrees(to)];
}

const arcStep = 6;

/** The sector that a camera sees, as a closed ring. */
export function wedge(at: Position, heading: number, angle: number, metres: number): Position[] {
  const count = Math.max(2, Math.ceil(angle / arcStep));
  const arc = Array.from({ length: count + 1 }, (_, index) =>
    placeAt(at, metres, heading - angle / 2 + (angle * index) / count),
  );
  return angle >= 360 ? [...arc, arc[0] ?? at] : [at, ...arc, at];
}

export function circle(at: Position, metres: number): Position[] {
  return wedge(at, 0, 360, metres);
}

/** The smallest box around places: west, south, east, north; null without any. */
export function boundsOf(places: readonly Position[]): [number, number, number, number] | null {
  if (places.length === 0) return null;
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
