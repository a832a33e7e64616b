/** PostgreSQL's own programs: pg_dump and pg_restore, from the folder PG_BIN or the PATH. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export type Tool = 'pg_dump' | 'pg_restore';

/** Where the database is, as PostgreSQL's programs read it: no password on a command line that others can see. */
export function libpqEnvironment(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const mode = searchParams.get('sslmode') ?? 'disable';
  // The modes mean what they mean to the platform: see the table in docs/operations.md.
  const sslmode = mode === 'disable' ? 'disable' : mode === 'no-verify' ? 'require' : 'verify-full';
  const rootCertificate = searchParams.get('sslrootcert');
  return {
    PGHOST: decodeURIComponent(hostname).replace(/^\[|\]$/g, ''),
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: sslmode,
    ...(rootCertificate !== null && { PGSSLROOTCERT: rootCertificate }),
    PGAPPNAME: 'tessellate-backup',
  };
}

/**
 * Starts a program.
 * @param bin folder of PostgreSQL's programs; default: the PATH
 * @param environment instead of this process's
 */
export const startTool = (tool: Tool, args: readonly string[], bin?: string, environment?: NodeJS.ProcessEnv) =>
  spawn(bin === undefined ? tool : join(bin, tool), args, environment && { env: environment });

/** Waits for the end of a program. @throws Error with the last line that it wrote, unless it succeeded */
export async function succeeded(tool: Tool, child: ChildProcess & { readonly stderr: NodeJS.ReadableStream }) {
  const ended = once(child, 'close');
  const [words, [status]] = await Promise.all([text(child.stderr), ended as Promise<[number | null]>]);
  if (status !== 0) throw new Error(words.trim().split('\n').at(-1) || `${tool} ended with status ${status}`);
}

/**
 * @param server major version of the database server
 * @throws Error if the program is missing, or too old for the server
 */
export async function requireTool(tool: Tool, server: number, bin?: string): Promise<void> {
  const child = startTool(tool, ['--version'], bin);
  const said = await Promise.all([text(child.stdout), succeeded(tool, child)]).then(
    ([words]) => words,
    () => '',
  );
  const major = Number(/ (\d+)(\.|devel|beta|rc|$)/m.exec(said.replace(/\(PostgreSQL\)/, ''))?.[1]);
  if (!major)
    throw new Error(`${tool} is not found on ${bin === undefined ? 'the PATH' : bin}; install it, or set PG_BIN`);
  if (major < server)
    throw new Error(`${tool} ${major} is older than the server, PostgreSQL ${server}; set PG_BIN to one of ${server}`);
}
