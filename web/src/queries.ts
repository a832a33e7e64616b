/** Questions to the API that several pages ask. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.ts';

export const jobOf = (id: string) => queryOptions({ queryKey: ['job', id], queryFn: () => api.job(id) });
export const seriesNamesOf = (jobId: string) =>
  queryOptions({
    queryKey: ['job', jobId, 'series'],
    queryFn: () => api.request('GET /v1/jobs/{id}/series', { path: { id: jobId } }),
  });
/** The newest jobs that can be compared and reported about */
export const endedJobs = queryOptions({
  queryKey: ['jobs', 'succeeded'],
  queryFn: async () =>
    (await api.request('GET /v1/jobs', { query: { status: 'succeeded', limit: 200 } })).data.filter(
      (job) => job.kind !== 'report',
    ),
});
