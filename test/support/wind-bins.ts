/** Options of a wind analysis with the defaults of the API. */
import { windAnalyzeSchema } from '../../src/contracts/wind/requests.schema.ts';
import { camelKeys } from '../../src/lib/case.ts';

const { bins, interannual_pct, n_sectors } = windAnalyzeSchema.shape;
export const BINS = camelKeys(bins.parse({}));
/** What follows the wakes: no losses. */
export const NO_LOSSES = {
  losses: {},
  uncertaintyPct: {},
  interannualPct: interannual_pct.parse(undefined),
  sectors: n_sectors.parse(undefined),
};
