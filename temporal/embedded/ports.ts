/** Free ports of this machine, each claimed by one platform from the choice until its process ends. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Identity, identify, isAlive } from './processes.ts';

/** Tells whether a port of 127.0.0.1 can be listened on. */
const isFree = (port: number): Promise<boolean> =>
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

/** Claims of all users of this machine: a file for each port, with the process that owns it. */
const CLAIMS = join(tmpdir(), 'tessellate-ports');

/**
 * Claims a port for this process. A server binds its port seconds after the choice; until then only the claim keeps another
 * start from choosing the same one.
 * @returns whether the port is free and was not claimed by another process that is alive
 */
export async function claimPort(port: number): Promise<boolean> {
  if (!(await isFree(port))) return false;
  mkdirSync(CLAIMS, { recursive: true, mode: 0o777 });
  const file = join(CLAIMS, String(port));
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(identify(process.pid)));
  try {
    for (;;) {
      try {
        linkSync(own, file); // appears with its content, or not at all
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const owner = ownerOf(file);
      if (owner && isAlive(owner)) return owner.pid === process.pid;
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own);
  }
}

/** Gives up the claims of this process. */
export function releasePorts(ports: readonly number[]): void {
  for (const port of ports) {
    const file = join(CLAIMS, String(port));
    if (ownerOf(file)?.pid === process.pid) rmSync(file, { force: true });
  }
}

function ownerOf(file: string): Identity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Identity;
  } catch {
    return undefined; // given up meanwhile, or cut short by a full disk: nobody owns the port
  }
}
