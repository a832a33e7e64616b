import { z } from 'zod';
import {
  detailedHealthSchema,
  healthSchema,
  INSTANCE_HEADER,
  PARTS,
  readinessSchema,
} from '../../contracts/operations/operations.schema.ts';
import { ENGINE_VERSION } from '../../adapters/version/version.ts';
import { endpoint } from '../endpoint.ts';
import { Health } from '../health.ts';
import type { Services } from '../services.ts';

const LIST_OF_PARTS = new RegExp(`^(${PARTS.join('|')})(,(${PARTS.join('|')}))*$`);

export const healthRoutes = (services: Services) => {
  const health = new Health(services, services.config.EXPECTED_WORKERS);
  return [
    endpoint({
      id: 'getHealth',
      method: 'get',
      path: '/health',
      tag: 'Operations',
      summary: 'Liveness: the process answers; it checks no other part',
      scope: 'public',
      response: healthSchema,
      handler: async ({ response }) => {
        const { INSTANCE_ID: instance } = services.config;
        if (instance) response.setHeader(INSTANCE_HEADER, instance);
        return { status: 'healthy' as const, version: ENGINE_VERSION, timestamp: new Date() };
      },
    }),
    endpoint({
      id: 'getReadiness',
      method: 'get',
      path: '/health/ready',
      tag: 'Operations',
      summary: 'Readiness: every part answers; 503 names the parts that do not',
      description:
        'Load balancers use `require=database`: the API accepts jobs even if Temporal or Redis cannot be reached.',
      scope: 'public',
      query: z.strictObject({
        require: z
          .string()
          .max(100)
          .regex(LIST_OF_PARTS, `expected one or more of ${PARTS.join(', ')}, separated by commas`)
          .transform((text) => text.split(','))
          .pipe(z.array(z.enum(PARTS)))
          .optional()
          .describe('Parts that must answer, separated by commas; default: all'),
      }),
      response: readinessSchema,
      alternativeStatus: 503,
      handler: async ({ query, response }) => {
        const readiness = await health.readiness(query.require);
        if (services.draining.aborted) {
          readiness.status = 'not_ready';
          readiness.checks.process = 'error: the process is stopping';
        }
        if (readiness.status !== 'ready') response.status(503);
        response.json(readiness);
        return undefined;
      },
    }),
    endpoint({
      id: 'getDetailedHealth',
      method: 'get',
      path: '/health/detailed',
      tag: 'Operations',
      summary: 'Latency, pools, workers and queues of every part; requires ADMIN_TOKEN',
      scope: 'operator',
      response: detailedHealthSchema,
      handler: () => health.detailed(),
    }),
    endpoint({
      id: 'getMetrics',
      method: 'get',
      path: '/metrics',
      tag: 'Operations',
      summary: 'Prometheus metrics: sums over the processes of this API, and the state of the whole platform',
      description: 'Requires METRICS_TOKEN or ADMIN_TOKEN.',
      scope: 'metrics',
      produces: ['text/plain'],
      errors: ['service.unavailable'],
      handler: async ({ response }) => {
        const [processes, platform] = await Promise.all([services.processMetrics(), health.gauges()]);
        response.type('text/plain; version=0.0.4; charset=utf-8').send(`${processes}\n${platform}`);
        return undefined;
      },
    }),
  ];
};
