/** Free ports of this machine. */
import { createServer } from 'node:net';

/** Tells whether a port of 127.0.0.1 can be listened on. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * Ports below those that systems use for outgoing connections (from 32,768 on Linux), so that nothing else takes a port before
 * the server listens there. Each process has its own ten ports, by its pid, so that two processes that search at the same time do
 * not find the same one.
 */
const FIRST = 10_000;
const SHARE = 10;
const SHARES = 2_200;
let looks = 0;

/** Returns a free port. Each process searches a range of its own, so that two processes do not choose the same port. */
export async function freePort(): Promise<number> {
  for (let i = 0; i < SHARE; i++) {
    const port = FIRST + (process.pid % SHARES) * SHARE + (looks++ % SHARE);
    if (await isFree(port)) return port;
  }
  throw new Error(`The ${SHARE} ports of process ${process.pid} are taken`);
}
