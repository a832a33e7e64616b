/** `POST /v1/reports`: loads the jobs, builds the document, renders its files, stores them with event and mails. */
import { createHash } from 'node:crypto';
import type { JobWorkflowInput, JobWorkflowResult } from '../../src/contracts/jobs/jobs.ts';
import { LINK_LIFE_S, type ReportFormat } from '../../src/contracts/reports/reports.ts';
import type { ReportInput } from '../../src/contracts/reports/reports.schema.ts';
import type { JobRow } from '../../src/adapters/database/entities.ts';
import { enqueueMail } from '../../src/services/mails/mails.ts';
import { buildReport, fileName } from '../../src/services/reports/document.ts';
import type { LinkSigner } from '../../src/services/reports/links.ts';
import { loadJob } from '../../src/services/reports/load.ts';
import type { MadeFile } from '../../src/services/reports/reports.ts';
import { reportOfJob, storeReport } from '../../src/services/reports/reports.ts';
import { emitEvent } from '../../src/services/webhooks/events.ts';
import type { ComputeDependencies } from '../run-compute.ts';
import { runCompute } from '../run-compute.ts';

export interface ReportDependencies extends ComputeDependencies {
  readonly links: LinkSigner;
}

const NOTHING = { result: {}, series: new Map<string, Uint8Array>() };

export function writeReport(input: JobWorkflowInput, dependencies: ReportDependencies): Promise<JobWorkflowResult> {
  const { database, links } = dependencies;
  return runCompute(input, dependencies, async ({ run, stopping, keep }, sources) => {
    const request = run.job.input as unknown as ReportInput;
    const report = await reportOfJob(database, input.jobId);
    const rows = await database.query<JobRow>('SELECT * FROM jobs WHERE org_id = $1 AND id = ANY($2)', [
      input.orgId,
      request.job_ids,
    ]);
    const reportedJobs = request.job_ids.flatMap((id) => rows.filter((row) => row.id === id));
    // With two jobs, the report is about the analysis.
    const ordered =
      request.template === 'comparison'
        ? reportedJobs
        : reportedJobs.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
    const jobs = [];
    for (const job of ordered) {
      if (stopping()) return NOTHING;
      const options = { systemIndex: request.system_index, withFlow: request.template === 'bankable' };
      jobs.push(await loadJob(job, sources, options));
    }
    const { pool } = sources;
    const { document, sheets, json } = buildReport(request, jobs, {
      id: report.id,
      createdAtMs: report.created_at.getTime(),
      logoPng: report.logo,
    });

    const files: MadeFile[] = [];
    let pages = 0;
    const made = (format: ReportFormat, data: Uint8Array): void => {
      const sha256 = createHash('sha256').update(data).digest('hex');
      files.push({ format, name: fileName(document.title, request, format), data, sha256 });
    };
    const steps: (() => Promise<void>)[] = [
      async () => {
        const { result } = await pool.run('reportPdf', document);
        pages = result.pages;
        made('pdf', result.bytes);
      },
      async () => {
        const { result } = await pool.run('reportHtml', document);
        made('html', result);
      },
      async () => {
        const { result } = await pool.run('reportWorkbook', sheets);
        made('xlsx', result);
      },
      async () => {
        const { result } = await pool.run('reportDataPack', { sheets, json });
        made('csv', result);
      },
    ];
    for (const [k, step] of steps.entries()) {
      if (stopping()) return NOTHING;
      await step();
      // A report is short: an attempt that follows a lost one begins again.
      await keep((k + 1) / steps.length, () => ({ state: {}, data: null }));
    }
    if (stopping() === 'cancelled') return NOTHING;

    const expiresS = Math.floor(Date.now() / 1000) + LINK_LIFE_S.default;
    const shown = files.map(({ format, name, data, sha256 }) => ({ format, name, bytes: data.length, sha256 }));
    return {
      result: { report_id: report.id, title: document.title, pages, files: shown },
      series: new Map(),
      onCommit: async (tx) => {
        if (!(await storeReport(tx, report.id, { title: document.title, pages, files }))) return;
        await emitEvent(tx, input.orgId, 'report.ready', {
          report_id: report.id,
          job_id: input.jobId,
          template: request.template,
          language: request.language,
          title: document.title,
          job_ids: request.job_ids,
          pages,
          files: shown.map((file) => ({ ...file, url: links.url(report.id, file.format, expiresS) })),
          links_expire_at: new Date(expiresS * 1000).toISOString(),
          sequence: 1,
        });
        for (const to of request.mail_to ?? [])
          await enqueueMail(tx, {
            orgId: input.orgId,
            to,
            template: 'report.ready',
            data: {
              title: document.title,
              reportId: report.id,
              files: shown.map(({ format, name }) => ({ label: name, url: links.url(report.id, format, expiresS) })),
              linksExpireAt: new Date(expiresS * 1000).toISOString(),
              language: request.language,
            },
            idempotencyKey: `report.ready/${report.id}/${to}`,
          });
      },
    };
  });
}
