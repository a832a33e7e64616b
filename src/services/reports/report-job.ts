/** A job as its report sees it: its row and everything else that the report shows. */
import type { z } from 'zod';
import type { economicFiguresSchema } from '../../contracts/common/economics-result.schema.ts';
import type { JobRow, SiteRow, WeatherRow } from '../../adapters/database/entities.ts';
import type { SolarSystemResult } from '../../contracts/solar/result.schema.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import type { decodeColumns } from '../../series/columns.ts';
import type { WeatherYear } from '../../weather/series.ts';
import type { FlowContour } from '../../wind/energy/flow-contours.ts';
import type { FlowArea } from '../../wind/energy/flow-map.ts';
import type { WindClimate } from '../../wind/resource/climate.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';

export interface WeatherUsed {
  readonly id: string;
  /** null where it was deleted since */
  readonly row: WeatherRow | null;
  readonly year: WeatherYear | null;
}

/** Columns of a stored series. */
export type Series = ReturnType<typeof decodeColumns>;

export interface Place {
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationM: number | null;
}

interface JobBase {
  readonly job: JobRow;
  readonly site: SiteRow | null;
  readonly weather: readonly WeatherUsed[];
}

/** A solar job as one plant's yield; a search's best design is computed again for its months and hours. */
export interface SolarJob extends JobBase {
  readonly division: 'solar';
  readonly system: SolarSystemResult;
  readonly systems: readonly SolarSystemResult[];
  readonly uncertaintyPct: Readonly<Record<string, number>>;
  readonly interannualPct: number;
  /** The years' series in the order of `weather`; fewer where they cannot be had */
  readonly hourly: readonly Series[];
  /** Whether the series were computed for the report, and not stored by the job */
  readonly isRecomputed: boolean;
  readonly design: SolarDesignFound | null;
}

/** The result of a design search, as `solarDesignAnswer` stores it. */
export interface SolarDesignFound {
  readonly method: string;
  readonly best: SolarDesignView;
  readonly pareto: readonly SolarDesignView[];
  readonly convergence: readonly {
    readonly iteration: number;
    readonly n_evaluations: number;
    readonly best: number;
  }[];
  readonly sensitivity: readonly {
    readonly name: string;
    readonly value: number;
    readonly objectives: Readonly<Record<string, number>>;
  }[];
  readonly n_evaluations: number;
  readonly assumptions: Readonly<Record<string, unknown>> & {
    readonly economics: { readonly costs: Readonly<Record<string, number>> };
  };
}
export interface SolarDesignView {
  readonly values: Readonly<Record<string, number | string>>;
  readonly objectives: Readonly<Record<string, number>>;
  readonly annual_energy_kwh: number;
  readonly specific_yield_kwh_per_kw: number;
  readonly capacity_factor_dc_pct: number;
  readonly capacity_factor_ac_pct: number;
  readonly land_m2: number;
  readonly economics: z.output<typeof economicFiguresSchema>;
}

export interface WindJob extends JobBase {
  readonly division: 'wind';
  readonly body: WindAnalyzeInput | WindOptimizeInput;
  readonly specs: readonly TurbineSpec[];
  readonly climate: WindClimate;
  readonly power: Series | null;
  /** Behind the turbines in the prevailing wind; null where the report does not show it */
  readonly flow: { readonly area: FlowArea; readonly contours: readonly FlowContour[] } | null;
}

export type ReportJob = SolarJob | WindJob;
