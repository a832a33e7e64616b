/** Reads WAsP's turbine files (.wtg): XML with a table of power and thrust for each air density and mode. */
import type { Element } from '@xmldom/xmldom';
import { MAX_NAME } from '../../contracts/common/file-text.ts';
import { elementsOf, lineOf, parseXml } from '../../contracts/common/xml.ts';
import { windError } from '../check.ts';
import type { DensityCurve } from '../turbine/turbine.ts';
import type { NotUsed } from './windio-wake.ts';

/** A turbine of a file: its main table, and those of the same mode at other air densities. */
export interface WtgTurbine {
  readonly name: string;
  readonly diameterM: number;
  readonly hubHeightM: number;
  readonly airDensityKgM3: number;
  /** Wind speeds of all tables [m/s] */
  readonly wsMPerS: readonly number[];
  readonly powerKw: readonly number[];
  readonly ct: readonly number[] | null;
  readonly densityCurves: readonly DensityCurve[];
  readonly notUsed: readonly NotUsed[];
}

export interface WtgOptions {
  /** Number of the table that is the turbine's curve, from 0 */
  readonly table?: number;
  /** Default: the first height that the file suggests */
  readonly hubHeightM?: number;
}

const MAX_TABLES = 100;
const MAX_ROWS = 1000;

interface Table extends DensityCurve {
  readonly wsMPerS: readonly number[];
  /** Tables of one mode differ only in their air density */
  readonly mode: string;
  readonly notUsed: readonly NotUsed[];
}

/**
 * Reads a turbine. Speeds below cut-in and above cut-out have no power; a table that ends before cut-out ends the curve there,
 * as in windkit.
 * @throws AppError `wind.invalid_input` with line, attribute and reason
 */
export function parseWtg(text: string, { table = 0, hubHeightM }: WtgOptions = {}): WtgTurbine {
  const root = parseXml(text, (reason) => windError(`.wtg: ${reason}`, '/file'));
  if (root.tagName !== 'WindTurbineGenerator')
    throw windError(`.wtg: the file begins with ${root.tagName.slice(0, 50)}; expected WindTurbineGenerator`, '/file');
  const elements = elementsOf(root, 'PerformanceTable');
  if (elements.length === 0 || elements.length > MAX_TABLES)
    throw windError(`.wtg: ${elements.length} PerformanceTables; expected 1 to ${MAX_TABLES}`, '/file');
  if (table >= elements.length)
    throw windError(`table_index is ${table}; the file has ${elements.length} tables, from 0 on`, '/query/table_index');
  const tables = elements.map(tableOf);
  const main = tables[table];
  const densities = new Map([[main.densityKgM3, table]]);
  const notUsed: NotUsed[] = [...main.notUsed];
  tables.forEach((other, i) => {
    if (i === table) return;
    const reason =
      other.mode !== main.mode
        ? `it is of another mode (${other.mode}); upload the file again with table_index=${i} to use it`
        : densities.has(other.densityKgM3)
          ? `table ${densities.get(other.densityKgM3)} has the same air density`
          : null;
    if (reason) notUsed.push({ path: `PerformanceTable[${i}]`, reason });
    else densities.set(other.densityKgM3, i);
  });
  const heights = elementsOf(root, 'Height').map((element) => numberIn(element.textContent ?? '', 'Height', element));
  const heightM = hubHeightM ?? heights[0];
  if (heightM === undefined)
    throw windError('.wtg: the file suggests no height; expected hub_height_m', '/query/hub_height_m');
  const name = (root.getAttribute('Description') ?? '').trim();
  if (name === '' || name.length > MAX_NAME)
    throw windError(`.wtg: Description has ${name.length} characters; expected 1 to ${MAX_NAME}`, '/file');
  return {
    name,
    diameterM: attribute(root, 'RotorDiameter'),
    hubHeightM: heightM,
    airDensityKgM3: main.densityKgM3,
    wsMPerS: main.wsMPerS,
    powerKw: main.powerKw,
    ct: main.ct,
    densityCurves: [...densities.values()].filter((i) => i !== table).map((i) => onSpeeds(tables[i], main.wsMPerS)),
    notUsed,
  };
}

function tableOf(element: Element, index: number): Table {
  const points = elementsOf(element, 'DataPoint');
  if (points.length < 2 || points.length > MAX_ROWS)
    throw windError(
      `.wtg, line ${lineOf(element)}: the table has ${points.length} DataPoints; expected 2 to ${MAX_ROWS}`,
      '/file',
    );
  const [strategy] = elementsOf(element, 'StartStopStrategy');
  const cutInMPerS = strategy ? attribute(strategy, 'LowSpeedCutIn') : Number.NEGATIVE_INFINITY;
  const cutOutMPerS = strategy ? attribute(strategy, 'HighSpeedCutOut') : Number.POSITIVE_INFINITY;
  const rows = points.map((point) => ({
    ws: attribute(point, 'WindSpeed'),
    kw: attribute(point, 'PowerOutput') / 1000,
    ct: point.hasAttribute('ThrustCoEfficient') ? attribute(point, 'ThrustCoEfficient') : Number.NaN,
  }));
  rows.forEach(({ ws }, i) => {
    if (i > 0 && ws <= rows[i - 1].ws)
      throw windError(
        `.wtg, line ${lineOf(points[i])}: WindSpeed is ${ws} after ${rows[i - 1].ws}; expected rising speeds`,
        '/file',
      );
  });
  const running = rows.filter(({ ws }) => ws >= cutInMPerS && ws <= cutOutMPerS);
  if (running.length < 2)
    throw windError(
      `.wtg, line ${lineOf(element)}: ${running.length} DataPoints are between cut-in, ${cutInMPerS}, and cut-out, ${cutOutMPerS} m/s; expected at least 2`,
      '/file',
    );
  const known = running.filter(({ ct }) => Number.isFinite(ct)).length;
  const last = running[running.length - 1].ws;
  const path = `PerformanceTable[${index}]`;
  return {
    densityKgM3: attribute(element, 'AirDensity'),
    wsMPerS: running.map(({ ws }) => ws),
    powerKw: running.map(({ kw }) => kw),
    ct: known === running.length ? running.map(({ ct }) => ct) : null,
    mode: `noise ${element.getAttribute('MaximumNoiseLevel') ?? 'unknown'}, pitch ${element.getAttribute('BladePitchAngle') ?? 'unknown'}`,
    notUsed: [
      ...(cutOutMPerS > last && Number.isFinite(cutOutMPerS)
        ? [
            {
              path: `${path}/StartStopStrategy/HighSpeedCutOut`,
              reason: `it is ${cutOutMPerS} m/s, and the table ends at ${last} m/s: above that the turbine stands still`,
            },
          ]
        : []),
      ...(known > 0 && known < running.length
        ? [{ path: `${path}/ThrustCoEfficient`, reason: `only ${known} of ${running.length} rows have one` }]
        : []),
    ],
  };
}

/** Returns the numbers of a table at other speeds; 0 outside of its own. */
function onSpeeds({ wsMPerS, powerKw, ct, densityKgM3 }: Table, speeds: readonly number[]): DensityCurve {
  const at = (values: readonly number[]) =>
    speeds.map((speed) => {
      const high = wsMPerS.findIndex((ws) => ws >= speed);
      if (high < 0 || (high === 0 && speed < wsMPerS[0])) return 0;
      if (wsMPerS[high] === speed) return values[high];
      const share = (speed - wsMPerS[high - 1]) / (wsMPerS[high] - wsMPerS[high - 1]);
      return values[high - 1] * (1 - share) + values[high] * share;
    });
  return { densityKgM3, powerKw: at(powerKw), ct: ct && at(ct) };
}

const attribute = (element: Element, name: string): number =>
  numberIn(element.getAttribute(name) ?? '', `${element.tagName} ${name}`, element);

function numberIn(text: string, what: string, element: Element): number {
  const value = Number(text.trim());
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw windError(
    `.wtg, line ${lineOf(element)}: ${what} is '${text.trim().slice(0, 40)}'; expected a number`,
    '/file',
  );
}
