/** The rows of a solar design to scale: from the side with the sun, and on the land of the site. */
import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { SolarDesign, SolarDesignResult } from '../../../../src/client/index.ts';
import type { Point } from '../../../../src/geometry/projection.ts';
import type { Row } from '../../../../src/geometry/row-plan.ts';
import type { Ring } from '../../../../src/geometry/zones.ts';
import { api } from '../../api.ts';
import { Fault } from '../../components/Fault.tsx';
import { type Entry, QuantityInput } from '../../components/Field.tsx';
import { Figures } from '../../components/Figures.tsx';
import { useNumbers } from '../../components/numbers.ts';
import { type Shape, type SolarInput, shapeOf, sideOf } from '../../solar-rows.ts';

interface RowDrawingProps {
  readonly input: SolarInput;
  readonly result: SolarDesignResult;
  readonly design: SolarDesign;
}

/** How wide a row is and how high its lower edge: the search needs neither, only their ratio to the pitch. */
const USUAL = { widthM: 4.2, clearanceM: 0.8 };

export function RowDrawing({ input, result, design }: RowDrawingProps) {
  const t = useTranslations('rows');
  const [width, setWidth] = useState<Entry>(USUAL.widthM);
  const [clearance, setClearance] = useState<Entry>(USUAL.clearanceM);
  const weather = useQuery({
    queryKey: ['weather', input.weather_ids[0]],
    queryFn: () => api.request('GET /v1/weather/{id}', { path: { id: input.weather_ids[0] } }),
  });
  const sizes = { widthM: Number(width) || USUAL.widthM, clearanceM: Number(clearance) };
  const shape = shapeOf(input, result, design, sizes, weather.data?.latitude_deg);
  if (!shape) return null;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('title')}
      </Title>
      <Group align="end">
        <QuantityInput label={t('width')} value={width} onChange={setWidth} unit="m" min={0.5} max={30} step={0.1} />
        <QuantityInput
          label={t('clearance')}
          value={clearance}
          onChange={setClearance}
          unit="m"
          min={0}
          max={10}
          step={0.1}
        />
      </Group>
      <Text size="sm">{t('assumed')}</Text>
      <SideView shape={shape} />
      <LandPlan input={input} shape={shape} />
    </Stack>
  );
}

const ROWS = 3;
/** Width of the drawing in its own units, and where it is widest; its text is legible on a telephone too. */
const WIDTH_PX = 480;
const MAX_WIDTH_PX = 640;
const MARGIN_PX = 28;
const SUN = '#e8590c';

/** Three rows from their side; the equator, or for trackers the east, is on the left. */
function SideView({ shape }: { readonly shape: Shape }) {
  const t = useTranslations('rows');
  const { quantity, number } = useNumbers();
  const { pitchM, widthM, clearanceM, tiltDeg, isTracker } = shape;
  const { depthM, heightM, gapM, limitDeg, noonDeg } = sideOf(shape);
  const spanM = (ROWS - 1) * pitchM + depthM;
  const scale = (WIDTH_PX - 2 * MARGIN_PX) / spanM;
  const topM = clearanceM + heightM;
  const ground = MARGIN_PX + Math.max(topM, 0.12 * spanM) * scale;
  const at = (xM: number, yM: number): Point => [MARGIN_PX + xM * scale, ground - yM * scale];
  const line = (from: Point, to: Point, more: object) => (
    <line x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} {...more} />
  );
  /** A ray over the upper edge of the first row, down to the height of the lower edge of the next */
  const ray = (elevationDeg: number, more: object): ReactNode => {
    const slope = Math.tan((elevationDeg * Math.PI) / 180);
    const reachM = Math.min(heightM / slope, spanM - depthM);
    const backM = Math.min(depthM, (ground / scale - topM) / slope);
    return line(at(depthM - backM, topM + backM * slope), at(depthM + reachM, topM - reachM * slope), more);
  };
  const low = ground + 20;
  const figures = [
    [t('pitch'), quantity(pitchM, 'm', 2)],
    [t('gap'), quantity(gapM, 'm', 2)],
    [t('tilt'), `${number(tiltDeg, 1)}°`],
    [t('upperEdge'), quantity(topM, 'm', 2)],
    [t('limit'), `${number(limitDeg, 1)}°`],
    ...(noonDeg === undefined ? [] : ([[t('noon'), `${number(noonDeg, 1)}°`]] as const)),
  ] as const;
  const judged =
    noonDeg === undefined ? t('turned') : noonDeg >= limitDeg ? t('free') : t('shaded', { limit: number(limitDeg, 1) });
  return (
    <Stack gap="xs">
      <svg
        viewBox={`0 0 ${WIDTH_PX} ${low + 24}`}
        role="img"
        aria-label={t('sideLabel', { pitch: quantity(pitchM, 'm', 2), tilt: number(tiltDeg, 1) })}
        style={{ width: '100%', maxWidth: MAX_WIDTH_PX, color: 'var(--mantine-color-text)' }}
      >
        {line([0, ground], [WIDTH_PX, ground], { stroke: 'currentColor', strokeWidth: 1 })}
        {Array.from({ length: ROWS }, (_, k) => {
          const [from, to] = [at(k * pitchM, clearanceM), at(k * pitchM + depthM, topM)];
          const foot = at(k * pitchM + depthM / 2, 0);
          const middle = at(k * pitchM + depthM / 2, (clearanceM + topM) / 2);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <g key={k}>
              {line(foot, middle, { stroke: 'currentColor', strokeWidth: 2 })}
              {line(from, to, { stroke: '#1c7ed6', strokeWidth: 5, strokeLinecap: 'round' })}
            </g>
          );
        })}
        {limitDeg > 0 && ray(limitDeg, { stroke: 'currentColor', strokeDasharray: '4 4' })}
        {noonDeg !== undefined && noonDeg > 0 && ray(noonDeg, { stroke: SUN, strokeWidth: 2 })}
        {line([at(0, 0)[0], low], [at(pitchM, 0)[0], low], { stroke: 'currentColor' })}
        {[0, pitchM].map((xM) => (
          <g key={xM}>{line([at(xM, 0)[0], low - 5], [at(xM, 0)[0], low + 5], { stroke: 'currentColor' })}</g>
        ))}
        <text x={at(pitchM / 2, 0)[0]} y={low + 18} textAnchor="middle" fill="currentColor" fontSize={14}>
          {quantity(pitchM, 'm', 2)}
        </text>
        <text x={at(pitchM + depthM, 0)[0]} y={low + 18} fill="currentColor" fontSize={14}>
          {t('scale', { width: quantity(widthM, 'm', 1) })}
        </text>
      </svg>
      <Text size="sm">
        {isTracker ? t('legendTracker') : t('legend')} {judged}
      </Text>
      <Figures figures={figures} />
    </Stack>
  );
}

/** A ring or line as a path; the north is up. */
const pathOf = (points: readonly Point[]): string =>
  `M${points.map(([x, y]) => `${x.toFixed(1)} ${(-y).toFixed(1)}`).join('L')}`;
const ringPath = (rings: readonly Ring[]): string => rings.map((ring) => `${pathOf(ring)}Z`).join('');

/** The rows that the design needs, and those that fit besides, in the site's boundary less its exclusions */
function LandPlan({ input, shape }: { readonly input: SolarInput; readonly shape: Shape }) {
  const t = useTranslations('rows');
  const { quantity, number, power } = useNumbers();
  const { boundary, exclusions } = input.constraints;
  const { azimuthDeg, pitchM, neededM, kwPerM } = shape;
  const { depthM } = sideOf(shape);
  const plan = useQuery({
    queryKey: ['land', boundary, exclusions, azimuthDeg, pitchM, depthM],
    queryFn: async () =>
      (await import('../../land-plan.ts')).landPlan(boundary!, exclusions, { azimuthDeg, pitchM, depthM }),
    enabled: boundary !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (!boundary) return <Text size="sm">{t('noArea')}</Text>;
  if (plan.isError) return <Fault error={plan.error} />;
  if (!plan.data) return null;
  const { rows, areas, holes, box, lengthM } = plan.data;
  const [west, south, east, north] = box;
  const margin = 0.03 * Math.max(east - west, north - south);
  const used: Row[] = [];
  let leftM = neededM;
  for (const row of rows) {
    if (leftM <= 0) break;
    used.push(row);
    leftM -= Math.hypot(row[1][0] - row[0][0], row[1][1] - row[0][1]);
  }
  const stroke = (color: string) => ({ stroke: color, strokeWidth: depthM, fill: 'none' });
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('land')}
      </Title>
      <svg
        viewBox={`${west - margin} ${-north - margin} ${east - west + 2 * margin} ${north - south + 2 * margin}`}
        role="img"
        aria-label={t('landLabel', { n: rows.length, length: quantity(lengthM / 1000, 'km', 2) })}
        style={{ width: '100%', maxHeight: 480, color: 'var(--mantine-color-text)' }}
      >
        <path
          d={ringPath(areas)}
          fill="#40c057"
          fillOpacity={0.2}
          stroke="#2b8a3e"
          strokeWidth={margin / 15}
          fillRule="evenodd"
        />
        <path d={rows.slice(used.length).map(pathOf).join('')} {...stroke('#adb5bd')} />
        <path d={used.map(pathOf).join('')} {...stroke('#1c7ed6')} />
        <path d={ringPath(holes)} fill="#fa5252" fillOpacity={0.45} />
      </svg>
      <Text size="sm">{leftM > 0 ? t('tooLittle', { power: power((neededM - leftM) * kwPerM) }) : t('fits')}</Text>
      <Figures
        figures={[
          [t('rows'), number(rows.length)],
          [t('length'), quantity(lengthM / 1000, 'km', 2)],
          [t('needed'), quantity(neededM / 1000, 'km', 2)],
          [t('room'), power(lengthM * kwPerM)],
        ]}
      />
    </Stack>
  );
}
