/**
 * Traces by OpenTelemetry: a request, what the outbox starts for it, the job's workflow and its activities are spans of one
 * trace. Without an endpoint nothing is recorded.
 */
import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

interface TracingOptions {
  /** Address of a collector that takes OTLP over HTTP, without `/v1/traces` */
  readonly endpoint: string;
  /** Headers of the requests to it, as `name=value,name=value` */
  readonly headers: string | undefined;
  /** Share of the traces that is recorded [1], chosen by the trace's id: all processes choose the same ones */
  readonly ratio: number;
  readonly service: string;
  readonly version: string;
  readonly instance: string;
  readonly environment: string;
}

interface SpanOptions {
  readonly kind: SpanKind;
  /** The caller as W3C `traceparent`; null begins a trace. Default: the span that is active */
  readonly parent?: string | null;
  readonly attributes?: Attributes;
}

const tracer = () => trace.getTracer('tessellate');

/**
 * Starts to record.
 * @returns sends what is recorded, and ends
 */
export async function startTracing(options: TracingOptions): Promise<() => Promise<void>> {
  // Processes that record nothing do not load the SDK.
  const { BatchSpanProcessor, NodeTracerProvider, ParentBasedSampler, TraceIdRatioBasedSampler } = await import(
    '@opentelemetry/sdk-trace-node'
  );
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const sampler = new TraceIdRatioBasedSampler(options.ratio);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': `tessellate-${options.service}`,
      'service.version': options.version,
      'service.instance.id': options.instance,
      'deployment.environment.name': options.environment,
    }),
    // A customer's header may join a trace; it cannot have more of them recorded.
    sampler: new ParentBasedSampler({ root: sampler, remoteParentSampled: sampler }),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({
          url: `${options.endpoint.replace(/\/$/, '')}/v1/traces`,
          headers: headersOf(options.headers),
        }),
      ),
    ],
  });
  provider.register();
  return () => provider.shutdown();
}

const headersOf = (text = ''): Record<string, string> =>
  Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at > 0 ? [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]] : [];
    }),
  );

const contextOf = (parent: string | null | undefined): Context => {
  if (parent === undefined) return context.active();
  return parent === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
};

/** Begins a span; the caller ends it. */
export const beginSpan = (name: string, { kind, parent, attributes }: SpanOptions): Span =>
  tracer().startSpan(name, { kind, attributes }, contextOf(parent));

/** Runs work in a span, which ends with it and says how. */
export async function inSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const span = beginSpan(name, options);
  try {
    return await runIn(span, work);
  } catch (error) {
    failed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Makes a span the active one while work runs: logs name it, and further spans are its children. */
export const runIn = <T>(span: Span, work: () => T): T => context.with(trace.setSpan(context.active(), span), work);

export function failed(span: Span, error: unknown): void {
  span.recordException(error instanceof Error ? error : String(error));
  span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
}

/** Records a span of work that has ended, and lay between others: the workflow of a job. */
export function recordSpan(
  name: string,
  { startedAt, isFailed, ...options }: SpanOptions & { readonly startedAt: Date; readonly isFailed: boolean },
): void {
  const { kind, parent, attributes } = options;
  const span = tracer().startSpan(name, { kind, attributes, startTime: startedAt }, contextOf(parent));
  if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** @returns the id of a span's trace, by default of the active one; undefined while tracing is off */
export function traceIdOf(span: Span | undefined = trace.getActiveSpan()): string | undefined {
  const at = span?.spanContext();
  return at && isSpanContextValid(at) ? at.traceId : undefined;
}

/** @returns the active span as W3C `traceparent`, which a row keeps for those who continue; null while tracing is off */
export function activeTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

export { SpanKind } from '@opentelemetry/api';
