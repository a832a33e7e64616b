/**
 * The journal of API calls. Each process appends a line for each call to a file of its own before the call is answered, so that
 * a process that is killed loses none. At each flush it closes the file and begins the next one; a closed file is stored under
 * the key (process, sequence), so that a second attempt changes nothing, and then deleted. Files of processes that are gone are
 * adopted by any process that uses the folder.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DELETED_CALLER } from '../../contracts/metering/usage.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { Logger } from '../../adapters/observability/logger.ts';

export interface ApiCall {
  readonly orgId: string;
  /** Person or key */
  readonly caller: string;
  readonly operation: string;
}

const ENDING = '.calls';
const SEPARATOR = '~';
const HOUR_MS = 3_600_000;
/** A process renews its file at each flush. One that has not for this many flushes is gone, unless it is known to be alive. */
const LOST_AFTER_FLUSHES = 10;

interface Batch {
  readonly process: string;
  readonly sequence: number;
  readonly text: string;
  readonly path?: string;
}

export class CallJournal {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #folder: string;
  readonly #intervalMs: number;
  readonly #process: string;
  #sequence = 0;
  /** undefined: the folder cannot be written, and lines wait in memory */
  #file?: number;
  #lines: string[] = [];
  #waiting: Batch[] = [];
  #timer?: NodeJS.Timeout;
  #flushing: Promise<void> = Promise.resolve();

  constructor(database: Database, log: Logger, options: { readonly folder: string; readonly intervalS: number }) {
    this.#database = database;
    this.#log = log;
    this.#folder = options.folder;
    this.#intervalMs = options.intervalS * 1000;
    this.#process = [hostname(), process.pid, randomBytes(6).toString('hex')].join(SEPARATOR);
    try {
      mkdirSync(this.#folder, { recursive: true });
      this.#open();
    } catch (error) {
      log.warning(
        `METERING_JOURNAL_DIR (${this.#folder}) cannot be written: up to ${options.intervalS} s of API calls are lost if this process is killed`,
        { error },
      );
    }
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), this.#intervalMs);
    void this.flush();
  }

  /** Stores what was called until now, and stops. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    if (this.#file !== undefined) {
      closeSync(this.#file);
      await rm(this.#path(this.#sequence), { force: true });
    }
  }

  write({ orgId, caller, operation }: ApiCall): void {
    const line = `${JSON.stringify([Date.now(), orgId, caller, operation])}\n`;
    if (this.#file === undefined) this.#lines.push(line);
    else writeSync(this.#file, line);
  }

  /** Stores all batches that can be stored; those that cannot wait for the next flush. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing
      .then(() => this.#flushNow())
      .catch((error: unknown) => void this.#log.warning('API calls are not stored yet', { error }));
    return this.#flushing;
  }

  async #flushNow(): Promise<void> {
    const closed = this.#sequence;
    if (this.#file === undefined) {
      if (this.#lines.length > 0) {
        this.#waiting.push({ process: this.#process, sequence: closed, text: this.#lines.join('') });
        this.#lines = [];
        this.#sequence++;
      }
      for (let batch = this.#waiting[0]; batch !== undefined; batch = this.#waiting[0]) {
        await this.#store(batch);
        this.#waiting.shift();
      }
      return;
    }
    const previous = this.#file;
    this.#sequence++;
    this.#open();
    closeSync(previous);
    for (const name of await readdir(this.#folder)) {
      const batch = await this.#closedBatch(name);
      if (!batch) continue;
      await this.#store(batch);
      await rm(batch.path!, { force: true });
    }
  }

  #open(): void {
    this.#file = openSync(this.#path(this.#sequence), 'a');
  }

  #path(sequence: number): string {
    return join(this.#folder, `${this.#process}${SEPARATOR}${sequence}${ENDING}`);
  }

  /** Returns the batch of a file that no process writes to. */
  async #closedBatch(name: string): Promise<Batch | undefined> {
    if (!name.endsWith(ENDING)) return undefined;
    const parts = name.slice(0, -ENDING.length).split(SEPARATOR);
    const sequence = Number(parts.pop());
    const owner = parts.join(SEPARATOR);
    const path = join(this.#folder, name);
    if (owner === this.#process ? sequence >= this.#sequence : await this.#mayBeAlive(parts, path)) return undefined;
    const text = await readFile(path, 'utf8').catch(ignoreAbsent);
    return text === undefined ? undefined : { process: owner, sequence, text, path };
  }

  async #mayBeAlive([host, pid]: readonly string[], path: string): Promise<boolean> {
    // The pid of this process is this process's only: a file with it is of one that ended before.
    if (host === hostname()) return Number(pid) !== process.pid && isRunning(Number(pid));
    const file = await stat(path).catch(ignoreAbsent);
    return file !== undefined && Date.now() - file.mtimeMs < LOST_AFTER_FLUSHES * this.#intervalMs;
  }

  async #store({ process: owner, sequence, text }: Batch): Promise<void> {
    const counts = countCalls(text);
    await this.#database.transaction(async (tx) => {
      const first = await tx.query(
        'INSERT INTO usage_batches (process, sequence) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING process',
        [owner, sequence],
      );
      if (first.length === 0 || counts.length === 0) return;
      // The lock makes the deletion of an organization wait, which then takes these rows along. Of one that is gone, no caller is kept.
      await tx.query(
        `WITH calls AS (
           SELECT * FROM jsonb_to_recordset($1::jsonb)
             AS calls(at timestamptz, org_id text, kind text, caller text, amount double precision)),
         present AS (
           SELECT id FROM organizations WHERE id IN (SELECT org_id FROM calls) ORDER BY id FOR KEY SHARE)
         INSERT INTO usage_records (at, org_id, metric, kind, caller, amount)
         SELECT at, org_id, 'api_calls', kind, CASE WHEN present.id IS NULL THEN $2 ELSE caller END, amount
         FROM calls LEFT JOIN present ON present.id = calls.org_id`,
        [JSON.stringify(counts), DELETED_CALLER],
      );
    });
    // Other hosts see by the time of the open file that this process lives.
    if (owner === this.#process && this.#file !== undefined)
      await utimes(this.#path(this.#sequence), new Date(), new Date());
  }
}

/** Counts the calls of a batch by hour, organization, caller and operation. The line that a killed process did not complete does not count. */
function countCalls(text: string): readonly object[] {
  const counts = new Map<string, { at: Date; org_id: string; kind: string; caller: string; amount: number }>();
  for (const line of text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)) {
    const [ms, org_id, caller, kind] = JSON.parse(line) as [number, string, string, string];
    const hour = Math.floor(ms / HOUR_MS);
    const key = JSON.stringify([hour, org_id, caller, kind]);
    const count = counts.get(key) ?? { at: new Date(ms), org_id, kind, caller, amount: 0 };
    counts.set(key, { ...count, amount: count.amount + 1 });
  }
  return [...counts.values()];
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ignoreAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
