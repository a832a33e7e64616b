/** The client of the API in the browser. The session stands in a cookie that scripts cannot read. */
import { MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiError, TessellateClient } from '../../src/client/index.ts';

export const api = new TessellateClient({ baseUrl: location.origin, maxAttempts: 2 });

/** Whether an error says that nobody is signed in, and not that a password or code in a field is wrong. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401 && error.problem.pointer === undefined;

/** What a person types as the second factor: six digits of the app, or a recovery code */
export const proofOf = (code: string): { one_time_code: string } | { recovery_code: string } =>
  /^\d{6}$/.test(code.replaceAll(' ', '')) ? { one_time_code: code } : { recovery_code: code };

/** Whether a page is one of the platform's administrators, who have accounts and sessions of their own. */
export const isAdminPath = (path: string): boolean => path === '/admin' || path.startsWith('/admin/');

/** The session may end at any request: then the form to sign in takes the place of the page. */
const onError = (error: unknown): void => {
  if (isSignedOut(error)) queries.setQueryData((isAdminPath(location.pathname) ? administrator : me).queryKey, null);
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

const nobody = (error: unknown): null | Promise<never> => (isSignedOut(error) ? null : Promise.reject(error));
export const me = queryOptions({
  queryKey: ['me'],
  queryFn: () => api.request('GET /v1/me').catch(nobody),
});
export const administrator = queryOptions({
  queryKey: ['administrator'],
  queryFn: () => api.request('GET /v1/admin/me').catch(nobody),
});
