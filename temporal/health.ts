/** The HTTP endpoints of a worker process: /health, /health/ready and /metrics. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AppError } from '../src/contracts/common/app-error.ts';
import { register } from '../src/adapters/observability/metrics.ts';
import { INSTANCE_HEADER } from '../src/contracts/operations/operations.schema.ts';

interface WorkerHealth {
  readonly queues: readonly string[];
  /** INSTANCE_ID */
  readonly instance?: string;
  /** Who may read the metrics. @throws AppError */
  readonly admit: (request: IncomingMessage) => void;
  /** Whether all queues are polled */
  readonly isPolling: () => boolean;
  /** Address of the SDK's own metrics; undefined until it has one */
  readonly sdkMetrics: () => string | undefined;
}

/** Serves the health and metrics of a worker, from before it connects until it has stopped. */
export async function serveHealth(
  { host, port }: { readonly host: string; readonly port: number },
  { queues, instance, admit, isPolling, sdkMetrics }: WorkerHealth,
): Promise<{ port: number; close(): void }> {
  const server = createServer(async (request, response) => {
    if (request.url === '/metrics') {
      try {
        admit(request);
      } catch (refusal) {
        const { message, fix } = refusal as AppError;
        response.writeHead(401, { 'www-authenticate': 'Bearer' }).end(`${message}. ${fix}\n`);
        return;
      }
      const address = sdkMetrics();
      // Beside the platform's metrics the SDK's: both are Prometheus text.
      const parts = await Promise.all([
        register.metrics(),
        address === undefined ? '' : fetch(address).then((answer) => answer.text()),
      ]).catch((error: unknown) => error as Error);
      if (parts instanceof Error) response.writeHead(500).end(parts.message);
      else response.setHeader('content-type', register.contentType).end(parts.join('\n'));
      return;
    }
    const polling = isPolling();
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
