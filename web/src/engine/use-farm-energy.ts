import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AnalyzeWindRequest } from '../../../src/client/index.ts';
import { askEngine } from './engine.ts';
import { energyRequestOf } from './request.ts';

/** The energy of a farm by the engine in this browser; nothing where it lacks the wind or a turbine. */
export function useFarmEnergy(request: AnalyzeWindRequest | undefined) {
  const known = request && energyRequestOf(request);
  return useQuery({
    queryKey: ['energy', known],
    queryFn: () => askEngine({ kind: 'energy', request: known }),
    enabled: known !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
