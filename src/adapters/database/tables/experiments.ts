/** Experiments, the organizations that take part, and those that converted. */
import { EntitySchema } from 'typeorm';
import type { ExperimentSubject, Variant } from '../../../contracts/experiments/experiments.ts';
import { id, instant, integer, json, now, optional, text, to } from './columns.ts';

export interface ExperimentRow {
  id: string;
  subject: ExperimentSubject;
  name: string;
  /** Empty: all */
  plans: string[];
  variants: Variant[];
  /** Organizations that each variant needs */
  n_per_variant: number;
  created_at: Date;
  ended_at: Date | null;
}
export interface ExperimentExposureRow {
  experiment_id: string;
  org_id: string;
  variant: string;
  created_at: Date;
  converted_at: Date | null;
}

export const Experiment = new EntitySchema<ExperimentRow>({
  name: 'experiments',
  columns: {
    id,
    subject: text,
    name: text,
    plans: { type: 'text', array: true },
    variants: json,
    n_per_variant: integer,
    created_at: now,
    ended_at: optional(instant),
  },
  indices: [{ name: 'experiments_running', columns: ['subject'], unique: true, where: 'ended_at IS NULL' }],
});
export const ExperimentExposure = new EntitySchema<ExperimentExposureRow>({
  name: 'experiment_exposures',
  columns: {
    experiment_id: { ...to('experiments', 'experiment_exposures'), primary: true },
    org_id: id,
    variant: text,
    created_at: now,
    converted_at: optional(instant),
  },
});
