/** The map: the coastline of world-atlas, a graticule, areas and turbines. Loaded with the first map. */
import type { GeoJSON, Position } from 'geojson';
import {
  type CanvasSource,
  type GeoJSONSource,
  LngLatBounds,
  Map as MapLibre,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import land from 'world-atlas/land-50m.json';
import type { UnitSystem } from '../../../src/lib/units.ts';
import type { MapContent, Place, Position as PlacePosition } from './Map.tsx';

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

const TURBINE_RADIUS_PX = 6;

type Corner = [number, number];

/** Places have a continent around them, areas and turbines the next kilometres. */
const fitOf = ({ boundary, exclusions, turbines = [] }: MapContent) => ({
  padding: 40,
  maxZoom: boundary || exclusions || turbines.length > 0 ? 15 : 6,
});

interface Hands {
  readonly onPick: (latitude: number, longitude: number) => void;
  readonly onMove: (index: number, position: PlacePosition, isDone: boolean) => void;
  readonly onRemove: (index: number) => void;
  readonly canMove: () => boolean;
}

interface MapLook {
  readonly units: UnitSystem;
  readonly isDark: boolean;
}
const LIGHT = { sea: '#d0ebff', land: '#f1f3f5', coast: '#495057', grid: '#adb5bd' };
const DARK = { sea: '#17293a', land: '#2e2e2e', coast: '#909296', grid: '#4a4f57' };

export interface ShownMap {
  show(content: MapContent): void;
  remove(): void;
}

const NOTHING = { type: 'FeatureCollection' as const, features: [] };
const SHAPES = ['boundary', 'exclusions', 'turbines', 'line'] as const;

const pointsOf = ({ turbines = [], shades }: MapContent) => ({
  type: 'FeatureCollection' as const,
  features: turbines.map(([longitude, latitude], index) => ({
    type: 'Feature' as const,
    properties: { index, shade: shades?.[index] ?? 0 },
    geometry: { type: 'Point' as const, coordinates: [longitude, latitude] },
  })),
});

/** Every position in a GeoJSON value, whatever its form */
function positionsIn(value: unknown): Position[] {
  if (Array.isArray(value))
    return typeof value[0] === 'number' ? [value as Position] : value.flatMap((part) => positionsIn(part));
  if (typeof value !== 'object' || value === null) return [];
  const { coordinates, geometry, geometries, features } = value as Readonly<Record<string, unknown>>;
  return positionsIn(coordinates ?? geometry ?? geometries ?? features ?? null);
}

/** The rectangle around all that a map shows */
function boundsOf({ places = [], boundary, exclusions, turbines = [] }: MapContent): LngLatBounds | undefined {
  const shapes = [...positionsIn(boundary), ...positionsIn(exclusions), ...turbines];
  const all = shapes.length > 0 ? shapes : places.map(({ longitude, latitude }) => [longitude, latitude]);
  if (all.length === 0) return undefined;
  const bounds = new LngLatBounds();
  for (const [longitude, latitude] of all) bounds.extend([longitude, latitude]);
  return bounds;
}

export function createMap(
  container: HTMLElement,
  label: string,
  hands: Hands,
  { units, isDark }: MapLook,
  first: MapContent,
): ShownMap {
  const view = boundsOf(first);
  const colours = isDark ? DARK : LIGHT;
  const map = new MapLibre({
    container,
    ...(view ? { bounds: view, fitBoundsOptions: fitOf(first) } : { center: [10, 30], zoom: 1 }),
    attributionControl: { compact: true },
    locale: { 'Map.Title': label },
    style: {
      version: 8,
      sources: {
        land: { type: 'geojson', data: landAreas(), attribution: 'Natural Earth' },
        graticule: { type: 'geojson', data: graticule },
        ...Object.fromEntries(SHAPES.map((name) => [name, { type: 'geojson' as const, data: NOTHING }])),
      },
      layers: [
        { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
        {
          id: 'land',
          type: 'fill',
          source: 'land',
          paint: { 'fill-color': colours.land, 'fill-outline-color': colours.coast },
        },
        {
          id: 'graticule',
          type: 'line',
          source: 'graticule',
          paint: { 'line-color': colours.grid, 'line-width': 0.5 },
        },
        {
          id: 'boundary',
          type: 'fill',
          source: 'boundary',
          paint: { 'fill-color': '#40c057', 'fill-opacity': 0.25, 'fill-outline-color': '#2b8a3e' },
        },
        {
          id: 'exclusions',
          type: 'fill',
          source: 'exclusions',
          paint: { 'fill-color': '#fa5252', 'fill-opacity': 0.35, 'fill-outline-color': '#c92a2a' },
        },
        { id: 'line', type: 'line', source: 'line', paint: { 'line-color': '#c2255c', 'line-width': 2 } },
        {
          id: 'turbines',
          type: 'circle',
          source: 'turbines',
          paint: {
            'circle-radius': TURBINE_RADIUS_PX,
            'circle-color': ['interpolate', ['linear'], ['get', 'shade'], 0, '#0b7285', 1, '#e8590c'],
            'circle-stroke-color': '#ffffff',
            'circle-stroke-width': 1.5,
          },
        },
      ],
    },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl({ unit: units }));

  let markers: Marker[] = [];
  let shown = first;
  let isFitted = view !== undefined;
  let isReady = false;
  const source = (name: string) => map.getSource<GeoJSONSource>(name);
  const draw = (): void => {
    for (const marker of markers) marker.remove();
    markers = (shown.places ?? []).map((place) => createMarker(map, place));
    source('boundary')?.setData((shown.boundary as GeoJSON | null | undefined) ?? NOTHING);
    source('exclusions')?.setData((shown.exclusions as GeoJSON | null | undefined) ?? NOTHING);
    source('turbines')?.setData(pointsOf(shown));
    source('line')?.setData(line((shown.line ?? []).map((position) => [...position])));
    drawPicture();
    const bounds = isFitted ? undefined : boundsOf(shown);
    if (bounds) map.fitBounds(bounds, { ...fitOf(shown), animate: false });
    isFitted ||= bounds !== undefined;
  };
  const drawPicture = (): void => {
    const { picture } = shown;
    if (!picture) {
      if (map.getLayer('picture')) map.removeLayer('picture');
      if (map.getSource('picture')) map.removeSource('picture');
      return;
    }
    const [[west, south], [east, north]] = [picture.from, picture.to];
    const corners: [Corner, Corner, Corner, Corner] = [
      [west, north],
      [east, north],
      [east, south],
      [west, south],
    ];
    const known = map.getSource<CanvasSource>('picture');
    if (known) {
      known.setCoordinates(corners);
      known.play();
      known.pause();
      return;
    }
    map.addSource('picture', { type: 'canvas', canvas: picture.canvas, coordinates: corners, animate: false });
    map.addLayer({ id: 'picture', type: 'raster', source: 'picture', paint: { 'raster-opacity': 0.75 } }, 'turbines');
  };
  map.on('load', () => {
    isReady = true;
    // The box may have had no height yet when the map measured it.
    map.resize();
    draw();
  });
  // A turbine that is dragged is no click on the map.
  let dragged: number | undefined;
  map.on('click', (event) => {
    // By the content and not by what is drawn: a turbine that was just placed is drawn a little later.
    const hit = (shown.turbines ?? []).findIndex(
      ([longitude, latitude]) => map.project([longitude, latitude]).dist(event.point) <= TURBINE_RADIUS_PX,
    );
    if (hit >= 0) hands.onRemove(hit);
    else hands.onPick(event.lngLat.lat, event.lngLat.lng);
  });
  map.on('mousedown', 'turbines', (event) => {
    if (!hands.canMove()) return;
    event.preventDefault();
    dragged = Number(event.features?.[0]?.properties.index);
  });
  map.on('mousemove', ({ lngLat }) => {
    if (dragged !== undefined) hands.onMove(dragged, [lngLat.lng, lngLat.lat], false);
  });
  map.on('mouseup', ({ lngLat }) => {
    if (dragged !== undefined) hands.onMove(dragged, [lngLat.lng, lngLat.lat], true);
    dragged = undefined;
  });
  return {
    show(content) {
      shown = content;
      if (isReady) draw();
    },
    remove: () => map.remove(),
  };
}

function createMarker(map: MapLibre, place: Place): Marker {
  const marker = new Marker({ color: '#0b7285' }).setLngLat([place.longitude, place.latitude]).addTo(map);
  const element = marker.getElement();
  element.setAttribute('aria-label', place.name);
  element.title = place.name;
  return marker;
}
