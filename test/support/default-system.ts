/** A system of 100 kW with the defaults of the API, which are PVWatts': a rack that faces south at 20 degrees. */
import { solarAnalyzeSchema } from '../../src/contracts/solar/analyze.schema.ts';
import { solarSystemSchema } from '../../src/contracts/solar/system.schema.ts';
import { camelKeys } from '../../src/lib/case.ts';
import type { PrepareOptions } from '../../src/solar/year/simulate.ts';
import { NO_COMPONENTS, resolveSystem } from '../../src/services/solar/system.ts';
import { toSolarSystem } from '../../src/services/solar/engine-system.ts';

export const DEFAULT_SYSTEM = toSolarSystem(
  resolveSystem(solarSystemSchema.parse({ dc_capacity_kw: 100 }), NO_COMPONENTS, '', { latitudeDeg: 36 }),
);

const { edge_steps, decomposition } = solarAnalyzeSchema.shape;
/** How a site is prepared with the defaults of the API. */
export const DEFAULT_PREPARATION: PrepareOptions = {
  edgeSteps: edge_steps.parse(undefined),
  decomposition: decomposition.parse(undefined),
};

const { rows, bifacial, soiling } = solarSystemSchema.shape;
/** Rows, rear gain and soiling with the defaults of the API. */
export const ROWS = camelKeys(rows.unwrap().parse({ model: 'linear' }));
export const BIFACIAL = camelKeys(bifacial.unwrap().parse({ bifaciality: 0.7 }));
const dailyRainMm: readonly number[] = new Array(365).fill(0);
export const KIMBER = camelKeys(soiling.unwrap().options[1].parse({ type: 'kimber', daily_rain_mm: dailyRainMm }));

/** A tracker on level ground, whose rows do not shade each other */
export const TRACKER = {
  type: 'one_axis',
  axisTiltDeg: 0,
  axisAzimuthDeg: 180,
  maxAngleDeg: 60,
  backtrack: true,
  gcr: 0.4,
  crossAxisTiltDeg: 0,
} as const;
