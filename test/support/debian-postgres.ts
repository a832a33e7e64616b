/** Debian's PostgreSQL with its client programs: the oldest release that the platform runs on, and what backups are made with. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../../temporal/embedded/ports.ts';
import { eventually } from './eventually.ts';
import { describeWith } from './needs.ts';
import { guard } from './shared.ts';

const RELEASES = '/usr/lib/postgresql';
const [release] = existsSync(RELEASES) ? readdirSync(RELEASES).sort((a, b) => Number(a) - Number(b)) : [];
const BIN = join(RELEASES, release ?? '', 'bin');

/** `describe` for tests that need it. */
export const describeWithDebianPostgres = describeWith('postgresql', existsSync(join(BIN, 'initdb')));

/** Its major version, and the folder of its programs */
export const DEBIAN = { major: Number(release), bin: BIN };

/** Starts an empty server. @returns the URL of its database, which has no tables */
export async function startDebianPostgres(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join('/tmp', 'tessellate-debian-pg-'));
  // It refuses to run as root; the package makes a user for it.
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const owner = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : {};
  writeFileSync(join(folder, 'password'), 'post/gres');
  for (const path of [folder, join(folder, 'password')])
    if (owner.uid !== undefined) chownSync(path, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const args = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', join(folder, 'password'), '-N'];
  execFileSync(join(BIN, 'initdb'), args, { ...owner, cwd: folder, stdio: 'pipe' });
  const port = await freePort();
  const server = spawn(
    join(BIN, 'postgres'),
    [
      ...['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
      ...['-c', 'max_connections=120'],
    ],
    { ...owner, cwd: folder, stdio: 'ignore' },
  );
  await guard(server);
  const url = `postgresql://postgres:post%2Fgres@127.0.0.1:${port}/postgres`;
  await eventually(async () => {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined); // the loop repeats until it answers
    return client.connect().then(
      () => client.end().then(() => true as const),
      () => undefined,
    );
  }, "Debian's PostgreSQL");
  return {
    url,
    async stop() {
      server.kill('SIGINT');
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
