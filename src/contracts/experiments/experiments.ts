/** Experiments: choices of the platform that some organizations get in another form, to find out which is better. */

/** What an experiment may vary. `search_defaults`: iterations of a search whose request names none */
export const EXPERIMENT_SUBJECTS = ['search_defaults'] as const;
export type ExperimentSubject = (typeof EXPERIMENT_SUBJECTS)[number];

export interface Variant {
  readonly name: string;
  /** Share of organizations, relative to the weights of the others */
  readonly weight: number;
  /** null: as without the experiment */
  readonly n_iterations: number | null;
}

/** The variant that a job had */
export interface JobExperiment {
  readonly experiment_id: string;
  readonly variant: string;
}
