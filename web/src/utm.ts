/** Places in the Universal Transverse Mercator system, by the engine's own projection. */
import { useQuery } from '@tanstack/react-query';

/** Returns zone, easting and northing of a place, such as `32N 458,123 E 6,149,876 N`; nothing near the poles. */
export function useUtm(longitude: number, latitude: number, number: (value: number) => string): string | undefined {
  const { data } = useQuery({
    queryKey: ['projection'],
    queryFn: () => import('../../src/geometry/projection.ts'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const place = data?.utmZoneOf(longitude, latitude);
  if (!data || !place) return undefined;
  const [eastingM, northingM] = data.utmProjection(place.zone, place.isSouth).toPlane(longitude, latitude);
  return `${place.zone}${place.isSouth ? 'S' : 'N'}, ${number(eastingM)} E, ${number(northingM)} N`;
}
