/** The files of a report, made in a compute thread. */
import { dataPack, workbook } from './data-pack.ts';
import type { DataSheet, DocumentModel } from './model.ts';
import { renderHtml } from './render-html.ts';
import { type RenderedPdf, renderPdf } from './render-pdf.ts';

const reportPdf = (model: DocumentModel): Promise<RenderedPdf> => renderPdf(model);
const reportHtml = (model: DocumentModel): Uint8Array => Buffer.from(renderHtml(model));
const reportWorkbook = (sheets: readonly DataSheet[]): Promise<Uint8Array> => workbook(sheets);
const reportDataPack = ({
  sheets,
  json,
}: {
  readonly sheets: readonly DataSheet[];
  readonly json: Readonly<Record<string, unknown>>;
}): Uint8Array => dataPack(sheets, json);

export const REPORT_TASKS = { reportPdf, reportHtml, reportWorkbook, reportDataPack } as const;
