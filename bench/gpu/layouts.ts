/** The layouts of the GPU's benchmark, and what the processor makes of them: threads load this module. */
import type { DeviceLayout } from '../../src/wind/energy/device-farm.ts';
import { EnergyModel, type EnergyInput } from '../../src/wind/energy/energy.ts';
import { Annealer, COOLING } from '../../src/wind/layout/annealing.ts';
import { farthestM, type LayoutProblem } from '../../src/wind/layout/layout-problem.ts';
import { CompiledSite } from '../../src/wind/layout/layout-site.ts';
import { SingleMoves } from '../../src/wind/layout/single-moves.ts';
import { Random } from '../../src/statistics/random.ts';
import { inDirections } from '../../src/wind/resource/wind-rose.ts';
import { hornsRev } from '../suites/wind.ts';

export interface Layouts {
  /** Wake model */
  readonly model: string;
  readonly count: number;
  readonly seed: number;
}

const SIDE_M = 6000;
const SPACING_M = 400;

/** 80 turbines of Horns Rev 1's kind, in 72 directions and 23 speeds of its wind. */
export function layoutProblem(model: string): LayoutProblem {
  const energy = hornsRev(model);
  const corners = [
    [0, 0],
    [SIDE_M, 0],
    [SIDE_M, SIDE_M],
    [0, SIDE_M],
  ] as const;
  return {
    energy: { ...energy, rose: inDirections(energy.rose, 5, 'nearest') } as EnergyInput,
    site: { zones: [{ outer: corners }], minSpacingM: SPACING_M },
    ...{ fixed: 0, method: 'annealing', seed: 1, maxSteps: 1, startFromFarm: false },
  };
}

/** Returns layouts whose places a seed gives: turbines in cells of a grid, as far apart as they must be. */
export function layoutsOf({ count, seed }: Pick<Layouts, 'count' | 'seed'>): DeviceLayout[] {
  const random = Random.fromSeed(seed);
  const cellM = SIDE_M / 10;
  return Array.from({ length: count }, () => {
    const free = Array.from({ length: 100 }, (_, cell) => cell);
    const cells = Array.from({ length: 80 }, () => free.splice(random.below(free.length), 1)[0]);
    const placeInCell = (place: number) => place * cellM + (cellM - SPACING_M) * random.uniform() + SPACING_M / 2;
    return {
      xM: cells.map((cell) => placeInCell(cell % 10)),
      yM: cells.map((cell) => placeInCell(Math.floor(cell / 10))),
    };
  });
}

interface Part {
  readonly from: number;
  readonly every: number;
  readonly limitMs: number;
}

/** Computes energies on the processor until a time is over [kWh]. */
export function energiesOf({ model, count, seed, from, every, limitMs }: Layouts & Part): {
  readonly energies: Map<number, number>;
  readonly ms: number;
} {
  const layouts = layoutsOf({ count, seed });
  const energy = new EnergyModel(layoutProblem(model).energy);
  energy.net();
  const energies = new Map<number, number>();
  const started = performance.now();
  for (let i = from; i < count && performance.now() - started < limitMs; i += every) {
    energy.move(layouts[i].xM, layouts[i].yM);
    energies.set(i, energy.net());
  }
  return { energies, ms: performance.now() - started };
}

/** Tries moves on the processor for a time. @param share of the cooling that is over @returns moves in a second */
export function movesPerS({
  model,
  seed,
  limitMs,
  share,
}: Pick<Layouts, 'model' | 'seed'> & Pick<Part, 'limitMs'> & { readonly share: number }): number {
  const problem = layoutProblem(model);
  const site = new CompiledSite(problem.site);
  const moves = new SingleMoves(problem.energy, farthestM(problem, site));
  const [{ xM, yM }] = layoutsOf({ count: 1, seed });
  moves.place(xM, yM);
  const annealer = new Annealer(moves, site, xM.length, Random.fromSeed(seed), COOLING);
  const started = performance.now();
  let count = 0;
  for (; performance.now() - started < limitMs; count += 100) annealer.run(100, share);
  return (1000 * count) / (performance.now() - started);
}
