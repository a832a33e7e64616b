/** A customer of the platform for tests: an organization of its own, its key, and the requests that tests make. */
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import { TessellateClient } from '../../src/client/client.ts';
import { eventually } from './eventually.ts';
import { WEATHER, weatherFile } from './fixtures.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** Parsed if it is JSON, else the text. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly body: any;
}
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
export type Json = any;

export interface CallOptions {
  /** A key or token in place of the customer's; null sends none. */
  readonly as?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Running {
  readonly base: string;
  readonly database: Database;
}

const PASSWORD = 'a long password';

/** Registers a person with an organization, and makes it a key with every scope that keys have. */
export async function newCustomer({ base, database }: Running, headers: Readonly<Record<string, string>> = {}) {
  const person = { email: `${randomUUID()}@example.com`, password: PASSWORD, name: 'Person', organization_name: 'Org' };
  let key: string | null = null;

  /** @param body text, bytes and streams go as they are, as a file unless the headers say otherwise; all else as JSON */
  async function call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;
    const credentials = options.as === undefined ? key : options.as;
    const response = await fetch(new URL(path, base), {
      method,
      headers: {
        ...headers,
        ...(credentials !== null && { authorization: `Bearer ${credentials}` }),
        ...(body !== undefined && { 'content-type': isRaw ? 'application/octet-stream' : 'application/json' }),
        ...options.headers,
      },
      body: body === undefined ? undefined : isRaw ? (body as RequestInit['body']) : JSON.stringify(body),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      body: isJson ? JSON.parse(bytes.toString()) : bytes.toString(),
    };
  }

  const session = await call('POST', '/v1/auth/register', person);
  expect([session.status, session.body.detail]).toEqual([201, undefined]);
  const token: string = session.body.access_token;
  key = (await call('POST', '/v1/api-keys', { name: 'test' }, { as: token })).body.key as string;

  /** Starts a job. @returns its id */
  async function submit(path: string, body: object): Promise<string> {
    const accepted = await call('POST', path, body);
    expect([accepted.status, accepted.body.detail]).toEqual([202, undefined]);
    return accepted.body.id;
  }

  /** Asks the database, for reading a large job again and again takes the time that it computes in. */
  async function statusOf(jobId: string): Promise<string> {
    const [{ status }] = await database.query<{ status: string }>('SELECT status FROM jobs WHERE id = $1', [jobId]);
    return status;
  }

  /** Waits for the end of a job. @returns its last status */
  const endOf = (jobId: string): Promise<string> =>
    eventually(async () => {
      const status = await statusOf(jobId);
      return ['succeeded', 'failed', 'cancelled'].includes(status) ? status : undefined;
    }, `end of ${jobId}`);

  /** Waits for the end of a job. @returns the job as the API tells it */
  async function ended(jobId: string): Promise<Json> {
    await endOf(jobId);
    return (await call('GET', `/v1/jobs/${jobId}`)).body;
  }

  return {
    email: person.email,
    /** Of the owner's session, which may do what no key may. */
    token,
    key,
    client: new TessellateClient({ baseUrl: base, credentials: key }),
    call,
    submit,
    statusOf,
    endOf,
    ended,
    /** Runs a job to its end, whatever that is. */
    done: async (path: string, body: object): Promise<Json> => ended(await submit(path, body)),
    /** Uploads one of the project's weather files. @returns the id of the dataset */
    async uploadWeather(file: string = WEATHER.greensboro, name = file): Promise<string> {
      const uploaded = await call('POST', `/v1/weather?name=${name}`, weatherFile(file));
      expect([uploaded.status, uploaded.body.detail]).toEqual([201, undefined]);
      return uploaded.body.id;
    },
    /** The checkpoint of a job once it has saved one that `isEnough`. */
    checkpoint: (jobId: string, isEnough: (saved: Checkpoint) => boolean = () => true): Promise<Checkpoint> =>
      eventually(async () => {
        const [saved] = await database.query<Checkpoint>('SELECT * FROM job_checkpoints WHERE job_id = $1', [jobId]);
        return saved && isEnough(saved) ? saved : undefined;
      }, `a checkpoint of ${jobId}`),
  };
}
export type Customer = Awaited<ReturnType<typeof newCustomer>>;

/** What an attempt saved of a job. */
export interface Checkpoint {
  readonly attempt: number;
  readonly consumed_ms: number;
  readonly state: { readonly done?: number; readonly iteration?: number };
  readonly data: Buffer | null;
}
