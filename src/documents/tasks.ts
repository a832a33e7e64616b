/** The files of a report, made in a compute thread. */
import { singleStepTask } from '../lib/stepwise.ts';
import { dataPack, workbook } from './data-pack.ts';
import type { DataSheet, DocumentModel } from './model.ts';
import { renderHtml } from './render-html.ts';
import { renderPdf } from './render-pdf.ts';

export type ReportFileSpec =
  | { readonly format: 'pdf' | 'html'; readonly document: DocumentModel }
  | { readonly format: 'xlsx'; readonly sheets: readonly DataSheet[] }
  | { readonly format: 'csv'; readonly sheets: readonly DataSheet[]; readonly json: Readonly<Record<string, unknown>> };

export interface ReportFile {
  readonly format: ReportFileSpec['format'];
  readonly bytes: Uint8Array;
  /** Number of pages of the PDF; null for other formats */
  readonly pages: number | null;
}

async function reportFile(spec: ReportFileSpec): Promise<ReportFile> {
  const { format } = spec;
  switch (spec.format) {
    case 'pdf':
      return { format, ...(await renderPdf(spec.document)) };
    case 'html':
      return { format, bytes: Buffer.from(renderHtml(spec.document)), pages: null };
    case 'xlsx':
      return { format, bytes: await workbook(spec.sheets), pages: null };
    case 'csv':
      return { format, bytes: dataPack(spec.sheets, spec.json), pages: null };
  }
}

export const DOCUMENT_TASKS = { reportFile: singleStepTask(reportFile) } as const;
