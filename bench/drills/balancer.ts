/**
 * The balancer of the drill of releases: it asks each server each second whether it is ready, sends each request to the next one
 * that is, over connections that it uses again, and never sends a request twice.
 */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

const ASK_EVERY_MS = 1_000;
const ANSWER_LIMIT_MS = 3_000;

export class Balancer {
  /** Requests that a server broke off, each with the reason */
  readonly broken: string[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #servers: readonly URL[];
  readonly #ready = new Set<URL>();
  readonly #server = createServer((from, to) => this.#forward(from, to));
  readonly #stopping = new AbortController();
  #next = 0;

  constructor(servers: readonly string[]) {
    this.#servers = servers.map((server) => new URL(server));
  }

  async start(): Promise<string> {
    for (const server of this.#servers) void this.#watch(server);
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  /** Asks again and again; an answer that does not come in time counts as one that refuses. */
  async #watch(server: URL): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const isReady = await fetch(new URL('/health/ready?require=database', server), {
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) this.#ready.add(server);
      else this.#ready.delete(server);
      await setTimeout(ASK_EVERY_MS);
    }
  }

  isReady(server: string): boolean {
    return [...this.#ready].some(({ origin }) => origin === new URL(server).origin);
  }

  stop(): void {
    this.#stopping.abort();
    this.#server.closeAllConnections();
    this.#server.close();
    this.#agent.destroy();
  }

  #forward(from: IncomingMessage, to: ServerResponse): void {
    const ready = this.#servers.filter((server) => this.#ready.has(server));
    const server = ready[this.#next++ % ready.length];
    if (server === undefined) return void to.writeHead(503).end('no server is ready');
    const broke = (error: Error): void => {
      // A client that goes away has not been refused.
      if (from.destroyed && !from.complete) return;
      this.broken.push(`${from.method} ${from.url}: ${error.message}`);
      if (to.headersSent) to.destroy();
      else to.writeHead(502).end(error.message);
    };
    const { hostname, port } = server;
    const { method, url: path, headers } = from;
    const upstream = request({ hostname, port, method, path, headers, agent: this.#agent }, (answer) => {
      to.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(to);
      answer.on('error', broke);
      to.on('close', () => upstream.destroy());
    });
    upstream.on('error', (error) => !to.writableEnded && !to.destroyed && broke(error));
    from.pipe(upstream);
  }
}
