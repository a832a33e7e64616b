/** The inverters and what follows them to the grid. */
import { acRatingKw, type SolarSystem } from '../system.ts';
import type { DcSide } from './dc-side.ts';
import { type InverterModel, inverterOf, type PlantLosses, plantLossesOf } from './models.ts';
import type { PreparedSite } from './site.ts';

export class AcSide {
  /** Series of the power delivered [kW], and its energy by month [kWh] */
  readonly powerKw: Float64Array;
  readonly monthlyKwh = new Float64Array(12);
  /** Energy of each input: in each step its part of the power by DC power [kWh] */
  readonly byInputKwh: Float64Array;
  /** Sums over the steps [kW] */
  unlimited = 0;
  clipped = 0;
  consumed = 0;
  inverted = 0;
  wired = 0;
  afterIron = 0;
  afterCopper = 0;
  uncurtailed = 0;
  delivered = 0;
  readonly #site: PreparedSite;
  readonly #inputs: readonly DcSide[];
  readonly #inverter: InverterModel;
  readonly #losses: PlantLosses;
  readonly #available: number;
  readonly #accepted: number;
  readonly #exportLimitKw: number;

  /** @param inputs subarrays, or the whole system; `convert` reads their DC power and voltage */
  constructor(site: PreparedSite, system: SolarSystem, inputs: readonly DcSide[]) {
    this.#site = site;
    this.#inputs = inputs;
    this.powerKw = new Float64Array(site.weather.timeMs.length);
    this.byInputKwh = new Float64Array(inputs.length);
    this.#inverter = inverterOf(system);
    this.#losses = plantLossesOf(system, acRatingKw(system));
    this.#available = (system.availabilityPct ?? 100) / 100;
    this.#accepted = 1 - system.curtailmentPct / 100;
    this.#exportLimitKw = system.exportLimitKw ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Returns the AC power of running inverters whose inputs have voltages of their own [kW].
   * @see Hansen et al. 2022, doi:10.1109/PVSC48317.2022.9938490
   */
  #invertedKw(dcKw: number): number {
    const inputs = this.#inputs;
    if (inputs.length === 1) return this.#inverter.powerKw(dcKw, inputs[0].voltageV);
    let power = 0;
    for (const input of inputs) power += (input.dcKw / dcKw) * this.#inverter.powerKw(dcKw, input.voltageV);
    return power;
  }

  /** Takes step `i` of the weather. @param dcKw at the inverters' inputs together */
  convert(i: number, dcKw: number): void {
    const { weather } = this.#site;
    const inverter = this.#inverter;
    const losses = this.#losses;
    const runs = inverter.runs(dcKw);
    // The curves of inverters are fits: far from the points that they were fitted to they may give more than goes in.
    const free = runs && dcKw > 0 ? Math.min(this.#invertedKw(dcKw), dcKw) : 0;
    const limited = Math.min(free, inverter.limitKw(weather.tempAirC[i]));
    const used = runs ? 0 : inverter.consumptionKw;
    this.unlimited += free;
    this.clipped += limited;
    this.consumed += used;
    const net = limited * this.#available - used;
    this.inverted += net;
    losses.pass(net, !(limited > 0));
    this.wired += losses.wiredKw;
    this.afterIron += losses.afterIronKw;
    this.afterCopper += losses.afterCopperKw;
    const { leftKw } = losses;
    this.uncurtailed += leftKw;
    const taken = leftKw > 0 ? leftKw * this.#accepted : leftKw;
    this.delivered += taken;
    const power = Math.min(taken, this.#exportLimitKw);
    this.powerKw[i] = power;
    const energy = power * (weather.stepMinutes / 60);
    this.monthlyKwh[weather.month[i] - 1] += energy;
    for (let p = 0; p < this.byInputKwh.length; p++) {
      const { dcKw: ofInput, share } = this.#inputs[p];
      this.byInputKwh[p] += energy * (dcKw > 0 ? ofInput / dcKw : share);
    }
  }

  /** Takes the steps without sun, in which the plant may draw power. */
  consumeAtNight(): void {
    if (this.#inverter.consumptionKw === 0 && !this.#losses.hasNightLoad) return;
    const { sunlit, weather } = this.#site;
    let next = 0;
    for (let i = 0; i < weather.timeMs.length; i++) {
      if (next < sunlit.count && sunlit.index[next] === i) next++;
      else this.convert(i, 0);
    }
  }
}
