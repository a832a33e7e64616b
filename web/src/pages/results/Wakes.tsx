import { Group, Slider, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { AnalyzeWindRequest } from '../../../../src/client/index.ts';
import type { FarmFlow } from '../../../../src/services/wind/live-farm.ts';
import { Fault } from '../../components/Fault.tsx';
import { type MapContent, SiteMap } from '../../components/Map.tsx';
import { useNumbers } from '../../components/numbers.ts';
import { askEngine } from '../../engine/engine.ts';
import { wakeRequestOf } from '../../engine/request.ts';

/** Points of the map from west to east, and from south to north */
const POINTS = 160;
/** Colours of the speed over the free speed, from slow to free */
const SLOW = [8, 48, 107] as const;
const FREE = [255, 247, 188] as const;
/** Share of the free speed that has the colour of slow wind */
const SLOWEST = 0.4;

/** Paints the speeds of a map, the north above. */
function paint(canvas: HTMLCanvasElement, { columns, rows, freeMPerS, wsMPerS }: FarmFlow): void {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(columns, rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const ratio = wsMPerS[(rows - 1 - row) * columns + column] / freeMPerS;
      const share = Math.min(1, Math.max(0, (ratio - SLOWEST) / (1 - SLOWEST)));
      const at = 4 * (row * columns + column);
      for (let k = 0; k < 3; k++) image.data[at + k] = SLOW[k] + share * (FREE[k] - SLOW[k]);
      image.data[at + 3] = 255;
    }
  context.putImageData(image, 0, 0);
}

/** The wind behind the turbines for one direction and speed, which sliders choose; the engine computes it in this browser. */
export function Wakes({ request, content }: { readonly request: AnalyzeWindRequest; readonly content: MapContent }) {
  const t = useTranslations('wakes');
  const { number, quantity } = useNumbers();
  const [directionDeg, setDirection] = useState(270);
  const [wsMPerS, setSpeed] = useState(9);
  const farm = useMemo(() => wakeRequestOf(request), [request]);
  const flow = useQuery({
    queryKey: ['flow', farm, directionDeg, wsMPerS],
    queryFn: () => askEngine({ kind: 'flow', request: farm, directionDeg, wsMPerS, points: POINTS }),
    enabled: farm !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const [canvas] = useState(() => document.createElement('canvas'));
  const shown = useMemo((): MapContent => {
    const { southWest, northEast } = flow.data ?? {};
    if (!flow.data || !southWest || !northEast) return content;
    paint(canvas, flow.data);
    return { ...content, picture: { canvas, from: southWest, to: northEast } };
  }, [flow.data, content, canvas]);
  if (!farm) return null;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('title')}
      </Title>
      <SiteMap label={t('title')} content={shown} height={420} />
      <Group grow align="end">
        <div>
          <Text size="sm">{t('direction', { deg: number(directionDeg) })}</Text>
          <Slider
            thumbLabel={t('directionLabel')}
            value={directionDeg}
            onChange={setDirection}
            min={0}
            max={359}
            label={(value) => `${value}°`}
          />
        </div>
        <div>
          <Text size="sm">{t('speed', { speed: quantity(wsMPerS, 'm/s', 1) })}</Text>
          <Slider
            thumbLabel={t('speedLabel')}
            value={wsMPerS}
            onChange={setSpeed}
            min={4}
            max={20}
            step={0.5}
            label={(value) => quantity(value, 'm/s', 1)}
          />
        </div>
      </Group>
      <Text size="sm">{t('colours')}</Text>
      {flow.isError && <Fault error={flow.error} />}
    </Stack>
  );
}
