/** Completes a system of a request: looks up components, fills in defaults that depend on other fields, checks parts. */
import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { checked } from '../../contracts/common/checked.ts';
import { camelKeys, snakeKeys } from '../../lib/case.ts';
import type { SolarSystemBody } from '../../contracts/solar/system.schema.ts';
import { LID_PCT, NEAR_SHADING_PCT, solarSystemSchema } from '../../contracts/solar/system.schema.ts';
import { SAPM_THERMAL } from '../../solar/power/cell-temperature.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import { invertersOf, openCircuitV, spreadStrings, stringsOf, voltageLimitsOf } from '../../solar/library/component.ts';
import type { HorizonProfile } from '../../solar/irradiance/horizon.ts';
import { samPvwattsModels } from '../../solar/power/sam-pvwatts.ts';
import { acRatingKw, checkSystem } from '../../solar/system.ts';
import { curvePoints, diodeParameters } from '../../solar/power/single-diode.ts';
import { toSolarSystem } from './engine-system.ts';
import type { Warning } from '../../contracts/common/warnings.ts';
import { type SolarWarningCode, warnSolar } from '../../contracts/solar/warnings.ts';

type Lookup<Component> = Pick<ReadonlyMap<string, Component>, 'get'>;
/** What a request names, by the ids and names that it states. */
export interface Components {
  readonly modules: Lookup<ModuleComponent>;
  readonly inverters: Lookup<InverterComponent>;
  readonly horizons: Lookup<HorizonProfile>;
}

/** What a system takes from the place of its weather. */
export interface SystemPlace {
  readonly latitudeDeg: number;
  /** Lowest air temperature of the weather; absent where it is not known [degC] */
  readonly minTempAirC?: number;
}

/** Coldest cell where the weather's is not known [degC]: PVsyst's default for the voltage limit */
export const MIN_CELL_TEMP_C = -10;
/** Most that a stated capacity may differ from that of stated strings [1] */
const CAPACITY_TOLERANCE = 0.01;
/** Least move of capacity or DC/AC ratio by whole strings and inverters that is worth a warning [1] */
export const MOVED = 0.02;
const RATIO_DEFAULT = solarSystemSchema.shape.dc_ac_ratio.parse(undefined);

/** Returns the azimuth of the equator [deg]. */
const equatorward = (latitudeDeg: number): number => (latitudeDeg >= 0 ? 180 : 0);

/** For requests that name no components and therefore need no query. */
export const NO_COMPONENTS: Components = { modules: new Map(), inverters: new Map(), horizons: new Map() };

type Naming = Pick<SolarSystemBody, 'module' | 'inverter' | 'far_horizon' | 'subarrays'>;
/** Returns the ids and names of the components that systems name. */
export const componentNames = (systems: readonly Naming[]): string[] => [
  ...new Set(
    systems.flatMap(({ module, inverter, far_horizon, subarrays = [] }) => [
      ...(module.type === 'library' ? [module.id] : []),
      ...(inverter.type === 'library' ? [inverter.id] : []),
      ...[far_horizon, ...subarrays.map((one) => one.far_horizon)].flatMap((horizon) =>
        horizon !== undefined && 'horizon_id' in horizon ? [horizon.horizon_id] : [],
      ),
    ]),
  ),
];

/** Returns the component. @throws AppError `request.not_found` with the pointer of the field if it is undefined */
export const required = <T>(component: T | undefined, what: string, id: string, pointer: string): T => {
  if (component === undefined)
    throw new AppError('request.not_found', `No ${what} ${id}`, {
      pointer,
      fix: `Search for it with GET /v1/${what}s, or upload it.`,
    });
  return component;
};

/**
 * Returns the system as it is stored, computed and shown in the result: it contains every default, component and preset.
 * @param pointer of the system in the request
 * @param place of the weather
 * @param warnings receives the doubts about the system
 * @throws AppError `request.not_found` for an unknown component; `solar.invalid_input` for parts that do not fit each other
 */
export function resolveSystem(
  given: SolarSystemBody,
  components: Components,
  pointer: string,
  { latitudeDeg, minTempAirC = MIN_CELL_TEMP_C }: SystemPlace,
  warnings: Warning<SolarWarningCode>[] = [],
): SolarSystemBody {
  if (given.preset && given.subarrays)
    throw new AppError('solar.invalid_input', 'subarrays are given with a preset; PVWatts has one orientation', {
      pointer: `${pointer}/subarrays`,
      fix: 'Leave out preset, or send one system for each orientation.',
    });
  const body = given.preset ? presetSystem(given, given.preset) : given;
  const { inverter, temperature, mounting, losses_pct: losses } = body;
  const minCellTempC = body.min_cell_temp_c ?? minTempAirC;
  const { chosenModule, chosenInverter } = chosenParts(body, components, pointer);
  const { iam = chosenModule?.iam } = camelKeys({ iam: body.iam });
  const resolved: SolarSystemBody = {
    ...body,
    iam: solarSystemSchema.shape.iam.parse(iam ? snakeKeys(iam) : { type: 'physical' }),
    min_cell_temp_c: minCellTempC,
    mounting: facingEquator(mounting, latitudeDeg),
    // PVWatts states one total of losses beside its own shading of rows.
    losses_pct: {
      ...losses,
      shading: losses.shading ?? (body.rows && !given.preset ? 0 : NEAR_SHADING_PCT),
      lid: losses.lid ?? chosenModule?.lidPct ?? LID_PCT,
    },
  };
  if (chosenModule)
    Object.assign(resolved, modulesInStrings(resolved, chosenModule, chosenInverter, pointer, warnings));
  if (chosenInverter) resolved.inverter = invertersFor(resolved, chosenInverter, pointer);
  if (temperature.type === 'sapm') resolved.temperature = sapmOf(temperature, mounting.type === 'roof');
  if (body.far_horizon) resolved.far_horizon = horizonOf(body.far_horizon, components, pointer);
  if (body.subarrays) {
    const subarrays = body.subarrays.map((one, k) => ({
      ...one,
      mounting: facingEquator(one.mounting ?? resolved.mounting, latitudeDeg),
      ...(one.far_horizon && { far_horizon: horizonOf(one.far_horizon, components, `${pointer}/subarrays/${k}`) }),
    }));
    resolved.subarrays = withShares({ ...resolved, subarrays }, pointer, warnings);
    resolved.subarray_mpp = body.subarray_mpp ?? 'own';
  } else if (body.subarray_mpp !== undefined)
    throw new AppError('solar.invalid_input', 'subarray_mpp is given without subarrays; expected both', {
      pointer: `${pointer}/subarray_mpp`,
    });
  const isChosen = inverter.type === 'library' && inverter.n_inverters === undefined;
  resolved.dc_ac_ratio = builtRatio(resolved, isChosen, pointer, warnings);
  requireStrings(resolved, pointer);
  warnings.push(...systemWarnings(given, resolved, minTempAirC, pointer));
  try {
    checkSystem(toSolarSystem(resolved));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw inRequestNames(error, pointer);
  }
  return resolved;
}

/** Returns the module and inverter that a system names; undefined for a part that it states itself. */
function chosenParts({ module, inverter }: SolarSystemBody, { modules, inverters }: Components, pointer: string) {
  return {
    chosenModule:
      module.type === 'library'
        ? required(modules.get(module.id), 'module', module.id, `${pointer}/module/id`)
        : undefined,
    chosenInverter:
      inverter.type === 'library'
        ? required(inverters.get(inverter.id), 'inverter', inverter.id, `${pointer}/inverter/id`)
        : undefined,
  };
}

/** Returns a module of the library in whole strings, and the DC capacity that they have. */
function modulesInStrings(
  body: SolarSystemBody,
  chosen: ModuleComponent,
  inverter: InverterComponent | undefined,
  pointer: string,
  warnings: Warning<SolarWarningCode>[],
): Pick<SolarSystemBody, 'module' | 'dc_capacity_kw'> {
  const { module, dc_capacity_kw: asked_kw, min_cell_temp_c = MIN_CELL_TEMP_C } = body;
  if (module.type !== 'library') return body;
  const { powerW, name, unit } = chosen;
  const whole = stringsOf(chosen, inverter, asked_kw, min_cell_temp_c, module.modules_per_string);
  const { modulesPerString: modules_per_string } = whole;
  const stated = statedStrings(body, modules_per_string, pointer);
  const n_strings = module.n_strings ?? stated?.nStrings ?? whole.nStrings;
  const areStated = module.n_strings !== undefined && module.modules_per_string !== undefined;
  const builtKw = (powerW * (stated?.nModules ?? modules_per_string * n_strings)) / 1000;
  const dc_capacity_kw = areStated ? asked_kw : builtKw;
  if (Math.abs(dc_capacity_kw / asked_kw - 1) > MOVED) {
    const values = { n_strings, modules_per_string, dc_capacity_kw, asked_kw };
    warnings.push(warnSolar('solar.capacity_moved', values, `${pointer}/dc_capacity_kw`));
  }
  const parameters = snakeKeys(unit.module);
  const part = { type: unit.type, name, power_w: powerW, parameters, modules_per_string, n_strings };
  return { dc_capacity_kw, module: fitted(solarSystemSchema.shape.module, part, `${pointer}/module`) };
}

/** Returns as many inverters of the library as the DC/AC ratio needs, or as the system states. */
function invertersFor(
  { inverter, dc_capacity_kw: dcKw, dc_ac_ratio: ratio }: SolarSystemBody,
  chosen: InverterComponent,
  pointer: string,
): SolarSystemBody['inverter'] {
  if (inverter.type !== 'library') return inverter;
  const { unit, name } = chosen;
  const limits = snakeKeys(voltageLimitsOf(chosen));
  const n_inverters = inverter.n_inverters ?? invertersOf(chosen, dcKw / ratio).nInverters;
  return fitted(
    solarSystemSchema.shape.inverter,
    unit.type === 'sandia'
      ? { type: 'sandia', name, n_inverters, parameters: unit.inverter, ...limits }
      : { ...snakeKeys(unit), name, n_inverters, ...limits },
    `${pointer}/inverter`,
  );
}

type Sapm = Extract<SolarSystemBody['temperature'], { type: 'sapm' }>;

/** Returns the constants of a construction, where the system does not state its own. */
function sapmOf({ construction, ...own }: Sapm, isRoof: boolean): Sapm {
  const { a, b, deltaTK } =
    SAPM_THERMAL[construction ?? (isRoof ? 'close_mount_glass_glass' : 'open_rack_glass_polymer')];
  return { type: 'sapm', a: own.a ?? a, b: own.b ?? b, delta_t_k: own.delta_t_k ?? deltaTK };
}

/** Returns the horizon that a request states or names. */
function horizonOf(
  given: NonNullable<SolarSystemBody['far_horizon']>,
  components: Components,
  pointer: string,
): NonNullable<SolarSystemBody['far_horizon']> {
  if (!('horizon_id' in given)) return given;
  const { azimuthDeg, elevationDeg } = required(
    components.horizons.get(given.horizon_id),
    'horizon',
    given.horizon_id,
    `${pointer}/far_horizon`,
  );
  return { azimuth_deg: [...azimuthDeg], elevation_deg: [...elevationDeg] };
}

/**
 * Returns the strings that the subarrays state; undefined where they state shares.
 * @param inSeries modules in each string of the system
 * @throws AppError `solar.invalid_input` where some state strings and others do not
 */
function statedStrings({ subarrays }: SolarSystemBody, inSeries: number, pointer: string) {
  if (!subarrays?.some(({ n_strings }) => n_strings !== undefined)) return undefined;
  const strings = subarrays.map(({ n_strings, modules_per_string = inSeries }, k) => {
    if (n_strings === undefined)
      throw new AppError('solar.invalid_input', `subarrays.${k}.n_strings is absent; expected as in the others`, {
        pointer: `${pointer}/subarrays/${k}/n_strings`,
      });
    return { n_strings, modules_per_string };
  });
  return {
    strings,
    nStrings: strings.reduce((sum, one) => sum + one.n_strings, 0),
    nModules: strings.reduce((sum, one) => sum + one.n_strings * one.modules_per_string, 0),
  };
}

/** Largest difference of stated shares from 100, and of a stated share from that of stated strings [%] */
const SHARE_TOLERANCE_PCT = 0.05;

/** Returns the subarrays with their shares and, where modules are in strings, their strings. */
function withShares(
  { subarrays = [], module, ...resolved }: SolarSystemBody,
  pointer: string,
  warnings: Warning<SolarWarningCode>[],
): NonNullable<SolarSystemBody['subarrays']> {
  const refuse = (at: string, reason: string): never => {
    throw new AppError('solar.invalid_input', `subarrays${at.replaceAll('/', '.')} ${reason}`, {
      pointer: `${pointer}/subarrays${at}`,
    });
  };
  const isInStrings = module.type === 'cec' || module.type === 'pvsyst';
  const stated = isInStrings
    ? statedStrings({ ...resolved, subarrays, module }, module.modules_per_string, pointer)
    : undefined;
  if (isInStrings && stated) {
    if (Math.abs(stated.nStrings / module.n_strings - 1) > 1e-9)
      refuse('', `have ${stated.nStrings} strings; expected module.n_strings, ${module.n_strings}`);
    return subarrays.map((one, k) => {
      const { n_strings, modules_per_string } = stated.strings[k];
      const share_pct = (100 * n_strings * modules_per_string) / stated.nModules;
      if (one.share_pct !== undefined && Math.abs(one.share_pct - share_pct) > SHARE_TOLERANCE_PCT)
        refuse(`/${k}/share_pct`, `is ${one.share_pct}; its strings have ${share_pct.toFixed(2)} %`);
      return { ...one, n_strings, modules_per_string, share_pct };
    });
  }
  const shares = subarrays.map(({ share_pct, n_strings, modules_per_string }, k) => {
    if (!isInStrings && (n_strings ?? modules_per_string) !== undefined)
      refuse(`/${k}`, 'states strings; expected share_pct, because module.type is pvwatts');
    if (modules_per_string !== undefined)
      refuse(`/${k}/modules_per_string`, 'is given without n_strings; expected both');
    return share_pct ?? refuse(`/${k}/share_pct`, `is absent; expected it${isInStrings ? ', or n_strings' : ''}`);
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 100) > SHARE_TOLERANCE_PCT)
    refuse('', `have shares of ${Number(total.toFixed(4))} % together; expected 100`);
  if (!isInStrings) return subarrays.map((one, k) => ({ ...one, share_pct: (100 * shares[k]) / total }));
  const strings = spreadStrings(
    module.n_strings,
    shares.map((share) => (100 * share) / total),
  );
  return subarrays.map((one, k) => {
    const [n_strings, asked_share_pct] = [strings[k], shares[k]];
    const share_pct = (100 * n_strings) / module.n_strings;
    if (!(n_strings > 0))
      refuse(`/${k}/share_pct`, `is ${asked_share_pct}: that is none of ${module.n_strings} strings; expected more`);
    if (Math.abs(share_pct / asked_share_pct - 1) > MOVED)
      warnings.push(
        warnSolar(
          'solar.subarray_share_moved',
          { subarray: k + 1, n_strings, share_pct: Number(share_pct.toFixed(1)), asked_share_pct },
          `${pointer}/subarrays/${k}/share_pct`,
        ),
      );
    return { ...one, n_strings, modules_per_string: module.modules_per_string, share_pct };
  });
}

/**
 * Checks the DC/AC ratio of whole inverters against the range of `dc_ac_ratio`.
 * @param pointer of the inverters in the request
 * @throws AppError `solar.invalid_input` for inverters of another size than the plant
 */
export function requireRatio(ratio: number, dcKw: number, acKw: number, pointer: string): void {
  if (solarSystemSchema.shape.dc_ac_ratio.safeParse(ratio).success) return;
  throw new AppError(
    'solar.invalid_input',
    `The inverters have ${Number(acKw.toPrecision(4))} kW AC for ${Number(dcKw.toPrecision(4))} kW DC, a DC/AC ratio of ${Number(ratio.toPrecision(3))}; expected 0.1 to 10. Choose ${ratio < 1 ? 'smaller or fewer inverters' : 'larger or more inverters'}`,
    { pointer },
  );
}

/**
 * Returns the DC/AC ratio that was built.
 * @param isChosen whether the number of inverters follows from the ratio
 * @throws AppError `solar.invalid_input` for a ratio outside the range of `dc_ac_ratio`
 */
function builtRatio(
  resolved: SolarSystemBody,
  isChosen: boolean,
  pointer: string,
  warnings: Warning<SolarWarningCode>[],
): number {
  const { inverter, dc_ac_ratio: asked_ratio, dc_capacity_kw: dcKw } = resolved;
  if (inverter.type !== 'sandia' && inverter.type !== 'curve') return asked_ratio;
  const ratingKw = acRatingKw(toSolarSystem(resolved));
  const built_ratio = dcKw / ratingKw;
  requireRatio(built_ratio, dcKw, ratingKw, `${pointer}/inverter`);
  const isMoved = Math.abs(built_ratio / asked_ratio - 1) > MOVED;
  // The default of a request that states the inverters was not asked for.
  if (isMoved && (isChosen || asked_ratio !== RATIO_DEFAULT))
    warnings.push(
      warnSolar(
        'solar.ratio_moved',
        { n_inverters: inverter.n_inverters, built_ratio, asked_ratio },
        `${pointer}/dc_ac_ratio`,
      ),
    );
  return built_ratio;
}

/**
 * Checks stated strings against capacity and voltages.
 * @throws AppError `solar.invalid_input` for strings of another capacity, or with more voltage in the cold than the inverter bears
 */
function requireStrings(resolved: SolarSystemBody, pointer: string): void {
  const { module } = toSolarSystem(resolved);
  if (module.type === 'pvwatts' || resolved.module.type === 'pvwatts' || resolved.module.type === 'library') return;
  const refuse = (field: string, reason: string): never => {
    throw new AppError('solar.invalid_input', reason, { pointer: `${pointer}/${field}` });
  };
  const { subarrays } = resolved;
  const strings = subarrays
    ? subarrays.map((one, k) => ({
        field: `subarrays/${k}/modules_per_string`,
        inSeries: one.modules_per_string ?? module.modulesPerString,
        nStrings: one.n_strings ?? 0,
      }))
    : [{ field: 'module/modules_per_string', inSeries: module.modulesPerString, nStrings: module.nStrings }];
  for (const { field, inSeries } of strings)
    if (!Number.isInteger(inSeries)) refuse(field, `modules_per_string is ${inSeries}; expected a whole number`);
  const powerW = resolved.module.power_w ?? curvePoints(diodeParameters(module, 1000, 25)).pMpW;
  const nModules = strings.reduce((sum, one) => sum + one.inSeries * one.nStrings, 0);
  const stringsKw = (powerW * nModules) / 1000;
  const { dc_capacity_kw: dcKw, min_cell_temp_c: coldC = MIN_CELL_TEMP_C } = resolved;
  if (Math.abs(dcKw / stringsKw - 1) > CAPACITY_TOLERANCE)
    refuse(
      'dc_capacity_kw',
      `dc_capacity_kw is ${dcKw}; expected ${stringsKw.toPrecision(6)} within 1 %, the power of ${subarrays ? `${nModules}` : `${module.nStrings} strings of ${module.modulesPerString}`} modules of ${powerW.toPrecision(4)} W`,
    );
  const { inverter } = resolved;
  const maxDcV = inverter.type === 'sandia' || inverter.type === 'curve' ? (inverter.max_dc_v ?? 0) : 0;
  const moduleV = openCircuitV(module, coldC);
  for (const { field, inSeries } of strings)
    if (maxDcV > 0 && inSeries * moduleV > maxDcV)
      refuse(
        field,
        `modules_per_string is ${inSeries}: at ${coldC} degC the string has ${(inSeries * moduleV).toFixed(0)} V without load, the inverter bears ${maxDcV} V; expected ${moduleV > maxDcV ? 'an inverter for a higher voltage' : `at most ${Math.floor(maxDcV / moduleV)} modules`}`,
      );
}

/** A coldest cell that is warmer than the weather by more needs a word [K]: cells are as cold as the air at dawn. */
const WARMER_K = 10;

/** @param minTempAirC lowest air temperature of the weather [degC] */
function systemWarnings(
  given: SolarSystemBody,
  resolved: SolarSystemBody,
  minTempAirC: number,
  pointer: string,
): Warning<SolarWarningCode>[] {
  const warnings: Warning<SolarWarningCode>[] = [];
  const { iam, module, inverter } = resolved;
  if (given.iam && iam && 'include_diffuse' in iam && !iam.include_diffuse)
    warnings.push(warnSolar('solar.beam_reflection_only', { iam: iam.type }, `${pointer}/iam`));
  if (given.preset) {
    if (given.bifacial) warnings.push(warnSolar('solar.preset_bifacial', {}, `${pointer}/bifacial`));
    return warnings;
  }
  const counts: [part: string, field: string, count: number | undefined][] = [
    ['module', 'n_strings', 'n_strings' in module ? module.n_strings : undefined],
    ['inverter', 'n_inverters', 'n_inverters' in inverter ? inverter.n_inverters : undefined],
    ...(given.subarrays ?? []).map(({ n_strings }, k): [string, string, number | undefined] => [
      `subarrays/${k}`,
      'n_strings',
      n_strings,
    ]),
  ];
  const { min_cell_temp_c: stated } = given;
  if (stated !== undefined && 'n_strings' in module && stated > minTempAirC + WARMER_K) {
    const values = { min_cell_temp_c: stated, min_temp_air_c: Number(minTempAirC.toFixed(1)) };
    warnings.push(warnSolar('solar.coldest_cell_warm', values, `${pointer}/min_cell_temp_c`));
  }
  for (const [part, field, count] of counts)
    if (count !== undefined && !Number.isInteger(count))
      warnings.push(warnSolar('solar.fractional_units', { field, count }, `${pointer}/${part}/${field}`));
  return warnings;
}

function facingEquator(mounting: SolarSystemBody['mounting'], latitudeDeg: number): SolarSystemBody['mounting'] {
  const azimuth = equatorward(latitudeDeg);
  switch (mounting.type) {
    case 'fixed':
    case 'roof':
      return { ...mounting, azimuth_deg: mounting.azimuth_deg ?? azimuth };
    case 'one_axis':
      return { ...mounting, axis_azimuth_deg: mounting.axis_azimuth_deg ?? azimuth };
    case 'two_axis':
      return mounting;
  }
}

/** Translates an error of the engine about a system: the pointer becomes that of the field in the request. */
function inRequestNames(error: AppError, pointer: string): AppError {
  const path = (error.pointer ?? '').split('/').slice(1);
  // The engine holds the `parameters` of module and inverter under the part's own name.
  const requestPath = path.map((name, i) => (i === 1 && name === path[0] ? 'parameters' : name));
  const [name, requestName] = [path.join('.'), requestPath.join('.')];
  const message = error.message.startsWith(name) ? requestName + error.message.slice(name.length) : error.message;
  return new AppError(error.code, message, { pointer: [pointer, ...requestPath].join('/'), cause: error });
}

/** Checks that a part from the library is within the ranges of a part that a request states. */
const fitted = <Part>(schema: z.ZodType<Part>, part: unknown, pointer: string): Part =>
  checked(schema, part, pointer, 'solar.invalid_input');

/** Returns a system in which the models of a preset replace its own; after that it is like any other system. */
function presetSystem(body: SolarSystemBody, { module: kind, gcr }: NonNullable<SolarSystemBody['preset']>) {
  const { preset: _, rows: _rows, ...own } = body;
  const { module, ...models } = samPvwattsModels(body.dc_capacity_kw, body.mounting, { kind, gcr });
  const { module: parameters, ...strings } = module;
  // Parsed again, which writes out the defaults of the chosen models.
  return solarSystemSchema.parse({
    ...own,
    ...snakeKeys(models),
    module: { ...snakeKeys(strings), parameters: snakeKeys(parameters) },
  });
}
