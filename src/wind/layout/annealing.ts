/**
 * Simulated annealing of a layout by moves of single turbines.
 * @see Kirkpatrick, Gelatt and Vecchi 1983, doi:10.1126/science.220.4598.671
 */
import type { Random } from '../../statistics/random.ts';
import type { CompiledSite, EdgeDistance } from './layout-site.ts';
import type { SingleMoves } from './single-moves.ts';

const { exp, log, max, min, sqrt } = Math;

export interface Schedule {
  /** Temperatures as shares of a turbine's energy */
  readonly hot: number;
  readonly cold: number;
  /** Lengths of moves, as shares of the distance between turbines spread evenly */
  readonly long: number;
  readonly short: number;
  /** Share of moves to anywhere at the start */
  readonly jumps: number;
}

/** By experiments on IEA Wind Task 37's case studies 3 and 4 */
export const COOLING: Schedule = { hot: 0.015, cold: 2e-4, long: 0.7, short: 0.03, jumps: 0.3 };
/** For a layout that is given: turbines that stand well stay there. */
export const REFINING: Schedule = { hot: 1e-3, cold: 1e-5, long: 0.3, short: 0.01, jumps: 0.2 };
/** The last share of a start cools down to almost nothing, so that it ends in the optimum of its valley. */
const QUENCH = { share: 0.15, colder: 1e-3, shorter: 0.03 };

/** Distance inside the edge to which a turbine is brought that would leave the area [m] */
const INSIDE_M = 1e-6;
export const PULLS = 3;

/**
 * Returns how moves are at a share of the cooling: the temperature as a share of a turbine's energy, the length of moves, and the
 * share of those to anywhere.
 * @param spreadM distance between turbines spread evenly
 */
export function movesAt({ hot, cold, long, short, jumps }: Schedule, share: number, spreadM: number) {
  const cooled = min(1, share / (1 - QUENCH.share));
  const quenched = max(0, 1 - (1 - share) / QUENCH.share);
  return {
    heat: hot * (cold / hot) ** cooled * QUENCH.colder ** quenched,
    lengthM: spreadM * long * (short / long) ** cooled * QUENCH.shorter ** quenched,
    jump: jumps * (1 - cooled),
  };
}

export class Annealer {
  readonly #moves: SingleMoves;
  readonly #site: CompiledSite;
  readonly #free: number;
  readonly #random: Random;
  readonly #schedule: Schedule;
  readonly #edge: EdgeDistance = { inside: 0, byX: 0, byY: 0 };
  #x = 0;
  #y = 0;

  constructor(moves: SingleMoves, site: CompiledSite, free: number, random: Random, schedule: Schedule) {
    this.#moves = moves;
    this.#site = site;
    this.#free = free;
    this.#random = random;
    this.#schedule = schedule;
  }

  /** Tries `count` moves. @param share of the cooling that is over, 0 to 1 */
  run(count: number, share: number): void {
    const moves = this.#moves;
    const random = this.#random;
    const { heat, lengthM: length, jump } = movesAt(this.#schedule, share, sqrt(this.#site.areaM2 / moves.turbines));
    const temperature = (heat * moves.energy) / moves.turbines;
    for (let k = 0; k < count; k++) {
      const i = random.below(this.#free);
      if (!(random.uniform() < jump ? this.#anywhere(i) : this.#near(i, length * exp(-3 * random.uniform())))) continue;
      const gain = moves.gain(i, this.#x, this.#y);
      if (gain < 0 && gain < temperature * log(random.uniform())) continue;
      moves.accept();
    }
  }

  #anywhere(i: number): boolean {
    const [minX, minY, maxX, maxY] = this.#site.box;
    this.#x = minX + (maxX - minX) * this.#random.uniform();
    this.#y = minY + (maxY - minY) * this.#random.uniform();
    return this.#site.isInside(this.#x, this.#y) && this.#isSpaced(i);
  }

  #near(i: number, length: number): boolean {
    this.#x = this.#moves.x[i] + length * this.#random.normal();
    this.#y = this.#moves.y[i] + length * this.#random.normal();
    const edge = this.#edge;
    for (let pull = 0; pull < PULLS; pull++) {
      this.#site.distance(this.#x, this.#y, edge);
      if (edge.inside >= 0) return this.#isSpaced(i);
      this.#x += (INSIDE_M - edge.inside) * edge.byX;
      this.#y += (INSIDE_M - edge.inside) * edge.byY;
    }
    return this.#site.distance(this.#x, this.#y, edge).inside >= 0 && this.#isSpaced(i);
  }

  #isSpaced(i: number): boolean {
    const { x, y, turbines } = this.#moves;
    const limit = this.#site.minSpacingM ** 2;
    for (let j = 0; j < turbines; j++)
      if (j !== i && (this.#x - x[j]) ** 2 + (this.#y - y[j]) ** 2 < limit) return false;
    return true;
  }
}
