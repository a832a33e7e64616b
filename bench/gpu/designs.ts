/** The designs of the GPU's benchmark, and their energies on the processor: threads load this module. */
import { Random } from '../../src/statistics/random.ts';
import type { SolarSystem } from '../../src/solar/system.ts';
import { annualEnergyKwh } from '../../src/solar/year/candidate.ts';
import { type PreparedSite, prepareSite } from '../../src/solar/year/simulate.ts';
import { parseWeather } from '../../src/weather/parse.ts';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import { PREPARATION, SYSTEM } from '../suites/inputs.ts';

/** `racks`: the processor has a fast kernel; `rows`: trackers and racks in rows with a rear, which it simulates as a whole */
export type DesignKind = 'racks' | 'rows';

let prepared: PreparedSite | undefined;
export function benchSite(): PreparedSite {
  prepared ??= prepareSite(parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro }), PREPARATION);
  return prepared;
}

interface Designs {
  readonly kind: DesignKind;
  readonly count: number;
  readonly seed: number;
}

/** Returns designs whose numbers a seed gives. */
export function designsOf({ kind, count, seed }: Designs): SolarSystem[] {
  const random = Random.fromSeed(seed);
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  return Array.from({ length: count }, () => {
    const [tiltDeg, azimuthDeg, dcAcRatio, gcr] = [between(0, 60), between(90, 270), between(1, 2), between(0.2, 0.7)];
    const isTracker = kind === 'rows' && random.uniform() < 0.5;
    const tracker = { axisTiltDeg: 0, axisAzimuthDeg: 180, maxAngleDeg: 60, backtrack: true, crossAxisTiltDeg: 0 };
    const rows = { model: 'linear', gcr, asSam: false, nRows: 10, nBlocks: 1 } as const;
    return {
      ...SYSTEM,
      dcAcRatio,
      mounting: isTracker ? { type: 'one_axis', ...tracker, gcr } : { type: 'fixed', tiltDeg, azimuthDeg },
      ...(kind === 'rows' && !isTracker && { rows }),
      // One height and pitch: trackers with equal rows share their view factors.
      ...(kind === 'rows' && {
        bifacial: { bifaciality: 0.7, backShading: 0.05, transmission: 0, gcr: 0.4, heightM: 1.5, pitchM: 6 },
      }),
    };
  });
}

/** Computes energies on the processor until a time is over [kWh]. */
export function energiesOf({
  kind,
  count,
  seed,
  from,
  every,
  limitMs,
}: Designs & {
  readonly from: number;
  readonly every: number;
  readonly limitMs: number;
}): { readonly energies: Map<number, number>; readonly ms: number } {
  const site = benchSite();
  const designs = designsOf({ kind, count, seed });
  annualEnergyKwh(site, designs[from]);
  const energies = new Map<number, number>();
  const started = performance.now();
  for (let i = from; i < count && performance.now() - started < limitMs; i += every)
    energies.set(i, annualEnergyKwh(site, designs[i]));
  return { energies, ms: performance.now() - started };
}
