/**
 * What generators make of the OpenAPI document works against the real platform: each client uploads a file, runs a job, reads a
 * series and downloads a PDF. The program of each client is beside this file, with pinned versions of its generator.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { newCustomer } from '../support/customer.ts';
import { WEATHER, weatherPath } from '../support/fixtures.ts';
import { canRun, describeWith } from '../support/needs.ts';
import { sharedPlatform } from '../support/platform.ts';
import { toolFolder } from '../support/tool-folder.ts';

const platform = await sharedPlatform();
const customer = await newCustomer(platform);

/** Commands from the document `openapi.json` to the end of the program, by the name of the folder. */
const GENERATORS: Readonly<Record<string, readonly (readonly [command: string, ...args: string[]])[]>> = {
  'openapi-typescript': [
    ['openapi-typescript', 'openapi.json', '--default-non-nullable=false', '--output', 'api.d.ts'],
    ['tsc', '--project', '.'],
    ['node', 'out/main.js'],
  ],
  'hey-api': [
    ['openapi-ts', '--file', 'openapi-ts.config.mjs'],
    ['tsc', '--project', '.'],
    ['node', 'main.ts'],
  ],
  'openapi-python-client': [
    ['openapi-python-client', 'generate', '--path', 'openapi.json', '--output-path', 'client'],
    ['python', 'main.py'],
  ],
  'openapi-generator': [
    ['openapi-generator-cli', 'generate', '-i', 'openapi.json', '-g', 'python', '-o', 'client'],
    ['python', 'main.py'],
  ],
};

/** Programs of the system that generators need. */
const isThere = canRun('python3', '--version') && canRun('java', '-version');

describeWith('python3 and java', isThere)('the client that a generator makes', () => {
  test.each(Object.keys(GENERATORS))('%s: uploads a file, runs a job and downloads a PDF', async (name) => {
    const tool = await toolFolder(join('test', 'clients', name));
    const document = await (await fetch(`${platform.base}/openapi.json`)).text();
    writeFileSync(join(tool.folder, 'openapi.json'), document);
    const env = {
      TESSELLATE_URL: platform.base,
      TESSELLATE_KEY: customer.key,
      WEATHER_FILE: weatherPath(WEATHER.greensboro),
      PYTHONPATH: 'client',
    };
    let said = '';
    for (const [command, ...args] of GENERATORS[name]) said = await tool.run(command, args, env);
    const { energy_kwh, hours, report_id } = JSON.parse(said);
    const report = (await customer.call('GET', `/v1/reports/${report_id}`)).body;
    const job = (await customer.call('GET', `/v1/jobs/${report.job_ids[0]}`)).body;
    expect([energy_kwh, hours]).toEqual([job.result.systems[0].annual_energy_kwh, 8760]);
    const pdf = readFileSync(join(tool.folder, 'report.pdf'));
    const [{ sha256 }] = report.files.filter(({ format }: { format: string }) => format === 'pdf');
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(sha256);
    tool.remove();
  });
});
