import { Box } from '@mantine/core';
import type { Map as MapLibre, Marker } from 'maplibre-gl';
import { useEffect, useRef } from 'react';

export interface Place {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
}

interface MapProps {
  readonly label: string;
  readonly places: readonly Place[];
  readonly onPick?: (latitude: number, longitude: number) => void;
}

/** A map of places on the bundled coastline, which needs no server of tiles. */
export function PlaceMap({ label, places, onPick }: MapProps) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre>(undefined);
  const pick = useRef(onPick);
  const shown = useRef(places);
  pick.current = onPick;
  shown.current = places;
  const draw = useRef<() => void>(undefined);

  useEffect(() => {
    let isGone = false;
    void import('./maplibre.ts').then(({ createMap, createMarker }) => {
      if (isGone || !box.current) return;
      const created = createMap(box.current, label);
      map.current = created;
      created.on('click', ({ lngLat }) => pick.current?.(lngLat.lat, lngLat.lng));
      let markers: Marker[] = [];
      draw.current = () => {
        for (const marker of markers) marker.remove();
        markers = shown.current.map((place) => createMarker(created, place));
      };
      draw.current();
    });
    return () => {
      isGone = true;
      map.current?.remove();
      map.current = undefined;
      draw.current = undefined;
    };
  }, [label]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the markers are those of the places
  useEffect(() => draw.current?.(), [places]);
  return <Box ref={box} h={360} role="region" aria-label={label} />;
}
