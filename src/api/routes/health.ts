import { z } from 'zod';
import { ENGINE_VERSION } from '../../contracts/version.ts';
import { healthSchema, readinessSchema } from '../../contracts/operations.schema.ts';
import { register } from '../../observability/metrics.ts';
import { endpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';

type Check = { readonly name: string; readonly run: () => Promise<unknown> };

export const healthRoutes = ({ database, temporal, redis }: Services) => {
  const checks: readonly Check[] = [
    { name: 'database', run: () => database.query('SELECT 1') },
    { name: 'temporal', run: () => temporal.ping() },
    { name: 'search_attributes', run: () => searchAttributesKnown(temporal) },
    ...(redis ? [{ name: 'redis', run: () => redis.ping() }] : []),
  ];
  return [
    endpoint({
      id: 'getHealth',
      method: 'get',
      path: '/health',
      tag: 'Operations',
      summary: 'The process is alive',
      scope: 'public',
      response: healthSchema,
      handler: async () => ({ status: 'healthy' as const, version: ENGINE_VERSION }),
    }),
    endpoint({
      id: 'getReadiness',
      method: 'get',
      path: '/health/ready',
      tag: 'Operations',
      summary: 'Every part answers; 503 names those that do not',
      scope: 'public',
      query: z.strictObject({ require: z.string().optional().describe('Parts that must answer, by commas') }),
      response: readinessSchema,
      also: 503,
      handler: async ({ query, response }) => {
        const required = query.require?.split(',');
        const outcomes = await Promise.all(
          checks.map(async ({ name, run }) => {
            const failed = await run().then(
              () => undefined,
              (error: unknown) => String((error as Error).message).split('\n')[0],
            );
            return [name, failed] as const;
          }),
        );
        const down = outcomes.filter(([name, failed]) => failed && (!required || required.includes(name)));
        if (down.length > 0) response.status(503);
        response.json({
          status: down.length > 0 ? 'unhealthy' : 'healthy',
          version: ENGINE_VERSION,
          checks: Object.fromEntries(
            outcomes.map(([name, failed]) => [name, failed ? { status: 'down', reason: failed } : { status: 'up' }]),
          ),
        });
        return undefined;
      },
    }),
    endpoint({
      id: 'getMetrics',
      method: 'get',
      path: '/metrics',
      tag: 'Operations',
      summary: 'Prometheus metrics',
      scope: 'public',
      produces: ['text/plain'],
      handler: async ({ response }) => {
        response.setHeader('content-type', register.contentType);
        response.send(await register.metrics());
        return undefined;
      },
    }),
  ];
};

async function searchAttributesKnown(temporal: Services['temporal']): Promise<void> {
  const missing = await temporal.missingSearchAttributes();
  if (missing.length > 0) throw new Error(`not registered on Temporal: ${missing.join(', ')}; start a worker once`);
}
