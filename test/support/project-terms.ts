/** Price, financing and tax with the defaults of the API. */
import { plantEconomicsSchema } from '../../src/contracts/common/economics.schema.ts';
import { projectTerms } from '../../src/services/economics/project.ts';

export const PROJECT_TERMS = projectTerms(
  plantEconomicsSchema.parse({ costs: { per_kw: 0, operation_per_kw_year: 0 } }),
);
