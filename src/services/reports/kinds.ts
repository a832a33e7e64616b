/**
 * The implementation of the job that writes a report: it loads the jobs, builds the document, renders its files, and
 * stores them with an event and mails.
 */
import { createHash } from 'node:crypto';
import { AppError } from '../../contracts/common/app-error.ts';
import type { ReportFileSpec } from '../../documents/tasks.ts';
import { LINK_LIFE_S } from '../../contracts/reports/reports.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { JobResult } from '../../contracts/jobs/kinds.ts';
import type { Computed, JobServices, WorkingKinds } from '../jobs/working-kind.ts';
import { work } from '../jobs/working-kind.ts';
import { requireConfirmed } from '../accounts/account-mails.ts';
import { enqueueMail } from '../mails/mails.ts';
import { buildReport, fileName } from './document.ts';
import { LinkSigner } from './links.ts';
import type { ReportJob } from './report-job.ts';
import type { ReportRooms, WorkingTechnology } from './technology.ts';
import { prepareReport, reportOfJob, storeReport } from './reports.ts';

const reportKinds = (services: JobServices, rooms: ReportRooms): WorkingKinds<'report'> => ({
  report: {
    async prepare(body, orgId, scopes) {
      if (body.mail_to && !scopes.has('mail:send'))
        throw new AppError('auth.forbidden', 'These credentials lack the scope mail:send', {
          pointer: '/mail_to',
          fix: 'Create an API key with the scope mail:send, or leave out mail_to.',
        });
      if (body.mail_to) await requireConfirmed(services.database, orgId);
      return prepareReport(services, rooms, orgId, body);
    },
    async load({ id: jobId, org_id: orgId, input: request, is_test: isTest }, { pool, isStopped }) {
      const { database, secrets, apiUrl, effects } = services;
      const links = new LinkSigner(secrets, apiUrl);
      const report = await reportOfJob(database, jobId);
      const rows = await database.query<JobRow>('SELECT * FROM jobs WHERE org_id = $1 AND id = ANY($2)', [
        orgId,
        request.job_ids,
      ]);
      const reportedJobs = request.job_ids.flatMap((id) => rows.filter((row) => row.id === id));
      // With two jobs, the report is about the analysis.
      const ordered =
        request.template === 'comparison'
          ? reportedJobs
          : reportedJobs.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
      const room = await rooms.roomOf(ordered[0].kind);
      const jobs: ReportJob[] = [];
      for (const job of ordered) {
        if (isStopped()) break;
        const options = { systemIndex: request.system_index, withFlow: request.template === 'bankable' };
        jobs.push(await room.load(job, { ...services, pool }, options));
      }
      const built =
        jobs.length === ordered.length
          ? buildReport(room, request, jobs, {
              id: report.id,
              createdAtMs: report.created_at.getTime(),
              logoPng: report.logo,
              isTest,
            })
          : null;
      const specs: ReportFileSpec[] = built
        ? [
            { format: 'pdf', document: built.document },
            { format: 'html', document: built.document },
            { format: 'xlsx', sheets: built.sheets },
            { format: 'csv', sheets: built.sheets, json: built.json },
          ]
        : [];
      return work<'report', 'reportFile'>({
        task: 'reportFile',
        specs,
        // A report is short: an attempt that follows a lost one begins again.
        isResumable: false,
        async finish(parts): Promise<Computed<JobResult<'report'>>> {
          const made = parts.flatMap(({ result }) => (result ? [result] : []));
          if (!built || made.length < specs.length) return { result: {} };
          const { warnings } = built;
          const { title } = built.document;
          const n_pages = made.reduce((sum, file) => sum + (file.pages ?? 0), 0);
          const files = made.map(({ format, bytes }) => ({
            format,
            name: fileName(title, request, format),
            data: bytes,
            sha256: createHash('sha256').update(bytes).digest('hex'),
          }));
          const [organization] = await database.query<{ name: string }>(
            'SELECT name FROM organizations WHERE id = $1',
            [orgId],
          );
          const shown = files.map(({ format, name, data, sha256 }) => ({ format, name, bytes: data.length, sha256 }));
          const expiresS = Math.floor(Date.now() / 1000) + LINK_LIFE_S.default;
          const linksExpireAt = new Date(expiresS * 1000).toISOString();
          return {
            result: { report_id: report.id, title, n_pages, files: shown },
            warnings: [...warnings],
            onCommit: async (tx) => {
              if (!(await storeReport(tx, report.id, { title, pages: n_pages, files }))) return;
              await effects.emitEvent(tx, orgId, 'report.ready', {
                report_id: report.id,
                job_id: jobId,
                template: request.template,
                language: request.language,
                title,
                job_ids: request.job_ids,
                n_pages,
                warnings: [...warnings],
                files: shown.map((file) => ({ ...file, url: links.url(report.id, file.format, expiresS) })),
                links_expire_at: linksExpireAt,
                sequence: 1,
              });
              for (const to of request.mail_to ?? [])
                await enqueueMail(tx, {
                  orgId,
                  to,
                  template: 'report.ready',
                  data: {
                    organization: organization.name,
                    title,
                    reportId: report.id,
                    files: shown.map(({ format, name }) => ({
                      label: name,
                      url: links.url(report.id, format, expiresS),
                    })),
                    linksExpireAt,
                    language: request.language,
                  },
                  idempotencyKey: `report.ready/${report.id}/${to}`,
                });
            },
          };
        },
      });
    },
  },
});

export const reports: WorkingTechnology<'reports'> = { kinds: reportKinds };
