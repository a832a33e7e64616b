/** `tessellate up` and `demo` as a stranger runs them: real servers, signals, kills, a second start. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isAlive, readPidFile } from '../../temporal/embedded/processes.ts';
import { eventually } from '../support/eventually.ts';
import { allowSkip } from '../support/needs.ts';

/** Settings that leave a part of the API out. */
const SWITCHES = ['ENABLE_WIND_DIVISION', 'ENABLE_WEBHOOKS', 'ENABLE_SSE'];

let folder: string;
const commands: ChildProcess[] = [];

interface Command {
  readonly process: ChildProcess;
  output(): string;
  /** Its exit status, once it has ended. */
  readonly ended: Promise<number | null>;
}

function tessellate(name: 'up' | 'demo', data = folder, settings: NodeJS.ProcessEnv = {}): Command {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', name, '--data', data], {
    env: { ...process.env, NODE_ENV: undefined, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  commands.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
  return {
    process: child,
    output: () => output,
    ended: new Promise((resolve) => child.once('close', resolve)),
  };
}

const pids = () =>
  readdirSync(join(folder, 'run', 'pids')).flatMap((file) => readPidFile(join(folder, 'run', 'pids', file)) ?? []);
const saying = (command: Command, text: string) =>
  eventually(async () => {
    if (command.process.exitCode !== null) throw new Error(`ended too early:\n${command.output()}`);
    return command.output().includes(text) ? true : undefined;
  }, `'${text}'`);

const CHROMIUM = '/usr/bin/chromium';
const QUIET = [
  'disable-gpu',
  'disable-quic',
  'no-first-run',
  'disable-background-networking',
  'disable-component-update',
];

/** The reference page as a browser draws it lists every operation; without a browser, its files are there. */
async function seeReference(address: string): Promise<void> {
  const document = (await (await fetch(address.replace('/docs', '/openapi.json'))).json()) as {
    paths: Record<string, Record<string, { summary: string }>>;
  };
  const page = await (await fetch(address)).text();
  // The dashboard is not built here.
  const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file).filter((file) => file !== './');
  for (const file of files) expect([file, (await fetch(new URL(file, address))).status]).toEqual([file, 200]);
  if (!existsSync(CHROMIUM)) {
    allowSkip('chromium');
    return;
  }
  const { stdout } = spawnSync(
    CHROMIUM,
    ['headless', 'no-sandbox', ...QUIET, 'disable-sync', `user-data-dir=${join(folder, 'browser')}`, 'dump-dom']
      .map((flag) => `--${flag}`)
      // Swagger UI draws a long list as far as it is in view.
      .concat('--virtual-time-budget=20000', '--window-size=1200,40000', address),
    { encoding: 'utf8', timeout: 300_000 },
  );
  for (const operations of Object.values(document.paths))
    for (const { summary } of Object.values(operations))
      expect(stdout).toContain(summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
}

/** Runs the commands under "One request" in README.md, with this platform's address and folder; returns what they print. */
function runReadmeRequest(api: string): string {
  const [, section] = readFileSync('README.md', 'utf8').split('## One request');
  const [commands] = /(?: {4}.*\n)+/.exec(section)!;
  const script = commands.replace(/API=.*/, `API=${api}`).replace('.tessellate', folder);
  return spawnSync('bash', ['-c', script], { encoding: 'utf8', timeout: 300_000 }).stdout;
}

beforeAll(() => {
  // Where the database's user can reach it.
  folder = mkdtempSync(join('/tmp', 'tessellate-up-'));
  chmodSync(folder, 0o755);
});
afterAll(async () => {
  for (const child of commands) child.kill('SIGTERM');
  await eventually(async () => (pids().every((one) => !isAlive(one)) ? true : undefined), 'end of all children');
  rmSync(folder, { recursive: true, force: true });
});

describe('everything on one machine', () => {
  test('demo runs the main job, stops everything and exits 0; a taken port is replaced and said', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.once('error', () => resolve()).listen(8000, '127.0.0.1', resolve));
    const demo = tessellate('demo');
    expect(await demo.ended).toBe(0);
    taken.close();
    expect(demo.output()).toMatch(/port 8000 is taken; api uses \d+/);
    expect(demo.output()).toMatch(/annual energy +138,921 kWh/);
    expect(demo.output()).toMatch(/Dec +9,087 kWh +█+/);
    expect(demo.output()).toContain('demo organization made');
    expect(pids()).toEqual([]);
  });

  test('up finds its data again, reports to a second start, restarts what dies, and ends with a signal', async () => {
    const up = tessellate('up');
    await saying(up, 'Ctrl-C stops everything');
    expect(up.output()).toContain('uploaded earlier as wth_');
    expect(up.output()).not.toContain('migrations applied');

    const second = tessellate('up');
    expect(await second.ended).toBe(0);
    const api = /API +(http\S+)/.exec(up.output())?.[1];
    expect(second.output()).toContain(`Process ${up.process.pid} runs the platform`);
    expect(second.output()).toContain(api);

    await seeReference(`${api}/docs`);
    expect(runReadmeRequest(api!)).toMatch(/^HTTP\/1.1 202 Accepted[\s\S]+location: \/v1\/jobs\/job_\w{26}\r\n/i);

    const started = pids();
    expect(started.map(({ name }) => name).sort()).toEqual(['api', 'postgres', 'temporal', 'worker']);
    process.kill(started.find(({ name }) => name === 'api')!.pid, 'SIGKILL');
    await saying(up, 'api ended (SIGKILL); it starts again');
    await eventually(
      () =>
        fetch(`${api}/health/ready`).then(
          ({ ok }) => ok || undefined,
          () => undefined,
        ),
      'API again',
    );

    const all = pids();
    // As Ctrl-C in a terminal does under npm: once from the terminal, once more from npm.
    up.process.kill('SIGINT');
    await saying(up, 'stopping ...');
    up.process.kill('SIGINT');
    expect(await up.ended).toBe(0);
    expect(all.filter(isAlive)).toEqual([]);
  });

  test('demo runs the main job with each switch of the API off, and with experiments on', async () => {
    const demo = tessellate('demo', folder, {
      ...Object.fromEntries(SWITCHES.map((name) => [name, 'false'])),
      ENABLE_AB_TESTING: 'true',
    });
    expect([await demo.ended, demo.output()]).toEqual([0, expect.not.stringContaining('ENABLE_AB_TESTING')]);
    expect(demo.output()).toMatch(/annual energy +138,921 kWh/);
  });

  test('Ctrl-C during the start ends what has started, and exits 0', async () => {
    const up = tessellate('up');
    await saying(up, 'Temporal CLI: ');
    up.process.kill('SIGINT');
    expect(await up.ended).toBe(0);
    expect(up.output()).toMatch(/stopping \.\.\.\n(.*\n)*stopped after/);
    expect(up.output()).not.toContain('ready after');
    expect(pids()).toEqual([]);
  });

  test('a folder that cannot be made is said in one line', async () => {
    const up = tessellate('up', join(folder, 'secrets.json', 'below'));
    expect(await up.ended).toBe(1);
    expect(up.output().trim().split('\n')).toEqual([
      expect.stringMatching(/^The platform did not start: ENOTDIR: .*secrets.json/),
    ]);
  });

  test('a supervisor that is killed takes its children along, and the next start is well', async () => {
    const up = tessellate('up');
    await saying(up, 'Ctrl-C stops everything');
    const all = pids();
    up.process.kill('SIGKILL');
    await eventually(async () => (all.some(isAlive) ? undefined : true), 'end of the children');
    const demo = tessellate('demo');
    expect(await demo.ended).toBe(0);
    expect(demo.output()).toMatch(/annual energy +138,921 kWh/);
  });
});
