/** What the platform is made of: known vulnerabilities with their exceptions, digests of images, the bill of materials. Real npm. */
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end();
});

/** @returns the address of a registry of this machine */
async function registry(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  ends.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'tessellate-supply-'));
  ends.push(() => rmSync(made, { recursive: true }));
  return made;
}

/** Not blocking, because the registry is in this process. */
const run = (command: string, args: string[], env: Record<string, string>) =>
  promisify(execFile)(command, args, { env: { ...process.env, ...env } }).then(
    ({ stdout, stderr }) => ({ status: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      status: error.code,
      output: error.stdout + error.stderr,
    }),
  );

const ADVISORY = 'GHSA-aaaa-bbbb-cccc';
const REASON = 'the platform never calls the function that is concerned';

/** Audits against a registry that knows one vulnerability of a package that ships. */
async function audit(exceptions: readonly object[]) {
  const url = await registry(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    if (request.method !== 'POST') return void response.writeHead(404).end('{}');
    const body = Buffer.concat(parts);
    const packages = JSON.parse((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
    expect(Object.keys(packages)).toContain('express');
    const advisory = {
      ...{ id: 1, url: `https://github.com/advisories/${ADVISORY}`, title: 'A hole', severity: 'high' },
      ...{ vulnerable_versions: '>=0', cwe: [], cvss: { score: 0, vectorString: null } },
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ express: [advisory] }));
  });
  const file = join(folder(), 'exceptions.json');
  writeFileSync(file, JSON.stringify(exceptions));
  return run('node', ['scripts/audit.mjs', file], { npm_config_registry: url, npm_config_cache: folder() });
}

test('an advisory fails, unless an exception says why it does not reach the platform', async () => {
  const found = await audit([]);
  expect([found.status, found.output]).toEqual([
    1,
    expect.stringContaining(`express: A hole (https://github.com/advisories/${ADVISORY})`),
  ]);
  const excepted = await audit([{ advisory: ADVISORY, reason: REASON, date: '2026-11-30' }]);
  expect(excepted).toEqual({ status: 0, output: 'npm audit: 1 advisories, 1 exceptions\n' });
});

test('an exception that no longer applies, or gives no reason, fails', async () => {
  const stale = await audit([
    { advisory: ADVISORY, reason: REASON, date: '2026-11-30' },
    { advisory: 'GHSA-dddd-eeee-ffff', reason: 'short', date: '2026-11-30' },
  ]);
  expect(stale.status).toBe(1);
  expect(stale.output).toContain('GHSA-dddd-eeee-ffff no longer applies');
  expect(stale.output).toContain('"short","date":"2026-11-30"} needs advisory');
});

test('a registry without an answer is said, and fails nothing', async () => {
  const url = await registry((_request, response) => void response.writeHead(405).end('{}'));
  const { status, output } = await run('node', ['scripts/audit.mjs'], { npm_config_registry: url });
  expect([status, output]).toEqual([
    0,
    expect.stringMatching(/^npm audit: not checked, the registry does not answer \(405 .*\)\n$/),
  ]);
});

/** A copy of the files that name images */
function copyOfImages(): string {
  const copy = folder();
  for (const name of readdirSync('.').filter((one) => /^Dockerfile\.|^docker-compose|^\.nvmrc$/.test(one)))
    copyFileSync(name, join(copy, name));
  return copy;
}
const digestOf = (path: string): string => `sha256:${Buffer.from(path).toString('hex').padEnd(64, '0').slice(-64)}`;
const linesOf = (copy: string): string =>
  execFileSync('grep', ['-rhE', '^FROM|^    image:', copy], { encoding: 'utf8' });

test('pin-digests writes the digest of each image that the registry names, and again after a change', async () => {
  const copy = copyOfImages();
  const asked: string[] = [];
  const url = await registry((request, response) => {
    asked.push(request.url!);
    response.writeHead(200, { 'docker-content-digest': digestOf(request.url!) }).end();
  });
  const pin = () => run('deploy/pin-digests.sh', [copy], { REGISTRY: url });
  expect((await pin()).status).toBe(0);
  const node = readFileSync('.nvmrc', 'utf8').trim();
  const nodePath = `/v2/library/node/manifests/${node}-bookworm-slim`;
  expect(asked).toContain(nodePath);
  expect(asked.filter((path) => path.startsWith('/v2/temporalio/'))).toHaveLength(3);
  const pinned = linesOf(copy);
  expect(pinned).toContain(`FROM node:\${NODE_VERSION}-bookworm-slim@${digestOf(nodePath)} AS build\n`);
  expect(pinned).toMatch(/image: &temporal-tools temporalio\/admin-tools:\S+@sha256:[0-9a-f]{64}\n/);
  const without = pinned.split('\n').filter((line) => line && !/@sha256:[0-9a-f]{64}( AS |$)/.test(line));
  expect(without).toEqual(['    image: *temporal-tools']);
  await pin();
  expect(linesOf(copy)).toBe(pinned);
});

test('pin-digests writes nothing if the registry lacks one of them', async () => {
  const copy = copyOfImages();
  const before = linesOf(copy);
  const url = await registry((request, response) =>
    request.url!.includes('redis')
      ? void response.writeHead(404).end()
      : void response.writeHead(200, { 'docker-content-digest': digestOf(request.url!) }).end(),
  );
  const { status, output } = await run('deploy/pin-digests.sh', [copy], { REGISTRY: url });
  expect([status, output]).toEqual([
    1,
    expect.stringMatching(/No digest of redis:\S+ could be fetched from .*; nothing is changed/),
  ]);
  expect(linesOf(copy)).toBe(before);
});

test('the bill of materials names what ships, and nothing that only tests need', () => {
  const { bomFormat, components } = JSON.parse(
    execFileSync('npm', ['run', '-s', 'sbom'], { encoding: 'utf8', maxBuffer: 1e8 }),
  );
  const names = components.map(({ name }: { name: string }) => name);
  expect([bomFormat, names.includes('express'), names.includes('jest')]).toEqual(['CycloneDX', true, false]);
});
