/** Which values of a plant and of its request are the platform's defaults. */
import { solarAnalyzeSchema } from '../../../contracts/solar/analyze.schema.ts';
import { solarOptimizeSchema } from '../../../contracts/solar/optimize.schema.ts';
import {
  LID_PCT,
  NEAR_SHADING_PCT,
  PVWATTS_LOSSES,
  solarSystemSchema,
} from '../../../contracts/solar/system.schema.ts';
import type { ReportContext } from '../../reports/context.ts';
import { defaultsIn } from '../../reports/defaults.ts';
import { term } from '../../reports/text/text.ts';
import type { SolarJob } from './load.ts';

/** Defaults that depend on the rest of the system, so that the schema has no value: what they can be. */
const DEPENDENT: Readonly<Record<string, readonly number[]>> = {
  shading: [0, NEAR_SHADING_PCT],
  lid: [LID_PCT],
};

/** Returns the sources of the system's values that equal a default, by path. */
export function systemDefaults({ system: { system } }: SolarJob): ReadonlyMap<string, string> {
  const losses: Readonly<Record<string, number | undefined>> = { ...system.losses_pct };
  return new Map([
    ...defaultsIn(solarSystemSchema, system),
    ...Object.entries(DEPENDENT).flatMap(([name, values]) =>
      values.includes(losses[name] ?? Number.NaN) ? [[`losses_pct.${name}`, PVWATTS_LOSSES] as const] : [],
    ),
  ]);
}

/** Returns the sources of the request's values that equal a default, by path. */
export const requestDefaults = ({ job }: SolarJob): ReadonlyMap<string, string> =>
  defaultsIn(job.kind === 'solar-analyze' ? solarAnalyzeSchema : solarOptimizeSchema, job.input);

/** Says which losses and uncertainties are the platform's and not of the project, for the first pages. */
export function defaultNotes({ text, format }: ReportContext, job: SolarJob): string[] {
  const defaults = systemDefaults(job);
  const losses = Object.entries(job.system.system.losses_pct)
    .filter(([name, pct]) => Number(pct) > 0 && defaults.has(`losses_pct.${name}`))
    .map(([name]) => term(text, `loss_${name}`));
  const own = requestDefaults(job);
  const hasDefaultUncertainty = Object.keys(job.uncertaintyPct).some((name) => own.has(`uncertainty_pct.${name}`));
  return [
    ...(losses.length > 0 ? [text('loss.default', { names: format.list(losses), source: PVWATTS_LOSSES })] : []),
    ...(hasDefaultUncertainty
      ? [text('uncertainty.default', { percent: format.percent(job.system.exceedance.uncertainty_pct) })]
      : []),
  ];
}
