/**
 * Runs LISTEN on its own connection. A notification only says that rows may have changed and can be lost, so a listener
 * also polls the rows.
 */
import { Client } from 'pg';
import type { Logger } from '../observability/logger.ts';

type Handler = (payload: string) => void;
const RECONNECT_MS = [100, 500, 1_000, 5_000];

export class Listener {
  readonly #url: string;
  readonly #log: Logger;
  readonly #handlers = new Map<string, Set<Handler>>();
  #client?: Client;
  #failures = 0;
  #closed = false;
  #retry?: NodeJS.Timeout;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  /** Registers a handler; returns the function that removes it. */
  on(channel: string, handler: Handler): () => void {
    let handlers = this.#handlers.get(channel);
    if (!handlers) {
      handlers = new Set();
      this.#handlers.set(channel, handlers);
      this.#client?.query(`LISTEN "${channel}"`).catch((error) => this.#lost(error));
    }
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  /** Connects; a lost connection is opened again, with a growing pause, until `close`. */
  async start(): Promise<void> {
    const client = new Client({ connectionString: this.#url, application_name: 'tessellate-listen', keepAlive: true });
    client.on('error', (error) => this.#lost(error, client));
    client.on('notification', ({ channel, payload }) => {
      for (const handler of this.#handlers.get(channel) ?? []) handler(payload ?? '');
    });
    try {
      await client.connect();
      for (const channel of this.#handlers.keys()) await client.query(`LISTEN "${channel}"`);
      if (this.#closed) return await client.end();
      this.#client = client;
      this.#failures = 0;
      // Notifications that were sent while the connection was lost are not repeated, so every listener is woken once.
      for (const handlers of this.#handlers.values()) for (const handler of handlers) handler('');
    } catch (error) {
      this.#lost(error, client);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  #lost(error: unknown, client = this.#client): void {
    client?.end().catch(() => undefined); // it is gone already
    if (this.#closed || (this.#client && client !== this.#client) || this.#retry) return;
    this.#client = undefined;
    const wait = RECONNECT_MS[Math.min(this.#failures++, RECONNECT_MS.length - 1)];
    this.#log.warning(`LISTEN connection lost, again in ${wait} ms`, { error });
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.start();
    }, wait);
  }
}
