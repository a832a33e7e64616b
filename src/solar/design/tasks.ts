/** Searches for a solar design on a compute thread, in slices of time. */
import type { Device, OpenDevice } from '../../lib/device.ts';
import { deviceTask, type Stepwise, stepwiseTask } from '../../lib/stepwise.ts';
import { preparedSite } from '../year/prepared-site.ts';
import type { PrepareOptions } from '../year/simulate.ts';
import type { SolarDesign, SolarDesignRequest, SolarDesignState } from './design.ts';
import { measureDevice, type SolarDeviceMeasure } from './measure.ts';
import { SolarDesignSearch } from './search.ts';

export interface SolarDesignSpec {
  /** One or more years at the site. */
  readonly weather: readonly { readonly id: string; readonly data: Uint8Array }[];
  readonly options: PrepareOptions;
  readonly request: SolarDesignRequest;
}

export interface SolarDesignStanding {
  readonly iteration: number;
  readonly evaluations: number;
  /** First objective of the best design after the last whole iteration */
  readonly best: number | null;
  readonly front: SolarDesignSearch['front'];
}

// The size was checked when the job was accepted.
const NO_LIMITS = { seconds: Number.POSITIVE_INFINITY, memoryBytes: Number.POSITIVE_INFINITY };

function restored({ weather, options, request }: SolarDesignSpec, state: SolarDesignState | null): SolarDesignSearch {
  const years = weather.map((year) => preparedSite(year, options));
  return state
    ? SolarDesignSearch.fromState(years, request, state, NO_LIMITS)
    : new SolarDesignSearch(years, request, NO_LIMITS);
}

/** The search itself works in steps. Between slices only its progress is computed, because the result takes longer. */
function standingOf<Step extends () => void | Promise<void>>(
  search: SolarDesignSearch,
  step: Step,
): Omit<Stepwise<SolarDesignState, SolarDesignStanding>, 'step'> & { step: Step } {
  return {
    get done() {
      return search.done;
    },
    get progress() {
      return search.progress;
    },
    step,
    state: () => search.state(),
    result: () => ({
      iteration: search.iteration,
      evaluations: search.evaluations,
      best: search.lastBest,
      front: search.front,
    }),
  };
}

export const SOLAR_DESIGN_TASKS = {
  solarDesign: stepwiseTask((spec: SolarDesignSpec, state: SolarDesignState | null) => {
    const search = restored(spec, state);
    return standingOf(search, () => search.step());
  }),
  /** The same search, which evaluates its designs on a device. */
  solarDesignOnDevice: deviceTask((spec: SolarDesignSpec, state: SolarDesignState | null, device: Device) => {
    const search = restored(spec, state);
    return standingOf(search, () => search.stepOn(device));
  }),
  /** Measures what a design's year takes on the device and on the processor. */
  measureSolarDesign: async (_: null, openDevice: OpenDevice): Promise<SolarDeviceMeasure> =>
    measureDevice(await openDevice()),
  /** The best result so far, with everything that belongs to it. */
  solarDesignResult: ({ spec, state }: { readonly spec: SolarDesignSpec; readonly state: SolarDesignState | null }) =>
    restored(spec, state).result(),
  /** The plant of a design that was found before, to compute its year. @param values with the names of the result */
  solarDesignPlant: ({ spec, values }: { readonly spec: SolarDesignSpec; readonly values: SolarDesign['values'] }) =>
    restored(spec, null).plantOf(values),
} as const;
