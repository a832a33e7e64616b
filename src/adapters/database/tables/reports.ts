/** Reports and their files. */
import { EntitySchema } from 'typeorm';
import type { ReportFormat, ReportLanguage, ReportTemplate } from '../../../contracts/reports/reports.ts';
import { bytes, id, instant, integer, now, optional, text, to } from './columns.ts';

export interface ReportRow {
  id: string;
  org_id: string;
  /** The job that writes it. */
  job_id: string;
  template: ReportTemplate;
  language: ReportLanguage;
  /** The request; when the report is ready, what was printed. */
  title: string | null;
  /** The jobs that the report is about. */
  job_ids: string[];
  /** PNG */
  logo: Buffer | null;
  pages: number | null;
  created_at: Date;
  ready_at: Date | null;
  deleted_at: Date | null;
}
export interface ReportFileRow {
  report_id: string;
  format: ReportFormat;
  name: string;
  media_type: string;
  bytes: number;
  sha256: string;
  data: Buffer;
}

export const Report = new EntitySchema<ReportRow>({
  name: 'reports',
  columns: {
    id,
    org_id: to('organizations', 'reports'),
    job_id: to('jobs', 'reports'),
    template: text,
    language: text,
    title: optional(text),
    job_ids: { type: 'text', array: true },
    logo: optional(bytes),
    pages: optional(integer),
    created_at: now,
    ready_at: optional(instant),
    deleted_at: optional(instant),
  },
  indices: [
    { name: 'reports_org', columns: ['org_id', 'id'] },
    { name: 'reports_job', columns: ['job_id'], unique: true },
  ],
});
export const ReportFile = new EntitySchema<ReportFileRow>({
  name: 'report_files',
  columns: {
    report_id: { ...to('reports', 'report_files'), primary: true },
    format: id,
    name: text,
    media_type: text,
    bytes: integer,
    sha256: text,
    data: bytes,
  },
});
