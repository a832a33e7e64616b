/** Sheets of the workbook and files of the data pack that all technologies share. */
import { snakeName } from '../../lib/case.ts';
import type { DataSheet } from '../../documents/model.ts';
import type { ProjectInput } from '../../finance/project.ts';
import { projectEconomics } from '../../finance/project.ts';
import { projectTax } from './economics.ts';
import type { Exceedance } from './context.ts';

export type Row = Readonly<Record<string, number | string | null>>;

const sheetOf = (name: string, rows: readonly Row[]): DataSheet => ({
  name,
  columns: Object.keys(rows[0] ?? {}).map((column) => ({
    name: snakeName(column),
    values: rows.map((row) => row[column] ?? null),
  })),
});

/** Returns the P-values, and standard uncertainties by their source [%]; none where no source is stated. */
export const exceedanceSheets = (prefix: string, exceedance: Exceedance): DataSheet[] =>
  exceedance.levels.length === 0
    ? []
    : [
        {
          name: `${prefix}exceedance`,
          columns: [
            { name: 'level', values: ['p50', 'p75', 'p90', 'p99'] },
            ...exceedance.levels.map(({ key, kwh }) => ({ name: `${key}_kwh`, values: kwh })),
          ],
        },
        sheetOf(
          `${prefix}uncertainty`,
          Object.entries({
            ...exceedance.components,
            combined: exceedance.uncertaintyPct,
            interannual: exceedance.interannualPct,
            one_year: Math.hypot(exceedance.uncertaintyPct, exceedance.interannualPct),
          }).map(([source, standard_pct]) => ({ source, standard_pct })),
        ),
      ];

/** Returns the sheet of yearly cash flows, nominal and in the currency of the project. */
export const cashFlowSheet = (prefix: string, project: ProjectInput): DataSheet =>
  sheetOf(
    `${prefix}cash_flow`,
    projectEconomics(project).cashFlows.map((year): Row => ({ ...year, projectTax: projectTax(year) })),
  );

/** Returns the designs of a search that no other beats, in the units of the API; none where it had one objective. */
export const paretoSheets = (prefix: string, rows: readonly Row[]): DataSheet[] =>
  rows.length > 1 ? [sheetOf(`${prefix}pareto`, rows)] : [];
