import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { z } from 'zod';
import { parseConfig } from '../adapters/config/config.ts';
import { deprecationsOf } from './deprecation.ts';
import { endpoint, mount } from './endpoint.ts';
import { createLimiters } from './middleware/rate-limit.ts';
import { openApiDocument } from './openapi.ts';

const old = (deprecated_at: string, sunset?: string) =>
  z.number().optional().meta({ description: 'Width', deprecated: true, deprecated_at, sunset });
const toy = endpoint({
  id: 'makeToy',
  method: 'post',
  path: '/v1/toys',
  tag: 'Toys',
  summary: 'Make a toy',
  scope: 'public',
  body: z.strictObject({
    width_m: z.number().optional(),
    width_ft: old('2027-01-01', '2027-07-01'),
    parts: z
      .array(
        z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('wheel'), size_ft: old('2026-12-01', '2027-03-01') }),
          z.strictObject({ type: z.literal('box'), size_ft: z.number().optional() }),
        ]),
      )
      .optional(),
  }),
  query: z.strictObject({ unit: z.string().optional().meta({ deprecated: true, deprecated_at: '2026-11-30' }) }),
  response: z.strictObject({
    done: z.boolean(),
    count: z.number().optional().meta({ deprecated: true, deprecated_at: '2027-02-01', sunset: '2028-01-01' }),
  }),
  handler: async ({ body }) => (body.width_m === 7 ? { done: true, count: 1 } : { done: true }),
});

describe('a call that uses a deprecated field', () => {
  let server: Server;
  let address: string;
  beforeAll(async () => {
    const app = express();
    const refused = () => {
      throw new Error('no operators here');
    };
    mount(app, [toy], {
      bodyBytes: 0,
      limiters: createLimiters(parseConfig({})),
      limitGuesses: (_kind, _call, work) => work(),
      admitOperator: refused,
      admitAdministrator: async () => undefined,
      requireEnabled: () => undefined,
      requireFeature: async () => undefined,
      idempotency: { once: () => Promise.reject(new Error('no keys here')), keep: async () => undefined },
      sendStartedJob: async () => undefined,
      readLargeBody: refused,
    });
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    address = `http://127.0.0.1:${(server.address() as { port: number }).port}/v1/toys`;
  });
  afterAll(() => {
    server.close();
  });
  const headersOf = async (body: object, query = '') => {
    const response = await fetch(address + query, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return [response.headers.get('deprecation'), response.headers.get('sunset')];
  };

  test('is notified since when, and until when', async () => {
    expect(await headersOf({ width_ft: 3 })).toEqual(['@1798761600', 'Thu, 01 Jul 2027 00:00:00 GMT']);
  });

  test('is notified of the earliest dates of several, wherever they stand', async () => {
    const parts = [{ type: 'wheel', size_ft: 1 }];
    expect(await headersOf({ width_ft: 3, parts })).toEqual(['@1796083200', 'Mon, 01 Mar 2027 00:00:00 GMT']);
  });

  test('is notified of a query parameter, and of a field in the answer', async () => {
    expect(await headersOf({}, '?unit=ft')).toEqual(['@1795996800', null]);
    expect(await headersOf({ width_m: 7 })).toEqual(['@1801440000', 'Sat, 01 Jan 2028 00:00:00 GMT']);
  });

  test('is not notified of what it does not use', async () => {
    expect(await headersOf({ width_m: 1, parts: [{ type: 'box', size_ft: 1 }, { type: 'wheel' }] })).toEqual([
      null,
      null,
    ]);
  });

  test('finds it marked in OpenAPI, with the headers', () => {
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
    const document: any = JSON.parse(JSON.stringify(openApiDocument([toy])));
    const { schemas, headers } = document.components;
    expect(schemas.MakeToyRequest.properties.width_ft).toMatchObject({ deprecated: true, sunset: '2027-07-01' });
    expect(Object.keys(document.paths['/v1/toys'].post.responses[200].headers)).toEqual(
      expect.arrayContaining(['Deprecation', 'Sunset']),
    );
    expect(Object.keys(headers)).toEqual(expect.arrayContaining(['Deprecation', 'Sunset']));
  });
});

test('a schema without deprecated fields costs nothing', () => {
  expect(deprecationsOf(z.strictObject({ a: z.string() }), 'input')).toBeNull();
});
