/** The lists of modules and inverters of SAM: an index over a whole list, and rows that are parsed when they are named or uploaded. */
import { AppError } from '../../contracts/common/app-error.ts';
import { MAX_NAME } from '../../contracts/common/file-text.ts';
import type { SandiaInverter } from '../power/inverter.ts';
import type { CecModule } from '../power/single-diode.ts';
import { MaximumPower } from '../power/single-diode.ts';

/** Where the bundled rows come from. */
export const LIBRARY_SOURCE = {
  name: "SAM's CEC module and inverter libraries, 2019-03-05",
  origin:
    'California Energy Commission lists, parameters fitted by NREL, all 21,535 modules and 3,264 inverters as bundled in pvlib 0.16.1',
  licence: 'BSD-3-Clause',
} as const;

export interface LibraryModule {
  /** The name with `_` in place of all characters except letters and digits. */
  readonly id: string;
  readonly name: string;
  /** `Mono-c-Si`, `Multi-c-Si`, `Thin Film`, `CdTe`, `CIGS` */
  readonly technology: string;
  readonly isBifacial: boolean;
  /** Under standard conditions [W] */
  readonly powerW: number;
  readonly areaM2: number;
  /** Power / (area x 1000 W/m2) [1] */
  readonly efficiency: number;
  readonly cellsInSeries: number;
  readonly iScA: number;
  readonly vOcV: number;
  readonly iMpA: number;
  readonly vMpV: number;
  /** [degC] */
  readonly noctC: number;
  /** Temperature coefficient of the maximum power [1/K] */
  readonly gammaPerK: number;
  /** For `SolarSystem.module`. */
  readonly cec: CecModule;
}

export interface LibraryInverter {
  readonly id: string;
  readonly name: string;
  /** AC rating [W] */
  readonly powerW: number;
  /** AC rating / DC power at the rating [1] */
  readonly efficiency: number;
  /** AC voltage [V] */
  readonly acV: number;
  /** Window of maximum power tracking and largest input [V] */
  readonly mppMinV: number;
  readonly mppMaxV: number;
  readonly maxDcV: number;
  /** For `SolarSystem.inverter`. */
  readonly sandia: SandiaInverter;
}

/** As many as an organization can store */
const MAX_ROWS = 5_000;

const refuse = (reason: string): never => {
  throw new AppError('solar.invalid_input', reason);
};

/** Splits a line into cells; cells with commas are quoted. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  cells.push(cell);
  return cells;
}

interface Row {
  readonly line: number;
  text(column: string): string;
  number(column: string, min: number, max: number): number;
}

/** Returns the rows of a table with a header, without SAM's lines of units and of variable names. */
function rowsOf(csv: string, what: string): Row[] {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = new Map(cellsOf(lines[0]).map((name, i) => [name.trim(), i]));
  if (!columns.has('Name')) refuse(`${what}: line 1 has no column Name; expected the heading of SAM's CEC library`);
  const rows: Row[] = [];
  for (let i = 1; i < lines.length; i++) {
    if (lines[i].trim() === '') continue;
    const cells = cellsOf(lines[i]);
    const name = cells[columns.get('Name')!]?.trim() ?? '';
    if (name === 'Units' || name.startsWith('[')) continue;
    if (name.length > MAX_NAME)
      refuse(`${what}: line ${i + 1}: Name has ${name.length} characters; expected at most ${MAX_NAME}`);
    const text = (column: string): string => {
      const at = columns.get(column);
      if (at === undefined) return refuse(`${what}: the heading has no column ${column}`);
      return cells[at]?.trim() ?? '';
    };
    rows.push({
      line: i + 1,
      text,
      number(column, min, max) {
        const cell = text(column);
        const value = cell === '' ? Number.NaN : Number(cell);
        if (!(value >= min && value <= max))
          refuse(`${what}: line ${i + 1}, ${name}: ${column} is "${cell}"; expected ${min} to ${max}`);
        return value;
      },
    });
    if (rows.length > MAX_ROWS) refuse(`${what}: more than ${MAX_ROWS} rows`);
  }
  if (rows.length === 0) refuse(`${what}: there is no row below the heading`);
  return rows;
}

const idOf = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '_');

/** Maximum difference between the computed and the stated power of a module. */
const POWER_TOLERANCE = 0.05;

/**
 * Parses modules from rows of SAM's CEC library: its heading and columns, in any order.
 * @throws AppError `solar.invalid_input` naming line, module, column, value and range, or a module whose parameters do not give
 *   its power within 5 %
 */
export function parseCecModules(csv: string): LibraryModule[] {
  return rowsOf(csv, 'modules').map((row): LibraryModule => {
    const cec: CecModule = {
      alphaScAPerK: row.number('alpha_sc', -1, 1),
      aRefV: row.number('a_ref', 1e-3, 100),
      iLRefA: row.number('I_L_ref', 1e-3, 1000),
      iORefA: row.number('I_o_ref', 1e-40, 1),
      rSOhm: row.number('R_s', 0, 1000),
      rShRefOhm: row.number('R_sh_ref', 1e-3, 1e9),
      adjustPct: row.number('Adjust', -1000, 1000),
    };
    const name = row.text('Name');
    const powerW = row.number('STC', 0.1, 5000);
    const areaM2 = row.number('A_c', 1e-3, 100);
    const computed = new MaximumPower(cec).solve(1000, 25);
    if (!(Math.abs(computed / powerW - 1) <= POWER_TOLERANCE))
      refuse(
        `modules: line ${row.line}, ${name}: its parameters give ${computed.toFixed(1)} W, STC is ${powerW} W; expected within 5 %`,
      );
    return {
      id: idOf(name),
      name,
      technology: row.text('Technology'),
      isBifacial: row.text('Bifacial') === '1',
      powerW,
      areaM2,
      efficiency: powerW / areaM2 / 1000,
      cellsInSeries: row.number('N_s', 1, 10_000),
      iScA: row.number('I_sc_ref', 1e-3, 1000),
      vOcV: row.number('V_oc_ref', 0.1, 2000),
      iMpA: row.number('I_mp_ref', 1e-3, 1000),
      vMpV: row.number('V_mp_ref', 0.1, 2000),
      noctC: row.number('T_NOCT', 20, 100),
      gammaPerK: row.number('gamma_r', -2, 0.5) / 100,
      cec,
    };
  });
}

/**
 * Parses inverters from rows of SAM's CEC library. @throws AppError `solar.invalid_input` naming line, inverter,
 * column, value and range
 */
export function parseCecInverters(csv: string): LibraryInverter[] {
  return rowsOf(csv, 'inverters').map((row): LibraryInverter => {
    const name = row.text('Name');
    const paco = row.number('Paco', 1, 1e8);
    const sandia: SandiaInverter = {
      paco,
      pdco: row.number('Pdco', paco, 2 * paco),
      vdco: row.number('Vdco', 1, 5000),
      pso: row.number('Pso', 0, paco),
      c0: row.number('C0', -1, 1),
      c1: row.number('C1', -1, 1),
      c2: row.number('C2', -10, 10),
      c3: row.number('C3', -10, 10),
      pnt: row.number('Pnt', 0, paco),
    };
    return {
      id: idOf(name),
      name,
      powerW: paco,
      efficiency: paco / sandia.pdco,
      acV: Number(row.text('Vac')),
      mppMinV: row.number('Mppt_low', 0, 5000),
      mppMaxV: row.number('Mppt_high', 0, 5000),
      maxDcV: row.number('Vdcmax', 0, 5000),
      sandia,
    };
  });
}

/** What a search needs of an item, without its parameters. */
export interface CecEntry {
  readonly id: string;
  readonly name: string;
  /** For searches: the name in lower case */
  readonly lowerName: string;
  readonly technology?: string;
  /** STC power of a module, AC rating of an inverter [W] */
  readonly powerW: number;
}

/** A whole list of SAM: names and powers are an index, and a row is parsed when it is named. */
export class CecList<Item> {
  /** All items by name */
  readonly entries: readonly CecEntry[];
  readonly #heading: string;
  readonly #parse: (csv: string) => Item[];
  readonly #lines = new Map<CecEntry, string>();
  readonly #named = new Map<string, CecEntry>();

  /**
   * @param power name of the column of the power
   * @param parse reads rows below a heading
   * @throws AppError `solar.invalid_input` for text that is no list of SAM
   */
  constructor(csv: string, power: string, parse: (csv: string) => Item[]) {
    this.#parse = parse;
    const lines = csv.split(/\r?\n/);
    this.#heading = lines[0];
    const names = cellsOf(lines[0]);
    const [nameAt, powerAt, technologyAt] = ['Name', power, 'Technology'].map((column) => names.indexOf(column));
    if (nameAt < 0 || powerAt < 0) refuse(`line 1 lacks Name or ${power}; expected the heading of SAM's CEC library`);
    // The rest of a row is read when it is named.
    const columns = Math.max(nameAt, powerAt, technologyAt) + 1;
    for (const line of lines.slice(1)) {
      const cells = line.startsWith('"') ? cellsOf(line) : line.split(',', columns);
      const name = cells[nameAt]?.trim() ?? '';
      if (name === '' || name === 'Units' || name.startsWith('[')) continue;
      const technology = technologyAt < 0 ? {} : { technology: cells[technologyAt] };
      const entry = {
        id: idOf(name),
        name,
        lowerName: name.toLowerCase(),
        powerW: Number(cells[powerAt]),
        ...technology,
      };
      this.#lines.set(entry, line);
      this.#named.set(name, entry);
    }
    this.entries = [...this.#lines.keys()].sort((a, b) => (a.name < b.name ? -1 : 1));
    // An id is before a name that is written like it.
    for (const entry of this.entries) this.#named.set(entry.id, entry);
  }

  /** Returns the item of an entry. */
  at(entry: CecEntry): Item {
    const [item] = this.#parse(`${this.#heading}\n${this.#lines.get(entry)}`);
    return item;
  }

  /** Returns an item by its id or name; undefined if there is none. */
  find(idOrName: string): Item | undefined {
    const entry = this.#named.get(idOrName);
    return entry && this.at(entry);
  }
}
