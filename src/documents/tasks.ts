/** The files of a report, made in a compute thread. */
import { singleStepTask } from '../lib/stepwise.ts';
import type { DataSheet, DocumentModel } from './model.ts';

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

/** The writers are loaded by the threads that write files: every compute thread has this module. */
async function reportFile(spec: ReportFileSpec): Promise<ReportFile> {
  const { format } = spec;
  switch (spec.format) {
    case 'pdf': {
      const { renderPdf } = await import('./render-pdf.ts');
      return { format, ...(await renderPdf(spec.document)) };
    }
    case 'html': {
      const { renderHtml } = await import('./render-html.ts');
      return { format, bytes: Buffer.from(renderHtml(spec.document)), pages: null };
    }
    case 'xlsx': {
      const { workbook } = await import('./data-pack.ts');
      return { format, bytes: await workbook(spec.sheets), pages: null };
    }
    case 'csv': {
      const { dataPack } = await import('./data-pack.ts');
      return { format, bytes: dataPack(spec.sheets, spec.json), pages: null };
    }
  }
}

export const DOCUMENT_TASKS = { reportFile: singleStepTask(reportFile) } as const;
