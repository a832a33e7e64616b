import type { Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import type { ReportFormat } from '../../contracts/reports/reports.ts';
import { REPORT_FORMATS } from '../../contracts/reports/reports.ts';
import { reportAnswerSchema, reportPageSchema } from '../../contracts/reports/answers.schema.ts';
import { linkAnswerSchema, linkSchema } from '../../contracts/reports/reports.schema.ts';
import { HTML_POLICY } from '../../documents/render-html.ts';
import type { ReportFile, ReportView } from '../../services/reports/reports.ts';
import { endpoint } from '../endpoint.ts';
import { fileTypes, setFileType } from '../files.ts';
import { sendPieces } from '../stream.ts';
import { linksById, linksOfFirst } from '../../contracts/common/links.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import type { Services } from '../services.ts';

const FILE_TYPES = fileTypes(...Object.values(REPORT_FORMATS).map(({ mediaType }) => mediaType.split(';')[0]));

const view = ({ org_id: _org, pages: n_pages, files, ...report }: ReportView) => ({
  ...report,
  n_pages,
  files: files.map((file) => ({
    ...file,
    media_type: REPORT_FORMATS[file.format].mediaType,
    url: `/v1/reports/${report.id}/files/${file.format}`,
  })),
});

function formatOf(name: string): ReportFormat {
  if (!Object.hasOwn(REPORT_FORMATS, name))
    throw new AppError(
      'request.not_found',
      `No format ${name}; the formats are ${Object.keys(REPORT_FORMATS).join(', ')}`,
    );
  return name as ReportFormat;
}

/** Files are always sent as downloads: the HTML of a report must not run on the API's own origin. */
function send(
  request: Request,
  response: Response,
  { name, media_type, bytes, sha256, format, pieces }: ReportFile,
): Promise<void> {
  setFileType(request, response, media_type)
    .set({
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-security-policy': format === 'html' ? `${HTML_POLICY}; sandbox` : "default-src 'none'; sandbox",
      'referrer-policy': 'no-referrer',
      'content-length': String(bytes),
      digest: `sha-256=${Buffer.from(sha256, 'hex').toString('base64')}`,
    })
    .attachment(name);
  return sendPieces(response, pieces());
}

export const reportRoutes = ({ reports, links }: Services) => [
  endpoint({
    id: 'listReports',
    method: 'get',
    path: '/v1/reports',
    tag: 'Reports',
    links: linksOfFirst('getReport'),
    summary: 'List reports, newest first',
    scope: 'reports:read',
    query: pageQuery('report'),
    response: reportPageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await reports.list(principal.orgId, limit + 1, cursor), limit, view),
  }),
  endpoint({
    id: 'getReport',
    method: 'get',
    path: '/v1/reports/:id',
    tag: 'Reports',
    links: {
      ...linksById('createReportLink', 'deleteReport'),
      downloadReportFile: { id: '$response.body#/id', format: '$response.body#/files/0/format' },
    },
    summary: 'Read the state and the files of a report',
    scope: 'reports:read',
    response: reportAnswerSchema,
    handler: async ({ principal, params }) => view(await reports.get(principal.orgId, params.id)),
  }),
  endpoint({
    id: 'deleteReport',
    method: 'delete',
    path: '/v1/reports/:id',
    tag: 'Reports',
    summary: 'Delete a report and its files; links to the files then answer 410',
    scope: 'reports:write',
    handler: async ({ principal, params }) => reports.delete(principal.orgId, params.id),
  }),
  endpoint({
    id: 'downloadReportFile',
    method: 'get',
    path: '/v1/reports/:id/files/:format',
    tag: 'Reports',
    summary: 'Download a file of a report: pdf, html, xlsx, or csv (a zip file with CSV and JSON)',
    scope: 'reports:read',
    produces: FILE_TYPES,
    errors: ['job.not_finished', 'report.deleted'],
    handler: async ({ principal, params, request, response }) =>
      send(request, response, await reports.file(params.id, formatOf(params.format), principal.orgId)),
  }),
  endpoint({
    id: 'createReportLink',
    method: 'post',
    path: '/v1/reports/:id/links',
    tag: 'Reports',
    summary: 'Create a link with which anyone can download a file until it expires',
    scope: 'reports:read',
    status: 201,
    body: linkSchema,
    example: { format: 'pdf', expires_in_s: 3600 },
    response: linkAnswerSchema,
    handler: async ({ principal, params, body: { format, expires_in_s } }) => {
      const report = await reports.get(principal.orgId, params.id);
      const expiresS = Math.floor(Date.now() / 1000) + expires_in_s;
      return { url: links.url(report.id, format, expiresS), expires_at: new Date(expiresS * 1000).toISOString() };
    },
  }),
  endpoint({
    id: 'downloadReport',
    method: 'get',
    path: '/v1/downloads/reports/:id/:format',
    tag: 'Reports',
    summary: 'Download a file with a signed link, without credentials',
    scope: 'public',
    produces: FILE_TYPES,
    errors: ['report.link_invalid', 'report.link_expired', 'report.deleted', 'job.not_finished'],
    query: z.strictObject({
      expires: z.coerce.number().int().min(0).max(1e11).describe('End of the link [s since 1970]'),
      signature: z.string().max(100),
    }),
    handler: async ({ params, query, request, response }) => {
      links.verify(params.id, params.format, query, Date.now());
      await send(request, response, await reports.file(params.id, formatOf(params.format)));
    },
  }),
];
