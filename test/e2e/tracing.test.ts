/** One trace from a request by the outbox to workflow and activity, at a collector that speaks OTLP. Real servers. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { type Customer, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}
interface OtlpBody {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: OtlpSpan['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const received: (OtlpSpan & { readonly service: string })[] = [];
const keys = new Set<string | undefined>();
let collector: Server;
let platform: Platform;
let customer: Customer;

const attributeOf = (attributes: OtlpSpan['attributes'], name: string): string =>
  attributes.find(({ key }) => key === name)?.value.stringValue ?? '';

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    keys.add(request.headers['x-collector-key'] as string | undefined);
    const { resourceSpans } = (await json(request)) as OtlpBody;
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = attributeOf(resource.attributes, 'service.name');
      received.push(...scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service }))));
    }
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  platform = await startPlatform({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=one%2Ctwo',
  });
  await platform.startAll();
  customer = await newCustomer(platform);
});
afterAll(async () => {
  await platform?.stop();
  collector?.close();
});

const lines = (): Record<string, unknown>[] =>
  readFileSync(platform.logFile, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('request, outbox, workflow and activity of a job are spans of the trace that its caller began', async () => {
  const weatherId = await customer.uploadWeather();
  const { body, status } = await customer.call(
    'POST',
    '/v1/solar/analyze',
    {
      weather_ids: [weatherId],
      system: { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30, azimuth_deg: 180 } },
    },
    { headers: { traceparent: `00-${TRACE}-${CALLER}-01` } },
  );
  expect([status, body.status]).toEqual([202, 'queued']);
  await customer.ended(body.id);
  const spans = await eventually(async () => {
    const own = received.filter(({ traceId }) => traceId === TRACE);
    return own.length >= 4 ? own : undefined;
  }, 'four spans');
  const request = spans.find(({ name }) => name === 'POST /v1/solar/analyze')!;
  expect([request.service, request.parentSpanId]).toEqual(['tessellate-api', CALLER]);
  expect(spans.map(({ name, parentSpanId }) => [name, parentSpanId]).sort()).toEqual([
    ['POST /v1/solar/analyze', CALLER],
    ['activity solar-analyze', request.spanId],
    ['outbox workflow.start', request.spanId],
    ['workflow solar-analyze', request.spanId],
  ]);
  const activity = spans.find(({ name }) => name.startsWith('activity'))!;
  expect(activity.service).toBe('tessellate-worker');
  expect(attributeOf(activity.attributes, 'tessellate.job_id')).toBe(body.id);
  expect(keys).toEqual(new Set(['one,two']));

  const temporal = new TemporalClient({ address: platform.temporalAddress, namespace: 'default' });
  const { memo } = await temporal.client.workflow.getHandle(`solar-analyze/${body.id}`).describe();
  await temporal.close();
  expect(memo).toMatchObject({ trace_id: TRACE });
});

test('problems and log lines name the trace, also where the caller began none', async () => {
  const { body, headers } = await customer.call('GET', '/v1/jobs/job_00000000000000000000000000');
  expect(body.trace_id).toMatch(/^[0-9a-f]{32}$/);
  const line = await eventually(
    async () => lines().find(({ request_id }) => request_id === headers.get('x-request-id')),
    'the line of the request',
  );
  expect(line.trace_id).toBe(body.trace_id);
});
