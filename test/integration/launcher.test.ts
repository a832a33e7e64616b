/** What `npm start` relies on beside other starts and under npm: claimed ports, and an end with the npm that started it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { cliCache, devServer, findTemporalCli } from '../../temporal/embedded/dev-server.ts';
import { claimPort, freePort, releasePorts } from '../../temporal/embedded/ports.ts';
import { Supervisor } from '../../temporal/embedded/supervisor.ts';
import { startDevServer } from '../support/dev-server.ts';
import { eventually } from '../support/eventually.ts';

const EMBEDDED = resolve('dist/temporal/embedded');
const folder = mkdtempSync(join(tmpdir(), 'tessellate-launcher-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a program until it is ended. @returns what it has printed so far */
function run(command: string, args: string[], cwd = '.') {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let output = '';
  child.stdout.on('data', (part) => {
    output += part;
  });
  const says = (text: string) => eventually(async () => (output.includes(text) ? output : undefined), `'${text}'`);
  return { child, says };
}

describe('ports', () => {
  const claim = (port: number) =>
    run(process.execPath, [
      '--input-type=module',
      '--eval',
      `const { claimPort } = await import('${EMBEDDED}/ports.js');
       console.log('claimed', await claimPort(${port}));
       setInterval(() => undefined, 1000);`,
    ]);

  test('belong to one start from the choice on, though nothing listens yet, and are free again after a kill', async () => {
    const port = await freePort();
    const first = claim(port);
    await first.says('claimed true');
    expect(await claimPort(port)).toBe(false);
    await claim(port).says('claimed false');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    expect(await claimPort(port)).toBe(true);
    await claim(port).says('claimed false');
    releasePorts([port]);
    await claim(port).says('claimed true');
  });

  test('of two starts at the same time one gets a port', async () => {
    const port = await freePort();
    const outputs = await Promise.all([claim(port), claim(port), claim(port)].map(({ says }) => says('claimed')));
    expect(outputs.filter((output) => output.includes('true'))).toHaveLength(1);
  });
});

test('another Temporal that has taken the port since it was chosen is not taken for the own one', async () => {
  const executable = await findTemporalCli(cliCache(), () => undefined);
  const [port, uiPort, otherUiPort] = [await freePort(), await freePort(), await freePort()];
  const foreign = startDevServer({ executable, port, uiPort: otherUiPort, log: 'ignore', namespace: 'foreign' });
  children.push(foreign);
  const client = new TemporalClient({ address: `127.0.0.1:${port}`, namespace: 'foreign' });
  await eventually(
    () =>
      client.requireNamespace().then(
        () => true,
        () => undefined,
      ),
    'the foreign server',
  );
  await client.close();
  const supervisor = new Supervisor(join(folder, 'run'), () => undefined);
  const options = { executable, port, uiPort, fairness: true, namespace: 'installation-own' };
  const { close, ...own } = devServer(options, process.env, 3_000);
  try {
    await expect(supervisor.start(own)).rejects.toThrow(/temporal was not ready within 3 s; .*\n(.*\n)*.*in use/);
    foreign.kill('SIGKILL');
    await once(foreign, 'exit');
    // The supervisor has started the own server again by now, or does so in a moment.
    await eventually(async () => (await own.healthy()) || undefined, 'the own server');
  } finally {
    await close();
    await supervisor.stop();
  }
}, 60_000);

test('SIGTERM to npm ends what npm has started', async () => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { start: 'node child.mjs' } }));
  writeFileSync(
    join(folder, 'child.mjs'),
    `import { whenLauncherEnds } from '${EMBEDDED}/launcher.js';
     whenLauncherEnds(() => process.exit(0));
     setInterval(() => undefined, 1000);
     console.log('pid', process.pid);`,
  );
  const npm = run('npm', ['start'], folder);
  const pid = Number(/^pid (\d+)/m.exec(await npm.says('pid '))?.[1]);
  const isAlive = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false; // there is no such process
    }
  };
  expect(isAlive()).toBe(true);
  npm.child.kill('SIGKILL');
  await eventually(async () => (isAlive() ? undefined : true), 'the end of the child');
});
