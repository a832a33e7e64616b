/** PgBouncer in transaction mode in front of a PostgreSQL, as many hosts offer it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../../temporal/embedded/ports.ts';
import { eventually } from './eventually.ts';
import { guard } from './shared.ts';

/** Where Debian has it, which is not on everybody's PATH */
export const PGBOUNCER = '/usr/sbin/pgbouncer';

/**
 * @param databaseUrl of the database behind it
 * @param connections that it has to the server
 * @returns the address of the same database through the pooler
 */
export async function startPgBouncer(databaseUrl: string, connections: number) {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const folder = mkdtempSync(join('/tmp', 'tessellate-pgbouncer-'));
  chmodSync(folder, 0o755);
  const own = await freePort();
  writeFileSync(join(folder, 'users.txt'), `"${username}" "${password}"\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${hostname} port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = plain
auth_file = ${folder}/users.txt
pool_mode = transaction
default_pool_size = ${connections}
max_client_conn = 200
ignore_startup_parameters = statement_timeout,lock_timeout,idle_in_transaction_session_timeout
`,
  );
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const url = Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${own}` }).href;
  let child: ChildProcess;
  const pooler = {
    url,
    async start(): Promise<void> {
      child = spawn(PGBOUNCER, ['-q', ...user, join(folder, 'pgbouncer.ini')], { stdio: 'ignore' });
      await guard(child);
      await eventually(async () => {
        const client = new Client({ connectionString: Object.assign(new URL(url), { pathname }).href });
        client.on('error', () => undefined); // the loop repeats until it answers
        return client.connect().then(
          () => client.end().then(() => true as const),
          () => undefined,
        );
      }, 'PgBouncer');
    },
    async kill(signal: NodeJS.Signals): Promise<void> {
      child.kill(signal);
      await once(child, 'exit');
    },
    async stop(): Promise<void> {
      await pooler.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await pooler.start();
  return pooler;
}
