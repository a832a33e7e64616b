/** The scenes of a rose: within a bin of direction and speed, a rule acts for the share of the bin that it covers. */
import type { WindRose } from '../resource/wind-rose.ts';
import { type Farm, ownCount } from '../turbine/farm.ts';
import type { Curtailment, CurtailmentRule, Scene } from './rules.ts';
import { isAbout, isAtSpeed, isInDirection, keyOf, turned } from './rules.ts';

/** A part of a bin: its middle and its share */
interface Part {
  readonly at: number;
  readonly share: number;
}

/** Parts below this share of a bin are rounding. */
const MIN_SHARE = 1e-9;
/** A bin with more bounds, because each turbine has its own speed-up, is divided into this many equal parts. */
const MAX_PARTS = 10;

/** Divides a bin at the bounds that lie inside. */
function partsOf(low: number, high: number, bounds: Iterable<number>): Part[] {
  const width = high - low;
  const inside = [...new Set(bounds)].filter((bound) => bound > low && bound < high).sort((a, b) => a - b);
  const equal = Array.from({ length: MAX_PARTS - 1 }, (_, k) => low + ((k + 1) * width) / MAX_PARTS);
  const edges = [low, ...(inside.length < MAX_PARTS ? inside : equal), high];
  return edges.slice(1).flatMap((edge, i) => {
    const share = (edge - edges[i]) / width;
    return share > MIN_SHARE ? [{ at: (edge + edges[i]) / 2, share }] : [];
  });
}

export class RoseScenes {
  readonly #rules: readonly CurtailmentRule[];
  readonly #rose: WindRose;
  readonly #turbines: number;
  readonly #own: number;
  /** By case: bounds of the bin; null: the speed is exact */
  readonly #speeds: readonly (readonly [low: number, high: number] | null)[];
  readonly #at: readonly number[];
  readonly #widthDeg: number;

  /**
   * @param columns those of the rose's speeds that are computed, one a case
   */
  constructor({ rules, directionWidthDeg }: Curtailment, rose: WindRose, columns: Iterable<number>, farm: Farm) {
    this.#rules = rules;
    this.#rose = rose;
    this.#turbines = farm.xM.length;
    this.#own = ownCount(farm);
    this.#widthDeg = directionWidthDeg ?? 0;
    const all = Array.from(rose.speedsMPerS);
    const isExact = directionWidthDeg === undefined || all.length < 2;
    // Bins end halfway between their middles; the outermost are as wide as their neighbours.
    const middles = [2 * all[0] - all[1], ...all, 2 * all[all.length - 1] - all[all.length - 2]];
    const edges = middles.slice(1).map((speed, s) => Math.max(0, (middles[s] + speed) / 2));
    this.#at = Array.from(columns, (s) => all[s]);
    this.#speeds = Array.from(columns, (s) => (isExact ? null : [edges[s], edges[s + 1]]));
  }

  /**
   * Returns the scenes of a direction of the rose; null where no rule acts.
   * @param factors free speed at each turbine divided by the rose's; left out: 1
   */
  of(direction: number, factors?: ArrayLike<number>): Scene[] | null {
    const middle = this.#rose.directionsDeg[direction];
    const directions = this.#directionParts(middle);
    const acting = this.#rules.filter((rule) => directions.some(({ at }) => isInDirection(rule, at)));
    if (acting.length === 0) return null;
    const cases = this.#at.length;
    const n = this.#turbines;
    const distinct = factors ? [...new Set(Array.from(factors))] : [1];
    const bounds = acting.flatMap(({ minSpeedMPerS, maxSpeedMPerS }) =>
      [minSpeedMPerS, maxSpeedMPerS].flatMap((bound) => (bound === undefined ? [] : distinct.map((f) => bound / f))),
    );
    // By case: what acts, by [rule * n + turbine], and its share
    const byCase = this.#at.map((at, s) => {
      const bin = this.#speeds[s];
      const speeds = bin ? partsOf(...bin, bounds) : [{ at, share: 1 }];
      const patterns = new Map<string, { acts: Uint8Array; share: number }>();
      for (const direction of directions)
        for (const speed of speeds) {
          const acts = new Uint8Array(this.#rules.length * n);
          this.#rules.forEach((rule, r) => {
            if (!isInDirection(rule, direction.at)) return;
            for (let i = 0; i < this.#own; i++)
              if (isAbout(rule, i) && isAtSpeed(rule, speed.at * (factors ? factors[i] : 1))) acts[r * n + i] = 1;
          });
          const key = keyOf(acts);
          const known = patterns.get(key) ?? { acts, share: 0 };
          known.share += direction.share * speed.share;
          patterns.set(key, known);
        }
      return [...patterns.values()];
    });
    const scenes = Math.max(...byCase.map(({ length }) => length));
    if (scenes === 1 && byCase.every(([{ acts }]) => acts.every((act) => act === 0))) return null;
    return Array.from({ length: scenes }, (_, k): Scene => {
      const share = Float64Array.from(byCase, (patterns) =>
        patterns.length === 1 && k === 0 ? 1 : (patterns[k]?.share ?? 0),
      );
      const acts = this.#rules.map((_, r) => {
        const on = new Uint8Array(n * cases);
        byCase.forEach((patterns, s) => {
          for (let i = 0; patterns[k] && i < n; i++) on[i * cases + s] = patterns[k].acts[r * n + i];
        });
        return on;
      });
      return { share, acts };
    });
  }

  #directionParts(middle: number): Part[] {
    const width = this.#widthDeg;
    if (!(width > 0)) return [{ at: middle, share: 1 }];
    const low = middle - width / 2;
    const bounds = this.#rules.flatMap(({ sectorsDeg = [] }) =>
      sectorsDeg.flatMap((sector) => sector.map((bound) => low + turned(bound - low))),
    );
    return partsOf(low, low + width, bounds);
  }
}
