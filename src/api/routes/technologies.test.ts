/** The routes that follow from the declared endpoints of technologies: files and answers, over HTTP. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { parseConfig } from '../../adapters/config/config.ts';
import type { Plan } from '../../contracts/common/plans.ts';
import type { EndpointContract } from '../../contracts/common/endpoint-contract.ts';
import { TECHNOLOGIES } from '../../contracts/jobs/kinds.ts';
import { describeComponentFile } from '../../solar/library/library-tasks.ts';
import { problemHandler } from '../middleware/problem.ts';
import { fileBody } from '../middleware/request-body.ts';
import type { Services } from '../services.ts';
import { technologyRoutes } from './technologies.ts';

const FREE: Plan = {
  id: 'free',
  name: 'Free',
  n_requests_per_minute: null,
  n_burst_requests: null,
  n_organization_requests_per_minute: null,
  n_open_jobs: null,
  monthly_compute_s: null,
  n_retention_days: null,
  features: [],
};
const inserted: object[][] = [];
const ran: unknown[][] = [];
const services = {
  config: parseConfig({}),
  database: {
    manager: {
      countBy: async () => 0,
      insert: async (_table: unknown, rows: object[]) => inserted.push(rows),
    },
  },
  pool: {
    async run(...call: [task: string, input: Parameters<typeof describeComponentFile>[0], options: object]) {
      ran.push(call);
      return { result: describeComponentFile(call[1]) };
    },
  },
} as unknown as Services;
const routes = technologyRoutes(services);

let server: Server;
beforeAll(() => {
  const app = express();
  for (const { method, path, consumes, uploadLimit, handler } of routes)
    app[method](path, ...(consumes ? [fileBody({ limit: uploadLimit! })] : []), async (request, response) => {
      const principal = {
        orgId: 'org_1',
        plan: FREE,
        kind: 'user',
        id: 'usr_1',
        personId: 'usr_1',
        scopes: new Set<string>(),
      } as const;
      const { params, body } = request;
      const query = { name: 'hill.csv', limit: 50, cursor: undefined };
      const answer = await handler({
        principal,
        params: params as Record<string, string>,
        query,
        body,
        request,
        response,
      });
      if (!response.headersSent) response.json(answer);
    });
  app.use(problemHandler({ log: () => undefined } as never));
  server = app.listen(0);
});
afterAll(() => {
  server.close();
});

const upload = (body: string) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/horizons`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body,
  });

test('an uploaded file is read for its organization and stored in the library of the technology', async () => {
  const file = 'azimuth_deg,elevation_deg\n0,5\n90,10\n180,5\n270,0\n';
  const answer = await upload(file);
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      data: [expect.objectContaining({ id: expect.stringMatching(/^cmp_/), kind: 'horizon', name: 'hill.csv' })],
      notes: [],
    },
  ]);
  expect(ran).toEqual([
    ['describeComponentFile', { kind: 'horizon', name: 'hill.csv', bytes: Buffer.from(file) }, { caller: 'org_1' }],
  ]);
  expect(inserted).toEqual([
    [expect.objectContaining({ org_id: 'org_1', technology: 'solar', kind: 'horizon', format: 'csv' })],
  ]);
});

test('an empty file is refused with the code of its technology', async () => {
  const answer = await upload('');
  expect([answer.status, await answer.json()]).toEqual([
    422,
    expect.objectContaining({ code: 'solar.invalid_input', detail: 'hill.csv: the file is empty' }),
  ]);
});

test('each upload has a limit, each endpoint the tag of its technology', () => {
  const uploads = routes.filter(({ consumes }) => consumes);
  const declared = TECHNOLOGIES.flatMap((one) =>
    Object.entries<EndpointContract>('endpoints' in one ? one.endpoints : {}).map(([id, { path, file }]) => ({
      id,
      tag: one.tag,
      path,
      file,
    })),
  );
  expect(routes.map(({ id, tag }) => `${tag} ${id}`).sort()).toEqual(
    declared.map(({ id, tag }) => `${tag} ${id}`).sort(),
  );
  const paths = uploads.map(({ path }) => path);
  expect([...paths].sort()).toEqual(declared.flatMap(({ path, file }) => (file ? [path] : [])).sort());
  expect(paths).toEqual(
    expect.arrayContaining(['/v1/horizons', '/v1/inverters', '/v1/modules', '/v1/wind/resources', '/v1/wind/windio']),
  );
  for (const { uploadLimit } of uploads) expect(uploadLimit).toBeGreaterThan(0);
  for (const { path, tag } of routes) if (path.includes('/wind/')) expect(tag).toBe('Wind');
});
