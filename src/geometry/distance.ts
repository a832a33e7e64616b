const RAD = Math.PI / 180;
/** Mean radius of the earth [km]; IUGG. */
const EARTH_RADIUS_KM = 6371.0088;

interface Place {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
}

/** Returns the distance of two places along a great circle of a sphere [km], by the haversine formula; within 0.6 % of the ellipsoid. */
export function distanceKm(a: Place, b: Place): number {
  const halfLatitude = ((b.latitude_deg - a.latitude_deg) * RAD) / 2;
  const halfLongitude = ((b.longitude_deg - a.longitude_deg) * RAD) / 2;
  const square =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(a.latitude_deg * RAD) * Math.cos(b.latitude_deg * RAD) * Math.sin(halfLongitude) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(square)));
}
