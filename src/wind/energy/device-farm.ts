/** The energy of many layouts of a farm on a device, and its gradient. `EnergyModel` gives the same to 1e-5. */
import { type Device, type DeviceProgram, inBatches } from '../../lib/device.ts';
import { sectorOf } from '../resource/sectors.ts';
import { FastCurve, ownCount } from '../turbine/farm.ts';
import type { CubicCurve, TableCurve, TurbineSpec } from '../turbine/turbine.ts';
import { GAUSSIAN_REACH, GAUSSIAN_TAIL } from '../wakes/deficit-kernel.ts';
import { gaussianDiscTable, TABLE_RADIUS } from '../wakes/rotor-average.ts';
import { MODEL_NUMBERS, modelNumbers, usesTable } from '../wakes/wake-wgsl.ts';
import { florisNumbers, isPlainGauss, shearRatios } from '../wakes/floris/floris-wgsl.ts';
import type { SuperposedWakeModel, WakeModel } from '../wakes/wake-models.ts';
import { checkEnergyInput, type EnergyInput, HOURS_PER_YEAR } from './energy.ts';
import { COUNTS, energyProgram, gradientProgram, keptOf, KIND_WIDTH, LANES, WIND_WIDTH } from './farm-wgsl.ts';

/** Places of the turbines of a layout [m]; it may have fewer than the farm */
export interface DeviceLayout {
  readonly xM: ArrayLike<number>;
  readonly yM: ArrayLike<number>;
}

export interface LayoutGradient {
  readonly netKwh: number;
  /** [kWh/m] */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Workgroups that keep a fast device busy */
const WORKGROUPS = 4096;
/** Most memory that a call works with [bytes] */
const MAX_SCRATCH = 2 ** 27;
/** Cells of a curve's grid a m/s; the kernel has the same number. */
const CELLS_PER_MS = 10;
/** What is farther than any speed [m/s] */
const NEVER = 1e30;
/** Turbines abreast do not affect each other: places in f32 may be wrong by some millimetres [m]. */
const BESIDE_M = 0.01;

/** Returns why a device cannot compute a farm's energy; null where it can. */
export function deviceObstacle({ farm, model, ...input }: EnergyInput): string | null {
  if (model.kind === 'floris_gauss') {
    if (!isPlainGauss(model)) return `wake model ${model.name} has parts of the gauss-curl hybrid`;
  } else if (model.blockage) return `wake model ${model.name} has blockage`;
  if (input.resourceGrid || input.speedups) return 'the wind varies over the site';
  if (input.curtailment) return 'there is curtailment';
  if (input.exportLimit) return 'there is an export limit';
  return model.kind === 'superposed' && usesTable(model) && rotorInWidths(model, farm.turbines) >= TABLE_RADIUS
    ? 'the rotors differ too much in size for a mean over the rotor'
    : null;
}

/** Tells whether a device computes gradients of a farm whose energy it computes. */
export const hasGradient = ({ model }: Pick<EnergyInput, 'model'>): boolean => model.kind === 'superposed';

/** Returns the largest radius of a rotor in the narrowest widths of a wake. */
function rotorInWidths({ deficit }: SuperposedWakeModel, turbines: readonly TurbineSpec[]): number {
  if (deficit.kind === 'jensen') return 0;
  const narrowest = 'constant' in deficit.epsilon ? deficit.epsilon.constant : deficit.epsilon.factor;
  const diameters = turbines.map(({ diameterM }) => diameterM);
  return (0.5 * Math.max(...diameters)) / (narrowest * Math.min(...diameters));
}

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);
/** Returns the next larger f32. */
function nextUp(value: number): number {
  single[0] = value;
  bits[0]++;
  return single[0];
}

interface Row {
  readonly from: number;
  /** Powers of t = v - from [kW] */
  readonly power: readonly [number, number, number, number];
  readonly ct: readonly [number, number];
}

function cubicRows({ cutInMPerS, ratedMPerS, cutOutMPerS, ratedKw, ct }: CubicCurve): Row[] {
  const still = { power: [0, 0, 0, 0], ct: [ct, 0] } as const;
  return [
    { from: 0, ...still },
    { ...still, from: cutInMPerS, power: [0, 0, 0, ratedKw / (ratedMPerS - cutInMPerS) ** 3] },
    { ...still, from: ratedMPerS, power: [ratedKw, 0, 0, 0] },
    { from: nextUp(cutOutMPerS), ...still },
  ];
}

function tableRows({ wsMPerS, powerKw, ct, below, above }: TableCurve): Row[] {
  const thrust = ct ?? wsMPerS.map(() => 0);
  const last = wsMPerS.length - 1;
  const slope = (values: readonly number[], row: number) =>
    row < last ? (values[row + 1] - values[row]) / (wsMPerS[row + 1] - wsMPerS[row]) : 0;
  return [
    { from: 0, power: [below.powerKw, 0, 0, 0], ct: [below.ct, 0] },
    ...wsMPerS.map(
      (from, row): Row => ({
        from,
        power: [powerKw[row], slope(powerKw, row), 0, 0],
        ct: [thrust[row], slope(thrust, row)],
      }),
    ),
    { from: nextUp(wsMPerS[last]), power: [above.powerKw, 0, 0, 0], ct: [above.ct, 0] },
  ];
}

/** Returns the kinds with the rows of their curves, and the cells that find a row: their number, then the row to begin with. */
function packTurbines(
  { farm: { turbines }, model, floris }: EnergyInput,
  cellsAt: number,
): { numbers: Float32Array; cells: number[] } {
  const referenceM = floris?.referenceHeightM ?? turbines[0].hubHeightM;
  const shear = model.kind === 'superposed' ? 0 : model.shear;
  const numbers: number[] = new Array(KIND_WIDTH * turbines.length).fill(0);
  const cells: number[] = [];
  turbines.forEach(({ diameterM, hubHeightM, curve }, kind) => {
    const rows = curve.kind === 'cubic' ? cubicRows(curve) : tableRows(curve);
    numbers.splice(
      KIND_WIDTH * kind,
      KIND_WIDTH,
      ...[diameterM, hubHeightM, numbers.length, cellsAt + cells.length],
      ...shearRatios(hubHeightM, diameterM, referenceM, shear),
    );
    rows.forEach(({ from, power, ct }, row) => {
      numbers.push(from, ...power, ...ct, rows[row + 1]?.from ?? NEVER);
    });
    const most = Math.ceil(rows[rows.length - 1].from * CELLS_PER_MS) + 1;
    cells.push(most);
    // A cell earlier: a product with the number of cells may be rounded up.
    for (let cell = 0; cell <= most; cell++)
      cells.push(
        Math.max(
          0,
          rows.findLastIndex(({ from }) => from <= (cell - 1) / CELLS_PER_MS),
        ),
      );
  });
  return { numbers: Float32Array.from(numbers), cells };
}

/** A farm packed for a device, with its model and its winds. */
export class DeviceFarm {
  readonly turbines: number;
  readonly #model: WakeModel;
  readonly #directions: number;
  readonly #constants: (Float32Array | Uint32Array)[];

  /** @throws AppError for a farm that cannot be computed, Error for one that `deviceObstacle` names */
  constructor(input: EnergyInput) {
    checkEnergyInput(input);
    const obstacle = deviceObstacle(input);
    const { farm, model, rose, ti, hubFactors } = input;
    if (obstacle !== null) throw new Error(`a device does not compute this: ${obstacle}`);
    const n = farm.xM.length;
    const all = rose.speedsMPerS.length;
    const hours = (d: number, s: number) => HOURS_PER_YEAR * rose.probability[d * all + s];
    const speeds = Array.from({ length: all }, (_, s) => s).filter((s) =>
      rose.directionsDeg.some((_, d) => hours(d, s) > 0),
    );
    const directions = Array.from(rose.directionsDeg.keys()).filter((d) => speeds.some((s) => hours(d, s) > 0));
    const kinds = farm.turbines.length;
    const jumps = farm.turbines.flatMap((turbine) => new FastCurve(turbine).jumpsMPerS);
    const reach = speeds.some((s) => jumps.includes(rose.speedsMPerS[s])) ? GAUSSIAN_TAIL : GAUSSIAN_REACH;
    const numbers: number[] = new Array(MODEL_NUMBERS).fill(0);
    const own = model.kind === 'superposed' ? modelNumbers(model, reach) : florisNumbers(model);
    numbers.splice(0, own.length, ...own);
    for (const d of directions) {
      const direction = rose.directionsDeg[d];
      const angle = (direction * Math.PI) / 180;
      numbers.push(Math.sin(angle), Math.cos(angle), typeof ti === 'number' ? ti : ti[d], BESIDE_M);
      for (let kind = 0; kind < kinds; kind++)
        numbers.push(hubFactors ? hubFactors[sectorOf(direction, hubFactors.length)][kind] : 1);
    }
    const speedsAt = MODEL_NUMBERS + directions.length * (WIND_WIDTH + kinds);
    const cellsAt = COUNTS.length + n;
    const counts: Record<(typeof COUNTS)[number], number> = {
      turbines: n,
      cases: speeds.length,
      directions: directions.length,
      kinds,
      own: ownCount(farm),
      speedsAt,
      hoursAt: speedsAt + speeds.length,
      cellsAt,
    };
    const curves = packTurbines(input, cellsAt);
    this.turbines = n;
    this.#model = model;
    this.#directions = directions.length;
    this.#constants = [
      Uint32Array.from([
        ...COUNTS.map((name) => counts[name]),
        ...Array.from({ length: n }, (_, i) => farm.kind?.[i] ?? 0),
        ...curves.cells,
      ]),
      curves.numbers,
      Float32Array.from([
        ...numbers,
        ...speeds.map((s) => rose.speedsMPerS[s]),
        ...directions.flatMap((d) => speeds.map((s) => hours(d, s))),
      ]),
      ...(model.kind === 'superposed' && usesTable(model) ? [discTable()] : []),
    ];
  }

  /** Returns the net energies of the own turbines of layouts [kWh a year]. */
  async netKwh(device: Device, layouts: readonly DeviceLayout[]): Promise<Float64Array> {
    const energies = new Float64Array(layouts.length);
    await this.#run(device, layouts, 'energy', 1, ([energy], layout) => {
      energies[layout] += energy;
    });
    return energies;
  }

  /** Returns the net energies of layouts and their gradients, where `hasGradient` says so. */
  async gradients(device: Device, layouts: readonly DeviceLayout[]): Promise<LayoutGradient[]> {
    const n = this.turbines;
    const results = layouts.map(() => ({ netKwh: 0, x: new Float64Array(n), y: new Float64Array(n) }));
    await this.#run(device, layouts, 'gradient', 2 * n + 1, (numbers, layout) => {
      const { x, y } = results[layout];
      for (let i = 0; i < n; i++) {
        x[i] += numbers[2 * i];
        y[i] += numbers[2 * i + 1];
      }
      results[layout].netKwh += numbers[2 * n];
    });
    return results;
  }

  #program(what: 'energy' | 'gradient'): DeviceProgram {
    if (what === 'energy') return energyProgram(this.#model);
    if (this.#model.kind !== 'superposed') throw new Error(`a device has no gradient of ${this.#model.name}`);
    return gradientProgram(this.#model);
  }

  /** Runs a program. @param width numbers of each group of directions, which `add` adds up */
  async #run(
    device: Device,
    layouts: readonly DeviceLayout[],
    what: 'energy' | 'gradient',
    width: number,
    add: (numbers: Float32Array, layout: number) => void,
  ): Promise<void> {
    const n = this.turbines;
    const vectors = n * (1 + LANES * keptOf(this.#model, what));
    const most = Math.max(1, Math.floor(MAX_SCRATCH / (16 * vectors)));
    const batch = async (from: number, to: number): Promise<void> => {
      const count = to - from;
      const groups = Math.max(1, Math.min(this.#directions, Math.floor(most / count), Math.ceil(WORKGROUPS / count)));
      const places = new Float32Array(2 * n * count);
      const sizes = new Uint32Array(count);
      for (let k = 0; k < count; k++) {
        const { xM, yM } = layouts[from + k];
        sizes[k] = xM.length;
        const [middleX, middleY] = [meanOf(xM), meanOf(yM)];
        for (let i = 0; i < xM.length; i++) {
          places[2 * (k * n + i)] = xM[i] - middleX;
          places[2 * (k * n + i) + 1] = yM[i] - middleY;
        }
      }
      const results = await device.run({
        program: this.#program(what),
        constants: this.#constants,
        inputs: [places, sizes],
        outputs: count * groups * width,
        scratch: 4 * count * groups * vectors,
        workgroups: [groups, count],
      });
      for (let unit = 0; unit < count * groups; unit++)
        add(results.subarray(unit * width, (unit + 1) * width), from + Math.floor(unit / groups));
    };
    await inBatches(layouts.length, batch, most);
  }
}

let table: Float32Array | undefined;
export function discTable(): Float32Array {
  table ??= Float32Array.from(gaussianDiscTable());
  return table;
}

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / Math.max(values.length, 1);
};
