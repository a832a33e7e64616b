/** Comparison of a reference file's sections, row by row and column by column. */
import type { FileResult, QuantityResult, ReferenceJson } from './types.ts';

export type ReferenceRow = Readonly<Record<string, ReferenceJson>>;

export interface Section {
  readonly inputs?: readonly string[];
  readonly outputs: readonly string[];
  readonly rows: readonly ReferenceRow[];
}

export interface SectionRule {
  /** Output of the engine for one row, by output column; NaN corresponds to null in the file. */
  compute?(row: ReferenceRow, section: ReferenceJson): Record<string, number>;
  /** For sections whose rows are one series: the engine's output for all rows, as columns of the same length. */
  computeSeries?(rows: readonly ReferenceRow[], outputs: readonly string[]): Record<string, ArrayLike<number>>;
  /** Columns in degrees, for which 0 and 360 are equal. */
  readonly angles?: readonly string[];
  /** Columns in degrees from an arc cosine, which loses digits near 0: there the error is that of the cosine. */
  readonly arcCosines?: readonly string[];
  /** Sizes below which errors are absolute, other than 1. */
  readonly floors?: Readonly<Record<string, number>>;
  /** Relative tolerances other than 1e-8. */
  readonly tolerances?: Readonly<Record<string, number>>;
}

const ANGLE_TOLERANCE_DEG = 1e-6;
const TOLERANCE = 1e-8;
const RAD = Math.PI / 180;
/** Below this angle the rounding of an arc cosine can reach the tolerance [deg]. */
const NEAR_ZERO_DEG = 0.1;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Returns a row that throws an error with the column's name if an absent column is read, so that no NaN appears later. */
const rowOf = (record: ReferenceRow, where: string): ReferenceRow =>
  new Proxy(record, {
    get(target, column) {
      if (typeof column === 'string' && !(column in target)) throw new Error(`${where} lacks the column ${column}`);
      return Reflect.get(target, column);
    },
  });

/**
 * Returns the sections of a file by name, their rows as objects.
 * @throws Error that names what is missing or has the wrong shape
 */
export function sectionsOf(json: ReferenceJson): Record<string, Section> {
  if (typeof json?.sections !== 'object' || json.sections === null || isList(json.sections))
    throw new Error('"sections" is absent; expected an object of sections with columns and rows');
  return Object.fromEntries(
    Object.entries<ReferenceJson>(json.sections).map(([name, section]) => {
      for (const key of ['columns', 'rows'])
        if (!isList(section?.[key])) throw new Error(`section ${name}: "${key}" is not a list`);
      const columns: string[] = section.columns;
      const rows = section.rows.map((row: unknown, i: number) => {
        if (!isList(row) || row.length !== columns.length)
          throw new Error(`section ${name}, row ${i}: expected a list of ${columns.length} values, one a column`);
        return rowOf(Object.fromEntries(columns.map((column, k) => [column, row[k]])), `section ${name}`);
      });
      if (section.outputs !== undefined && !isList(section.outputs))
        throw new Error(`section ${name}: "outputs" is not a list`);
      const outputs = section.outputs ?? columns.filter((column) => !section.inputs?.includes(column));
      for (const output of outputs)
        if (!columns.includes(output)) throw new Error(`section ${name}: output ${output} is not among its columns`);
      return [name, { ...section, outputs, rows }];
    }),
  );
}

/** Returns the mean and largest of the rows' errors. */
export function quantityOf(
  quantity: string,
  errors: readonly number[],
  tolerance: number,
  measure: string,
  placeOf: (row: number) => string = (row) => `row ${row}`,
): QuantityResult {
  // An error that is not a number is beyond every tolerance.
  const sized = errors.map((error) => (Number.isNaN(error) ? Number.POSITIVE_INFINITY : error));
  const maxError = sized.reduce((most, error) => Math.max(most, error), 0);
  const meanError = sized.reduce((sum, error) => sum + error, 0) / sized.length;
  const worst = placeOf(sized.indexOf(maxError));
  return { quantity, rows: errors.length, meanError, maxError, tolerance, measure, worst };
}

/** Returns the smallest difference of two directions [deg], 0 to 180. */
export const turn = (a: number, b: number): number => Math.abs(a - b - 360 * Math.round((a - b) / 360));

function angleError(computed: number, expected: number, isArcCosine: boolean): number {
  if (isArcCosine && Math.max(computed, expected) < NEAR_ZERO_DEG)
    return Math.abs(Math.cos(computed * RAD) - Math.cos(expected * RAD)) / RAD;
  return turn(computed, expected);
}

/** Errors are relative, absolute below 1, and degrees for angles. */
export function compareSections(json: ReferenceJson, rules: Readonly<Record<string, SectionRule>>): FileResult {
  const results: QuantityResult[] = [];
  const notCovered: string[] = [];
  for (const [name, section] of Object.entries(sectionsOf(json))) {
    const rule = rules[name];
    const { rows, outputs } = section;
    if (!rule || rows.length === 0) {
      notCovered.push(rule ? `${name}: no rows` : name);
      continue;
    }
    const series = rule.computeSeries?.(rows, outputs) ?? {};
    const computed = rows.map((row, i) => ({
      ...rule.compute?.(row, section),
      ...Object.fromEntries(Object.entries(series).map(([column, values]) => [column, values[i]])),
    }));
    for (const output of outputs) {
      if (!(output in computed[0])) {
        notCovered.push(`${name}.${output}`);
        continue;
      }
      const isArcCosine = rule.arcCosines?.includes(output) ?? false;
      const isAngle = isArcCosine || (rule.angles?.includes(output) ?? false);
      const floor = rule.floors?.[output] ?? 1;
      const errors = rows.map((row, i) => {
        const value = computed[i][output];
        const expected = row[output];
        if (expected === null) return Number.isNaN(value) ? 0 : Number.POSITIVE_INFINITY;
        return isAngle
          ? angleError(value, expected, isArcCosine)
          : Math.abs(value - expected) / Math.max(Math.abs(expected), floor);
      });
      const tolerance = rule.tolerances?.[output] ?? (isAngle ? ANGLE_TOLERANCE_DEG : TOLERANCE);
      results.push(quantityOf(`${name}.${output}`, errors, tolerance, isAngle ? 'deg' : 'relative'));
    }
  }
  return { results, notCovered };
}
