/** Searches for a solar design on a compute thread, a slice of time after another. */
import { type SolarDesign, type SolarDesignRequest, SolarDesignSearch } from './design.ts';
import type { PrepareOptions } from '../year/simulate.ts';
import { preparedSite } from '../year/prepared-site.ts';

export interface SolarDesignSlice {
  /** One or more years at the site. */
  readonly weather: readonly { readonly id: string; readonly data: Uint8Array }[];
  readonly options: PrepareOptions;
  readonly request: SolarDesignRequest;
  /** JSON of the search's state; absent at the beginning. */
  readonly state?: string;
  /** Time to search for [ms]; 0 gives the result of what is there. */
  readonly sliceMs: number;
  readonly control: Int32Array;
}

export interface SolarDesignSliced {
  readonly state: string;
  readonly done: boolean;
  readonly progress: number;
  readonly iteration: number;
  readonly evaluations: number;
  /** First objective of the best design after the last whole iteration */
  readonly best: number | null;
}

// The size was checked when the job was accepted.
const NO_LIMITS = { seconds: Number.POSITIVE_INFINITY, memoryBytes: Number.POSITIVE_INFINITY };

function restored({ weather, options, request, state }: SolarDesignSlice): SolarDesignSearch {
  const years = weather.map((year) => preparedSite(year, options));
  return state === undefined
    ? new SolarDesignSearch(years, request, NO_LIMITS)
    : SolarDesignSearch.fromState(years, request, JSON.parse(state), NO_LIMITS);
}

function solarDesignSlice(slice: SolarDesignSlice): SolarDesignSliced {
  const search = restored(slice);
  const until = performance.now() + slice.sliceMs;
  search.run(() => Atomics.load(slice.control, 0) === 1 || performance.now() >= until);
  const state = search.state();
  return {
    state: JSON.stringify(state),
    done: search.done,
    progress: search.progress,
    iteration: search.iteration,
    evaluations: search.evaluations,
    best: state.convergence.at(-1)?.best ?? null,
  };
}

const solarDesignResult = (slice: SolarDesignSlice) => restored(slice).result();

/**
 * The plant of a design from an earlier search, for the simulation of its year. @param values variables, named as in the result
 */
const solarDesignPlant = ({ values, ...design }: SolarDesignSlice & { readonly values: SolarDesign['values'] }) =>
  restored(design).plantOf(values);

export const SOLAR_DESIGN_TASKS = { solarDesignSlice, solarDesignResult, solarDesignPlant } as const;
