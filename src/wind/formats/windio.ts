/**
 * Reads and writes windIO, the wind energy community's YAML for plants (IEA Wind Task 37): turbines, farms, resources
 * and sites.
 */
import { Composer, type CST, type Document, isMap, isScalar, isSeq, Lexer, LineCounter, Parser, stringify } from 'yaml';
import type { WindResource } from '../energy/analyze-farm.ts';
import { guard, windError } from '../check.ts';
import type { Farm } from '../turbine/farm.ts';
import { checkFarm } from '../turbine/farm.ts';
import type { Zone } from '../../geometry/zones.ts';
import type { Point } from '../../geometry/projection.ts';
import { type NotUsed, type WindIoWake, wakeOfAttributes } from './windio-wake.ts';
import type { LayoutSite } from '../layout/layout-site.ts';
import type { TurbineSpec } from '../turbine/turbine.ts';
import { checkTurbine, powerKw, ratedPowerKw, tableCurve, thrustCoefficient } from '../turbine/turbine.ts';

type Tree = Readonly<Record<string, unknown>>;

/** The parts of a wind energy system that are read here. */
export interface WindIoSystem {
  readonly name: string;
  readonly farm: Farm;
  readonly resource: WindResource;
  /**
   * Ambient turbulence intensity [-]: one value, or one for each direction of the resource; null if the file has none
   */
  readonly ti: number | readonly number[] | null;
  readonly site: Pick<LayoutSite, 'zones' | 'exclusions'>;
  /** Height of the speeds [m]; null: the hub's */
  readonly heightM: number | null;
  readonly shear: { readonly alpha: number } | { readonly roughnessM: number } | null;
  readonly airDensityKgM3: number | null;
  readonly wake: WindIoWake;
  /** What the document has and nothing here uses */
  readonly notUsed: readonly NotUsed[];
}

/** The part of a system that is written */
export type WrittenSystem = Pick<WindIoSystem, 'name' | 'farm' | 'resource' | 'ti' | 'site'>;

/** Returns the text of a file that another one names with `!include`, or the variables of a netCDF file. */
export type Include = (path: string, from: string) => Included;
export type Included =
  | { readonly text: string; readonly name: string }
  | { readonly variables: Readonly<Record<string, unknown>> };

const REFERENCE_DENSITY = 1.225;
const MAX_INCLUDES = 50;
/** Values, keys and lists of a document with its includes: a year of ten-minute records has 160,000. */
const MAX_NODES = 500_000;
/** Nesting of mappings and lists; a windIO system has eight levels. */
const MAX_DEPTH = 64;
/** Open parts of the syntax, of which a level has at most two */
const MAX_OPEN = 2 * MAX_DEPTH + 2;
/** A document that includes one that includes another one ... */
const MAX_LEVELS = 8;
/** Rows of a curve, as in POST /v1/wind/turbines */
const MAX_CURVE_ROWS = 1000;
/** No turbine runs above this [m/s]; it bounds the rows of a curve that is given by its rated speed. */
const MAX_SPEED_M_PER_S = 100;

/**
 * Reads a wind energy system.
 * @param include returns the text of a file that the document names with `!include`
 * @throws AppError that names what is missing, of the wrong kind, or not read here
 */
export function parseWindIo(text: string, include: Include = refuseInclude, file = ''): WindIoSystem {
  const tree = asTree(load(text, include, { includes: MAX_INCLUDES, nodes: MAX_NODES }, file), 'the document');
  const site = asTree(tree.site, 'site');
  const wind_farm = asTree(tree.wind_farm, 'wind_farm');
  const farm = windIoFarm(wind_farm);
  const energy = asTree(site.energy_resource, 'site.energy_resource');
  const { resource, ti, notes } = windIoResource(energy);
  const wind = asTree(energy.wind_resource, 'wind_resource');
  const heights = heightsOf(wind);
  const density = scalarOf(wind, 'density');
  const { wake, notUsed } = wakeOfAttributes(tree.attributes);
  return {
    name: String(tree.name ?? ''),
    farm,
    resource,
    ti,
    ...heights.read,
    airDensityKgM3: density.value,
    wake,
    notUsed: [
      ...unread(tree, '', ['name', 'site', 'wind_farm', 'attributes']),
      ...unread(site, '/site', ['name', 'boundaries', 'exclusions', 'energy_resource']),
      ...unread(wind, '/site/energy_resource/wind_resource', READ_WIND),
      ...unread(wind_farm, '/wind_farm', ['name', 'layouts', 'turbines', 'turbine_types']),
      ...notes,
      ...heights.notUsed,
      ...density.notUsed,
      ...notUsed,
    ],
    site: {
      zones: zones(asTree(site.boundaries, 'site.boundaries'), 'site.boundaries'),
      exclusions: site.exclusions === undefined ? [] : zones(asTree(site.exclusions, 'site.exclusions'), 'exclusions'),
    },
  };
}

function refuseInclude(path: string): never {
  throw windError(
    `the document includes ${path}, and no files came with it; expected one document, or a zip with all of its files`,
    '/file',
  );
}

const READ_WIND = [
  ...['time', 'wind_direction', 'wind_speed', 'probability', 'weibull_a', 'weibull_k', 'sector_probability'],
  ...['turbulence_intensity', 'reference_height', 'height', 'shear', 'z0', 'density'],
];

/** Returns the keys of a mapping that nothing here reads. */
const unread = (tree: Tree, path: string, read: readonly string[]): NotUsed[] =>
  Object.keys(tree)
    .filter((key) => !read.includes(key))
    .map((key) => ({ path: `${path}/${key.slice(0, 100)}`, reason: 'nothing here reads it' }));

interface Scalar {
  readonly value: number | null;
  readonly notUsed: readonly NotUsed[];
}

/** Returns a number of the resource; one that varies is named. */
function scalarOf(wind: Tree, name: string): Scalar {
  if (wind[name] === undefined) return { value: null, notUsed: [] };
  const { data } = dimensional(wind[name], name);
  const list = Array.isArray(data) ? (data.flat(3) as unknown[]) : [data];
  if (list.length > 0 && list.every((value) => value === list[0]))
    return { value: asNumber(list[0], name), notUsed: [] };
  return {
    value: null,
    notUsed: [{ path: `/site/energy_resource/wind_resource/${name}`, reason: 'it varies; read here is one value' }],
  };
}

/** Returns the height of the speeds and the profile above it. */
function heightsOf(wind: Tree): { read: Pick<WindIoSystem, 'heightM' | 'shear'>; notUsed: readonly NotUsed[] } {
  const shear = wind.shear === undefined ? null : asTree(wind.shear, 'wind_resource.shear');
  const [reference, height, roughness] = ['reference_height', 'height', 'z0'].map((name) => scalarOf(wind, name));
  const heightM =
    reference.value ?? height.value ?? (shear === null ? null : asNumber(shear.h_ref, 'wind_resource.shear.h_ref'));
  const notUsed = [...reference.notUsed, ...height.notUsed, ...roughness.notUsed];
  // The power law from the height of the speeds is the same from any other height.
  if (shear)
    return { read: { heightM, shear: { alpha: asNumber(shear.alpha, 'wind_resource.shear.alpha') } }, notUsed };
  const hasRoughness = roughness.value !== null && heightM !== null;
  return { read: { heightM, shear: hasRoughness ? { roughnessM: roughness.value } : null }, notUsed };
}

/** What may still be read. */
interface Budget {
  includes: number;
  nodes: number;
}

function load(text: string, include: Include, budget: Budget, file: string, level = 0): unknown {
  // The composer lists what its tags throw among its own errors; the first is the reason.
  let reason: unknown;
  const resolve = (path: string): unknown => {
    try {
      if (budget.includes-- <= 0) throw windError(`more than ${MAX_INCLUDES} includes; expected fewer`, '/file');
      if (level >= MAX_LEVELS) throw windError(`includes in more than ${MAX_LEVELS} levels; expected fewer`, '/file');
      const included = include(path, file);
      if ('variables' in included) return included.variables;
      return load(included.text, include, budget, included.name, level + 1);
    } catch (cause) {
      reason ??= cause;
      throw cause;
    }
  };
  let document: Document.Parsed;
  try {
    document = parseYaml(text, resolve);
  } catch (cause) {
    throw reason ?? cause;
  }
  if (document.contents !== null && !isMap(document.contents)) throw windError('expected a YAML mapping', '/file');
  checkNodes(document.contents, budget, 0);
  try {
    // Aliases of aliases could blow a short file up without bound.
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw windError(`not readable as YAML: ${(cause as Error).message}`, '/file');
  }
}

/** @throws AppError for what is no YAML, or nested too deeply */
function parseYaml(text: string, resolve: (path: string) => unknown): Document.Parsed {
  const lines = new LineCounter();
  // The composer compares each key with all others of its mapping; checkNodes takes a set.
  const composer = new Composer({ uniqueKeys: false, customTags: [{ tag: '!include', resolve }] });
  const documents = composer.compose(tokensOf(text, lines), true, text.length);
  const document = documents.next().value as Document.Parsed; // at least the last, which may be empty
  if (document.errors.length === 0 && documents.next().done) return document;
  const { message, pos } = document.errors[0] ?? { message: 'more than one document', pos: [document.range[2]] };
  const { line, col } = lines.linePos(pos[0]);
  throw windError(`not readable as YAML: ${message} at line ${line}, column ${col}`, '/file');
}

/**
 * Yields the syntax of a document. What is nested too deeply is refused here, because the composer is recursive: Node aborts
 * the whole process if the stack of a thread ends while it compiles a regular expression.
 */
function* tokensOf(text: string, lines: LineCounter): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_OPEN) throw windError(`nested more than ${MAX_DEPTH} levels deep`, '/file');
  }
  yield* parser.end();
}

/** @throws AppError for too many values, too many levels, and a key that occurs twice */
function checkNodes(node: unknown, budget: Budget, depth: number): void {
  if (--budget.nodes < 0) throw windError(`more than ${MAX_NODES} values and keys; expected fewer`, '/file');
  if (depth > MAX_DEPTH) throw windError(`nested more than ${MAX_DEPTH} levels deep`, '/file');
  if (isSeq(node)) for (const item of node.items) checkNodes(item, budget, depth + 1);
  if (!isMap(node)) return;
  const keys = new Set<unknown>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? key.value : key;
    if (keys.has(name))
      throw windError(`not readable as YAML: the key ${String(name).slice(0, 100)} occurs twice`, '/file');
    keys.add(name);
    checkNodes(key, budget, depth + 1);
    checkNodes(value, budget, depth + 1);
  }
}

function asTree(value: unknown, name: string): Tree {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw windError(`${name} is ${value === undefined ? 'missing' : typeof value}; expected a mapping`, '/file');
  return value as Tree;
}

function asNumbers(value: unknown, name: string, least = 1): number[] {
  if (!Array.isArray(value))
    throw windError(`${name} is ${value === undefined ? 'missing' : typeof value}; expected a list`);
  const list = value.map((entry) => (typeof entry === 'number' ? entry : Number.NaN));
  guard.requireList(name, list, least);
  return list;
}

function asNumber(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw windError(`${name} is ${value === undefined ? 'missing' : String(value)}; expected a number`, '/file');
  return value;
}

/** Interpolates linearly between knots; 0 outside. */
function interpolate(knots: readonly number[], values: readonly number[], at: number): number {
  const last = knots.length - 1;
  if (at < knots[0] || at > knots[last]) return 0;
  const high = Math.max(
    1,
    knots.findIndex((knot) => knot >= at),
  );
  const weight = (at - knots[high - 1]) / (knots[high] - knots[high - 1]);
  return values[high - 1] + weight * (values[high] - values[high - 1]);
}

/**
 * Reads a turbine; powers are in W in the file. If curves have different speeds, the result has all of these speeds.
 */
function windIoTurbine(tree: Tree): TurbineSpec {
  const name = String(tree.name ?? '');
  const at = `turbine ${name}`;
  const diameterM = asNumber(tree.rotor_diameter, `${at}: rotor_diameter`);
  const performance = asTree(tree.performance, `${at}: performance`);
  const ctCurve = asTree(performance.Ct_curve, `${at}: Ct_curve`);
  const ctSpeeds = asNumbers(ctCurve.Ct_wind_speeds, `${at}: Ct_wind_speeds`, 2);
  const ctValues = asNumbers(ctCurve.Ct_values, `${at}: Ct_values`, 2);
  const geometry = {
    name,
    diameterM,
    hubHeightM: asNumber(tree.hub_height, `${at}: hub_height`),
    refAirDensityKgM3: REFERENCE_DENSITY,
  };
  let knots: number[];
  let power: (ws: number) => number;
  let nameplateKw: number | undefined;
  if (performance.power_curve !== undefined || performance.Cp_curve !== undefined) {
    const isPower = performance.power_curve !== undefined;
    const curve = asTree(isPower ? performance.power_curve : performance.Cp_curve, `${at}: curve`);
    knots = asNumbers(isPower ? curve.power_wind_speeds : curve.Cp_wind_speeds, `${at}: wind speeds`, 2);
    const values = asNumbers(isPower ? curve.power_values : curve.Cp_values, `${at}: values`, 2);
    if (values.length !== knots.length)
      throw windError(`${at}: ${knots.length} wind speeds and ${values.length} values; expected equal lengths`);
    const area = (Math.PI * diameterM * diameterM) / 4;
    power = (ws) =>
      interpolate(knots, values, ws) * (isPower ? 1e-3 : 0.5e-3 * REFERENCE_DENSITY * area * ws * ws * ws);
  } else {
    const ratedKw = asNumber(performance.rated_power, `${at}: rated_power`) / 1e3;
    const cutInMPerS = asNumber(performance.cutin_wind_speed, `${at}: cutin_wind_speed`);
    const ratedMPerS = asNumber(performance.rated_wind_speed, `${at}: rated_wind_speed`);
    const cutOutMPerS = asNumber(performance.cutout_wind_speed, `${at}: cutout_wind_speed`);
    if (!(cutOutMPerS <= MAX_SPEED_M_PER_S && ratedMPerS <= MAX_SPEED_M_PER_S))
      throw windError(
        `${at}: rated and cut-out speed are ${ratedMPerS} and ${cutOutMPerS} m/s; expected at most ${MAX_SPEED_M_PER_S}`,
        '/file',
      );
    const running = ctValues.filter((_, i) => ctSpeeds[i] >= cutInMPerS && ctSpeeds[i] <= cutOutMPerS);
    const spec: TurbineSpec = {
      ...geometry,
      curve: { kind: 'cubic', cutInMPerS, ratedMPerS, cutOutMPerS, ratedKw, ct: running[0] },
    };
    if (running.length > 0 && running.every((ct) => ct === running[0])) {
      checkTurbine(spec);
      return spec;
    }
    // A thrust that varies needs a table; a tenth of a metre a second keeps the cube within 1e-4 of rated power.
    const steps = Math.ceil((ratedMPerS - cutInMPerS) * 10);
    knots = Array.from({ length: steps + 1 }, (_, i) => cutInMPerS + ((ratedMPerS - cutInMPerS) * i) / steps).concat(
      cutOutMPerS,
    );
    power = (ws) => powerKw({ ...spec, curve: { ...spec.curve, ct: 0 } as typeof spec.curve }, ws);
    nameplateKw = ratedKw;
  }
  if (Math.max(knots.length, ctSpeeds.length) > MAX_CURVE_ROWS)
    throw windError(`${at}: the curve has more than ${MAX_CURVE_ROWS} rows; expected fewer`, '/file');
  if (ctSpeeds.length !== ctValues.length)
    throw windError(`${at}: ${ctSpeeds.length} wind speeds and ${ctValues.length} Ct_values; expected equal lengths`);
  const wsMPerS = [...new Set([...knots, ...ctSpeeds])].sort((a, b) => a - b);
  const spec: TurbineSpec = {
    ...geometry,
    nameplateKw,
    curve: tableCurve(
      wsMPerS,
      wsMPerS.map(power),
      wsMPerS.map((ws) => interpolate(ctSpeeds, ctValues, ws)),
    ),
  };
  checkTurbine(spec);
  return spec;
}

/** Reads a wind farm; if it has several layouts, the first one. */
function windIoFarm(tree: Tree): Farm {
  const layout = asTree(Array.isArray(tree.layouts) ? tree.layouts[0] : tree.layouts, 'wind_farm.layouts');
  const coordinates = asTree(layout.coordinates, 'wind_farm.layouts.coordinates');
  const xM = asNumbers(coordinates.x, 'layouts.coordinates.x');
  const yM = asNumbers(coordinates.y, 'layouts.coordinates.y');
  let farm: Farm;
  if (layout.turbine_types !== undefined) {
    const types = asTree(tree.turbine_types, 'wind_farm.turbine_types');
    const names = Object.keys(types);
    const kind = asNumbers(layout.turbine_types, 'layouts.turbine_types').map((type, i) => {
      const index = names.indexOf(String(type));
      if (index < 0) throw windError(`turbine_types[${i}] is ${type}; expected one of ${names.join(', ')}`, '/file');
      return index;
    });
    farm = { xM, yM, turbines: names.map((name) => windIoTurbine(asTree(types[name], `turbine type ${name}`))), kind };
  } else farm = { xM, yM, turbines: [windIoTurbine(asTree(tree.turbines, 'wind_farm.turbines'))] };
  checkFarm(farm);
  return farm;
}

/** Reads a quantity and the axes over which it varies. */
function dimensional(value: unknown, name: string): { readonly data: unknown; readonly dims: readonly string[] } {
  if (typeof value === 'number') return { data: value, dims: [] };
  if (Array.isArray(value)) return { data: value, dims: [name] };
  const tree = asTree(value, name);
  return { data: tree.data, dims: (tree.dims as string[] | undefined) ?? [] };
}

/** Returns the values by direction. A quantity that varies over another axis is refused, and the error names it. */
function byDirection(value: unknown, name: string, directions: number): number[] {
  const { data, dims } = dimensional(value, name);
  const other = dims.find((dim) => dim !== 'wind_direction');
  if (other) throw windError(`${name} varies by ${other}; read here is only what varies by wind_direction`, '/file');
  if (dims.length === 0) return Array(directions).fill(asNumber(data, name));
  const list = asNumbers(data, name);
  if (list.length !== directions)
    throw windError(`${name} has ${list.length} values; expected ${directions}, one a direction`, '/file');
  return list;
}

/** Reads a resource: sector-wise Weibull, a table of probabilities, or a time series. */
function windIoResource(tree: Tree): Pick<WindIoSystem, 'resource' | 'ti'> & { readonly notes: readonly NotUsed[] } {
  const wind = asTree(tree.wind_resource, 'wind_resource');
  if (wind.time !== undefined) {
    const steps = (wind.time as unknown[]).length;
    const series = (name: 'wind_speed' | 'wind_direction') => {
      const list = asNumbers(dimensional(wind[name], name).data, name);
      if (list.length !== steps)
        throw windError(`${name} has ${list.length} values; expected ${steps}, one an instant`);
      return list;
    };
    const stepHours = hoursOfStep(wind.time as unknown[]);
    const { ti, notes } = meanTi(wind.turbulence_intensity);
    return {
      resource: { kind: 'series', wsMPerS: series('wind_speed'), wdDeg: series('wind_direction'), stepHours },
      ti,
      notes,
    };
  }
  const directions = asNumbers(wind.wind_direction, 'wind_resource.wind_direction');
  const ti = wind.turbulence_intensity === undefined ? null : tiOf(wind.turbulence_intensity, directions.length);
  if (wind.probability !== undefined) {
    const speeds = asNumbers(wind.wind_speed, 'wind_resource.wind_speed');
    const { data, dims } = dimensional(wind.probability, 'probability');
    const other = dims.find((dim) => dim !== 'wind_direction' && dim !== 'wind_speed');
    if (other) throw windError(`probability varies by ${other}; read here are wind_direction and wind_speed`, '/file');
    const flat = (data as unknown[]).flat() as number[];
    guard.requireList('probability', flat);
    if (flat.length !== directions.length * speeds.length)
      throw windError(`probability has ${flat.length} values; expected ${directions.length} times ${speeds.length}`);
    const isTurned = dims[0] === 'wind_speed' && dims.length === 2;
    const shares = sharesOfDirections(wind.sector_probability, flat, directions.length);
    const probability = Float64Array.from(flat, (_, i) => {
      const [d, s] = [Math.floor(i / speeds.length), i % speeds.length];
      return shares[d] * (isTurned ? flat[s * directions.length + d] : flat[i]);
    });
    return {
      resource: {
        kind: 'rose',
        rose: { directionsDeg: Float64Array.from(directions), speedsMPerS: Float64Array.from(speeds), probability },
      },
      ti,
      notes: [],
    };
  }
  // Sectors may be closed: the last at 360 repeats the first.
  const sectors = directions.at(-1) === 360 ? directions.length - 1 : directions.length;
  directions.slice(0, sectors).forEach((direction, s) => {
    if (Math.abs(direction - (360 * s) / sectors) > 1e-6)
      throw windError(`wind_direction[${s}] is ${direction}; expected ${(360 * s) / sectors}: equal sectors from 0 on`);
  });
  const scale = byDirection(wind.weibull_a, 'weibull_a', directions.length);
  const shape = byDirection(wind.weibull_k, 'weibull_k', directions.length);
  return {
    resource: {
      kind: 'weibull',
      site: {
        frequency: byDirection(wind.sector_probability, 'sector_probability', directions.length).slice(0, sectors),
        weibull: scale.slice(0, sectors).map((scaleMPerS, s) => ({ scaleMPerS, shape: shape[s] })),
      },
    },
    ti: Array.isArray(ti) ? ti.slice(0, sectors) : ti,
    notes: [],
  };
}

/** Largest sum of probabilities that are shares of all time */
const MAX_TOTAL = 1.02;

/**
 * Returns factors on the probabilities by direction. Beside `sector_probability`, probabilities are those within a direction,
 * unless they sum to 1 over all directions.
 */
function sharesOfDirections(sectorProbability: unknown, flat: readonly number[], directions: number): number[] {
  const total = flat.reduce((sum, value) => sum + value, 0);
  if (sectorProbability === undefined || total <= MAX_TOTAL) return Array(directions).fill(1);
  return byDirection(sectorProbability, 'sector_probability', directions);
}

/** Returns the turbulence of a time series: its mean, because an analysis has one value or one a sector. */
function meanTi(value: unknown): { ti: number | null; notes: readonly NotUsed[] } {
  if (value === undefined) return { ti: null, notes: [] };
  const { data } = dimensional(value, 'turbulence_intensity');
  if (!Array.isArray(data)) return { ti: asNumber(data, 'turbulence_intensity'), notes: [] };
  const list = asNumbers(data, 'turbulence_intensity');
  return {
    ti: list.reduce((sum, entry) => sum + entry, 0) / list.length,
    notes: [
      {
        path: '/site/energy_resource/wind_resource/turbulence_intensity',
        reason: 'its mean is used, not the value of each step',
      },
    ],
  };
}

function tiOf(value: unknown, directions: number): number | number[] {
  const { data, dims } = dimensional(value, 'turbulence_intensity');
  return dims.length === 0
    ? asNumber(data, 'turbulence_intensity')
    : byDirection(value, 'turbulence_intensity', directions);
}

function hoursOfStep(times: readonly unknown[]): number {
  if (times.length < 2) return 1;
  const [first, second] = times
    .slice(0, 2)
    .map((time) => (typeof time === 'number' ? time * 3.6e6 : Date.parse(String(time))));
  const hours = (second - first) / 3.6e6;
  if (!(hours > 0)) throw windError(`time begins with ${times[0]} and ${times[1]}; expected rising instants`, '/file');
  return hours;
}

function zones(tree: Tree, name: string): Zone[] {
  if (tree.circle !== undefined) {
    const circle = asTree(tree.circle, `${name}.circle`);
    const center = asTree(circle.center, `${name}.circle.center`);
    return [
      {
        xM: asNumber(center.x, `${name}.circle.center.x`),
        yM: asNumber(center.y, `${name}.circle.center.y`),
        radiusM: asNumber(circle.radius, `${name}.circle.radius`),
      },
    ];
  }
  if (!Array.isArray(tree.polygons)) throw windError(`${name} has neither circle nor polygons; expected one`, '/file');
  return tree.polygons.map((polygon, i) => {
    const at = asTree(polygon, `${name}.polygons[${i}]`);
    const x = asNumbers(at.x, `${name}.polygons[${i}].x`, 3);
    const y = asNumbers(at.y, `${name}.polygons[${i}].y`, 3);
    if (x.length !== y.length)
      throw windError(`${name}.polygons[${i}] has ${x.length} x and ${y.length} y; expected equal lengths`, '/file');
    return { outer: x.map((value, k): Point => [value, y[k]]) };
  });
}

/** Returns a turbine as a windIO document. @throws AppError for turbines without thrust coefficients, which windIO requires */
function windIoOfTurbine(turbine: TurbineSpec): Tree {
  const { curve } = turbine;
  const wsMPerS = curve.kind === 'table' ? curve.wsMPerS : [curve.cutInMPerS, curve.cutOutMPerS];
  const ctCurve = { Ct_values: wsMPerS.map((ws) => thrustCoefficient(turbine, ws)), Ct_wind_speeds: wsMPerS };
  return {
    name: turbine.name,
    performance:
      curve.kind === 'table'
        ? {
            power_curve: { power_values: curve.powerKw.map((kw) => kw * 1e3), power_wind_speeds: wsMPerS },
            Ct_curve: ctCurve,
          }
        : {
            rated_power: ratedPowerKw(turbine) * 1e3,
            rated_wind_speed: curve.ratedMPerS,
            cutin_wind_speed: curve.cutInMPerS,
            cutout_wind_speed: curve.cutOutMPerS,
            Ct_curve: ctCurve,
          },
    hub_height: turbine.hubHeightM,
    rotor_diameter: turbine.diameterM,
  };
}

/** Returns a system as one windIO document. Holes of polygons become exclusions, as windIO requires. */
export function stringifyWindIo({ name, farm, resource, ti, site }: WrittenSystem): string {
  const parts = site.zones;
  const holes = parts.flatMap((part) => ('outer' in part ? (part.holes ?? []).map((outer) => ({ outer })) : []));
  const exclusions = [...(site.exclusions ?? []), ...holes];
  const tree = {
    name,
    site: {
      name,
      boundaries: zonesOf(parts, 'boundaries'),
      ...(exclusions.length > 0 ? { exclusions: zonesOf(exclusions, 'exclusions') } : {}),
      energy_resource: { name, wind_resource: resourceOf(resource, ti) },
    },
    wind_farm: {
      name,
      layouts: [
        {
          coordinates: { x: Array.from(farm.xM), y: Array.from(farm.yM) },
          ...(farm.turbines.length > 1 ? { turbine_types: Array.from(farm.xM, (_, i) => farm.kind?.[i] ?? 0) } : {}),
        },
      ],
      ...(farm.turbines.length > 1
        ? { turbine_types: Object.fromEntries(farm.turbines.map((turbine, i) => [i, windIoOfTurbine(turbine)])) }
        : { turbines: windIoOfTurbine(farm.turbines[0]) }),
    },
  };
  return stringify(tree, { aliasDuplicateObjects: false });
}

function zonesOf(list: readonly Zone[], name: string): Tree {
  const [first] = list;
  if (list.length === 1 && 'radiusM' in first)
    return { circle: { center: { x: first.xM, y: first.yM }, radius: first.radiusM } };
  return {
    polygons: list.map((zone) => {
      if ('radiusM' in zone)
        throw windError(`windIO has one circle or polygons; ${name} are ${list.length} zones with a circle among them`);
      return { x: zone.outer.map(([x]) => x), y: zone.outer.map(([, y]) => y) };
    }),
  };
}

function resourceOf(resource: WindResource, ti: WindIoSystem['ti']): Tree {
  const turbulence =
    ti === null
      ? {}
      : {
          turbulence_intensity:
            typeof ti === 'number' ? { data: ti, dims: [] } : { data: ti, dims: ['wind_direction'] },
        };
  if (resource.kind === 'series') {
    const { stepHours = 1 } = resource;
    return {
      time: Array.from(resource.wsMPerS, (_, i) => i * stepHours),
      wind_speed: Array.from(resource.wsMPerS),
      wind_direction: Array.from(resource.wdDeg),
      ...turbulence,
    };
  }
  if (resource.kind === 'rose') {
    const { directionsDeg, speedsMPerS, probability } = resource.rose;
    const speeds = speedsMPerS.length;
    return {
      wind_direction: Array.from(directionsDeg),
      wind_speed: Array.from(speedsMPerS),
      probability: {
        data: Array.from(directionsDeg, (_, d) => Array.from(probability.slice(d * speeds, (d + 1) * speeds))),
        dims: ['wind_direction', 'wind_speed'],
      },
      ...turbulence,
    };
  }
  const { frequency, weibull } = resource.site;
  const dims = ['wind_direction'];
  return {
    wind_direction: frequency.map((_, s) => (360 * s) / frequency.length),
    sector_probability: { data: frequency, dims },
    weibull_a: { data: weibull.map((w) => w.scaleMPerS), dims },
    weibull_k: { data: weibull.map((w) => w.shape), dims },
    ...turbulence,
  };
}
