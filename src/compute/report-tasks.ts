/** The files of a report, made in a compute thread. */
import { dataPack, workbook } from '../documents/data-pack.ts';
import type { DataSheet, DocumentModel } from '../documents/model.ts';
import { renderHtml } from '../documents/render-html.ts';
import { type RenderedPdf, renderPdf } from '../documents/render-pdf.ts';

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
