/** A customer of the platform for tests: an organization of its own, its key, and the requests that tests make. */
import { type JobStatus, isTerminal } from '../../src/contracts/jobs/jobs.ts';
import { decodeCheckpoint } from '../../src/series/checkpoint.ts';
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import { DEFAULT_KEY_SCOPES } from '../../src/contracts/common/scopes.ts';
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

/** @returns requests to an API, with the credentials unless a call has others */
export function caller(base: string, credentials: string | null) {
  /** @param body text, bytes and streams go as they are, as a file unless the headers say otherwise; all else as JSON */
  return async (method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;
    const as = options.as === undefined ? credentials : options.as;
    const response = await fetch(new URL(path, base), {
      method,
      headers: {
        // A server may close a connection that was idle just as the next request is sent; this happens with several API processes.
        connection: 'close',
        ...(as !== null && { authorization: `Bearer ${as}` }),
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
  };
}

/** The password of those who register here */
export const PASSWORD = 'a long password';

/** Registers a person with an organization of its own. The token is of the owner's session, which may do what no key may. */
export async function register(base: string): Promise<{ readonly email: string; readonly token: string }> {
  const email = `${randomUUID()}@example.com`;
  const person = { email, password: PASSWORD, name: 'Person', organization_name: 'Org' };
  const session = await caller(base, null)('POST', '/v1/auth/register', person);
  expect([session.status, session.body.detail]).toEqual([201, undefined]);
  return { email, token: session.body.access_token };
}

/** Confirms an address in place of the link that the registration has mailed. */
export async function confirmEmail(database: Database, email: string): Promise<void> {
  await database.query('UPDATE users SET email_confirmed_at = now() WHERE email = $1', [email]);
}

/** Registers an owner with a confirmed address, whose organization gets a key with every scope that keys have. */
export async function newCustomer({ base, database }: Running) {
  const owner = await register(base);
  await confirmEmail(database, owner.email);
  const { key } = (
    await caller(base, owner.token)('POST', '/v1/api-keys', {
      name: 'test',
      scopes: [...DEFAULT_KEY_SCOPES, 'mail:send'],
    })
  ).body as { key: string };
  const call = caller(base, key);

  /** Starts a job. @returns its id */
  async function submit(path: string, body: object): Promise<string> {
    const accepted = await call('POST', path, body);
    expect([accepted.status, accepted.body.detail]).toEqual([202, undefined]);
    return accepted.body.id;
  }

  /** Asks the database, for reading a large job again and again takes the time that it computes in. */
  async function statusOf(jobId: string): Promise<JobStatus> {
    const [{ status }] = await database.query<{ status: JobStatus }>('SELECT status FROM jobs WHERE id = $1', [jobId]);
    return status;
  }

  /** Waits for the end of a job. @returns its last status */
  const endOf = (jobId: string): Promise<string> =>
    eventually(async () => {
      const status = await statusOf(jobId);
      return isTerminal(status) ? status : undefined;
    }, `end of ${jobId}`);

  /** Waits for the end of a job. @returns the job as the API tells it */
  async function ended(jobId: string): Promise<Json> {
    await endOf(jobId);
    return (await call('GET', `/v1/jobs/${jobId}`)).body;
  }

  /** The checkpoint of a job as it is, with what its attempts have used. */
  async function saved(jobId: string): Promise<Checkpoint | undefined> {
    const [row] = await database.query<Omit<Checkpoint, 'done'>>(
      `SELECT j.attempts, j.compute_s, c.state, c.data FROM job_checkpoints c JOIN jobs j ON j.id = c.job_id
       WHERE j.id = $1`,
      [jobId],
    );
    const parts = row?.data
      ? decodeCheckpoint<readonly { readonly state: { readonly done?: number } | null }[]>(row.data)
      : [];
    return row && { ...row, done: parts?.[0]?.state?.done ?? 0 };
  }

  return {
    ...owner,
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
    saved,
    /** The checkpoint of a job once there is one that `isEnough`. */
    checkpoint: (jobId: string, isEnough: (found: Checkpoint) => boolean = () => true): Promise<Checkpoint> =>
      eventually(async () => {
        const found = await saved(jobId);
        if (found && isEnough(found)) return found;
        const status = await statusOf(jobId);
        if (isTerminal(status)) throw new Error(`The job ${jobId} ${status} before it had such a checkpoint`);
        return undefined;
      }, `a checkpoint of ${jobId}`),
  };
}
export type Customer = Awaited<ReturnType<typeof newCustomer>>;

/** What an attempt saved of a job. */
export interface Checkpoint {
  readonly attempts: number;
  readonly compute_s: number;
  readonly state: { readonly iteration?: number; readonly best_score?: number };
  /** Of a solar analysis: years of systems that are computed */
  readonly done: number;
  readonly data: Buffer | null;
}
