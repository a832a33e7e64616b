/** Comparison of a reference file's sections, row by row and column by column. */
import type { FileResult, QuantityResult, ReferenceJson } from './types.ts';

export type ReferenceRow = Readonly<Record<string, ReferenceJson>>;

interface Section {
  readonly columns: readonly string[];
  readonly outputs: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface SectionRule {
  /** What the engine gives for one row, by output column; NaN stands for the file's null. */
  compute?(row: ReferenceRow, section: ReferenceJson): Record<string, number>;
  /** For sections whose rows are one series: what the engine gives for all of them, each a column of the rows' length. */
  computeSeries?(rows: readonly ReferenceRow[]): Record<string, ArrayLike<number>>;
  /** Columns in degrees, compared across the turn. */
  readonly angles?: readonly string[];
  /** Sizes below which errors are absolute, other than 1. */
  readonly floors?: Readonly<Record<string, number>>;
  /** Relative tolerances other than 1e-8. */
  readonly tolerances?: Readonly<Record<string, number>>;
}

const ANGLE_TOLERANCE_DEG = 1e-6;
const TOLERANCE = 1e-8;

function errorOf(computed: number, expected: number | null, isAngle: boolean, floor: number): number {
  if (expected === null) return Number.isNaN(computed) ? 0 : Number.POSITIVE_INFINITY;
  const difference = computed - expected;
  const error = isAngle
    ? Math.abs(difference - 360 * Math.round(difference / 360))
    : Math.abs(difference) / Math.max(Math.abs(expected), floor);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}

/** Errors are relative, absolute below 1, and degrees for angles. */
export function compareSections(json: ReferenceJson, rules: Readonly<Record<string, SectionRule>>): FileResult {
  const results: QuantityResult[] = [];
  const notCovered: string[] = [];
  for (const [name, section] of Object.entries(json.sections as Record<string, Section>)) {
    const rule = rules[name];
    if (!rule) {
      notCovered.push(name);
      continue;
    }
    const rows = section.rows.map((row) => Object.fromEntries(section.columns.map((column, i) => [column, row[i]])));
    const series = rule.computeSeries?.(rows) ?? {};
    const computed = rows.map((row, i) => ({
      ...rule.compute?.(row, section),
      ...Object.fromEntries(Object.entries(series).map(([column, values]) => [column, values[i]])),
    }));
    for (const output of section.outputs) {
      if (!(output in computed[0])) {
        notCovered.push(`${name}.${output}`);
        continue;
      }
      const isAngle = rule.angles?.includes(output) ?? false;
      const floor = rule.floors?.[output] ?? 1;
      const errors = rows.map((row, i) => errorOf(computed[i][output], row[output] as number | null, isAngle, floor));
      const maxError = Math.max(...errors);
      results.push({
        quantity: `${name}.${output}`,
        rows: errors.length,
        meanError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
        maxError,
        tolerance: rule.tolerances?.[output] ?? (isAngle ? ANGLE_TOLERANCE_DEG : TOLERANCE),
        measure: isAngle ? 'deg' : 'relative',
        worst: `row ${errors.indexOf(maxError)}`,
      });
    }
  }
  return { results, notCovered };
}
