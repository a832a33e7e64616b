/** The client's package, as customers install it: in an empty project, by three versions of TypeScript, in Node and in a browser. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Json, newCustomer } from '../support/customer.ts';
import { WEATHER, weatherFile, weatherPath } from '../support/fixtures.ts';
import { describeWith } from '../support/needs.ts';
import { sharedPlatform } from '../support/platform.ts';
import { type ToolFolder, toolFolder } from '../support/tool-folder.ts';

const CHROMIUM = '/usr/bin/chromium';
const TYPESCRIPTS = ['typescript-5', 'typescript-6', 'typescript-7'];
const CONFIGURATION = {
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'nodenext',
    strict: true,
    noUncheckedIndexedAccess: true,
    types: [],
    outDir: 'out',
  },
  files: ['main.ts'],
};

const platform = await sharedPlatform();
const customer = await newCustomer(platform);
let tool: ToolFolder;

beforeAll(async () => {
  tool = await toolFolder(join('test', 'clients', 'typescript'));
  // The project is the folder of the tool without its lockfile.
  writeFileSync(join(tool.folder, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(tool.folder, 'package-lock.json'), '{}');
  writeFileSync(join(tool.folder, 'tsconfig.json'), JSON.stringify(CONFIGURATION));
  const packed = await tool.run('npm', ['pack', '--silent', join(process.cwd(), 'clients', 'typescript')]);
  await tool.run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${packed.trim().split('\n').at(-1)}`]);
});
afterAll(() => tool.remove());

/** Holds what a program says against what the platform has. */
async function check({ report_id, energy_kwh, hours, listed, refused }: Json, pdf: Uint8Array): Promise<void> {
  const report = (await customer.call('GET', `/v1/reports/${report_id}`)).body;
  const job = (await customer.call('GET', `/v1/jobs/${report.job_ids[0]}`)).body;
  expect([energy_kwh, hours]).toEqual([job.result.systems[0].annual_energy_kwh, 8760]);
  expect([listed.slice(0, 2), refused]).toEqual([[report.job_id, job.id], 'request.invalid']);
  const { sha256 } = report.files.find(({ format }: { format: string }) => format === 'pdf');
  expect(createHash('sha256').update(pdf).digest('hex')).toBe(sha256);
}

test('it has no dependency, and the version of the platform', () => {
  const installed = join(tool.folder, 'node_modules', '@tessellate-renewables', 'client', 'package.json');
  const { version, dependencies } = JSON.parse(readFileSync(installed, 'utf8'));
  expect([version, dependencies]).toEqual([JSON.parse(readFileSync('package.json', 'utf8')).version, undefined]);
});

test.each(TYPESCRIPTS)('%s compiles a program by its types, and Node runs it', async (name) => {
  await tool.run('node', [join('..', 'node_modules', name, 'bin', 'tsc'), '--project', '.']);
  const env = {
    TESSELLATE_URL: platform.base,
    TESSELLATE_KEY: customer.key,
    WEATHER_FILE: weatherPath(WEATHER.greensboro),
  };
  const said = await tool.run('node', ['node.mjs'], env);
  await check(JSON.parse(said), readFileSync(join(tool.folder, 'report.pdf')));
});

test('the example of docs/client.md compiles', async () => {
  const blocks = readFileSync('docs/client.md', 'utf8').split(/\n(?! {4}|\n)/);
  const example = blocks.flatMap((block) => block.split('\n\n    import ').slice(1)).map((code) => `import ${code}`);
  expect(example).toHaveLength(1);
  writeFileSync(join(tool.folder, 'example.ts'), example[0].replace(/^ {4}/gm, ''));
  const compilerOptions = { ...CONFIGURATION.compilerOptions, noUncheckedIndexedAccess: false, types: ['node'] };
  writeFileSync(join(tool.folder, 'example.json'), JSON.stringify({ compilerOptions, files: ['example.ts'] }));
  await tool.run('node', [join('..', 'node_modules', 'typescript-7', 'bin', 'tsc'), '--project', 'example.json']);
});

test('no module that index.js loads is of Node', () => {
  const folder = join(tool.folder, 'node_modules', '@tessellate-renewables', 'client', 'dist', 'client');
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) [^;]*from '([^']+)';/gm)) {
      expect(from).toMatch(/^\.\.?\//);
      visit(join(file, '..', from));
    }
  };
  visit(join(folder, 'index.js'));
  expect(seen.size).toBeGreaterThan(4);
});

describeWith('chromium', existsSync(CHROMIUM))('in Chromium', () => {
  test('the same program runs from another origin', async () => {
    const parts: Record<string, Buffer> = {};
    const pages: Record<string, () => string | Uint8Array> = {
      '/': () => readFileSync(join(tool.folder, 'page.html')),
      '/settings': () => JSON.stringify({ base: platform.base, key: customer.key }),
      '/weather': () => weatherFile(WEATHER.greensboro),
    };
    const server = createServer(async (request, response) => {
      const path = request.url!;
      if (request.method === 'POST') {
        parts[path] = await buffer(request);
        response.end();
        if (path === '/outcome') server.emit('outcome');
        return;
      }
      const file = join(tool.folder, path.replace('/client/', '/node_modules/@tessellate-renewables/client/'));
      response.setHeader('content-type', path === '/' ? 'text/html' : path.endsWith('.js') ? 'text/javascript' : 'x/y');
      response.end(pages[path]?.() ?? (existsSync(file) ? readFileSync(file) : ''));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
    const profile = join(tool.folder, 'browser');
    mkdirSync(profile);
    const flags = ['headless', 'no-sandbox', 'disable-gpu', 'no-first-run', 'disable-background-networking'];
    const args = [...flags, `user-data-dir=${profile}`].map((flag) => `--${flag}`);
    const browser = spawn(CHROMIUM, [...args, '--remote-debugging-port=0', address], { stdio: 'ignore' });
    const ended = once(browser, 'exit');
    try {
      await Promise.race([
        once(server, 'outcome'),
        ended.then(() => Promise.reject(new Error('the browser ended before the program'))),
      ]);
    } finally {
      browser.kill();
      await ended;
      server.close();
    }
    const outcome = JSON.parse(parts['/outcome'].toString());
    expect(outcome.failed).toBeUndefined();
    await check(outcome, parts['/pdf']);
  });
});
