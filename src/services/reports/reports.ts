/**
 * What the API does with reports: it requests, lists, reads, downloads and deletes them. kinds.ts contains the job that
 * writes one.
 */
import { createHash } from 'node:crypto';
import { AppError } from '../../contracts/common/app-error.ts';
import type { ErrorCode } from '../../contracts/common/error-codes.ts';
import type { JobStatus } from '../../contracts/jobs/jobs.ts';
import { technologyOf } from '../../contracts/jobs/kinds.ts';
import { isTerminal } from '../../contracts/jobs/jobs.ts';
import type { ReportFormat } from '../../contracts/reports/reports.ts';
import { REPORT_FORMATS } from '../../contracts/reports/reports.ts';
import type { ReportBody, ReportInput } from '../../contracts/reports/reports.schema.ts';
import type { Database, Queryable } from '../../adapters/database/database.ts';
import type { ReportFileRow, ReportRow } from '../../adapters/database/tables/reports.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { convert } from '../experiments/experiments.ts';
import { audit } from '../audit/audit.ts';
import { type OutlinedJob, outlinedJob } from '../jobs/jobs.ts';
import type { JobServices, PreparedJob } from '../jobs/working-kind.ts';
import type { ReportRooms } from './technology.ts';
import { checkLogo } from './logo.ts';

/** A report with the state of its job and its files, without their bytes. */
export interface ReportView extends Omit<ReportRow, 'logo' | 'deleted_at'> {
  readonly status: JobStatus;
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
  readonly files: readonly Pick<ReportFileRow, 'format' | 'name' | 'bytes' | 'sha256'>[];
}

/** A file without its bytes, and what reads them */
export type ReportFile = Omit<ReportFileRow, 'data'> & { pieces(): AsyncIterable<Buffer> };

/** Bytes of a file that are read at once */
const PIECE_BYTES = 512 * 1024;

const COLUMNS =
  'r.id, r.org_id, r.job_id, r.template, r.language, r.title, r.job_ids, r.pages, r.created_at, r.ready_at';
const VIEW = `SELECT ${COLUMNS}, j.status, j.error, coalesce((SELECT json_agg(json_build_object('format', f.format, 'name', f.name,
    'bytes', f.bytes, 'sha256', f.sha256) ORDER BY f.format) FROM report_files f WHERE f.report_id = r.id), '[]') AS files
  FROM reports r JOIN jobs j ON j.id = r.job_id`;

export class Reports {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async get(orgId: string, id: string): Promise<ReportView> {
    const [row] = await this.#database.query<ReportView>(
      `${VIEW} WHERE r.id = $1 AND r.org_id = $2 AND r.deleted_at IS NULL`,
      [id, orgId],
    );
    if (!row) throw notFound(id);
    return row;
  }

  /** Lists the reports, newest first. @param before id of the last report of the page before */
  list(orgId: string, limit: number, before?: string): Promise<ReportView[]> {
    return this.#database.query<ReportView>(
      `${VIEW} WHERE r.org_id = $1 AND r.deleted_at IS NULL AND ($2::text IS NULL OR r.id < $2) ORDER BY r.id DESC LIMIT $3`,
      [orgId, before ?? null, limit],
    );
  }

  /**
   * Returns a file to a reader with a signed link or with credentials; `pieces` reads it from the database piece by piece.
   * @param orgId undefined with a link
   * @throws AppError `request.not_found`, `report.deleted`, `job.not_finished`
   */
  async file(id: string, format: ReportFormat, orgId?: string): Promise<ReportFile> {
    const [report] = await this.#database.query<Pick<ReportRow, 'id' | 'deleted_at'> & { status: JobStatus }>(
      `SELECT r.id, r.deleted_at, j.status FROM reports r JOIN jobs j ON j.id = r.job_id
       WHERE r.id = $1 AND ($2::text IS NULL OR r.org_id = $2)`,
      [id, orgId ?? null],
    );
    if (!report) throw notFound(id);
    if (report.deleted_at) throw new AppError('report.deleted', `Report ${id} was deleted`);
    if (!isTerminal(report.status)) throw new AppError('job.not_finished', `Report ${id} is ${report.status}`);
    const [file] = await this.#database.query<Omit<ReportFileRow, 'data'>>(
      'SELECT report_id, format, name, media_type, bytes, sha256 FROM report_files WHERE report_id = $1 AND format = $2',
      [id, format],
    );
    if (!file)
      throw new AppError('request.not_found', `Report ${id} has no file; its job ended with status ${report.status}`);
    return { ...file, pieces: () => this.#piecesOf(file) };
  }

  /** @throws AppError `report.deleted` if it is deleted meanwhile */
  async *#piecesOf({ report_id, format, bytes }: Omit<ReportFileRow, 'data'>): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes; from += PIECE_BYTES) {
      const [row] = await this.#database.query<{ piece: Buffer }>(
        'SELECT substring(data FROM $3 FOR $4) AS piece FROM report_files WHERE report_id = $1 AND format = $2',
        [report_id, format, from + 1, PIECE_BYTES],
      );
      if (!row) throw new AppError('report.deleted', `Report ${report_id} was deleted`);
      yield row.piece;
    }
  }

  /**
   * Deletes the files; links to them then answer 410. A job that still writes the report is not cancelled, but finds it deleted.
   */
  async delete(orgId: string, id: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const rows = await tx.query(
        'UPDATE reports SET deleted_at = now() WHERE id = $1 AND org_id = $2 AND deleted_at IS NULL RETURNING id',
        [id, orgId],
      );
      if (rows.length === 0) throw notFound(id);
      await tx.query('DELETE FROM report_files WHERE report_id = $1', [id]);
      await audit(tx, { orgId, type: 'report.deleted', targetId: id });
    });
  }
}

/**
 * Checks the jobs that a report is about; its row is committed with its job.
 * @throws AppError `request.not_found`, `job.not_finished`, `report.unusable_job`, `report.not_comparable`
 */
export async function prepareReport(
  { database, reportMailsPerDay }: Pick<JobServices, 'database' | 'reportMailsPerDay'>,
  rooms: ReportRooms,
  orgId: string,
  request: ReportBody,
): Promise<PreparedJob<ReportInput>> {
  const { logo_png, ...input } = request;
  const logo = logo_png === undefined ? null : checkLogo(logo_png);
  const jobs = await Promise.all(
    request.job_ids.map((id, k) =>
      outlinedJob(database, orgId, id).catch((error: unknown) => {
        throw error instanceof AppError ? new AppError(error.code, error.message, { pointer: `/job_ids/${k}` }) : error;
      }),
    ),
  );
  for (const [k, job] of jobs.entries()) requireUsable(job, k, rooms);
  requireTogether(jobs, request);
  requireSystem(jobs, request, rooms);
  return {
    // The job shows its input to whoever reads it: of the logo it has only the checksum.
    input: { ...input, ...(logo && { logo_sha256: createHash('sha256').update(logo).digest('hex') }) },
    onCreate: async (tx, jobId) => {
      const { template, language, title = null, job_ids } = request;
      const id = newId('report');
      await tx.query(
        'INSERT INTO reports (id, org_id, job_id, template, language, title, job_ids, logo) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
        [id, orgId, jobId, template, language, title, job_ids, logo],
      );
      await convert(tx, orgId, job_ids);
      const personal = request.mail_to && { mail_to: request.mail_to };
      await audit(tx, {
        orgId,
        type: 'report.requested',
        targetId: id,
        details: { job_id: jobId, template },
        personal,
      });
      if (request.mail_to) await requireMails(tx, orgId, reportMailsPerDay);
    },
  };
}

/**
 * Counts the mails to third parties that reports have sent in the last day, and those that open reports will send, with those
 * of the job that is being created. Mails outlive their jobs, so that a deletion makes no room.
 * @throws AppError `rate_limit.exceeded`, which undoes the job
 */
async function requireMails(tx: Queryable, orgId: string, perDay: number): Promise<void> {
  // Two requests at the same time would each count without the other.
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`report-mails/${orgId}`]);
  const [{ mails }] = await tx.query<{ mails: number }>(
    `SELECT sum(n)::int AS mails FROM (
       SELECT coalesce(sum(jsonb_array_length(input->'mail_to')), 0) AS n FROM jobs
         WHERE org_id = $1 AND kind = 'report' AND status IN ('queued', 'running') AND input->'mail_to' IS NOT NULL
       UNION ALL SELECT count(*) FROM mails
         WHERE org_id = $1 AND template = 'report.ready' AND created_at > now() - interval '1 day') counted`,
    [orgId],
  );
  if (mails > perDay)
    throw new AppError(
      'rate_limit.exceeded',
      `${mails} mails about reports within a day; expected at most ${perDay} for an organization`,
      {
        pointer: '/mail_to',
        retryAfterS: 3600,
        fix: 'Create a link with POST /v1/reports/{id}/links and send it yourself.',
      },
    );
}

const notFound = (id: string): AppError => new AppError('request.not_found', `No report ${id}`);

function requireUsable(job: OutlinedJob, k: number, rooms: ReportRooms): void {
  const pointer = `/job_ids/${k}`;
  const unusable = (why: string): AppError => new AppError('report.unusable_job', `Job ${job.id} ${why}`, { pointer });
  if (!isTerminal(job.status)) throw new AppError('job.not_finished', `Job ${job.id} is ${job.status}`, { pointer });
  if (!rooms.isReportable(job.kind)) throw unusable(`is a ${job.kind}, which reports do not show`);
  if (job.status !== 'succeeded') throw unusable(`ended with status ${job.status}`);
  if (!rooms.hasYield(job)) throw unusable('succeeded without a yield to report');
}

function requireTogether(jobs: readonly OutlinedJob[], { template }: ReportBody): void {
  const refuse = (message: string, k: number): AppError =>
    new AppError('report.not_comparable', message, { pointer: `/job_ids/${k}` });
  jobs.forEach(({ kind, id }, k) => {
    if (technologyOf(kind) !== technologyOf(jobs[0].kind))
      throw refuse(
        `Job ${id} is a ${kind} and job ${jobs[0].id} a ${jobs[0].kind}; expected jobs of one technology`,
        k,
      );
  });
  if (template !== 'comparison' && jobs.length === 2 && jobs[0].kind === jobs[1].kind)
    throw refuse(`Both jobs are ${jobs[0].kind}; ${template} takes an analysis and a search`, 1);
}

/** @throws AppError `request.invalid` where `system_index` names no system of the one job that has several */
function requireSystem(jobs: readonly OutlinedJob[], { template, system_index }: ReportBody, rooms: ReportRooms): void {
  if (system_index === undefined) return;
  const systems = template === 'comparison' ? 0 : Math.max(...jobs.map((job) => rooms.systemsOf(job)));
  if (system_index >= systems)
    throw new AppError(
      'request.invalid',
      `system_index is ${system_index}; ${systems > 0 ? `expected 0 to ${systems - 1}` : 'only a report of one analysis of systems takes it'}`,
      { pointer: '/system_index' },
    );
}

/** Returns the report that a job writes. */
export async function reportOfJob(database: Database, jobId: string): Promise<ReportRow> {
  const [row] = await database.query<ReportRow>('SELECT * FROM reports WHERE job_id = $1', [jobId]);
  if (!row) throw new AppError('request.not_found', `Job ${jobId} writes no report`);
  return row;
}

export interface MadeFile {
  readonly format: ReportFormat;
  readonly name: string;
  readonly data: Uint8Array;
  readonly sha256: string;
}

/** Stores the files within the transaction that ends the job. @returns false where the report was deleted meanwhile */
export async function storeReport(
  tx: Queryable,
  reportId: string,
  made: { readonly title: string; readonly pages: number; readonly files: readonly MadeFile[] },
): Promise<boolean> {
  const updated = await tx.query(
    'UPDATE reports SET title = $2, pages = $3, ready_at = now() WHERE id = $1 AND deleted_at IS NULL RETURNING id',
    [reportId, made.title, made.pages],
  );
  if (updated.length === 0) return false;
  for (const { format, name, data, sha256 } of made.files)
    await tx.query(
      'INSERT INTO report_files (report_id, format, name, media_type, bytes, sha256, data) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [reportId, format, name, REPORT_FORMATS[format].mediaType, data.length, sha256, data],
    );
  return true;
}
