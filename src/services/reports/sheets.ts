/** Sheets of the workbook and files of the data pack that solar and wind share. */
import { snakeName } from '../../lib/case.ts';
import type { DataSheet } from '../../documents/model.ts';
import type { ProjectInput } from '../../finance/project.ts';
import { projectEconomics } from '../../finance/project.ts';
import type { SolarJob, WindJob } from './report-job.ts';
import { windFront } from '../wind/report/wind.ts';
import type { Exceedance } from './context.ts';

type Row = Readonly<Record<string, number | string | null>>;

const sheetOf = (name: string, rows: readonly Row[]): DataSheet => ({
  name,
  columns: Object.keys(rows[0] ?? {}).map((column) => ({
    name: snakeName(column),
    values: rows.map((row) => row[column] ?? null),
  })),
});

/** P-values, and standard uncertainties by their source [%]. */
export const exceedanceSheets = (prefix: string, exceedance: Exceedance): DataSheet[] => [
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

/** Years of the project, money in its currency, nominal. */
export const cashFlowSheet = (prefix: string, project: ProjectInput): DataSheet =>
  sheetOf(`${prefix}cash_flow`, projectEconomics(project).cashFlows as unknown as Row[]);

/** Designs of a search that no other beats, in the units of the API; none where it had one objective. */
export function paretoSheets(prefix: string, search: SolarJob | WindJob): DataSheet[] {
  const rows: Row[] =
    search.division === 'wind'
      ? windFront(search)
      : (search.design?.pareto ?? []).map(({ values, objectives, annual_energy_kwh, land_m2, economics }) => ({
          ...values,
          ...objectives,
          annual_energy_kwh,
          land_m2,
          capital_cost: economics.capital_cost,
        }));
  return rows.length > 1 ? [sheetOf(`${prefix}pareto`, rows)] : [];
}
