/**
 * A port in front of a server: closed, it refuses connections and has ended those that were open; slow, it passes each packet on
 * later.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { freePort } from '../../temporal/embedded/ports.ts';

export interface Door {
  readonly port: number;
  open(): Promise<void>;
  close(): void;
  /** From now on each packet waits for this long [ms], in both directions. */
  slow(delayMs: number): void;
}

/** Returns a closed door to a server. */
export async function doorTo(host: string, port: number): Promise<Door> {
  const own = await freePort();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let delayMs = 0;
  const passOn = () =>
    new Transform({
      transform: (packet, _encoding, done) =>
        delayMs > 0 ? void setTimeout(done, delayMs, null, packet) : done(null, packet),
    });
  return {
    port: own,
    async open() {
      server = createServer((client) => {
        const upstream = connect(port, host);
        for (const [from, to] of [
          [client, upstream],
          [upstream, client],
        ]) {
          sockets.add(from);
          from.on('error', () => to.destroy());
          from.on('close', () => {
            sockets.delete(from);
            to.destroy();
          });
          from.pipe(passOn()).pipe(to);
        }
      });
      await new Promise<void>((resolve) => server?.listen(own, '127.0.0.1', resolve));
    },
    close() {
      server?.close();
      for (const socket of sockets) socket.destroy();
    },
    slow(ms) {
      delayMs = ms;
    },
  };
}
