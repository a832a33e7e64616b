/** Converts economics between the API's names and the engine's, in the same way for every technology. */
import type { z } from 'zod';
import type { FinanceWarningCode } from '../../contracts/common/finance-warnings.ts';
import type { Warning } from '../../contracts/common/warnings.ts';
import type { EconomicTerms, PlantEconomics } from '../../contracts/common/economics.schema.ts';
import type { economicsResultSchema } from '../../contracts/common/economics-result.schema.ts';
import type { ProjectEconomics, ProjectInput, ProjectTerms } from '../../finance/project.ts';
import { financeWarnings } from '../../finance/plausibility.ts';
import { camelKeys, snakeKeys } from '../../lib/case.ts';

/** Operating costs grow with inflation unless the request says otherwise. */
export function projectTerms({ costs: _, ...terms }: EconomicTerms & { readonly costs: object }): ProjectTerms {
  return camelKeys({ ...terms, cost_escalation: terms.cost_escalation ?? terms.inflation });
}

/** Rated power [kW] and capital cost without cables of a plant [currency]. */
export interface Plant {
  readonly ratedKw: number;
  readonly capitalCost: number;
}

/** Returns the project of a plant with this yield and length of cables. */
export const plantProject = (
  economics: PlantEconomics,
  plant: Plant & { readonly netKwh: number; readonly cableM: number },
): ProjectInput => ({
  ...projectTerms(economics),
  annualEnergyKwh: plant.netKwh,
  capitalCost: plant.capitalCost + economics.costs.cable_per_m * plant.cableM,
  operatingCostPerYear: economics.costs.operation_per_kw_year * plant.ratedKw,
});

export function economicsView({ assumptions: _, ...shown }: ProjectEconomics): z.output<typeof economicsResultSchema> {
  return snakeKeys(shown);
}

/** Returns the doubts about the economics of a job. @param result null where the job has none */
export const economicsWarnings = (
  economics: (EconomicTerms & { readonly costs: object }) | undefined,
  result: z.output<typeof economicsResultSchema> | null | undefined,
  pointer: string,
): Warning<FinanceWarningCode>[] =>
  economics && result ? financeWarnings(projectTerms(economics), camelKeys(result), pointer) : [];
