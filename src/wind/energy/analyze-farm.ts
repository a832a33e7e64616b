/**
 * A farm's yield: gross energy, wake losses, other losses, exceedance levels, and the results by sector and by turbine.
 */
import { curveAtDensity } from '../resource/air-density.ts';
import { guard, windError } from '../check.ts';
import type { EnergySums, ExportLimit } from './energy.ts';
import { beyondLimit, EnergyModel, emptySums, HOURS_PER_YEAR, total } from './energy.ts';
import type { CurtailmentSums } from '../operation/costs.ts';
import type { Curtailment } from '../operation/rules.ts';
import type { Farm } from '../turbine/farm.ts';
import { checkFarm, ownCount } from '../turbine/farm.ts';
import type { FlorisOptions } from '../wakes/floris/gauss.ts';
import type { SpeedupGrid, Speedups } from '../resource/resource-grid.ts';
import { speedupsAt, withHubFactors } from '../resource/resource-grid.ts';
import { SeriesModel } from './series-energy.ts';
import { ratedPowerKw, type TurbineSpec } from '../turbine/turbine.ts';
import {
  combinedUncertaintyPct,
  type Exceedance,
  exceedanceOf,
  type UncertaintyPct,
} from '../../statistics/exceedance.ts';
import { netFactor } from './losses.ts';
import type { WakeModel } from '../wakes/wake-models.ts';
import type { SectorWeibull, WindRose } from '../resource/wind-rose.ts';
import { wholeOf } from '../resource/wind-rose.ts';
import { sectorOf } from '../resource/sectors.ts';

export type WindResource =
  | { readonly kind: 'weibull'; readonly site: SectorWeibull }
  | { readonly kind: 'rose'; readonly rose: WindRose }
  | {
      readonly kind: 'series';
      /** Speed at hub height [m/s] and direction [deg] by step */
      readonly wsMPerS: ArrayLike<number>;
      readonly wdDeg: ArrayLike<number>;
      /** Length of a step [h] */
      readonly stepHours: number;
    };

/** Wind by time steps, or counted into bins */
export type FarmResource = Exclude<WindResource, { kind: 'weibull' }>;

export interface AnalyzeFarmInput {
  readonly farm: Farm;
  readonly model: WakeModel;
  readonly resource: FarmResource;
  /** Ambient turbulence intensity [-]: one value, or one for each sector; sector 0 is centred on north */
  readonly ti: number | readonly number[];
  readonly speedups?: Speedups;
  /** Speed-ups by position instead, from WAsP's grids */
  readonly resourceGrid?: SpeedupGrid;
  /** Speed at the hub of each kind of turbine divided by the resource's, by [sector][kind] */
  readonly hubFactors?: readonly (readonly number[])[];
  /** Misalignment by [direction of the rose][turbine]; not for series */
  readonly yawDeg?: readonly (readonly number[])[];
  /**
   * Air density at hub height [kg/m3]; if absent, the curves' own. Tabulated curves are corrected to it (windPRO's
   * correction)
   */
  readonly airDensityKgM3?: number;
  /**
   * Losses after the wakes as fractions, by name, each of what the previous ones leave: availability, electrical,
   * environmental ...
   */
  readonly losses: Readonly<Record<string, number>>;
  /** Standard uncertainties of the yield by name [%], independent of each other */
  readonly uncertaintyPct: UncertaintyPct;
  /** Standard deviation of a single year's yield [%] */
  readonly interannualPct: number;
  /** What the grid takes, after all losses [kW]; left out: everything */
  readonly exportLimitKw?: number;
  /** Rules of the own turbines; `farm.modeSpecs` has their curves */
  readonly curtailment?: Curtailment;
  /** Sectors of the result */
  readonly sectors: number;
  readonly floris?: FlorisOptions;
}

export interface LossStep {
  readonly name: string;
  /** Loss as a share of the energy before this step */
  readonly fraction: number;
  readonly lossKwh: number;
  /** Energy after this step */
  readonly afterKwh: number;
}

export interface SectorResult {
  /** Middle of the sector [deg] */
  readonly directionDeg: number;
  readonly frequency: number;
  readonly meanSpeedMPerS: number;
  readonly grossKwh: number;
  /** After wake losses, before other losses */
  readonly wakedKwh: number;
  readonly wakeLoss: number;
}

export interface TurbineResult {
  readonly xM: number;
  readonly yM: number;
  readonly turbine: string;
  readonly ratedKw: number;
  readonly meanSpeedMPerS: number;
  readonly grossKwh: number;
  readonly wakedKwh: number;
  readonly wakeLoss: number;
  /** After all losses */
  readonly netKwh: number;
  readonly capacityFactor: number;
}

export type WindCases =
  | { readonly kind: 'steps'; readonly steps: number }
  | { readonly kind: 'bins'; readonly directions: number; readonly speedsMPerS: readonly number[] };

/** What a rule takes in a year, before the losses after the wakes. Energies are negative where turbines gain. */
export interface RuleCost {
  /** With the rules before less with this one too */
  readonly lossKwh: number;
  /** With no rule less with this one only */
  readonly singleLossKwh: number;
  /** By turbine: `lossKwh`, and hours in which the rule acts */
  readonly lossKwhByTurbine: readonly number[];
  readonly hoursByTurbine: readonly number[];
}

/** Energies are for a year of 8,760 hours. */
export interface FarmAnalysis {
  /** The winds that were computed: steps of a series, or directions by speeds */
  readonly cases: WindCases;
  readonly ratedKw: number;
  readonly grossKwh: number;
  readonly wakedKwh: number;
  readonly wakeLoss: number;
  /** Losses by the wakes of own turbines, and of neighbours as a share of what these leave; null without neighbours */
  readonly wakes: { readonly own: number; readonly external: number } | null;
  /** Energy with wakes divided by energy without wakes */
  readonly arrayEfficiency: number;
  /** What all rules take together of the energy with wakes, and each of them in order; null without rules */
  readonly curtailment: { readonly lossKwh: number; readonly rules: readonly RuleCost[] } | null;
  /** From gross down to net: wakes first, then curtailment, then the losses in the order given */
  readonly lossChain: readonly LossStep[];
  /** Net yield, P50 */
  readonly netKwh: number;
  readonly capacityFactor: number;
  readonly fullLoadHours: number;
  readonly exceedance: Exceedance;
  readonly sectors: readonly SectorResult[];
  readonly turbines: readonly TurbineResult[];
  readonly neighbours: readonly TurbineResult[];
  /** Power after wake losses and curtailment, before other losses [kW], by step; for resources of kind series only */
  readonly powerKw: Float64Array | null;
  /**
   * For a time series over a site whose sectors are more or less frequent at each turbine: relative change of the energy with
   * wakes if each step counted as often as its sector occurs at the turbine. The energies do not contain it, because steps occur
   * at all turbines at once. Otherwise null
   */
  readonly frequencyEffect: number | null;
}

/** Number of directions or steps between two calls of `shouldStop`. */
const CHUNK_DIRECTIONS = 4;
const CHUNK_STEPS = 100;

/** Sums of a run so far, by name; a stopped run continues from them. */
export interface FarmRunState {
  /** Directions or steps that are done */
  readonly next: number;
  readonly sums: Readonly<Record<string, Float64Array>>;
  /** The run of the own turbines without neighbours */
  readonly alone?: FarmRunState;
}

/** The common part of the two kinds of run. */
interface Part {
  /** Directions or steps */
  readonly units: number;
  readonly chunk: number;
  readonly sums: Readonly<Record<string, Float64Array>>;
  /** Adds the units from `from` to before `to` to the sums. */
  add(from: number, to: number): void;
  yields(): Yield;
}

interface Yield {
  readonly net: Float64Array;
  readonly gross: Float64Array;
  readonly meanSpeed: Float64Array;
  readonly sectors: SectorResult[];
  readonly powerKw: Float64Array | null;
  readonly frequencyEffect: number | null;
  /** Energy that the grid does not take [kWh] */
  readonly beyondLimitKwh: number;
  readonly curtailment: CurtailmentSums | null;
}

/** A computation of a farm's yield in steps of some milliseconds; a run restored from its state ends with the same bits. */
export class FarmRun {
  readonly input: AnalyzeFarmInput;
  readonly #farm: Farm;
  readonly #part: Part;
  /** The own turbines without their neighbours */
  readonly #alone: FarmRun | null;
  #next = 0;

  /** @throws AppError that names the quantity and its value, before any work */
  constructor(input: AnalyzeFarmInput, state?: FarmRunState) {
    const { losses, uncertaintyPct, interannualPct, sectors } = input;
    checkFarm(input.farm);
    guard.requireCount('sectors', sectors, 1);
    guard.requireFinite('interannualPct', interannualPct);
    combinedUncertaintyPct(uncertaintyPct);
    netFactor(losses);
    this.input = input;
    this.#farm = atDensity(input.farm, input.airDensityKgM3);
    const speedups = speedupsOf(input);
    this.#part =
      input.resource.kind === 'series'
        ? seriesPart(input, speedups, this.#farm, input.resource, sectors)
        : rosePart(input, speedups, this.#farm, input.resource.rose, sectors);
    this.#alone =
      ownCount(input.farm) < input.farm.xM.length ? new FarmRun(withoutNeighbours(input), state?.alone) : null;
    if (!state) return;
    this.#next = state.next;
    for (const [name, values] of Object.entries(state.sums)) this.#part.sums[name].set(values);
  }

  get progress(): number {
    const whole = this.#next / this.#part.units;
    return this.#alone ? (whole + this.#alone.progress) / 2 : whole;
  }

  get done(): boolean {
    return this.#next >= this.#part.units && (this.#alone?.done ?? true);
  }

  state(): FarmRunState {
    return { next: this.#next, sums: this.#part.sums, ...(this.#alone && { alone: this.#alone.state() }) };
  }

  /** Computes the next directions or time steps. */
  step(): void {
    if (this.#alone && !this.#alone.done) {
      this.#alone.step();
      return;
    }
    const to = Math.min(this.#next + this.#part.chunk, this.#part.units);
    this.#part.add(this.#next, to);
    this.#next = to;
  }

  /** Returns the result of a run that is done. */
  result(): FarmAnalysis {
    if (!this.done) throw new Error(`the run is at ${this.progress}; its result needs all of it`);
    return analysisOf(this.input, this.#farm, this.#part.yields(), this.#alone?.result() ?? null);
  }
}

/** Returns the analysis of the own turbines, as if there were no neighbours. */
function withoutNeighbours(input: AnalyzeFarmInput): AnalyzeFarmInput {
  const { farm, speedups, yawDeg } = input;
  const own = ownCount(farm);
  const ofOwn = (rows: readonly (readonly number[])[]) => rows.map((row) => row.slice(0, own));
  return {
    ...input,
    curtailment: undefined,
    farm: {
      xM: Array.from(farm.xM).slice(0, own),
      yM: Array.from(farm.yM).slice(0, own),
      turbines: farm.turbines,
      kind: farm.kind && Array.from(farm.kind).slice(0, own),
    },
    speedups: speedups && { ...speedups, factors: ofOwn(speedups.factors) },
    yawDeg: yawDeg && ofOwn(yawDeg),
  };
}

function analysisOf(input: AnalyzeFarmInput, farm: Farm, farmYield: Yield, alone: FarmAnalysis | null): FarmAnalysis {
  const { losses, uncertaintyPct, interannualPct } = input;
  const factor = netFactor(losses);
  const { net: waked, gross, meanSpeed } = farmYield;
  const ratedKws = Array.from(gross, (_, i) => ratedPowerKw(farm.turbines[farm.kind?.[i] ?? 0]));
  const own = ownCount(farm);
  const ratedKw = ratedKws.slice(0, own).reduce((a, b) => a + b, 0);
  const grossKwh = total(gross.subarray(0, own));
  const wakedKwh = total(waked.subarray(0, own));
  const wakeLoss = lossOf(wakedKwh, grossKwh);
  const wakes = alone && { own: alone.wakeLoss, external: lossOf(wakedKwh, alone.wakedKwh) };
  const { curtailment } = farmYield;
  const curtailedKwh = curtailment ? total(curtailment.all.subarray(0, own)) : 0;
  const curtailed = curtailment ? waked.map((kwh, i) => kwh - curtailment.all[i]) : waked;
  const beforeLimitKwh = (wakedKwh - curtailedKwh) * factor;
  const left = beforeLimitKwh - farmYield.beyondLimitKwh;
  // A limit of 0 leaves the rounding of the sums.
  const netKwh = input.exportLimitKw === 0 ? 0 : left;
  const limitLoss = lossOf(netKwh, beforeLimitKwh);
  // Every turbine bears its share of what the grid does not take.
  const delivered = factor * (1 - limitLoss);
  const turbines = Array.from(
    gross,
    (grossOfTurbine, i): TurbineResult => ({
      xM: farm.xM[i],
      yM: farm.yM[i],
      turbine: farm.turbines[farm.kind?.[i] ?? 0].name,
      ratedKw: ratedKws[i],
      meanSpeedMPerS: meanSpeed[i],
      grossKwh: grossOfTurbine,
      wakedKwh: waked[i],
      wakeLoss: lossOf(waked[i], grossOfTurbine),
      netKwh: curtailed[i] * (i < own ? delivered : factor),
      capacityFactor: (curtailed[i] * (i < own ? delivered : factor)) / (ratedKws[i] * HOURS_PER_YEAR),
    }),
  );
  return {
    cases: casesOf(input.resource),
    ratedKw,
    grossKwh,
    wakedKwh,
    wakeLoss,
    wakes,
    arrayEfficiency: 1 - wakeLoss,
    curtailment: curtailment && { lossKwh: curtailedKwh, rules: ruleCosts(curtailment, own) },
    lossChain: lossChain(grossKwh, {
      wakes: wakes?.own ?? wakeLoss,
      ...(wakes && { external_wakes: wakes.external }),
      ...(curtailment && { curtailment: lossOf(wakedKwh - curtailedKwh, wakedKwh) }),
      ...losses,
      ...(input.exportLimitKw !== undefined && { export_limit: limitLoss }),
    }),
    netKwh,
    capacityFactor: netKwh / (ratedKw * HOURS_PER_YEAR),
    fullLoadHours: netKwh / ratedKw,
    exceedance: exceedanceOf(netKwh, uncertaintyPct, interannualPct),
    sectors: farmYield.sectors,
    turbines: turbines.slice(0, own),
    neighbours: turbines.slice(own),
    powerKw: farmYield.powerKw,
    frequencyEffect: farmYield.frequencyEffect,
  };
}

/** Returns the costs of the rules for the own turbines. */
function ruleCosts({ all, inOrder, single, hours }: CurtailmentSums, own: number): RuleCost[] {
  const turbines = all.length;
  return Array.from({ length: inOrder.length / turbines }, (_, r) => {
    const ofRule = (sums: Float64Array) => sums.subarray(r * turbines, r * turbines + own);
    return {
      lossKwh: total(ofRule(inOrder)),
      singleLossKwh: total(ofRule(single)),
      lossKwhByTurbine: Array.from(ofRule(inOrder)),
      hoursByTurbine: Array.from(ofRule(hours)),
    };
  });
}

function casesOf(resource: FarmResource): WindCases {
  if (resource.kind === 'series') return { kind: 'steps', steps: resource.wsMPerS.length };
  const { directionsDeg, speedsMPerS } = resource.rose;
  return { kind: 'bins', directions: directionsDeg.length, speedsMPerS: Array.from(speedsMPerS) };
}

const lossOf = (net: number, gross: number): number => (gross > 0 ? 1 - net / gross : 0);

/** Applies losses one after the other, each as a share of what the previous one left. */
function lossChain(grossKwh: number, losses: Readonly<Record<string, number>>): LossStep[] {
  let left = grossKwh;
  return Object.entries(losses).map(([name, fraction]) => {
    const lossKwh = left * fraction;
    left -= lossKwh;
    return { name, fraction, lossKwh, afterKwh: left };
  });
}

/** Returns the same farm with its curves at a site's density. */
function atDensity(farm: Farm, densityKgM3: number | undefined): Farm {
  if (densityKgM3 === undefined) return farm;
  const ofSite = (turbine: TurbineSpec) => curveAtDensity(turbine, densityKgM3);
  return { ...farm, turbines: farm.turbines.map(ofSite), modeSpecs: farm.modeSpecs?.map(ofSite) };
}

function speedupsOf({ speedups, resourceGrid, hubFactors, farm }: AnalyzeFarmInput): Speedups | undefined {
  if (resourceGrid && speedups) throw windError('speedups and resource_grid are both given; expected one of them');
  const base = resourceGrid ? speedupsAt(resourceGrid, farm.xM, farm.yM) : speedups;
  return withHubFactors(base, hubFactors, farm.kind ?? new Uint8Array(farm.xM.length));
}

function tiOf(ti: number | readonly number[], directionDeg: number): number {
  return typeof ti === 'number' ? ti : ti[sectorOf(directionDeg, ti.length)];
}

/** Returns what the grid takes; undefined without a limit. */
export const exportLimitOf = ({
  exportLimitKw,
  losses,
}: Pick<AnalyzeFarmInput, 'exportLimitKw' | 'losses'>): ExportLimit | undefined =>
  exportLimitKw === undefined ? undefined : { limitKw: exportLimitKw, factor: netFactor(losses) };

function checkTi(ti: number | readonly number[]): void {
  if (typeof ti !== 'number' && ti.length === 0) throw windError('ti has no values; expected one, or one a sector');
}

/** Returns sums with those of the rules beside the others. */
function flatSums<Sums extends object>({ curtailment, ...sums }: Sums & { readonly curtailment?: object }) {
  return { ...sums, ...curtailment } as Record<string, Float64Array>;
}

function rosePart(
  input: AnalyzeFarmInput,
  speedups: Speedups | undefined,
  farm: Farm,
  rose: WindRose,
  sectors: number,
): Part {
  checkTi(input.ti);
  const { directionsDeg } = rose;
  const ti = Float64Array.from(directionsDeg, (d) => tiOf(input.ti, d));
  const { model, floris, yawDeg } = input;
  if (yawDeg && yawDeg.length !== directionsDeg.length)
    throw windError(`yaw has ${yawDeg.length} directions; expected ${directionsDeg.length}, those of the rose`, '/yaw');
  const exportLimit = exportLimitOf(input);
  const { curtailment } = input;
  if (curtailment && yawDeg) throw windError('rules with yaw angles; expected one of them', '/curtailment');
  const energy = new EnergyModel({ farm, model, rose, ti, speedups, floris, exportLimit, curtailment });
  const sums: EnergySums = emptySums(farm.xM.length, directionsDeg.length, curtailment);
  return {
    units: directionsDeg.length,
    chunk: CHUNK_DIRECTIONS,
    sums: flatSums(sums),
    add: (from, to) => energy.addDirections(from, to, sums, yawDeg),
    yields() {
      const frequency = new Float64Array(sectors);
      const speed = new Float64Array(sectors);
      const gross = new Float64Array(sectors);
      const net = new Float64Array(sectors);
      const whole = wholeOf(rose);
      directionsDeg.forEach((direction, d) => {
        const sector = sectorOf(direction, sectors);
        gross[sector] += sums.grossByDirection[d];
        net[sector] += sums.netByDirection[d];
        frequency[sector] += whole.frequency[d];
        speed[sector] += whole.frequency[d] * whole.meanMPerS[d];
      });
      return {
        net: sums.netByTurbine,
        gross: sums.grossByTurbine,
        meanSpeed: energy.meanSpeeds(),
        sectors: sectorTable(frequency, speed, gross, net),
        powerKw: null,
        frequencyEffect: null,
        beyondLimitKwh: total(sums.beyondLimitByDirection),
        curtailment: sums.curtailment ?? null,
      };
    },
  };
}

function seriesPart(
  input: AnalyzeFarmInput,
  speedups: Speedups | undefined,
  farm: Farm,
  resource: Extract<WindResource, { kind: 'series' }>,
  sectors: number,
): Part {
  checkTi(input.ti);
  if (input.yawDeg) throw windError('yaw by direction needs a resource by direction; expected rose', '/yaw');
  const { wsMPerS, wdDeg, stepHours } = resource;
  const { model, floris } = input;
  const ti = Float64Array.from({ length: wsMPerS.length }, (_, i) => tiOf(input.ti, wdDeg[i]));
  const { curtailment } = input;
  const series = new SeriesModel({ farm, model, wsMPerS, wdDeg, ti, stepHours, speedups, floris, curtailment });
  return {
    units: series.steps,
    chunk: CHUNK_STEPS,
    sums: flatSums(series.sums),
    add: (from, to) => series.addSteps(from, to),
    yields() {
      const { netKw, grossKw, netByTurbine, grossByTurbine, oftenNetByTurbine, oftenByTurbine } = series.sums;
      const own = ownCount(farm);
      const oftenNet = oftenNetByTurbine.map((net, i) => (net * series.steps) / oftenByTurbine[i]).subarray(0, own);
      // A series of any length is scaled to a year.
      const perYear = HOURS_PER_YEAR / (series.steps * stepHours);
      const limit = exportLimitOf(input);
      const frequency = new Float64Array(sectors);
      const speed = new Float64Array(sectors);
      const gross = new Float64Array(sectors);
      const net = new Float64Array(sectors);
      const meanSpeed = new Float64Array(farm.xM.length);
      const { curtailment } = series.sums;
      const powerKw = curtailment ? netKw.map((kw, step) => kw - curtailment.kw[step]) : netKw;
      for (let step = 0; step < series.steps; step++) {
        const sector = sectorOf(wdDeg[step], sectors);
        const factors = speedups?.factors[sectorOf(wdDeg[step], speedups.factors.length)];
        frequency[sector] += 1 / series.steps;
        speed[sector] += wsMPerS[step] / series.steps;
        gross[sector] += grossKw[step] * stepHours * perYear;
        net[sector] += netKw[step] * stepHours * perYear;
        for (let i = 0; i < meanSpeed.length; i++)
          meanSpeed[i] += (wsMPerS[step] * (factors ? factors[i] : 1)) / series.steps;
      }
      return {
        net: netByTurbine.map((v) => v * perYear),
        gross: grossByTurbine.map((v) => v * perYear),
        meanSpeed,
        sectors: sectorTable(frequency, speed, gross, net),
        powerKw,
        curtailment: curtailment
          ? {
              all: curtailment.all.map((v) => v * perYear),
              inOrder: curtailment.inOrder.map((v) => v * perYear),
              single: curtailment.single.map((v) => v * perYear),
              hours: curtailment.hours.map((v) => v * perYear),
            }
          : null,
        beyondLimitKwh: limit ? powerKw.reduce((sum, kw) => sum + beyondLimit(kw, limit), 0) * stepHours * perYear : 0,
        frequencyEffect: speedups?.frequency ? -lossOf(total(oftenNet), total(netByTurbine.subarray(0, own))) : null,
      };
    },
  };
}

/**
 * Returns the results by sector.
 * @param speed sums of probability times speed
 */
function sectorTable(
  frequency: Float64Array,
  speed: Float64Array,
  gross: Float64Array,
  net: Float64Array,
): SectorResult[] {
  return Array.from(frequency, (share, sector) => ({
    directionDeg: (360 * sector) / frequency.length,
    frequency: share,
    meanSpeedMPerS: share > 0 ? speed[sector] / share : 0,
    grossKwh: gross[sector],
    wakedKwh: net[sector],
    wakeLoss: lossOf(net[sector], gross[sector]),
  }));
}
