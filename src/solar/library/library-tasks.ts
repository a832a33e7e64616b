/**
 * Reads files of modules, inverters and horizons in a compute thread, so that a large file never blocks the event loop.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import { fileText } from '../../contracts/common/file-text.ts';
import type { Warning } from '../../contracts/common/warnings.ts';
import { type SolarWarningCode, warnSolar } from '../../contracts/solar/warnings.ts';
import type { HorizonProfile } from '../irradiance/horizon.ts';
import { parseHorizon } from '../irradiance/horizon.ts';
import type { InverterComponent, ModuleComponent } from './component.ts';
import { inverterOfLibrary, inverterOfOnd, moduleOfLibrary, moduleOfPan } from './component.ts';
import { parseCecInverters, parseCecModules } from './library.ts';
import { parseOnd, parsePan } from './pvsyst-files.ts';

export interface ComponentFile {
  readonly kind: 'module' | 'inverter' | 'horizon';
  /** Name of the file, for messages and for components without a name of their own. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface DescribedComponents {
  /** `pan`, `ond`, `cec`, `csv` or `pvgis` */
  readonly format: string;
  readonly items: readonly (ModuleComponent | InverterComponent | (HorizonProfile & { readonly name: string }))[];
  /** Assumptions of the reader where the file states nothing. */
  readonly notes: readonly string[];
  /** Fields of the file that hold a value which no model uses */
  readonly unused: readonly string[];
  readonly warnings: Warning<SolarWarningCode>[];
}

/** What a reader of one format makes of a file */
type Read = Omit<DescribedComponents, 'warnings'>;

/** A horizon may have ten points a degree. */
const MAX_HORIZON_POINTS = 3_600;
/** Characters of a line: rows of SAM's library have 400, remarks of PVsyst's files a few hundred. PVGIS's JSON is one line. */
const MAX_LINE = { module: 10_000, inverter: 10_000, horizon: Number.POSITIVE_INFINITY } as const;

const READERS: Readonly<Record<ComponentFile['kind'], (text: string, name: string) => Read>> = {
  module: (text, name) => {
    if (!text.includes('PVObject_'))
      return { format: 'cec', items: parseCecModules(text).map(moduleOfLibrary), notes: [], unused: [] };
    const pan = parsePan(text, name);
    return { format: 'pan', items: [moduleOfPan(pan, name)], notes: pan.notes, unused: pan.unused };
  },
  inverter: (text, name) => {
    if (!text.includes('PVObject_'))
      return { format: 'cec', items: parseCecInverters(text).map(inverterOfLibrary), notes: [], unused: [] };
    const ond = parseOnd(text, name);
    return { format: 'ond', items: [inverterOfOnd(ond, name)], notes: ond.notes, unused: ond.unused };
  },
  horizon: (text, name) => ({
    format: text.includes('H_hor') ? 'pvgis' : 'csv',
    items: [{ ...parseHorizon(text), name }],
    notes: [],
    unused: [],
  }),
};

/**
 * Reads a .PAN or .OND file, rows of SAM's CEC library, or a horizon as CSV or by PVGIS.
 * @throws AppError `solar.invalid_input` with line, quantity, value and range
 */
export function describeComponentFile({ kind, name, bytes }: ComponentFile): DescribedComponents {
  const refuse = (reason: string): AppError => new AppError('solar.invalid_input', `${name}: ${reason}`);
  const described = READERS[kind](fileText(bytes, refuse, MAX_LINE[kind]), name);
  for (const item of described.items) {
    const points = 'azimuthDeg' in item ? item.azimuthDeg.length : 0;
    if (points > MAX_HORIZON_POINTS) throw refuse(`${points} points; expected at most ${MAX_HORIZON_POINTS}`);
  }
  const warnings: Warning<SolarWarningCode>[] = described.notes.map((assumption) =>
    warnSolar('solar.file_assumption', { assumption }),
  );
  if (described.unused.length > 0)
    warnings.push(warnSolar('solar.file_fields_unused', { fields: described.unused.join(', ') }));
  return { ...described, warnings };
}

export const SOLAR_LIBRARY_TASKS = { describeComponentFile } as const;
