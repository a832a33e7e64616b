/** The client of the API in the browser. The session stands in a cookie that scripts cannot read. */
import { MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiError, TessellateClient } from '../../src/client/index.ts';

export const api = new TessellateClient({ baseUrl: location.origin, maxAttempts: 2 });

/** Whether an error says that nobody is signed in. */
export const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** The session may end at any request: then the form to sign in takes the place of the page. */
const onError = (error: unknown): void => {
  if (isSignedOut(error)) queries.setQueryData(me.queryKey, null);
};

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => !(error instanceof ApiError && error.status < 500) && failures < 5,
      staleTime: 5_000,
    },
  },
});

export const me = queryOptions({
  queryKey: ['me'],
  queryFn: () =>
    api.request('GET /v1/me').catch((error: unknown) => (isSignedOut(error) ? null : Promise.reject(error))),
});
