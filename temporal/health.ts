/** The HTTP endpoints of a worker process: /health, /health/ready and /metrics. */
import { createServer } from 'node:http';
import type { Worker } from '@temporalio/worker';
import { INSTANCE_HEADER } from '../src/contracts/operations/operations.schema.ts';
import { register } from '../src/adapters/observability/metrics.ts';

/**
 * Serves the health and metrics of a worker.
 * @param sdkMetrics address of the SDK's own metrics
 * @param instance INSTANCE_ID
 */
export async function serveHealth(
  { host, port }: { readonly host: string; readonly port: number },
  workers: readonly Worker[],
  queues: readonly string[],
  sdkMetrics: string,
  instance?: string,
): Promise<{ port: number; close(): void }> {
  const server = createServer(async (request, response) => {
    if (request.url === '/metrics') {
      // Beside the platform's metrics the SDK's: both are Prometheus text.
      const parts = await Promise.all([register.metrics(), fetch(sdkMetrics).then((answer) => answer.text())]).catch(
        (error: unknown) => error as Error,
      );
      if (parts instanceof Error) response.writeHead(500).end(parts.message);
      else response.setHeader('content-type', register.contentType).end(parts.join('\n'));
      return;
    }
    const polling = workers.every((worker) => worker.getState() === 'RUNNING');
    response.statusCode = polling ? 200 : 503;
    response.setHeader('content-type', 'application/json');
    if (instance) response.setHeader(INSTANCE_HEADER, instance);
    response.end(JSON.stringify({ status: polling ? 'healthy' : 'unhealthy', queues }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}
