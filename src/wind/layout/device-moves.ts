/** Moves of single turbines of many layouts at a time on a device. `SingleMoves` gives the same energies to 1e-5. */
import { type Device, inBatches } from '../../lib/device.ts';
import { farthestM, type LayoutProblem } from './layout-problem.ts';
import type { CompiledSite } from './layout-site.ts';
import { COUNTS, FIXED, movesProgram } from './moves-wgsl.ts';
import { type PairEnergy, pairEnergyOf } from './single-moves.ts';

/** Most memory that a call works with [bytes] */
const MAX_SCRATCH = 2 ** 27;

/** A layout while its turbines move; places are from the site's middle. */
export interface MovingLayout {
  /** x and y of each turbine [m] */
  readonly places: Float32Array;
  /** Seed of its random numbers, 0 to 2^32 - 1 */
  readonly seed: number;
}

export interface MovedLayout {
  readonly places: Float32Array;
  /** By pairs [kWh a year] */
  readonly energyKwh: number;
  /** Moves that were made */
  readonly made: number;
}

export interface MovesOfCall {
  /** Number of the first move since the start, and of the moves */
  readonly first: number;
  readonly count: number;
  /** As `movesAt` returns them */
  readonly heat: number;
  readonly lengthM: number;
  readonly jump: number;
}

export class DeviceMoves {
  readonly turbines: number;
  /** Work of a move [pairs on an axis of the rose] */
  readonly pairs: number;
  readonly #axes: number;
  readonly #isSquared: boolean;
  readonly #scratch: number;
  readonly #middle: readonly [number, number];
  readonly #constants: readonly [Uint32Array, Float32Array];

  constructor(problem: LayoutProblem, site: CompiledSite) {
    const pairs = pairEnergyOf(problem.energy, farthestM(problem, site));
    const n = pairs.turbines;
    const [minX, minY, maxX, maxY] = site.box;
    this.#middle = [(minX + maxX) / 2, (minY + maxY) / 2];
    this.turbines = n;
    this.pairs = pairs.axes.length * n;
    this.#axes = pairs.axes.length;
    this.#isSquared = pairs.isSquared;
    this.#scratch = 2 * pairs.directions * n;
    this.#constants = pack(pairs, problem, site, this.#middle);
  }

  /** Returns the places of a layout as a device moves them. */
  toPlaces(x: ArrayLike<number>, y: ArrayLike<number>): Float32Array {
    const [middleX, middleY] = this.#middle;
    return Float32Array.from({ length: 2 * x.length }, (_, k) => (k % 2 ? y[k >> 1] - middleY : x[k >> 1] - middleX));
  }

  toLayout(places: Float32Array): { readonly x: Float64Array; readonly y: Float64Array } {
    const [middleX, middleY] = this.#middle;
    const n = places.length / 2;
    return {
      x: Float64Array.from({ length: n }, (_, i) => places[2 * i] + middleX),
      y: Float64Array.from({ length: n }, (_, i) => places[2 * i + 1] + middleY),
    };
  }

  /** Tries moves in each of the layouts. */
  async run(device: Device, layouts: readonly MovingLayout[], moves: MovesOfCall): Promise<MovedLayout[]> {
    const n = this.turbines;
    const width = 2 * n + 2;
    const moved: MovedLayout[] = [];
    const batch = async (from: number, to: number): Promise<void> => {
      const part = layouts.slice(from, to);
      const places = new Float32Array(2 * n * part.length);
      part.forEach((layout, k) => {
        places.set(layout.places, 2 * n * k);
      });
      const results = await device.run({
        program: movesProgram(this.#axes, this.#isSquared),
        constants: this.#constants,
        inputs: [
          places,
          Uint32Array.from([moves.first, moves.count, ...part.map(({ seed }) => seed)]),
          Float32Array.of(moves.heat, moves.lengthM, moves.jump),
        ],
        outputs: width * part.length,
        scratch: this.#scratch * part.length,
        workgroups: [part.length, 1],
      });
      part.forEach((_, k) => {
        const at = width * k;
        moved.push({
          places: results.slice(at, at + 2 * n),
          energyKwh: results[at + 2 * n],
          made: results[at + 2 * n + 1],
        });
      });
    };
    await inBatches(layouts.length, batch, Math.max(1, Math.floor(MAX_SCRATCH / (4 * this.#scratch))));
    return moved;
  }
}

function pack(
  { turbines, own, axes, directions, energyOf, losses }: PairEnergy,
  { fixed }: LayoutProblem,
  site: CompiledSite,
  [middleX, middleY]: readonly [number, number],
): readonly [Uint32Array, Float32Array] {
  const { perM, reach, values } = losses.packed();
  const { free, first, cells, cellsOfDirection, breaks, terms } = energyOf.packed();
  const [minX, minY, maxX, maxY] = site.box;
  const zones = site.packed(middleX, middleY);
  const numbers: Record<(typeof FIXED)[number], number> = {
    rowsPerM: perM,
    spacing: site.minSpacingM,
    minX: minX - middleX,
    minY: minY - middleY,
    maxX: maxX - middleX,
    maxY: maxY - middleY,
  };
  const parts: ArrayLike<number>[] = [
    FIXED.map((name) => numbers[name]),
    axes.flatMap(({ sine, cosine, direction, opposite }) => [sine, cosine, direction, opposite]),
    ...[reach, values, free, breaks, terms, zones],
  ];
  const starts = [0];
  for (const part of parts) starts.push(starts[starts.length - 1] + part.length);
  const tables = new Float32Array(starts[starts.length - 1]);
  parts.forEach((part, k) => {
    tables.set(part, starts[k]);
  });
  const [, axesAt, reachAt, lossesAt, freeAt, breaksAt, termsAt, siteAt] = starts;
  const counts: Record<(typeof COUNTS)[number], number> = {
    ...{ turbines, own, free: turbines - fixed, axes: axes.length, directions, zones: site.zones },
    ...{ cells: cellsOfDirection, cellsAt: COUNTS.length + first.length },
    ...{ axesAt, reachAt, lossesAt, freeAt, breaksAt, termsAt, siteAt },
  };
  return [Uint32Array.from([...COUNTS.map((name) => counts[name]), ...first, ...cells]), tables];
}
