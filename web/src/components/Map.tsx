import { Box, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Area } from '../../../src/client/index.ts';
import { useUnits } from '../settings.tsx';
import type { ShownMap } from './maplibre.ts';

export interface Place {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** Longitude and latitude [deg] */
export type Position = readonly [number, number];

/** What a map shows */
export interface MapContent {
  readonly places?: readonly Place[];
  readonly boundary?: Area | null;
  readonly exclusions?: Area | null;
  readonly turbines?: readonly Position[];
  /** A value of each turbine, 0 to 1, which its colour shows */
  readonly shades?: readonly number[];
  /** A line that is being drawn */
  readonly line?: readonly Position[];
  /** A picture in the rectangle from south-west to north-east */
  readonly picture?: { readonly canvas: HTMLCanvasElement; readonly from: Position; readonly to: Position };
}

interface MapProps {
  readonly label: string;
  readonly content: MapContent;
  readonly height?: number;
  readonly onPick?: (latitude: number, longitude: number) => void;
  /** Called while a turbine is dragged, and with `isDone` where it is let go */
  readonly onMove?: (index: number, position: Position, isDone: boolean) => void;
  /** Called when a turbine is clicked */
  readonly onRemove?: (index: number) => void;
}

/** A map on the bundled coastline, which needs no server of tiles. It zooms to what it shows first; its canvas has the label. */
export function SiteMap({ label, content, height = 360, onPick, onMove, onRemove }: MapProps) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<ShownMap>(undefined);
  const latest = useRef({ content, onPick, onMove, onRemove });
  latest.current = { content, onPick, onMove, onRemove };

  const { units } = useUnits();
  const isDark = useComputedColorScheme('light') === 'dark';
  useEffect(() => {
    let isGone = false;
    void import('./maplibre.ts').then(({ createMap }) => {
      if (isGone || !box.current) return;
      const hands = {
        onPick: (latitude: number, longitude: number) => latest.current.onPick?.(latitude, longitude),
        onMove: (index: number, position: Position, isDone: boolean) =>
          latest.current.onMove?.(index, position, isDone),
        onRemove: (index: number) => latest.current.onRemove?.(index),
        canMove: () => latest.current.onMove !== undefined,
      };
      map.current = createMap(box.current, label, hands, { units, isDark }, latest.current.content);
    });
    return () => {
      isGone = true;
      map.current?.remove();
      map.current = undefined;
    };
  }, [label, units, isDark]);

  useEffect(() => map.current?.show(content), [content]);
  return <Box ref={box} h={height} />;
}
