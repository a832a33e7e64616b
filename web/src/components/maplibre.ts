/** The map: the coastline of world-atlas and a graticule. Loaded with the first map. */
import type { Position } from 'geojson';
import { Map as MapLibre, Marker, NavigationControl, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import land from 'world-atlas/land-50m.json';
import type { Place } from './Map.tsx';

// A worker from this site's own address, because the content security policy admits no other.
setWorkerUrl(workerUrl);

const GRATICULE_DEG = 10;
const line = (coordinates: Position[]) => ({
  type: 'Feature' as const,
  properties: {},
  geometry: { type: 'LineString' as const, coordinates },
});
const between = (low: number, high: number): number[] =>
  Array.from({ length: (high - low) / GRATICULE_DEG + 1 }, (_, k) => low + k * GRATICULE_DEG);
const graticule = {
  type: 'FeatureCollection' as const,
  features: [
    ...between(-180, 180).map((longitude) => line([-80, 80].map((latitude) => [longitude, latitude]))),
    ...between(-80, 80).map((latitude) => line([-180, 180].map((longitude) => [longitude, latitude]))),
  ],
};

/**
 * Returns a ring without jumps where it crosses the antimeridian: longitudes continue past 180, and the map draws that part on the
 * other side. A ring around a pole is closed along the pole.
 */
function unwrapped(ring: Position[]): Position[] {
  let turns = 0;
  const line = ring.map(([longitude, latitude], k) => {
    if (k > 0) turns -= Math.round((longitude - ring[k - 1][0]) / 360);
    return [longitude + 360 * turns, latitude];
  });
  if (turns === 0) return line;
  const pole = 90 * Math.sign(line[0][1]);
  return [...line, [line.at(-1)![0], pole], [line[0][0], pole], line[0]];
}

/** The land of the earth as polygons that the map can draw. */
function landAreas() {
  const topology = land as unknown as Topology<{ land: GeometryCollection }>;
  const collection = feature(topology, topology.objects.land);
  for (const { geometry } of collection.features)
    if (geometry.type === 'MultiPolygon')
      geometry.coordinates = geometry.coordinates.map((polygon) => polygon.map(unwrapped));
  return collection;
}

export function createMap(container: HTMLElement, label: string): MapLibre {
  const map = new MapLibre({
    container,
    center: [10, 30],
    zoom: 1,
    attributionControl: { compact: true },
    locale: { 'Map.Title': label },
    style: {
      version: 8,
      sources: {
        land: { type: 'geojson', data: landAreas(), attribution: 'Natural Earth' },
        graticule: { type: 'geojson', data: graticule },
      },
      layers: [
        { id: 'sea', type: 'background', paint: { 'background-color': '#d0ebff' } },
        {
          id: 'land',
          type: 'fill',
          source: 'land',
          paint: { 'fill-color': '#f1f3f5', 'fill-outline-color': '#495057' },
        },
        { id: 'graticule', type: 'line', source: 'graticule', paint: { 'line-color': '#adb5bd', 'line-width': 0.5 } },
      ],
    },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  return map;
}

export function createMarker(map: MapLibre, place: Place): Marker {
  const marker = new Marker({ color: '#0b7285' }).setLngLat([place.longitude, place.latitude]).addTo(map);
  const element = marker.getElement();
  element.setAttribute('aria-label', place.name);
  element.title = place.name;
  return marker;
}
