/** The search for the best design of a plant: it runs an optimizer and computes the yield and cost of each design. */
import { AppError } from '../../contracts/common/app-error.ts';
import { batchOf, type Device, withWork } from '../../lib/device.ts';
import { projectEconomics } from '../../finance/project.ts';
import { Bayesian } from '../../optimize/bayesian/bayesian.ts';
import { GridSearch } from '../../optimize/grid-search.ts';
import { hypervolume } from '../../optimize/hypervolume.ts';
import { Nsga2 } from '../../optimize/nsga2/nsga2.ts';
import type { Optimizer } from '../../optimize/optimizer.ts';
import { nonDominatedRanks } from '../../optimize/pareto.ts';
import { type Candidate, describeValues, type Solution } from '../../optimize/problem.ts';
import { type Exceedance, exceedanceOfYears } from '../../statistics/exceedance.ts';
import { invertersOf, spreadStrings, stringsOf } from '../library/component.ts';
import { acRatingKw, type SolarSystem, type Subarray } from '../system.ts';
import { annualEnergyKwh } from '../year/candidate.ts';
import type { PreparedSite } from '../year/simulate.ts';
import { sweptEnergiesKwh } from '../year/sweep.ts';
import {
  type BestSolarDesign,
  CHUNK,
  requireSize,
  type Resolved,
  resolve,
  type SearchLimits,
  sizeOf,
  type SolarDesign,
  type SolarDesignRequest,
  type SolarDesignResult,
  type SolarDesignState,
  type SolarIteration,
  type SolarSensitivity,
  stepsOf,
} from './design.ts';

function optimizerOf({
  problem,
  method,
  seed,
  populationSize,
  iterations,
  steps,
  gridPoints: points,
}: Resolved): Optimizer {
  switch (method) {
    case 'nsga2':
      return new Nsga2(problem, { seed, populationSize, generations: iterations });
    case 'bayesian':
      return new Bayesian(problem, { seed, maxEvaluations: iterations });
    case 'grid_search':
      return new GridSearch(problem, { steps, points, chunkSize: CHUNK });
  }
}

function restoredOptimizer({ problem, method }: Resolved, { search }: SolarDesignState): Optimizer {
  if (search.method !== method)
    throw new AppError('optimize.invalid_input', `the stored state is of ${search.method}; expected one of ${method}`);
  return { nsga2: Nsga2, bayesian: Bayesian, grid_search: GridSearch }[method].fromState(problem, search);
}

/** Number of designs between two checks of the time: 0.1 s even if each takes the whole simulation. */
const BATCH = 20;
/** Number of designs of the front that a search shows while it runs: enough for its shape */
const MAX_FRONT = 50;
interface Plant {
  readonly system: SolarSystem;
  readonly gcr: number;
  readonly isTracker: boolean;
  readonly moduleKwPerM2: number;
  readonly moduleCost: number;
  readonly inverterCost: number;
}

interface Change {
  readonly capital?: number;
  readonly price?: number;
}

interface Found {
  readonly solution: Solution;
  readonly design: BestSolarDesign;
}

/** Maximum length of the convergence history. */
const MAX_HISTORY_ENTRIES = 1000;

export class SolarDesignSearch {
  /** The site in each year of weather. */
  readonly #years: readonly PreparedSite[];
  readonly #given: Resolved;
  readonly #search: Optimizer;
  #convergence: SolarIteration[];
  readonly #lowest: number[];
  readonly #highest: number[];
  #device: SolarDesignState['device'];

  /**
   * @param years the site prepared for each year of weather, at least one; energies are their means
   * @throws AppError for a request out of range, or `job.too_large` before anything runs
   */
  constructor(
    years: readonly PreparedSite[],
    request: SolarDesignRequest,
    limits: SearchLimits = {},
    state?: SolarDesignState,
  ) {
    this.#years = years;
    this.#given = resolve(request);
    requireSize(sizeOf(stepsOf(years), this.#given), this.#given.method, limits);
    this.#search = state ? restoredOptimizer(this.#given, state) : optimizerOf(this.#given);
    this.#convergence = [...(state?.convergence ?? [])];
    this.#lowest = [...(state?.lowest ?? [])];
    this.#highest = [...(state?.highest ?? [])];
    this.#device = state?.device;
  }

  /** Continues from what `state()` returned for the same site and request, with the same bits. */
  static fromState(
    years: readonly PreparedSite[],
    request: SolarDesignRequest,
    state: SolarDesignState,
    limits: SearchLimits = {},
  ): SolarDesignSearch {
    return new SolarDesignSearch(years, request, limits, state);
  }

  get done(): boolean {
    return this.#search.done;
  }

  /** 0 to 1 */
  get progress(): number {
    return this.#search.progress;
  }

  get iteration(): number {
    return this.#search.iteration;
  }

  get evaluations(): number {
    return this.#search.evaluations;
  }

  /** First objective of the best design after the last whole iteration; null before it */
  get lastBest(): number | null {
    return this.#convergence.at(-1)?.best ?? null;
  }

  /** Objectives of designs of the Pareto front so far, at most 50, spread over it; empty for a single objective */
  get front(): readonly Readonly<Record<string, number>>[] {
    const { objectives } = this.#given.problem;
    if (objectives.length < 2) return [];
    const all = this.#search.pareto();
    const n = Math.min(all.length, MAX_FRONT);
    return Array.from({ length: n }, (_, i) => {
      const { objectives: values } = all[n === 1 ? 0 : Math.round((i * (all.length - 1)) / (n - 1))];
      return Object.fromEntries(objectives.map(({ name }, k) => [name, values[k]]));
    });
  }

  /** Evaluates the next designs, at most 20; `state()`, which is plain JSON, may be called after any step. */
  step(): void {
    const proposed = this.#search.ask(BATCH);
    const plants = proposed.map(({ values }) => this.#plant(values));
    this.#tell(
      proposed,
      plants,
      plants.map(({ system }) => this.#energiesOf(system)),
    );
  }

  /** Does the same on a device, with as many designs as the method has ready. Their energies have errors of f32. */
  async stepOn(device: Device): Promise<void> {
    const proposed = this.#search.ask(batchOf(this.#device));
    const plants = proposed.map(({ values }) => this.#plant(values));
    const systems = plants.map(({ system }) => system);
    const before = device.busyMs;
    const years: Float64Array[] = [];
    for (const year of this.#years) years.push(await sweptEnergiesKwh(device, year, systems));
    this.#device = withWork(this.#device, device, before, proposed.length);
    this.#tell(
      proposed,
      plants,
      systems.map((_, i) => years.map((energies) => energies[i])),
    );
  }

  #tell(proposed: readonly Candidate[], plants: readonly Plant[], energies: readonly (readonly number[])[]): void {
    const before = this.#search.iteration;
    const { problem } = this.#given;
    const evaluations = proposed.map(({ id }, i) => {
      const { objectives, constraints } = this.#figures(plants[i], energies[i]);
      return { id, objectives: problem.objectives.map(({ name }) => objectives[name]), constraints };
    });
    if (before === 0)
      for (const { objectives } of evaluations)
        for (const [k, { goal }] of problem.objectives.entries()) {
          const value = goal === 'maximize' ? -objectives[k] : objectives[k];
          this.#lowest[k] = Math.min(value, this.#lowest[k] ?? value);
          this.#highest[k] = Math.max(value, this.#highest[k] ?? value);
        }
    this.#search.tell(evaluations);
    if (this.#search.iteration > before) this.#record();
  }

  /** Steps until the search is done or `shouldStop`, called before each step, returns true; the best result so far stays. */
  run(shouldStop: () => boolean = () => false): void {
    while (!this.done && !shouldStop()) this.step();
  }

  state(): SolarDesignState {
    return {
      version: 1,
      search: this.#search.state(),
      convergence: [...this.#convergence],
      lowest: [...this.#lowest],
      highest: [...this.#highest],
      ...(this.#device && { device: this.#device }),
    };
  }

  /**
   * Returns the best result so far, with everything that belongs to it.
   * @throws AppError `optimize.infeasible` if no design satisfied the constraints
   */
  result(): SolarDesignResult {
    const best = this.#search.best();
    if (best === null)
      throw new AppError('optimize.infeasible', 'no design has been evaluated; let the search run longer');
    if (best.violation > 0) {
      const { problem } = this.#given;
      const broken = problem.constraints.filter((_, k) => best.constraints[k] > 0);
      throw new AppError(
        'optimize.infeasible',
        `no design of ${this.evaluations} keeps to ${broken.join(' and ')}; the nearest exceeds it by ${(100 * Math.max(...best.constraints)).toPrecision(3)} %`,
        { fix: 'Allow more land or budget, or lower the least capacity.' },
      );
    }
    const front = this.#search.pareto().map((solution) => ({ solution, design: this.#describe(solution) }));
    const { solution: bestSolution, design: bestDesign } = this.#device
      ? this.#bestOf(front)
      : { solution: best, design: this.#describe(best) };
    const shown = this.#device ? this.#unbeaten(front) : front;
    return {
      best: bestDesign,
      pareto: shown.map(({ design }) => {
        const { system: _system, ...figures } = design;
        const { cashFlows: _, ...economics } = design.economics;
        return { ...figures, economics };
      }),
      device: this.#device,
      convergence: [...this.#convergence],
      sensitivity: this.#sensitivity(bestSolution.values),
      evaluations: this.evaluations,
      iterations: this.iteration,
      isComplete: this.done,
      assumptions: this.#assumptions(),
    };
  }

  /** Returns an objective of a design as one to minimise. */
  #minimised({ objectives }: SolarDesign, k: number): number {
    const { name, goal } = this.#given.problem.objectives[k];
    return goal === 'maximize' ? -objectives[name] : objectives[name];
  }

  /** Returns the best of a front that a device has found, by its exact figures. */
  #bestOf(front: readonly Found[]): Found {
    return front.reduce((best, one) => (this.#minimised(one.design, 0) < this.#minimised(best.design, 0) ? one : best));
  }

  /** Leaves out designs that others beat by their exact figures. */
  #unbeaten(front: readonly Found[]): Found[] {
    const { objectives } = this.#given.problem;
    const points = front.flatMap(({ design }) => objectives.map((_, k) => this.#minimised(design, k)));
    const ranks = nonDominatedRanks(points, objectives.length);
    return front.filter((_, i) => ranks[i] === 0);
  }

  #record(): void {
    const best = this.#search.best();
    if (best === null) return;
    const front = this.#search.pareto();
    const { objectives } = this.#given.problem;
    const m = objectives.length;
    const scaled = front.map((solution) =>
      objectives.map(({ goal }, k) => {
        const value = goal === 'maximize' ? -solution.objectives[k] : solution.objectives[k];
        const range = this.#highest[k] - this.#lowest[k];
        return range > 0 ? (value - this.#lowest[k]) / range : 0;
      }),
    );
    const entry: SolarIteration = {
      iteration: this.iteration,
      evaluations: this.evaluations,
      best: best.objectives[0],
      isFeasible: best.violation === 0,
      paretoSize: front.length,
      hypervolume: m === 2 || m === 3 ? hypervolume(scaled, new Array(m).fill(1.1)) : null,
    };
    // What is kept does not grow with the search: every second, fourth... entry, and always the last.
    const stride = 2 ** Math.max(0, Math.ceil(Math.log2(this.iteration / MAX_HISTORY_ENTRIES)));
    this.#convergence = [...this.#convergence.filter(({ iteration }) => iteration % stride === 0), entry];
  }

  /** Returns the plant of a design's values as `SolarDesign` names them. */
  plantOf(values: SolarDesign['values']): SolarSystem {
    const { variables } = this.#given.problem;
    return this.#plant(
      variables.map((one) => {
        const value = values[one.name];
        return one.kind === 'categorical' ? one.choices.indexOf(value as string) : (value as number);
      }),
    ).system;
  }

  /** Returns the plant of these values. */
  #plant(values: readonly number[]): Plant {
    const {
      system,
      problem,
      gcr: ownGcr,
      tracking: given,
      tracker,
      exportLimitKw,
      hasRows,
      rows,
      rack,
      modules,
      moduleCosts,
      inverters,
      inverterCosts,
      moduleKwPerM2,
    } = this.#given;
    const named = new Map(problem.variables.map(({ name }, k) => [name, values[k]]));
    const gcr = named.get('gcr') ?? ownGcr;
    const isTracker = tracker === 'always' || (tracker === 'either' && named.get('mounting') === 1);
    const moduleIndex = named.get('module');
    const module = moduleIndex === undefined ? undefined : modules[moduleIndex];
    const inverterIndex = named.get('inverter');
    const inverter = inverterIndex === undefined ? undefined : inverters[inverterIndex];
    const wanted = {
      dcCapacityKw: named.get('dc_capacity_kw') ?? system.dcCapacityKw,
      dcAcRatio: named.get('dc_ac_ratio') ?? system.dcAcRatio,
    };
    const fewest = system.subarrays?.length ?? 1;
    const strings =
      module && stringsOf(module, inverter, wanted.dcCapacityKw, this.#given.minCellTempC, undefined, fewest);
    const dcCapacityKw = strings?.dcCapacityKw ?? wanted.dcCapacityKw;
    const equatorward = this.#years[0].weather.latitudeDeg >= 0 ? 180 : 0;
    const tracking = { ...given, gcr, axisAzimuthDeg: given.axisAzimuthDeg ?? equatorward };
    const rowsBetween = isTracker ? system.rows : hasRows ? rows : undefined;
    const wished: SolarSystem = {
      ...system,
      dcCapacityKw,
      ...(module && {
        module: { ...module.unit, modulesPerString: strings!.modulesPerString, nStrings: strings!.nStrings },
        iam: module.iam ?? system.iam,
        lossesPct: { ...system.lossesPct, lid: module.lidPct ?? system.lossesPct.lid },
      }),
      ...(inverter && { inverter: invertersOf(inverter, dcCapacityKw / wanted.dcAcRatio) }),
      dcAcRatio: wanted.dcAcRatio,
      mounting: isTracker
        ? tracking
        : {
            type: rack.type,
            tiltDeg: named.get('tilt_deg') ?? rack.tiltDeg,
            azimuthDeg: named.get('azimuth_deg') ?? rack.azimuthDeg ?? equatorward,
          },
      ...(rowsBetween && { rows: { ...rowsBetween, gcr } }),
      ...(system.subarrays && {
        subarrays: this.#subarraysOf(system.subarrays, named.get('tilt_deg'), strings).map((one) => ({
          ...one,
          ...(rowsBetween && { rows: { ...(one.rows ?? rowsBetween), gcr } }),
        })),
      }),
      ...(system.bifacial && { bifacial: { ...system.bifacial, gcr } }),
      ...(exportLimitKw === null
        ? {}
        : { exportLimitKw: Math.min(exportLimitKw, system.exportLimitKw ?? Number.POSITIVE_INFINITY) }),
    };
    // With whole inverters the ratio is what was built.
    const isWhole = wished.inverter.type === 'sandia' || wished.inverter.type === 'curve';
    const plant = isWhole ? { ...wished, dcAcRatio: dcCapacityKw / acRatingKw(wished) } : wished;
    return {
      gcr,
      isTracker,
      moduleKwPerM2: module?.efficiency ?? moduleKwPerM2,
      moduleCost: moduleIndex === undefined ? 0 : moduleCosts[moduleIndex],
      inverterCost: inverterIndex === undefined ? 0 : inverterCosts[inverterIndex],
      system: plant,
    };
  }

  /** Returns the subarrays of a design. @param strings whole strings of the chosen module; undefined: as in the system */
  #subarraysOf(
    subarrays: readonly Subarray[],
    tiltDeg: number | undefined,
    strings: ReturnType<typeof stringsOf> | undefined,
  ): Subarray[] {
    const spread =
      strings &&
      spreadStrings(
        strings.nStrings,
        subarrays.map(({ sharePct }) => sharePct),
      );
    return subarrays.map((one, k) => {
      const { mounting } = one;
      const isRack = mounting.type === 'fixed' || mounting.type === 'roof';
      return {
        ...one,
        ...(isRack && tiltDeg !== undefined && { mounting: { ...mounting, tiltDeg } }),
        ...(spread && {
          nStrings: spread[k],
          modulesPerString: strings.modulesPerString,
          sharePct: (100 * spread[k]) / strings.nStrings,
        }),
      };
    });
  }

  #energiesOf(system: SolarSystem): number[] {
    return this.#years.map((year) => annualEnergyKwh(year, system));
  }

  /** All figures of a design, computed on the processor. */
  #evaluate(values: readonly number[], change?: Change) {
    const plant = this.#plant(values);
    return this.#figures(plant, this.#energiesOf(plant.system), change);
  }

  /** All figures of a plant with these energies; `change` only modifies the economics, for sensitivities. */
  #figures(plant: Plant, yearlyEnergyKwh: readonly number[], change: Change = {}) {
    const { costs, economics: terms, landFactor, landLimitM2, budget } = this.#given;
    const { system, gcr, isTracker, moduleKwPerM2, moduleCost, inverterCost } = plant;
    const { dcCapacityKw } = system;
    const acKw = acRatingKw(system);
    const annual = yearlyEnergyKwh.reduce((sum, energy) => sum + energy, 0) / yearlyEnergyKwh.length;
    const landAreaM2 = (dcCapacityKw / moduleKwPerM2 / gcr) * landFactor;
    const capitalCost =
      (dcCapacityKw * (costs.perKwDc + moduleCost + (isTracker ? costs.trackerPerKwDc : 0)) +
        acKw * (costs.perKwAc + inverterCost) +
        landAreaM2 * costs.landPerM2 +
        costs.fixed) *
      (change.capital ?? 1);
    const economics = projectEconomics({
      ...terms,
      pricePerKwh: terms.pricePerKwh * (change.price ?? 1),
      annualEnergyKwh: annual,
      capitalCost,
      operatingCostPerYear:
        dcCapacityKw * (costs.operationPerKwDcYear + (isTracker ? costs.trackerOperationPerKwDcYear : 0)),
    });
    const hours =
      this.#years.reduce((sum, { weather }) => sum + (weather.timeMs.length * weather.stepMinutes) / 60, 0) /
      this.#years.length;
    const specificYieldKwhPerKw = annual / dcCapacityKw;
    const capacityFactorDcPct = (100 * annual) / (dcCapacityKw * hours);
    const capacityFactorAcPct = (100 * annual) / (acKw * hours);
    const objectives: Record<string, number> = {
      energy: annual,
      ...(this.#given.objectives.includes('energy_p90') && {
        energy_p90: this.#exceedance(yearlyEnergyKwh).oneYear?.p90Kwh ?? annual,
      }),
      specific_yield: specificYieldKwhPerKw,
      capacity_factor_ac: capacityFactorAcPct,
      npv: economics.npv,
      lcoe: economics.lcoeRealPerKwh,
      land_use: landAreaM2,
    };
    const constraints = [
      ...(landLimitM2 === null ? [] : [landAreaM2 / landLimitM2 - 1]),
      ...(budget === null ? [] : [budget > 0 ? capitalCost / budget - 1 : capitalCost]),
    ];
    return {
      system,
      acKw,
      objectives,
      constraints,
      annual,
      yearlyEnergyKwh,
      specificYieldKwhPerKw,
      capacityFactorDcPct,
      capacityFactorAcPct,
      landAreaM2,
      capitalCost,
      economics,
    };
  }

  #describe(solution: Solution): BestSolarDesign {
    const evaluation = this.#evaluate(solution.values);
    const { assumptions: _, ...economics } = evaluation.economics;
    return {
      values: describeValues(this.#given.problem, solution.values),
      objectives: this.#chosen(evaluation.objectives),
      isFeasible: solution.violation === 0,
      system: evaluation.system,
      dcCapacityKw: evaluation.system.dcCapacityKw,
      acCapacityKw: evaluation.acKw,
      dcAcRatio: evaluation.system.dcAcRatio,
      annualEnergyKwh: evaluation.annual,
      yearlyEnergyKwh: evaluation.yearlyEnergyKwh,
      exceedance: this.#exceedance(evaluation.yearlyEnergyKwh),
      specificYieldKwhPerKw: evaluation.specificYieldKwhPerKw,
      capacityFactorDcPct: evaluation.capacityFactorDcPct,
      capacityFactorAcPct: evaluation.capacityFactorAcPct,
      landAreaM2: evaluation.landAreaM2,
      economics,
    };
  }

  #exceedance(yearlyEnergyKwh: readonly number[]): Exceedance {
    return exceedanceOfYears(yearlyEnergyKwh, this.#given.uncertaintyPct, this.#given.interannualPct);
  }

  #chosen(objectives: Readonly<Record<string, number>>): Record<string, number> {
    return Object.fromEntries(this.#given.objectives.map((name) => [name, objectives[name]]));
  }

  /**
   * Returns the sensitivity: each variable changes by a twentieth of its range in both directions, capital cost and
   * price by a tenth.
   */
  #sensitivity(values: readonly number[]): SolarSensitivity[] {
    const { problem, economics } = this.#given;
    const sensitivities: SolarSensitivity[] = [];
    for (const [k, variable] of problem.variables.entries()) {
      if (variable.kind === 'categorical') continue;
      const { lower, upper, name } = variable;
      for (const sign of [-1, 1]) {
        const value = Math.min(upper, Math.max(lower, values[k] + sign * 0.05 * (upper - lower)));
        if (value === values[k]) continue;
        const { objectives } = this.#evaluate(values.map((own, i) => (i === k ? value : own)));
        sensitivities.push({ name, value, objectives: this.#chosen(objectives) });
      }
    }
    const { capitalCost } = this.#evaluate(values);
    for (const factor of [0.9, 1.1]) {
      const dearer = this.#evaluate(values, { capital: factor }).objectives;
      sensitivities.push({ name: 'capital_cost', value: capitalCost * factor, objectives: this.#chosen(dearer) });
      const priced = this.#evaluate(values, { price: factor }).objectives;
      sensitivities.push({
        name: 'price_per_kwh',
        value: economics.pricePerKwh * factor,
        objectives: this.#chosen(priced),
      });
    }
    return sensitivities;
  }

  #assumptions(): SolarDesignResult['assumptions'] {
    const {
      problem: _,
      economics,
      costs,
      modules: _modules,
      inverters: _inverters,
      rows: _rows,
      rack: _rack,
      ...given
    } = this.#given;
    return { ...given, economics: { costs, ...economics }, search: this.#search.state().options };
  }
}
