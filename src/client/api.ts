/**
 * Types of the API's requests and answers. `npm run openapi` writes this file from the contracts; a change here is lost.
 */
import type { Upload } from './files.ts';

export interface AddMemberRequest {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** source of the default: the platform's choice, the fewer rights */
  readonly role?: 'owner' | 'member';
}

export interface AnalyzeSolarRequest {
  /** Site: the job is stored with it. The computation uses the coordinates of the weather dataset */
  readonly site_id?: string;
  /** One year of weather */
  readonly weather_id?: string;
  /** Several years of weather at one place, one dataset for each year */
  readonly weather_ids?: readonly string[];
  readonly system?: SolarSystem;
  /** Systems, up to 1000; each is computed for every year of weather */
  readonly systems?: readonly SolarSystem[];
  /** Source of direct and diffuse irradiance: the weather data, or a model that derives them from its global irradiance; source of the default: the platform's choice, measured or modelled by the provider of the weather */
  readonly decomposition?: 'weather' | 'erbs' | 'disc' | 'dirint';
  /** Sun position in a time step with sunrise or sunset; mid_sunlit uses the middle of the sunlit part, as SAM does; source of the default: the platform's choice, as most models do */
  readonly edge_steps?: 'mid_step' | 'mid_sunlit';
  /** Standard uncertainty of the yield by source; the sources are independent of each other; source of the default: the platform's choice, together 6 %, the size that Thevenard and Pelland 2013 report */
  readonly uncertainty_pct?: Readonly<Record<string, number>>;
  /** Standard deviation of the yield between single years [%]; used if there is one year of weather; 0 to 100; source of the default: the platform's choice, a usual year-to-year variation of irradiation */
  readonly interannual_pct?: number;
  /** Whether time series are stored; default: true up to 60 systems multiplied by years, which is also the maximum; source of the default: the platform's choice, few enough to be stored */
  readonly include_series?: boolean;
  /** Seed, stored with the job; this analysis uses no random numbers */
  readonly seed?: number;
}

export interface AnalyzeWindRequest {
  /** Site: the job is stored with it; a layout search takes from it the areas that the request lacks */
  readonly site_id?: string;
  /** Coordinate system of the coordinates in metres; default: a plane around the middle of the boundary or layout; source of the default: the platform's choice, it needs no zone */
  readonly projection?: {
    readonly utm_zone: number;
    /** Whether the UTM zone is in the southern hemisphere; source of the default: the platform's choice, the northern hemisphere */
    readonly is_south?: boolean;
  };
  /** One year of weather */
  readonly weather_id?: string;
  /** Several years of weather at one place, one dataset for each year */
  readonly weather_ids?: readonly string[];
  /** Height of the weather's wind speeds above ground [m]; default: 10 with weather; source of the default: WMO-No. 8, height of wind measurements; 1 to 500 */
  readonly weather_height_m?: number;
  readonly resource?: WindInput;
  readonly speedups?: GridSpeedups | TurbineSpeedups;
  /** Shear from the height of the wind speeds to each hub; default: power law with exponent 1/7; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
  readonly shear?: WindShear;
  /** Air density: that to which power curves are corrected; weather: computed from the weather's temperature and pressure; default: the density of each curve */
  readonly air_density_kg_m3?: number | 'weather';
  /** Air properties from which the air density at each hub is computed; an alternative to air_density_kg_m3 */
  readonly air?: {
    /** Elevation above sea level [m]; -430 to 6000 */
    readonly elevation_m: number;
    /** Mean temperature at 2 m [degC]; default: that of the standard atmosphere; -60 to 50 */
    readonly temp_air_c?: number;
    /** Mean pressure at the ground [Pa]; default: that of the standard atmosphere; 40000 to 110000 */
    readonly pressure_pa?: number;
    /** Mean relative humidity [%]; 0 to 100; source of the default: the platform's choice, dry air */
    readonly relative_humidity_pct?: number;
  };
  /** Density correction of power curves. iec_61400_12_1 scales wind speeds by the density to the power of 1/3 (pitch control); site_specific (windPRO) raises the exponent to 2/3 above 12.5 m/s; source of the default: the platform's choice, as windPRO does */
  readonly density_correction?: 'site_specific' | 'iec_61400_12_1';
  /** Turbulence intensity of the ambient wind: one value, or one for each sector (sector 0 is centred on north); measured: by sector from the standard deviations of an uploaded CSV; source of the default: the platform's choice, between offshore and open land */
  readonly turbulence_intensity?: number | readonly number[] | 'measured';
  readonly turbines: readonly TurbineChoice[];
  readonly wake?: WakeChoice;
  /** Losses other than wakes, by name; each one applies to what the previous ones leave [%]; source of the default: the platform's choice, none */
  readonly losses_pct?: Readonly<Record<string, number>>;
  /** Standard uncertainty of the yield by source; the sources are independent of each other [%]; source of the default: the platform's choice, none */
  readonly uncertainty_pct?: Readonly<Record<string, number>>;
  /** Standard deviation of the yield between single years [%]; 0 to 50; source of the default: the platform's choice, a usual year-to-year variation of wind energy */
  readonly interannual_pct?: number;
  /** Number of sectors in the result; source of the default: European Wind Atlas */
  readonly n_sectors?: number;
  readonly bins?: WindBins;
  readonly economics?: PlantEconomics;
  /** Seed of all random numbers of the job; default: a random number, which is stored with the job */
  readonly seed?: number;
  readonly layout: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  /** Method for time series. time_series: each step is computed and stored as series of the job; binned: steps are counted into bins. Default: time_series; source of the default: the platform's choice, it keeps the order of the steps */
  readonly mode?: 'time_series' | 'binned';
  /** Wake steering: optimises yaw angles by wind direction and reports the gain */
  readonly wake_steering?: {
    /** Minimum yaw angle [deg], counter-clockwise seen from above; -45 to 0; source of the default: the platform's choice, the mirror of max_yaw_deg */
    readonly min_yaw_deg?: number;
    /** Maximum yaw angle [deg]; 0 to 45; source of the default: FLORIS, yaw optimization */
    readonly max_yaw_deg?: number;
    /** Wind speed for which yaw angles are optimised [m/s]; 3 to 25; source of the default: the platform's choice, below rated speed, where steering gains most */
    readonly wind_speed_m_s?: number;
    /** Step between wind directions: those for which yaw angles are optimised [deg]; 1 to 30; source of the default: the platform's choice, every sector of a wake has several steps */
    readonly direction_step_deg?: number;
  };
  /** Maps of wind speed on a horizontal plane, stored as series flow-map-1, ... of the job and as pictures; source of the default: the platform's choice, none */
  readonly flow_maps?: readonly {
    /** Direction from which the wind comes [deg]; 0 to 360 */
    readonly wind_direction_deg: number;
    /** Wind speed [m/s]; 0.1 to 60 */
    readonly wind_speed_m_s: number;
    /** Height of the map [m]; default: the hub height of the first turbine; 1 to 1000 */
    readonly height_m?: number;
    /** Number of points from west to east; source of the default: the platform's choice, a picture without visible cells */
    readonly n_x?: number;
    /** Number of points from south to north; source of the default: the platform's choice, a picture without visible cells */
    readonly n_y?: number;
    /** Yaw angle of each turbine */
    readonly yaw_deg?: readonly number[];
  }[];
}

export interface ApiKey {
  /** Id */
  readonly id: string;
  readonly name: string;
  /** First characters of the key, by which its owner recognises it */
  readonly prefix: string;
  /** At most those that its maker has at the moment take effect */
  readonly scopes: readonly (
    | 'sites:read'
    | 'sites:write'
    | 'weather:read'
    | 'weather:write'
    | 'jobs:read'
    | 'jobs:write'
    | 'reports:read'
    | 'reports:write'
    | 'mail:send'
    | 'webhooks:read'
    | 'webhooks:write'
    | 'keys:read'
    | 'keys:write'
    | 'organization:read'
    | 'organization:write'
  )[];
  /** Who created it: the person, also by means of another key */
  readonly created_by: string | null;
  /** Key with which it was made; revoking that key revokes this one too */
  readonly parent_key_id: string | null;
  /** Created, UTC */
  readonly created_at: string;
  /** When the key was last used, to the minute, UTC */
  readonly last_used_at: string | null;
  /** When the key was revoked; it is refused from then on, UTC */
  readonly revoked_at: string | null;
}

export interface ApiKeyPage {
  readonly data: readonly ApiKey[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

/** GeoJSON (RFC 7946) with polygons, holes and parts; a circle is a Feature whose geometry is a Point and whose properties hold radius_m */
export type Area = AreaPolygon | AreaMultiPolygon | AreaGeometryCollection | AreaFeature | AreaFeatureCollection;

export type AreaFeature = {
  readonly type: 'Feature';
  readonly geometry: Polygon | MultiPolygon | GeometryCollection | Point;
  readonly properties?:
    | ({
        /** Radius of a circle around a Point [m] */
        readonly radius_m?: number;
      } & Readonly<Record<string, unknown>>)
    | null;
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit?: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m?: number;
} & Readonly<Record<string, unknown>>;

export type AreaFeatureCollection = {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit?: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m?: number;
} & Readonly<Record<string, unknown>>;

export type AreaFeatureCollectionOutput = {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m: number;
} & Readonly<Record<string, unknown>>;

export type AreaFeatureOutput = {
  readonly type: 'Feature';
  readonly geometry: Polygon | MultiPolygon | GeometryCollection | Point;
  readonly properties?:
    | ({
        /** Radius of a circle around a Point [m] */
        readonly radius_m?: number;
      } & Readonly<Record<string, unknown>>)
    | null;
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m: number;
} & Readonly<Record<string, unknown>>;

export type AreaGeometryCollection = {
  readonly type: 'GeometryCollection';
  readonly geometries: readonly (Polygon | MultiPolygon)[];
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit?: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m?: number;
} & Readonly<Record<string, unknown>>;

export type AreaGeometryCollectionOutput = {
  readonly type: 'GeometryCollection';
  readonly geometries: readonly (Polygon | MultiPolygon)[];
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m: number;
} & Readonly<Record<string, unknown>>;

export type AreaMultiPolygon = {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[];
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit?: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m?: number;
} & Readonly<Record<string, unknown>>;

export type AreaMultiPolygonOutput = {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[];
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m: number;
} & Readonly<Record<string, unknown>>;

/** GeoJSON (RFC 7946) with polygons, holes and parts; a circle is a Feature whose geometry is a Point and whose properties hold radius_m */
export type AreaOutput =
  | AreaPolygonOutput
  | AreaMultiPolygonOutput
  | AreaGeometryCollectionOutput
  | AreaFeatureOutput
  | AreaFeatureCollectionOutput;

export type AreaPolygon = {
  readonly type: 'Polygon';
  /** The outer ring, then holes */
  readonly coordinates: readonly (readonly (readonly number[])[])[];
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit?: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m?: number;
} & Readonly<Record<string, unknown>>;

export type AreaPolygonOutput = {
  readonly type: 'Polygon';
  /** The outer ring, then holes */
  readonly coordinates: readonly (readonly (readonly number[])[])[];
  /** deg: longitude and latitude (WGS 84); m: metres east and north in the plane of the request; source of the default: the platform's choice, the unit of GeoJSON */
  readonly unit: 'deg' | 'm';
  /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000; source of the default: the platform's choice, no distance */
  readonly setback_m: number;
} & Readonly<Record<string, unknown>>;

export interface BestLayout {
  /** Index into `runs` */
  readonly run_index: number;
  /** Index into `candidates` */
  readonly candidate_index: number;
  readonly score: number;
  readonly layout: {
    /** Eastings [m] */
    readonly x_m: readonly number[];
    /** Northings [m] */
    readonly y_m: readonly number[];
    /** Longitude, if the plane has a projection [deg] */
    readonly longitude_deg?: readonly number[];
    /** Latitude, if the plane has a projection [deg] */
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position */
    readonly turbine_index: readonly number[];
    /** Whether the turbine is an existing one */
    readonly is_fixed: readonly boolean[];
  };
  /** Length of the shortest cable network that connects turbines and substations [m] */
  readonly cable_length_m: number;
  /** Area of the convex hull of the turbines, extended on all sides by half the minimum distance [km2] */
  readonly area_km2: number;
  /** Energy delivered in a year, per area of the farm [kWh/km2] */
  readonly annual_energy_kwh_per_km2: number;
  /** Rated power of all turbines [kW] */
  readonly rated_kw: number;
  /** Energy of a year without wakes and losses [kWh] */
  readonly annual_gross_energy_kwh: number;
  /** Energy of a year with wakes, before other losses [kWh] */
  readonly annual_energy_with_wakes_kwh: number;
  /** Energy delivered in a year, after all losses (P50) [kWh] */
  readonly annual_energy_kwh: number;
  /** Wake loss as a share of the gross energy [%] */
  readonly wake_loss_pct: number;
  /** Energy with wakes divided by energy without wakes [1] */
  readonly array_efficiency: number;
  /** Net energy divided by rated power and 8,760 h [%] */
  readonly capacity_factor_pct: number;
  /** Full-load hours: net energy divided by rated power [h] */
  readonly full_load_hours: number;
  /** Losses from gross to net energy: wakes first, then the others in the order of the request */
  readonly losses: readonly {
    readonly name: string;
    /** Loss as a share of what the previous losses left [%] */
    readonly loss_pct: number;
    /** Lost [kWh] */
    readonly loss_kwh: number;
    /** Energy that remains after this step [kWh] */
    readonly remaining_kwh: number;
  }[];
  readonly exceedance: Exceedance;
  readonly sectors: readonly SectorYield[];
  /** Results by turbine, in the order of the layout */
  readonly turbines: readonly TurbineYield[];
  readonly economics: Economics | null;
}

export interface BestSolarDesign {
  /** Values of the variables by name, in their own units */
  readonly values: Readonly<Record<string, number | string>>;
  /** Objectives by name: their values in their own units */
  readonly objectives: Readonly<Record<string, number>>;
  /** Whether the design satisfies all constraints */
  readonly is_feasible: boolean;
  /** Energy delivered in a year, mean over the years of weather [kWh] */
  readonly annual_energy_kwh: number;
  /** Energy delivered in each year of weather, in the order of `weather_ids` [kWh] */
  readonly yearly_energy_kwh: readonly number[];
  readonly exceedance: Exceedance;
  /** AC energy delivered divided by DC nameplate power [kWh/kW] */
  readonly specific_yield_kwh_per_kw: number;
  /** AC energy delivered divided by DC nameplate power and the hours of the weather [%] */
  readonly capacity_factor_dc_pct: number;
  /** AC energy delivered divided by the AC rating of the inverters and the hours of the weather [%] */
  readonly capacity_factor_ac_pct: number;
  /** Land that the design uses [m2] */
  readonly land_area_m2: number;
  readonly economics: Economics;
}

/** Rear gain by the infinite-sheds model */
export interface Bifacial {
  /** Bifaciality: rear power divided by front power [1]; 0 to 1 */
  readonly bifaciality: number;
  /** Share of the rear irradiance that the structure shades [1]; 0 to 1; source of the default: pvlib, bifacial.infinite_sheds */
  readonly back_shading?: number;
  /** Gain from light that passes through gaps [1]; 0 to 1; source of the default: pvlib, bifacial.infinite_sheds */
  readonly transmission?: number;
  /** Ground coverage ratio [1]; absent: that of the tracker; 0.01 to 1 */
  readonly gcr?: number;
  /** Height of the row's centre above ground [m]; 0.05 to 50; source of the default: the platform's choice, a usual rack */
  readonly height_m?: number;
  /** Distance from row to row [m]; 0.1 to 500; source of the default: the platform's choice, a usual rack */
  readonly pitch_m?: number;
}

/** Rear gain by the infinite-sheds model */
export interface BifacialOutput {
  /** Bifaciality: rear power divided by front power [1]; 0 to 1 */
  readonly bifaciality: number;
  /** Share of the rear irradiance that the structure shades [1]; 0 to 1; source of the default: pvlib, bifacial.infinite_sheds */
  readonly back_shading: number;
  /** Gain from light that passes through gaps [1]; 0 to 1; source of the default: pvlib, bifacial.infinite_sheds */
  readonly transmission: number;
  /** Ground coverage ratio [1]; absent: that of the tracker; 0.01 to 1 */
  readonly gcr?: number;
  /** Height of the row's centre above ground [m]; 0.05 to 50; source of the default: the platform's choice, a usual rack */
  readonly height_m: number;
  /** Distance from row to row [m]; 0.1 to 500; source of the default: the platform's choice, a usual rack */
  readonly pitch_m: number;
}

export interface CashFlow {
  /** Year of the project; 0 is the year of the investment */
  readonly year: number;
  /** Energy sold [kWh] */
  readonly energy_kwh: number;
  /** Revenue: energy multiplied by its price [currency] */
  readonly revenue: number;
  /** Operating cost [currency] */
  readonly operating_cost: number;
  /** EBITDA: revenue minus operating cost [currency] */
  readonly ebitda: number;
  /** Depreciation in this tax year [currency] */
  readonly depreciation: number;
  /** Interest paid in this year [currency] */
  readonly interest: number;
  /** Principal repaid in this year [currency] */
  readonly principal: number;
  /** Debt at the end of the year [currency] */
  readonly debt_balance: number;
  /** Taxable income after depreciation, interest and losses carried forward [currency] */
  readonly taxable_income: number;
  /** Tax paid in this year; losses are carried forward [currency] */
  readonly tax: number;
  /** Investment tax credit [currency] */
  readonly tax_credit: number;
  /** Cash flow after tax, without debt [currency] */
  readonly project_flow: number;
  /** Cash flow after tax and debt service [currency] */
  readonly equity_flow: number;
  /** EBITDA divided by debt service [1] */
  readonly dscr: number | null;
}

export interface ChangePasswordRequest {
  readonly current_password: string;
  readonly new_password: string;
}

export interface ChangeRoleRequest {
  readonly role: 'owner' | 'member';
}

export interface ClearSky {
  readonly model: 'ineichen' | 'haurwitz';
  readonly data: readonly {
    /** UTC */
    readonly time: string;
    /** Apparent zenith angle of the sun, with refraction [deg] */
    readonly apparent_zenith_deg: number;
    /** Azimuth of the sun, clockwise from north [deg] */
    readonly azimuth_deg: number;
    /** Global horizontal irradiance [W/m2] */
    readonly ghi_w_m2: number;
    /** Direct normal irradiance; null with the haurwitz model [W/m2] */
    readonly dni_w_m2: number | null;
    /** Diffuse horizontal irradiance; null with the haurwitz model [W/m2] */
    readonly dhi_w_m2: number | null;
  }[];
}

export interface CompleteWindAnalysis {
  readonly is_complete: true;
  readonly wake_model: string;
  /** Rated power of all turbines [kW] */
  readonly rated_kw: number;
  /** Energy of a year without wakes and losses [kWh] */
  readonly annual_gross_energy_kwh: number;
  /** Energy of a year with wakes, before other losses [kWh] */
  readonly annual_energy_with_wakes_kwh: number;
  /** Energy delivered in a year, after all losses (P50) [kWh] */
  readonly annual_energy_kwh: number;
  /** Wake loss as a share of the gross energy [%] */
  readonly wake_loss_pct: number;
  /** Energy with wakes divided by energy without wakes [1] */
  readonly array_efficiency: number;
  /** Net energy divided by rated power and 8,760 h [%] */
  readonly capacity_factor_pct: number;
  /** Full-load hours: net energy divided by rated power [h] */
  readonly full_load_hours: number;
  /** Losses from gross to net energy: wakes first, then the others in the order of the request */
  readonly losses: readonly {
    readonly name: string;
    /** Loss as a share of what the previous losses left [%] */
    readonly loss_pct: number;
    /** Lost [kWh] */
    readonly loss_kwh: number;
    /** Energy that remains after this step [kWh] */
    readonly remaining_kwh: number;
  }[];
  readonly exceedance: Exceedance;
  readonly sectors: readonly SectorYield[];
  /** Results by turbine, in the order of the layout */
  readonly turbines: readonly TurbineYield[];
  readonly layout: {
    /** Eastings [m] */
    readonly x_m: readonly number[];
    /** Northings [m] */
    readonly y_m: readonly number[];
    /** Longitude, if the plane has a projection [deg] */
    readonly longitude_deg?: readonly number[];
    /** Latitude, if the plane has a projection [deg] */
    readonly latitude_deg?: readonly number[];
    /** Length of the shortest cable network that connects all turbines [m] */
    readonly cable_length_m: number;
  };
  /** Properties of the wind at each turbine besides the speed-up; null if the wind is the same everywhere */
  readonly site_wind: {
    /** by_place: each turbine has its own sector frequencies; reference: all turbines have those of the wind resource */
    readonly frequencies: 'by_place' | 'reference';
    readonly weibull_shapes: 'by_place' | 'reference';
    /** Time series apply the same time steps to the whole site; this is the change of the energy with wakes if each turbine had its own sector frequencies [%] */
    readonly frequency_effect_pct: number | null;
  } | null;
  /** Records of the time series that are flagged or have no value */
  readonly n_records_excluded: number;
  /** Measure-correlate-predict; null if the request has none */
  readonly long_term: {
    readonly method: 'variance_ratio' | 'linear';
    /** Slope of the regression line from reference to site [1] */
    readonly slope: number;
    /** Intercept of the regression line [m/s] */
    readonly intercept_m_s: number;
    /** Correlation of the concurrent records [1] */
    readonly correlation: number;
    readonly n_concurrent_records: number;
    /** Mean wind speed of the measurement [m/s] */
    readonly measured_wind_speed_mean_m_s: number;
    /** Long-term mean wind speed [m/s] */
    readonly long_term_wind_speed_mean_m_s: number;
    /** Records for which the regression line gave a negative wind speed */
    readonly n_clipped_to_zero: number;
  } | null;
  /** Wake steering; null if the request has none. The series `yaw` has the angles */
  readonly wake_steering: {
    /** Wind speed for which the yaw angles were optimised [m/s] */
    readonly wind_speed_m_s: number;
    /** Energy of a year with wakes, without steering [kWh] */
    readonly annual_aligned_energy_with_wakes_kwh: number;
    /** Energy of a year with wakes and steering [kWh] */
    readonly annual_steered_energy_with_wakes_kwh: number;
    /** Gain as a share of the energy with wakes [%] */
    readonly gain_pct: number;
    /** Energy delivered in a year, with steering [kWh] */
    readonly annual_energy_kwh: number;
  } | null;
  readonly flow_maps: readonly {
    /** Series with the data of the map; read it at GET /v1/jobs/{id}/series/{name} */
    readonly series: string;
    /** Direction from which the wind comes [deg] */
    readonly wind_direction_deg: number;
    /** Free-stream wind speed [m/s] */
    readonly freestream_m_s: number;
    /** Minimum wind speed on the map [m/s] */
    readonly min_wind_speed_m_s: number;
  }[];
  readonly economics: Economics | null;
}

export interface CreateApiKeyRequest {
  readonly name: string;
  /** Some of the caller's scopes; default: all except those for keys and people; source of the default: the platform's choice, a lost key makes no keys and no people */
  readonly scopes?: readonly (
    | 'sites:read'
    | 'sites:write'
    | 'weather:read'
    | 'weather:write'
    | 'jobs:read'
    | 'jobs:write'
    | 'reports:read'
    | 'reports:write'
    | 'mail:send'
    | 'webhooks:read'
    | 'webhooks:write'
    | 'keys:read'
    | 'keys:write'
    | 'organization:read'
    | 'organization:write'
  )[];
}

export interface CreateReportLinkRequest {
  readonly format: 'pdf' | 'html' | 'xlsx' | 'csv';
  /** source of the default: the platform's choice, a week */
  readonly expires_in_s?: number;
}

export interface CreateReportRequest {
  /** Ids of jobs that succeeded. summary and bankable: an analysis, a search, or one of each; comparison: 2 or more jobs */
  readonly job_ids: readonly string[];
  /** summary: two pages; bankable: an energy yield assessment; comparison: several jobs side by side; source of the default: the platform's choice, the full report */
  readonly template?: 'summary' | 'bankable' | 'comparison';
  /** source of the default: the platform's choice, English */
  readonly language?: 'en' | 'de';
  /** imperial: feet, miles, acres and degF on letter-size paper; source of the default: the platform's choice, SI */
  readonly units?: 'metric' | 'imperial';
  /** Currency of the jobs' amounts; amounts are not converted; source of the default: the platform's choice, the currency of the default costs */
  readonly currency?: string;
  /** Name of the project; default: the name of the site */
  readonly title?: string;
  /** Client: who the report is written for */
  readonly client?: string;
  /** Author: who is responsible for the report */
  readonly prepared_by?: string;
  /** A PNG in base64, at most 256 KB and 2000 pixels wide and high */
  readonly logo_png?: string;
  /** Index into `systems` of a solar analysis, from 0; default: the system with the best result */
  readonly system_index?: number;
  /** Costs for analyses without economics, per kW of DC power or of rated turbine power */
  readonly economics?: PlantEconomics;
  /** Addresses that get a mail with links when the report is ready */
  readonly mail_to?: readonly string[];
}

export interface CreateSiteRequest {
  readonly name: string;
  /** Latitude, positive in the north [deg] */
  readonly latitude_deg: number;
  /** Longitude, positive in the east [deg] */
  readonly longitude_deg: number;
  /** Elevation above sea level [m] */
  readonly elevation_m?: number | null;
  /** Boundary that searches of this site use; null: none */
  readonly boundary?: Area | null;
  /** Exclusions that searches of this site use; null: none */
  readonly exclusions?: Area | null;
}

export type CreateTurbineRequest = TurbineCurve;

export interface CreateWebhookRequest {
  /** https address that receives the events */
  readonly url: string;
  /** Types of the events to send */
  readonly events?: readonly ('job.succeeded' | 'job.failed' | 'job.cancelled' | 'report.ready')[];
  readonly description?: string;
  /** Headers that are sent with every event */
  readonly headers?: Readonly<Record<string, string>>;
  readonly is_enabled?: boolean;
}

/** A turbine whose power grows with the cube of the wind speed from cut-in to rated */
export interface CubicTurbine {
  /** Id, as `turbines` of a wind job accepts it */
  readonly id: string;
  readonly name: string;
  /** Whether your organization uploaded it; false: it is a public turbine */
  readonly is_custom: boolean;
  /** Rated power [kW] */
  readonly rated_kw: number;
  /** Rotor diameter [m] */
  readonly rotor_diameter_m: number;
  /** Hub height above ground [m] */
  readonly hub_height_m: number;
  /** Whether the turbine has a thrust curve, which wakes require */
  readonly has_thrust: boolean;
  readonly source: string | null;
  readonly licence: string | null;
  /** Air density: that of the power curve [kg/m3] */
  readonly air_density_kg_m3: number;
  /** Cut-in wind speed [m/s] */
  readonly cut_in_m_s: number;
  /** Rated wind speed [m/s] */
  readonly rated_speed_m_s: number;
  /** Cut-out wind speed [m/s] */
  readonly cut_out_m_s: number;
  /** Thrust coefficient, the same at all wind speeds [1] */
  readonly thrust_coefficient: number;
}

/** A loan: a stated share of the capital cost, or as much as a minimum DSCR carries */
export interface Debt {
  /** Interest [1/a]; 0 to 1 */
  readonly rate: number;
  /** Years in which the loan is repaid [a] */
  readonly years: number;
  /** level: equal payments; sculpted: payments in proportion to EBITDA, so that every year has the same DSCR; source of the default: the platform's choice, the usual loan */
  readonly repayment?: 'level' | 'sculpted';
  readonly sizing: DebtSizing;
}

/** A loan: a stated share of the capital cost, or as much as a minimum DSCR carries */
export interface DebtOutput {
  /** Interest [1/a]; 0 to 1 */
  readonly rate: number;
  /** Years in which the loan is repaid [a] */
  readonly years: number;
  /** level: equal payments; sculpted: payments in proportion to EBITDA, so that every year has the same DSCR; source of the default: the platform's choice, the usual loan */
  readonly repayment: 'level' | 'sculpted';
  readonly sizing: DebtSizingOutput;
}

export type DebtSizing = DebtSizingShare | DebtSizingDscr;

export interface DebtSizingDscr {
  readonly type: 'dscr';
  /** Minimum debt service coverage ratio [1]; 1 to 10 */
  readonly min_dscr: number;
  /** Maximum debt as a share of the capital cost [1]; 0 to 1; source of the default: the platform's choice, no limit but the DSCR */
  readonly max_share?: number;
}

export interface DebtSizingDscrOutput {
  readonly type: 'dscr';
  /** Minimum debt service coverage ratio [1]; 1 to 10 */
  readonly min_dscr: number;
  /** Maximum debt as a share of the capital cost [1]; 0 to 1; source of the default: the platform's choice, no limit but the DSCR */
  readonly max_share: number;
}

export type DebtSizingOutput = DebtSizingShare | DebtSizingDscrOutput;

export interface DebtSizingShare {
  readonly type: 'share';
  /** Debt as a share of the capital cost [1]; 0 to 1 */
  readonly share: number;
}

/** An event and its delivery to an endpoint */
export interface Delivery {
  /** Id */
  readonly id: string;
  /** Endpoint */
  readonly webhook_id: string;
  /** Id of the event, sent as `webhook-id` with every attempt */
  readonly event_id: string;
  readonly event_type: string;
  /** Body of the request */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'skipped';
  /** Number of the round of attempts: 1, plus one for each manual retry */
  readonly round: number;
  /** Created, UTC */
  readonly created_at: string;
  /** When the delivery succeeded, failed or was skipped, UTC */
  readonly ended_at: string | null;
}

export interface DeliveryAttempt {
  readonly round: number;
  /** 1 to 4 within a round */
  readonly attempt: number;
  /** Begun, UTC */
  readonly started_at: string;
  /** Duration until the answer or the failure [ms] */
  readonly latency_ms: number;
  /** HTTP status of the answer; null without an answer */
  readonly status_code: number | null;
  /** First 4 KB of the answer's body */
  readonly answer: string | null;
  /** Why the attempt got no answer */
  readonly error: string | null;
}

/** A delivery with its attempts and their answers */
export interface DeliveryDetail {
  /** Id */
  readonly id: string;
  /** Endpoint */
  readonly webhook_id: string;
  /** Id of the event, sent as `webhook-id` with every attempt */
  readonly event_id: string;
  readonly event_type: string;
  /** Body of the request */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'skipped';
  /** Number of the round of attempts: 1, plus one for each manual retry */
  readonly round: number;
  /** Created, UTC */
  readonly created_at: string;
  /** When the delivery succeeded, failed or was skipped, UTC */
  readonly ended_at: string | null;
  readonly attempts: readonly DeliveryAttempt[];
}

export interface DeliveryPage {
  readonly data: readonly ListedDelivery[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export type Depreciation =
  | DepreciationNone
  | DepreciationMacrs
  | DepreciationStraightLine
  | DepreciationDecliningBalance;

/** A fixed share of what is left, and equal amounts from the year on in which those are larger */
export interface DepreciationDecliningBalance {
  readonly type: 'declining_balance';
  /** Years until all is written off [a] */
  readonly years: number;
  /** Multiple of the straight-line rate [1]; 2 is double declining balance; 1 to 5; source of the default: double declining balance, IRS Publication 946 */
  readonly factor?: number;
}

/** A fixed share of what is left, and equal amounts from the year on in which those are larger */
export interface DepreciationDecliningBalanceOutput {
  readonly type: 'declining_balance';
  /** Years until all is written off [a] */
  readonly years: number;
  /** Multiple of the straight-line rate [1]; 2 is double declining balance; 1 to 5; source of the default: double declining balance, IRS Publication 946 */
  readonly factor: number;
}

/** US tax depreciation with the half-year convention (IRS Publication 946) */
export interface DepreciationMacrs {
  readonly type: 'macrs';
  /** Recovery period [a] */
  readonly years: 3 | 5 | 7 | 10 | 15 | 20;
}

export interface DepreciationNone {
  readonly type: 'none';
}

export type DepreciationOutput =
  | DepreciationNone
  | DepreciationMacrs
  | DepreciationStraightLine
  | DepreciationDecliningBalanceOutput;

export interface DepreciationStraightLine {
  readonly type: 'straight_line';
  /** Years of equal amounts [a] */
  readonly years: number;
}

/** Status and numbers of every part; a part in error has no numbers */
export interface DetailedHealth {
  readonly status: 'healthy' | 'degraded';
  /** Version of the engine */
  readonly version: string;
  /** Uptime of the process that answers [s] */
  readonly uptime_seconds: number;
  readonly components: {
    readonly database: {
      /** `ok`, or `error: ` followed by the reason */
      readonly status: string;
      /** Duration [ms] */
      readonly latency_ms?: number;
      /** Maximum number of connections of the process that answers */
      readonly pool_size?: number;
      /** Connections in use */
      readonly pool_checked_out?: number;
      /** Requests that wait for a connection */
      readonly pool_waiting?: number;
      /** Outbox rows that Temporal has not accepted yet */
      readonly outbox_waiting?: number;
    };
    readonly redis?: {
      /** `ok`, or `error: ` followed by the reason */
      readonly status: string;
      /** Duration [ms] */
      readonly latency_ms?: number;
      /** [MiB] */
      readonly memory_used_mb?: number;
      /** Clients that are connected to the server */
      readonly connected_clients?: number;
    };
    readonly temporal: {
      /** `ok`, or `error: ` followed by the reason */
      readonly status: string;
      /** Duration [ms] */
      readonly latency_ms?: number;
      /** Workers that polled within the last minutes */
      readonly active_workers?: number;
      /** Approximate number of tasks that wait */
      readonly queued_tasks?: number;
      /** Jobs that are running */
      readonly active_tasks?: number;
      /** Backlog and workers by task queue */
      readonly queues?: Readonly<
        Record<
          string,
          {
            readonly pollers: number;
            readonly queued_tasks: number;
          }
        >
      >;
    };
  };
  /** Now, UTC */
  readonly timestamp: string;
}

/** Economics of a plant without its cash flows; all money is nominal */
export interface EconomicFigures {
  /** Investment, paid in year 0 [currency] */
  readonly capital_cost: number;
  /** Levelised cost of energy in money of year 0 [currency/kWh] */
  readonly lcoe_real_per_kwh: number;
  /** Levelised cost of energy as a constant nominal price [currency/kWh] */
  readonly lcoe_nominal_per_kwh: number;
  /** Net present value after tax, without debt [currency] */
  readonly npv: number;
  /** Internal rate of return after tax, without debt, nominal [1/a] */
  readonly irr: number | null;
  /** All rates at which the net present value is 0 [1/a] */
  readonly irr_roots: readonly number[];
  /** Net present value after tax and debt [currency] */
  readonly equity_npv: number;
  /** Internal rate of return after tax and debt, nominal [1/a] */
  readonly equity_irr: number | null;
  /** Years until the cash flows repay the investment [a] */
  readonly simple_payback_years: number | null;
  /** Years until the discounted cash flows repay the investment [a] */
  readonly discounted_payback_years: number | null;
  /** Amount of the loan [currency] */
  readonly debt_amount: number;
  /** Minimum debt service coverage ratio [1] */
  readonly min_dscr: number | null;
  /** Mean debt service coverage ratio [1] */
  readonly average_dscr: number | null;
  /** Nominal discount rate, from the real rate and the inflation [1/a] */
  readonly nominal_discount_rate: number;
}

/** Economics of a plant; all money is nominal */
export interface Economics {
  /** Investment, paid in year 0 [currency] */
  readonly capital_cost: number;
  /** Levelised cost of energy in money of year 0 [currency/kWh] */
  readonly lcoe_real_per_kwh: number;
  /** Levelised cost of energy as a constant nominal price [currency/kWh] */
  readonly lcoe_nominal_per_kwh: number;
  /** Net present value after tax, without debt [currency] */
  readonly npv: number;
  /** Internal rate of return after tax, without debt, nominal [1/a] */
  readonly irr: number | null;
  /** All rates at which the net present value is 0 [1/a] */
  readonly irr_roots: readonly number[];
  /** Net present value after tax and debt [currency] */
  readonly equity_npv: number;
  /** Internal rate of return after tax and debt, nominal [1/a] */
  readonly equity_irr: number | null;
  /** Years until the cash flows repay the investment [a] */
  readonly simple_payback_years: number | null;
  /** Years until the discounted cash flows repay the investment [a] */
  readonly discounted_payback_years: number | null;
  /** Amount of the loan [currency] */
  readonly debt_amount: number;
  /** Minimum debt service coverage ratio [1] */
  readonly min_dscr: number | null;
  /** Mean debt service coverage ratio [1] */
  readonly average_dscr: number | null;
  /** Nominal discount rate, from the real rate and the inflation [1/a] */
  readonly nominal_discount_rate: number;
  readonly cash_flows: readonly CashFlow[];
}

/** Error code for programs; each code has a page at /docs/errors/{code} */
export type ErrorCode =
  | 'request.invalid'
  | 'request.malformed'
  | 'request.too_large'
  | 'request.timeout'
  | 'request.headers_too_large'
  | 'request.unsupported_media_type'
  | 'request.not_found'
  | 'request.method_not_allowed'
  | 'request.conflict'
  | 'auth.missing'
  | 'auth.invalid'
  | 'auth.expired'
  | 'auth.token_reused'
  | 'auth.forbidden'
  | 'auth.email_taken'
  | 'rate_limit.exceeded'
  | 'idempotency.key_reused'
  | 'weather.unrecognised_format'
  | 'weather.malformed'
  | 'weather.gap_too_long'
  | 'weather.incomplete_year'
  | 'weather.too_large'
  | 'provider.unavailable'
  | 'provider.timeout'
  | 'provider.rate_limited'
  | 'provider.rejected'
  | 'provider.malformed_answer'
  | 'provider.unconfigured'
  | 'job.not_finished'
  | 'job.already_finished'
  | 'job.time_limit'
  | 'job.too_large'
  | 'job.lost'
  | 'job.payload_too_large'
  | 'optimize.invalid_input'
  | 'optimize.infeasible'
  | 'finance.invalid_input'
  | 'webhook.target_refused'
  | 'feature.disabled'
  | 'service.unavailable'
  | 'internal'
  | 'report.unusable_job'
  | 'report.not_comparable'
  | 'report.link_invalid'
  | 'report.link_expired'
  | 'report.deleted'
  | 'solar.invalid_input'
  | 'wind.invalid_input';

/** Yields by the probability of exceeding them; levels are null where nothing is uncertain */
export interface Exceedance {
  /** Standard uncertainty of the yield, of models and inputs together, the same in all years [%] */
  readonly uncertainty_pct: number;
  /** Standard deviation of the yield between single years [%] */
  readonly interannual_pct: number;
  /** Levels of the long-term mean, without the variation of single years */
  readonly long_term: ExceedanceLevels | null;
  /** Levels of any single year, by the normal distribution */
  readonly one_year: ExceedanceLevels | null;
  /** Levels of the mean of ten years, by the normal distribution */
  readonly ten_years: ExceedanceLevels | null;
  /** Levels of the mean of twenty years, by the normal distribution */
  readonly twenty_years: ExceedanceLevels | null;
  /** Levels of any single year, by the years of weather themselves; null with one year */
  readonly empirical: ExceedanceLevels | null;
}

/** Energies of a year by the probability of exceeding them */
export interface ExceedanceLevels {
  /** Energy exceeded with a probability of 50 % [kWh] */
  readonly p50_kwh: number;
  /** Energy exceeded with a probability of 75 % [kWh] */
  readonly p75_kwh: number;
  /** Energy exceeded with a probability of 90 % [kWh] */
  readonly p90_kwh: number;
  /** Energy exceeded with a probability of 99 % [kWh] */
  readonly p99_kwh: number;
}

export type Feature = {
  readonly type: 'Feature';
  readonly geometry: Polygon | MultiPolygon | GeometryCollection | Point;
  readonly properties?:
    | ({
        /** Radius of a circle around a Point [m] */
        readonly radius_m?: number;
      } & Readonly<Record<string, unknown>>)
    | null;
} & Readonly<Record<string, unknown>>;

export interface FetchWeatherRequest {
  readonly provider: 'nsrdb' | 'pvgis' | 'nasa_power' | 'open_meteo';
  /** Site: its coordinates are used; without it give latitude_deg and longitude_deg */
  readonly site_id?: string;
  /** Latitude, positive in the north, rounded to 4 decimals [deg] */
  readonly latitude_deg?: number;
  /** Longitude, positive in the east, rounded to 4 decimals [deg] */
  readonly longitude_deg?: number;
  /** A calendar year, or 'typical' for a typical meteorological year */
  readonly period: 'typical' | number;
  /** Name of the dataset; default: provider and period */
  readonly name?: string;
}

/** A year of weather that was fetched from a provider */
export interface FetchedWeather {
  /** Id */
  readonly id: string;
  /** Site: the dataset belongs to it */
  readonly site_id: string | null;
  /** Name of the dataset */
  readonly name: string;
  /** tmy3, tm2, epw, sam-csv, pvgis-csv, pvgis-json, nasa-power-json, open-meteo-json */
  readonly format: string;
  /** SHA-256 of the file as it was uploaded, or as the provider sent it */
  readonly sha256: string;
  /** Latitude, positive in the north [deg] */
  readonly latitude_deg: number;
  /** Longitude, positive in the east [deg] */
  readonly longitude_deg: number;
  /** Elevation above sea level [m] */
  readonly elevation_m: number;
  /** Standard time minus UTC, of the file's clock [h] */
  readonly utc_offset_h: number;
  /** Length of a time step [min] */
  readonly step_minutes: number;
  /** Number of records */
  readonly n_records: number;
  readonly summary: {
    /** Global horizontal irradiation of the year [kWh/m2] */
    readonly ghi_annual_kwh_m2: number;
    /** Direct normal irradiation of the year [kWh/m2] */
    readonly dni_annual_kwh_m2: number;
    /** Diffuse horizontal irradiation of the year [kWh/m2] */
    readonly dhi_annual_kwh_m2: number;
    /** Mean air temperature [degC] */
    readonly temp_air_mean_c: number;
    /** Mean wind speed [m/s] */
    readonly wind_speed_mean_m_s: number;
    readonly gaps: WeatherGaps;
    readonly source: WeatherSource;
    readonly provider?: WeatherOrigin;
  };
  /** Uploaded, UTC */
  readonly created_at: string;
  /** Whether the provider's answer came from the cache */
  readonly is_cached: boolean;
}

export type GeometryCollection = {
  readonly type: 'GeometryCollection';
  readonly geometries: readonly (Polygon | MultiPolygon)[];
} & Readonly<Record<string, unknown>>;

/** Speed-ups that vary over the site, for a wind resource of a single point */
export interface GridSpeedups {
  readonly resource_id: string;
  /** Reference point of the grid: the one to which the wind resource applies [m] */
  readonly reference: {
    readonly x_m: number;
    readonly y_m: number;
  };
}

export interface Health {
  readonly status: 'healthy';
  /** Version of the engine */
  readonly version: string;
  /** Now, UTC */
  readonly timestamp: string;
}

export interface Horizon {
  /** Id */
  readonly id: string;
  /** Format of the file: pan, ond, cec, csv or pvgis */
  readonly format: string;
  readonly name: string;
  /** Uploaded, UTC */
  readonly created_at: string;
  readonly kind: 'horizon';
  /** Azimuths, clockwise from north, in rising order [deg] */
  readonly azimuth_deg: readonly number[];
  /** Elevation of the horizon at each azimuth [deg] */
  readonly elevation_deg: readonly number[];
}

export interface HorizonPage {
  readonly data: readonly Horizon[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface HorizonProfile {
  readonly azimuth_deg: readonly number[];
  readonly elevation_deg: readonly number[];
}

/** Incidence angle modifier: reflection at the cover by angle of incidence */
export type IncidenceAngleModifier =
  | IncidenceAngleModifierPhysical
  | IncidenceAngleModifierAshrae
  | IncidenceAngleModifierMartinRuiz
  | IncidenceAngleModifierPoints
  | IncidenceAngleModifierSam
  | IncidenceAngleModifierNone;

export interface IncidenceAngleModifierAshrae {
  readonly type: 'ashrae';
  /** b0 of the incidence angle modifier [1]; 0 to 1; source of the default: pvlib, iam.ashrae */
  readonly b?: number;
}

export interface IncidenceAngleModifierAshraeOutput {
  readonly type: 'ashrae';
  /** b0 of the incidence angle modifier [1]; 0 to 1; source of the default: pvlib, iam.ashrae */
  readonly b: number;
}

export interface IncidenceAngleModifierMartinRuiz {
  readonly type: 'martin_ruiz';
  /** Angular loss coefficient [1]; 0.01 to 1; source of the default: pvlib, iam.martin_ruiz */
  readonly ar?: number;
}

export interface IncidenceAngleModifierMartinRuizOutput {
  readonly type: 'martin_ruiz';
  /** Angular loss coefficient [1]; 0.01 to 1; source of the default: pvlib, iam.martin_ruiz */
  readonly ar: number;
}

export interface IncidenceAngleModifierNone {
  readonly type: 'none';
}

/** Incidence angle modifier: reflection at the cover by angle of incidence */
export type IncidenceAngleModifierOutput =
  | IncidenceAngleModifierPhysicalOutput
  | IncidenceAngleModifierAshraeOutput
  | IncidenceAngleModifierMartinRuizOutput
  | IncidenceAngleModifierPoints
  | IncidenceAngleModifierSam
  | IncidenceAngleModifierNone;

export interface IncidenceAngleModifierPhysical {
  readonly type: 'physical';
  /** Refractive index of an anti-reflective coating [1]; absent: no coating; 1 to 3 */
  readonly coating_index?: number;
  /** Whether the model also applies to diffuse irradiance; source of the default: pvlib, ModelChain */
  readonly include_diffuse?: boolean;
}

export interface IncidenceAngleModifierPhysicalOutput {
  readonly type: 'physical';
  /** Refractive index of an anti-reflective coating [1]; absent: no coating; 1 to 3 */
  readonly coating_index?: number;
  /** Whether the model also applies to diffuse irradiance; source of the default: pvlib, ModelChain */
  readonly include_diffuse: boolean;
}

export interface IncidenceAngleModifierPoints {
  readonly type: 'points';
  readonly angle_deg: readonly number[];
  readonly modifier: readonly number[];
}

/** SAM's glass with anti-reflective coating, for beam and diffuse irradiance */
export interface IncidenceAngleModifierSam {
  readonly type: 'sam';
}

export interface IncompleteWindAnalysis {
  readonly is_complete: false;
  /** Fraction of the job that is done: it was cancelled or reached its time limit [1] */
  readonly progress: number;
}

export interface Inverter {
  /** Id or name, as `module` and `inverter` of a system accept it */
  readonly id: string;
  readonly name: string;
  /** Whether your organization uploaded it; false: it is bundled */
  readonly is_custom: boolean;
  /** Module: power under standard test conditions. Inverter: AC rating [W] */
  readonly power_w: number;
  readonly model: 'sandia' | 'curve';
  /** AC rating divided by the DC power at that rating [1] */
  readonly efficiency: number;
  /** DC voltage at the rating [V] */
  readonly rated_dc_v: number | null;
  /** Minimum voltage of maximum power point tracking [V] */
  readonly mpp_min_v: number | null;
  /** Maximum voltage of maximum power point tracking [V] */
  readonly mpp_max_v: number | null;
  /** Maximum DC voltage [V] */
  readonly max_dc_v: number | null;
}

/** An inverter and the parameters of its model */
export interface InverterDetail {
  /** Id or name, as `module` and `inverter` of a system accept it */
  readonly id: string;
  readonly name: string;
  /** Whether your organization uploaded it; false: it is bundled */
  readonly is_custom: boolean;
  /** Module: power under standard test conditions. Inverter: AC rating [W] */
  readonly power_w: number;
  readonly model: 'sandia' | 'curve';
  /** AC rating divided by the DC power at that rating [1] */
  readonly efficiency: number;
  /** DC voltage at the rating [V] */
  readonly rated_dc_v: number | null;
  /** Minimum voltage of maximum power point tracking [V] */
  readonly mpp_min_v: number | null;
  /** Maximum voltage of maximum power point tracking [V] */
  readonly mpp_max_v: number | null;
  /** Maximum DC voltage [V] */
  readonly max_dc_v: number | null;
  readonly parameters: InverterParameters;
}

export interface InverterPage {
  readonly data: readonly Inverter[];
  /** Number of components on all pages */
  readonly n_total: number;
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
  readonly source: LibrarySource;
}

export type InverterParameters = InverterParametersSandia | InverterParametersCurve;

export interface InverterParametersCurve {
  readonly type: 'curve';
  /** AC rating of one inverter [kW] */
  readonly ac_rating_kw: number;
  /** DC power, rising [kW] */
  readonly dc_kw: readonly number[];
  /** AC power at each DC power [kW] */
  readonly ac_kw: readonly number[];
  /** Power consumption at night [W] */
  readonly night_w?: number;
}

export interface InverterParametersSandia {
  readonly type: 'sandia';
  readonly inverter: {
    /** AC rating [W]; 1 to 100000000 */
    readonly paco: number;
    /** DC power at the AC rating [W]; 1 to 1000000000 */
    readonly pdco: number;
    /** DC voltage at the AC rating [V]; 1 to 5000 */
    readonly vdco: number;
    /** DC power at which the inverter starts [W]; 0 to 100000000 */
    readonly pso: number;
    /** Coefficient C0 of the Sandia inverter [1/W]; -1 to 1 */
    readonly c0: number;
    /** Coefficient C1 of the Sandia inverter [1/V]; -1 to 1 */
    readonly c1: number;
    /** Coefficient C2 of the Sandia inverter [1/V]; -10 to 10 */
    readonly c2: number;
    /** Coefficient C3 of the Sandia inverter [1/V]; -10 to 10 */
    readonly c3: number;
    /** Power consumption at night [W]; 0 to 100000000 */
    readonly pnt: number;
  };
}

export interface IvCurve {
  /** Effective irradiance: what reaches the cells [W/m2] */
  readonly irradiance_w_m2: number;
  /** Temperature of the cells [degC] */
  readonly temp_cell_c: number;
  /** Short-circuit current [A] */
  readonly i_sc_a: number;
  /** Open-circuit voltage [V] */
  readonly v_oc_v: number;
  /** Current at maximum power [A] */
  readonly i_mp_a: number;
  /** Voltage at maximum power [V] */
  readonly v_mp_v: number;
  /** Maximum power [W] */
  readonly p_mp_w: number;
  /** Voltages from short circuit to open circuit, closest to each other near the knee */
  readonly points: readonly {
    /** Voltage of the module [V] */
    readonly voltage_v: number;
    /** Current of the module [A] */
    readonly current_a: number;
  }[];
}

/** A job with its input and, when it has ended, its result; `kind` determines their form */
export type Job = ReportJob | SolarAnalysis | SolarDesignSearch | WindAnalysis | WindLayoutSearch;

/** A job was cancelled and keeps its best result so far */
export interface JobCancelledEvent {
  readonly type: 'job.cancelled';
  /** When the event happened; webhook-timestamp has the time of the attempt, UTC */
  readonly timestamp: string;
  /** Version of this form; a version may gain members */
  readonly api_version: '2026-11-01';
  readonly data: {
    /** Id of the job; GET /v1/jobs/{job_id} answers with the job and its result */
    readonly job_id: string;
    readonly kind: 'report' | 'solar-analyze' | 'solar-optimize' | 'wind-analyze' | 'wind-optimize';
    readonly status: 'cancelled';
    /** Whether the time limit ended the job, so that its result is the best so far */
    readonly is_time_limited: boolean;
    readonly error: JobError | null;
    /** Accepted, UTC */
    readonly created_at: string;
    /** When a worker started the job, UTC */
    readonly started_at: string | null;
    /** Ended, UTC */
    readonly ended_at: string;
    /** Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. null if the job ended before this was kept */
    readonly compute_s: number | null;
    /** Number of attempts: how often a worker has taken the job on. null if the job ended before this was kept */
    readonly n_attempts: number | null;
    /** Number of evaluations: designs or layouts that a search has computed; null for kinds that count none */
    readonly n_evaluations: number | null;
    /** From acceptance to the first attempt [s]; null before it */
    readonly queue_wait_s: number | null;
    /** Position of the event among those of one job: the number of the last event in the job's stream */
    readonly sequence: number;
  };
}

export interface JobError {
  readonly code: ErrorCode;
  readonly message: string;
}

/** A job has failed; error says why */
export interface JobFailedEvent {
  readonly type: 'job.failed';
  /** When the event happened; webhook-timestamp has the time of the attempt, UTC */
  readonly timestamp: string;
  /** Version of this form; a version may gain members */
  readonly api_version: '2026-11-01';
  readonly data: {
    /** Id of the job; GET /v1/jobs/{job_id} answers with the job and its result */
    readonly job_id: string;
    readonly kind: 'report' | 'solar-analyze' | 'solar-optimize' | 'wind-analyze' | 'wind-optimize';
    readonly status: 'failed';
    /** Whether the time limit ended the job, so that its result is the best so far */
    readonly is_time_limited: boolean;
    readonly error: JobError | null;
    /** Accepted, UTC */
    readonly created_at: string;
    /** When a worker started the job, UTC */
    readonly started_at: string | null;
    /** Ended, UTC */
    readonly ended_at: string;
    /** Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. null if the job ended before this was kept */
    readonly compute_s: number | null;
    /** Number of attempts: how often a worker has taken the job on. null if the job ended before this was kept */
    readonly n_attempts: number | null;
    /** Number of evaluations: designs or layouts that a search has computed; null for kinds that count none */
    readonly n_evaluations: number | null;
    /** From acceptance to the first attempt [s]; null before it */
    readonly queue_wait_s: number | null;
    /** Position of the event among those of one job: the number of the last event in the job's stream */
    readonly sequence: number;
  };
}

export interface JobPage {
  readonly data: readonly JobSummary[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

/** A job has succeeded and has a result */
export interface JobSucceededEvent {
  readonly type: 'job.succeeded';
  /** When the event happened; webhook-timestamp has the time of the attempt, UTC */
  readonly timestamp: string;
  /** Version of this form; a version may gain members */
  readonly api_version: '2026-11-01';
  readonly data: {
    /** Id of the job; GET /v1/jobs/{job_id} answers with the job and its result */
    readonly job_id: string;
    readonly kind: 'report' | 'solar-analyze' | 'solar-optimize' | 'wind-analyze' | 'wind-optimize';
    readonly status: 'succeeded';
    /** Whether the time limit ended the job, so that its result is the best so far */
    readonly is_time_limited: boolean;
    /** null: the job did not fail */
    readonly error: JobError | null;
    /** Accepted, UTC */
    readonly created_at: string;
    /** When a worker started the job, UTC */
    readonly started_at: string | null;
    /** Ended, UTC */
    readonly ended_at: string;
    /** Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. null if the job ended before this was kept */
    readonly compute_s: number | null;
    /** Number of attempts: how often a worker has taken the job on. null if the job ended before this was kept */
    readonly n_attempts: number | null;
    /** Number of evaluations: designs or layouts that a search has computed; null for kinds that count none */
    readonly n_evaluations: number | null;
    /** From acceptance to the first attempt [s]; null before it */
    readonly queue_wait_s: number | null;
    /** Position of the event among those of one job: the number of the last event in the job's stream */
    readonly sequence: number;
  };
}

/** A job without input and result */
export interface JobSummary {
  /** Id */
  readonly id: string;
  /** Queued and running jobs end as succeeded, failed or cancelled; an ended job does not change */
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Fraction of the job that is done [1] */
  readonly progress: number;
  /** Seed of all random numbers of the job; the same input with the same seed gives identical results */
  readonly seed: number;
  /** Package version and a hash of the engine that computed the job, `0.1.0+3f9a1c2b`; the hash changes when the engine changes. Two versions, separated by a comma, if the platform was updated while the job ran */
  readonly engine_version: string;
  /** Whether the time limit ended the job, so that its result is the best so far */
  readonly is_time_limited: boolean;
  /** Who created it: usr_... or key_... */
  readonly created_by: string;
  /** Why the job failed; null if it did not fail */
  readonly error: JobError | null;
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. null if the job ended before this was kept */
  readonly compute_s: number | null;
  /** Number of attempts: how often a worker has taken the job on. null if the job ended before this was kept */
  readonly n_attempts: number | null;
  /** Number of evaluations: designs or layouts that a search has computed; null for kinds that count none */
  readonly n_evaluations: number | null;
  /** From acceptance to the first attempt [s]; null before it */
  readonly queue_wait_s: number | null;
  readonly kind: 'report' | 'solar-analyze' | 'solar-optimize' | 'wind-analyze' | 'wind-optimize';
}

/** Source of bundled components */
export interface LibrarySource {
  readonly name: string;
  readonly origin: string;
  readonly licence: string;
}

export interface ListedDelivery {
  /** Id */
  readonly id: string;
  /** Endpoint */
  readonly webhook_id: string;
  /** Id of the event, sent as `webhook-id` with every attempt */
  readonly event_id: string;
  readonly event_type: string;
  /** Body of the request */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'skipped';
  /** Number of the round of attempts: 1, plus one for each manual retry */
  readonly round: number;
  /** Created, UTC */
  readonly created_at: string;
  /** When the delivery succeeded, failed or was skipped, UTC */
  readonly ended_at: string | null;
  /** Number of attempts in all rounds */
  readonly n_attempts: number;
  /** HTTP status of the last answer; null without an answer */
  readonly last_status_code: number | null;
  /** Why the last attempt got no answer */
  readonly last_error: string | null;
}

export interface LoginRequest {
  readonly email: string;
  readonly password: string;
}

/** The owner of the credentials and what they may do */
export interface Me {
  readonly kind: 'user' | 'api_key';
  /** Id of the caller: usr_... or key_... */
  readonly id: string;
  readonly scopes: readonly (
    | 'sites:read'
    | 'sites:write'
    | 'weather:read'
    | 'weather:write'
    | 'jobs:read'
    | 'jobs:write'
    | 'reports:read'
    | 'reports:write'
    | 'mail:send'
    | 'webhooks:read'
    | 'webhooks:write'
    | 'keys:read'
    | 'keys:write'
    | 'organization:read'
    | 'organization:write'
  )[];
  readonly organization: Organization;
}

/** A CSV file of measurements */
export interface MeasuredWind {
  /** Height of the wind speeds above ground [m] */
  readonly height_m: number | null;
  readonly n_records: number;
  /** First instant: that of the first record, UTC */
  readonly starts_at: string;
  /** Last instant: that of the last record, UTC */
  readonly ends_at: string;
  /** Length of a time step [min] */
  readonly step_minutes: number;
  /** Number of records by flag; only records with the flag ok are used */
  readonly n_records_by_flag: {
    readonly ok: number;
    readonly missing: number;
    readonly out_of_range: number;
    readonly stuck: number;
    readonly icing: number;
  };
  /** The first 50 gaps */
  readonly gaps: readonly {
    readonly starts_at: string;
    readonly ends_at: string;
    readonly n_steps: number;
  }[];
  readonly n_gaps: number;
  /** Usable records as a share of the records that the period should have [%] */
  readonly data_recovery_pct: number;
  /** Mean wind speed [m/s] */
  readonly wind_speed_mean_m_s: number;
  /** Weibull fit by maximum likelihood */
  readonly weibull_mle: WeibullFit;
  /** Weibull fit by WAsP's moments */
  readonly weibull_wasp: WeibullFit;
  readonly sectors: readonly {
    /** Direction from which the wind comes: centre of the sector [deg] */
    readonly wind_direction_deg: number;
    /** Frequency: share of the time [1] [1] */
    readonly frequency: number;
    /** Mean wind speed [m/s] */
    readonly wind_speed_mean_m_s: number | null;
    /** Scale A [m/s] */
    readonly scale_m_s: number | null;
    /** Shape k [1] */
    readonly shape: number | null;
  }[];
  /** Shear by sector; null without wind speeds at a lower height */
  readonly shear:
    | readonly {
        /** Direction from which the wind comes: centre of the sector [deg] */
        readonly wind_direction_deg: number;
        readonly n_records: number;
        /** Shear exponent of the power law [1] */
        readonly alpha: number | null;
        /** Roughness length [m] */
        readonly roughness_m: number | null;
      }[]
    | null;
  /** Turbulence by sector; null without standard deviations */
  readonly turbulence:
    | readonly {
        /** Direction from which the wind comes: centre of the sector [deg] */
        readonly wind_direction_deg: number;
        readonly n_records: number;
        /** Turbulence intensity: mean of the standard deviation divided by the wind speed [1] */
        readonly turbulence_intensity: number | null;
      }[]
    | null;
  /** Extreme wind speed with a return period of 50 years, for the averaging time of the records [m/s] */
  readonly extreme_50_year_m_s: number | null;
}

export interface Module {
  /** Id or name, as `module` and `inverter` of a system accept it */
  readonly id: string;
  readonly name: string;
  /** Whether your organization uploaded it; false: it is bundled */
  readonly is_custom: boolean;
  /** Module: power under standard test conditions. Inverter: AC rating [W] */
  readonly power_w: number;
  /** Single-diode model of the parameters */
  readonly model: 'cec' | 'pvsyst';
  /** Cell technology: Mono-c-Si, Multi-c-Si, Thin Film, CdTe, CIGS, ... */
  readonly technology: string;
  /** Area [m2]; null if it is not known */
  readonly area_m2: number | null;
  /** Power under standard test conditions divided by area and 1000 W/m2 [1] */
  readonly efficiency: number | null;
  /** Open-circuit voltage [V] */
  readonly v_oc_v: number;
  /** Voltage at maximum power [V] */
  readonly v_mp_v: number;
  /** Temperature coefficient of the maximum power [1/K] */
  readonly gamma_per_k: number;
  /** Bifaciality: rear power divided by front power [1]; null if it is not known */
  readonly bifaciality: number | null;
  readonly is_bifacial: boolean;
}

/** A module and the parameters of its model */
export interface ModuleDetail {
  /** Id or name, as `module` and `inverter` of a system accept it */
  readonly id: string;
  readonly name: string;
  /** Whether your organization uploaded it; false: it is bundled */
  readonly is_custom: boolean;
  /** Module: power under standard test conditions. Inverter: AC rating [W] */
  readonly power_w: number;
  /** Single-diode model of the parameters */
  readonly model: 'cec' | 'pvsyst';
  /** Cell technology: Mono-c-Si, Multi-c-Si, Thin Film, CdTe, CIGS, ... */
  readonly technology: string;
  /** Area [m2]; null if it is not known */
  readonly area_m2: number | null;
  /** Power under standard test conditions divided by area and 1000 W/m2 [1] */
  readonly efficiency: number | null;
  /** Open-circuit voltage [V] */
  readonly v_oc_v: number;
  /** Voltage at maximum power [V] */
  readonly v_mp_v: number;
  /** Temperature coefficient of the maximum power [1/K] */
  readonly gamma_per_k: number;
  /** Bifaciality: rear power divided by front power [1]; null if it is not known */
  readonly bifaciality: number | null;
  readonly is_bifacial: boolean;
  readonly parameters: ModuleParameters;
}

export interface ModulePage {
  readonly data: readonly Module[];
  /** Number of components on all pages */
  readonly n_total: number;
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
  readonly source: LibrarySource;
}

export type ModuleParameters = ModuleParametersCec | ModuleParametersPvsyst;

export interface ModuleParametersCec {
  readonly type: 'cec';
  readonly module: {
    /** Temperature coefficient of the short-circuit current [A/K]; -1 to 1 */
    readonly alpha_sc_a_per_k: number;
    /** Photocurrent [A]; 0.001 to 1000 */
    readonly i_l_ref_a: number;
    /** Saturation current [A]; 1e-40 to 1 */
    readonly i_o_ref_a: number;
    /** Series resistance [ohm]; 0 to 1000 */
    readonly r_s_ohm: number;
    /** Shunt resistance [ohm]; 0.001 to 1000000000 */
    readonly r_sh_ref_ohm: number;
    /** Modified ideality factor [V]; 0.001 to 100 */
    readonly a_ref_v: number;
    /** Adjustment of the temperature coefficient [%]; -1000 to 1000 */
    readonly adjust_pct: number;
  };
}

export interface ModuleParametersPvsyst {
  readonly type: 'pvsyst';
  readonly module: {
    /** Temperature coefficient of the short-circuit current [A/K]; -1 to 1 */
    readonly alpha_sc_a_per_k: number;
    /** Photocurrent [A]; 0.001 to 1000 */
    readonly i_l_ref_a: number;
    /** Saturation current [A]; 1e-40 to 1 */
    readonly i_o_ref_a: number;
    /** Series resistance [ohm]; 0 to 1000 */
    readonly r_s_ohm: number;
    /** Shunt resistance [ohm]; 0.001 to 1000000000 */
    readonly r_sh_ref_ohm: number;
    /** Diode ideality factor [1]; 0.2 to 5 */
    readonly gamma_ref: number;
    /** Temperature coefficient of the ideality factor [1/K]; -0.1 to 0.1; source of the default: the platform's choice, no dependence on temperature */
    readonly mu_gamma_per_k: number;
    /** Shunt resistance in the dark [ohm]; 0.001 to 1000000000 */
    readonly r_sh0_ohm: number;
    /** Exponent of the shunt resistance [1]; 0.01 to 100; source of the default: pvlib, pvsystem.calcparams_pvsyst */
    readonly r_sh_exponent: number;
    /** Cells in series in a module [1]; 1 to 1000 */
    readonly cells_in_series: number;
    /** Band gap of the cells [eV]; 0.3 to 5; source of the default: pvlib, pvsystem.calcparams_pvsyst */
    readonly band_gap_ev: number;
    /** Recombination loss in thin films, d2/(mu tau) [V]; 0 to 100; source of the default: pvlib, pvsystem.max_power_point */
    readonly d2_mu_tau_v: number;
  };
}

/** Mounting of the modules */
export type Mounting = MountingFixed | MountingRoof | MountingOneAxis | MountingTwoAxis;

/** Open rack */
export interface MountingFixed {
  readonly type: 'fixed';
  /** Tilt from horizontal [deg]; 0 to 90; source of the default: SAM's configuration of PVWatts v8 */
  readonly tilt_deg?: number;
  /** Azimuth, clockwise from north [deg]; 0 to 360; source of the default: SAM's configuration of PVWatts v8 */
  readonly azimuth_deg?: number;
}

/** Open rack */
export interface MountingFixedOutput {
  readonly type: 'fixed';
  /** Tilt from horizontal [deg]; 0 to 90; source of the default: SAM's configuration of PVWatts v8 */
  readonly tilt_deg: number;
  /** Azimuth, clockwise from north [deg]; 0 to 360; source of the default: SAM's configuration of PVWatts v8 */
  readonly azimuth_deg: number;
}

/** Single-axis tracker */
export interface MountingOneAxis {
  readonly type: 'one_axis';
  /** Tilt of the axis from horizontal [deg]; 0 to 90; source of the default: pvlib, tracking.singleaxis */
  readonly axis_tilt_deg?: number;
  /** Azimuth of the axis, clockwise from north [deg]; 0 to 360; source of the default: SAM's configuration of PVWatts v8 */
  readonly axis_azimuth_deg?: number;
  /** Maximum rotation [deg]; 0 to 180; source of the default: PVWatts v8 */
  readonly max_angle_deg?: number;
  /** Whether the tracker backtracks, so that rows do not shade each other; source of the default: pvlib, tracking.singleaxis */
  readonly backtrack?: boolean;
  /** Ground coverage ratio [1]; 0.01 to 1; source of the default: PVWatts v7 in SAM; v8 in SAM has 0.3 */
  readonly gcr?: number;
  /** Cross-axis tilt: slope of the plane that holds the axes, across the axes [deg]; -45 to 45; source of the default: pvlib, tracking.singleaxis */
  readonly cross_axis_tilt_deg?: number;
}

/** Single-axis tracker */
export interface MountingOneAxisOutput {
  readonly type: 'one_axis';
  /** Tilt of the axis from horizontal [deg]; 0 to 90; source of the default: pvlib, tracking.singleaxis */
  readonly axis_tilt_deg: number;
  /** Azimuth of the axis, clockwise from north [deg]; 0 to 360; source of the default: SAM's configuration of PVWatts v8 */
  readonly axis_azimuth_deg: number;
  /** Maximum rotation [deg]; 0 to 180; source of the default: PVWatts v8 */
  readonly max_angle_deg: number;
  /** Whether the tracker backtracks, so that rows do not shade each other; source of the default: pvlib, tracking.singleaxis */
  readonly backtrack: boolean;
  /** Ground coverage ratio [1]; 0.01 to 1; source of the default: PVWatts v7 in SAM; v8 in SAM has 0.3 */
  readonly gcr: number;
  /** Cross-axis tilt: slope of the plane that holds the axes, across the axes [deg]; -45 to 45; source of the default: pvlib, tracking.singleaxis */
  readonly cross_axis_tilt_deg: number;
}

/** Mounting of the modules */
export type MountingOutput = MountingFixedOutput | MountingRoofOutput | MountingOneAxisOutput | MountingTwoAxisOutput;

/** Rack close to a roof, where modules get hotter */
export interface MountingRoof {
  readonly type: 'roof';
  /** Tilt from horizontal [deg]; 0 to 90; source of the default: SAM's configuration of PVWatts v8 */
  readonly tilt_deg?: number;
  /** Azimuth, clockwise from north [deg]; 0 to 360; source of the default: SAM's configuration of PVWatts v8 */
  readonly azimuth_deg?: number;
}

/** Rack close to a roof, where modules get hotter */
export interface MountingRoofOutput {
  readonly type: 'roof';
  /** Tilt from horizontal [deg]; 0 to 90; source of the default: SAM's configuration of PVWatts v8 */
  readonly tilt_deg: number;
  /** Azimuth, clockwise from north [deg]; 0 to 360; source of the default: SAM's configuration of PVWatts v8 */
  readonly azimuth_deg: number;
}

/** Two-axis tracker, which faces the sun */
export interface MountingTwoAxis {
  readonly type: 'two_axis';
  /** Maximum tilt [deg]; 0 to 90; source of the default: the platform's choice, it follows the sun to the horizon */
  readonly max_tilt_deg?: number;
}

/** Two-axis tracker, which faces the sun */
export interface MountingTwoAxisOutput {
  readonly type: 'two_axis';
  /** Maximum tilt [deg]; 0 to 90; source of the default: the platform's choice, it follows the sun to the horizon */
  readonly max_tilt_deg: number;
}

export type MultiPolygon = {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[];
} & Readonly<Record<string, unknown>>;

export interface NewApiKey {
  /** Id */
  readonly id: string;
  readonly name: string;
  /** First characters of the key, by which its owner recognises it */
  readonly prefix: string;
  /** At most those that its maker has at the moment take effect */
  readonly scopes: readonly (
    | 'sites:read'
    | 'sites:write'
    | 'weather:read'
    | 'weather:write'
    | 'jobs:read'
    | 'jobs:write'
    | 'reports:read'
    | 'reports:write'
    | 'mail:send'
    | 'webhooks:read'
    | 'webhooks:write'
    | 'keys:read'
    | 'keys:write'
    | 'organization:read'
    | 'organization:write'
  )[];
  /** Who created it: the person, also by means of another key */
  readonly created_by: string | null;
  /** Key with which it was made; revoking that key revokes this one too */
  readonly parent_key_id: string | null;
  /** Created, UTC */
  readonly created_at: string;
  /** When the key was last used, to the minute, UTC */
  readonly last_used_at: string | null;
  /** When the key was revoked; it is refused from then on, UTC */
  readonly revoked_at: string | null;
  /** The key itself; only this answer contains it */
  readonly key: string;
}

export interface NewWebhook {
  /** Id */
  readonly id: string;
  readonly url: string;
  readonly description: string;
  /** Types of events that are sent to the endpoint */
  readonly events: readonly ('job.succeeded' | 'job.failed' | 'job.cancelled' | 'report.ready')[];
  /** Headers that are sent with every event */
  readonly headers: Readonly<Record<string, string>>;
  readonly is_enabled: boolean;
  /** Why the service disabled the webhook; null if it is enabled or its owner disabled it */
  readonly disabled_reason: string | null;
  /** Start of the time since when every attempt has failed; null if the last attempt succeeded, UTC */
  readonly first_failure_at: string | null;
  /** Until when the previous secret also signs, UTC */
  readonly previous_secret_expires_at: string | null;
  /** Created, UTC */
  readonly created_at: string;
  /** Signing secret, whsec_...; only this answer contains it */
  readonly secret: string;
}

/** The job was cancelled before it wrote the report */
export type NoReport = Readonly<Record<string, never>>;

/** A WAsP .tab file */
export interface ObservedWindClimate {
  /** Height of the wind speeds above ground [m] */
  readonly height_m: number | null;
  readonly description: string;
  /** Latitude, positive in the north [deg] */
  readonly latitude_deg: number;
  /** Longitude, positive in the east [deg] */
  readonly longitude_deg: number;
  readonly n_sectors: number;
  readonly n_speed_bins: number;
  /** Frequency: share of the time, by sector [1] */
  readonly frequency: readonly number[];
}

export interface OptimizeSolarRequest {
  readonly site_id?: string;
  /** One year of weather */
  readonly weather_id?: string;
  /** Several years of weather at one place, one dataset for each year */
  readonly weather_ids?: readonly string[];
  /** The system: its properties that do not vary */
  readonly system?: {
    /** Name of the system in the result */
    readonly name?: string;
    /** Nameplate DC power at 1000 W/m2 and 25 degC [kW]; 0.001 to 10000000; source of the default: the platform's choice, 1 MW */
    readonly dc_capacity_kw?: number;
    /** DC nameplate power divided by AC rating [1]; 0.1 to 10; source of the default: PVWatts v8 web API */
    readonly dc_ac_ratio?: number;
    /** Mounting; default: a rack that faces the equator, with a tilt of 0.8 times the latitude, at most 60 degrees; source of the default: the platform's choice, a rule of thumb for racks */
    readonly mounting?: Mounting;
    /** Temperature coefficient of the maximum power [1/K]; -0.02 to 0; source of the default: PVWatts v8 */
    readonly gamma_per_k?: number;
    /** Nominal efficiency of the inverter [1]; 0.5 to 1; source of the default: PVWatts v8 */
    readonly inverter_efficiency?: number;
    /** Losses; each one applies to what the previous ones leave. The defaults are those of PVWatts, together 14.08 %. A model for soiling, snow, degradation or availability replaces the corresponding entry */
    readonly losses_pct?: {
      /** Dirt [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly soiling?: number;
      /** Near shading [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly shading?: number;
      /** Snow [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly snow?: number;
      /** Mismatch between modules [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly mismatch?: number;
      /** Losses in DC and AC wiring [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly wiring?: number;
      /** Connectors [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly connections?: number;
      /** Light-induced degradation [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly lid?: number;
      /** Power of modules below their nameplate [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly nameplate_rating?: number;
      /** Ageing [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly age?: number;
      /** Outages [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly availability?: number;
    };
    /** Ground reflectance (albedo) [1]; 0 to 1; source of the default: SAM's configuration of PVWatts v8 */
    readonly albedo?: number;
    /** weather: the albedo of the weather data if it has one, otherwise `albedo`; source of the default: the platform's choice, one value for the site */
    readonly albedo_source?: 'system' | 'weather';
    /** Model of diffuse irradiance on the tilted plane (transposition); source of the default: pvlib, ModelChain.with_pvwatts */
    readonly transposition?: 'perez' | 'perez_sam' | 'hay_davies' | 'isotropic';
    /** source of the default: pvlib, ModelChain.with_pvwatts */
    readonly iam?: IncidenceAngleModifier;
    /** source of the default: pvlib, ModelChain.with_pvwatts */
    readonly spectral?: SpectralModel;
    /** source of the default: pvlib, ModelChain.with_pvwatts */
    readonly temperature?: TemperatureModel;
    /** source of the default: pvlib, ModelChain.with_pvwatts */
    readonly module?: SystemModule;
    /** source of the default: pvlib, ModelChain.with_pvwatts */
    readonly inverter?: SystemInverter;
    readonly rows?: RowShading;
    readonly bifacial?: Bifacial;
    /** Horizon that hides sun and diffuse sky: a profile here, or one that was uploaded by POST /v1/horizons */
    readonly far_horizon?: UploadedHorizon | HorizonProfile;
    readonly soiling?: Soiling;
    readonly snow?: Snow;
    /** Degradation model; replaces losses_pct.age */
    readonly degradation?: {
      /** Power lost each year [%]; 0 to 50; source of the default: Jordan and Kurtz 2013, median of modules */
      readonly pct_per_year?: number;
      /** Year of operation; the first year is 1; 1 to 100; source of the default: the platform's choice, a new plant */
      readonly year?: number;
    };
    /** Availability model; replaces losses_pct.availability */
    readonly availability_pct?: number;
    /** Curtailment: share of the energy that the grid does not accept [%]; 0 to 100; source of the default: the platform's choice, none */
    readonly curtailment_pct?: number;
    /** Maximum power that may be fed in [kW]; 0 to 1000000000 */
    readonly export_limit_kw?: number;
  };
  /** Variables of the search */
  readonly variables: {
    /** Tilt from horizontal [deg] */
    readonly tilt_deg?: {
      /** Least; 0 to 90 */
      readonly lower: number;
      /** Most; 0 to 90 */
      readonly upper: number;
    };
    /** Azimuth, clockwise from north [deg] */
    readonly azimuth_deg?: {
      /** Least; 0 to 360 */
      readonly lower: number;
      /** Most; 0 to 360 */
      readonly upper: number;
    };
    /** DC nameplate power divided by AC rating [1] */
    readonly dc_ac_ratio?: {
      /** Least; 0.5 to 3 */
      readonly lower: number;
      /** Most; 0.5 to 3 */
      readonly upper: number;
    };
    /** Ground coverage ratio [1]; if it varies, rows shade each other */
    readonly gcr?: {
      /** Least; 0.05 to 0.95 */
      readonly lower: number;
      /** Most; 0.05 to 0.95 */
      readonly upper: number;
    };
    /** Nameplate DC power [kW] */
    readonly dc_capacity_kw?: {
      /** Least; 0.001 to 10000000 */
      readonly lower: number;
      /** Most; 0.001 to 10000000 */
      readonly upper: number;
    };
    /** Mounting; default: the mounting of `system` */
    readonly tracker?: 'either' | 'always' | 'never';
    /** Ids or names of bundled or uploaded modules that the search chooses from */
    readonly module?: readonly string[];
    /** Ids or names of bundled or uploaded inverters that the search chooses from */
    readonly inverter?: readonly string[];
  };
  /** Objectives; the first decides which design is the best. energy_p90 is the energy that 90 % of single years exceed; source of the default: the platform's choice, energy and costs in one figure */
  readonly objectives?: readonly (
    | 'energy'
    | 'energy_p90'
    | 'specific_yield'
    | 'capacity_factor_ac'
    | 'npv'
    | 'lcoe'
    | 'land_use'
  )[];
  readonly constraints?: {
    /** Largest land that a design may use [m2]; 1 to 1000000000000 */
    readonly max_land_area_m2?: number;
    /** Boundary of the land, whose area less the exclusions limits the land use; default: that of the site */
    readonly boundary?: Area;
    /** Exclusions: land that cannot be used; default: those of the site */
    readonly exclusions?: Area;
    /** Maximum power that may be fed in [kW]; 0.001 to 1000000000 */
    readonly export_limit_kw?: number;
    /** Maximum capital cost [currency]; 0 to 1000000000000000 */
    readonly budget?: number;
  };
  /** nsga2: many designs at once, for several objectives; bayesian: few designs, for one; grid_search: all designs of a grid; source of the default: the platform's choice, it takes several objectives */
  readonly method?: 'nsga2' | 'bayesian' | 'grid_search';
  /** Number of iterations: generations of nsga2, designs of bayesian; 1 to 1000000, of bayesian at most 1000; default: nsga2 40, bayesian 60; source of the default: the platform's choice, enough for a first search */
  readonly n_iterations?: number;
  /** nsga2: designs in one generation; source of the default: the platform's choice, fast enough for a first search */
  readonly population_size?: number;
  /** grid_search: step of each variable, in its unit; a variable without one has n_grid_points values; source of the default: the platform's choice, n_grid_points counts */
  readonly steps?: Readonly<Record<string, number>>;
  /** grid_search: values of a variable without a step; source of the default: the platform's choice, few enough for a grid of several variables */
  readonly n_grid_points?: number;
  /** Ground coverage ratio if it does not vary [1]; default: that of the tracker, otherwise 0.4; 0.05 to 0.95; source of the default: PVWatts v7 in SAM */
  readonly gcr?: number;
  /** Module power per area if the search chooses no module [kW/m2]; 0.01 to 0.5; source of the default: the platform's choice, a module of 21 % efficiency */
  readonly module_kw_per_m2?: number;
  /** Total land divided by the area of the rows; the rest is roads, fences and setbacks [1]; 1 to 100; source of the default: the platform's choice, a quarter more than the rows need */
  readonly land_factor?: number;
  /** Maximum rotation [deg]; 0 to 90; source of the default: the platform's choice, a usual range of horizontal trackers */
  readonly tracker_max_angle_deg?: number;
  readonly economics?: SolarEconomics;
  /** Source of direct and diffuse irradiance: the weather data, or a model that derives them from its global irradiance; source of the default: the platform's choice, measured or modelled by the provider of the weather */
  readonly decomposition?: 'weather' | 'erbs' | 'disc' | 'dirint';
  /** Sun position in a time step with sunrise or sunset; mid_sunlit uses the middle of the sunlit part, as SAM does; source of the default: the platform's choice, as most models do */
  readonly edge_steps?: 'mid_step' | 'mid_sunlit';
  /** Standard uncertainty of the yield by source; the sources are independent of each other; source of the default: the platform's choice, together 6 %, the size that Thevenard and Pelland 2013 report */
  readonly uncertainty_pct?: Readonly<Record<string, number>>;
  /** Standard deviation of the yield between single years [%]; used if there is one year of weather; 0 to 100; source of the default: the platform's choice, a usual year-to-year variation of irradiation */
  readonly interannual_pct?: number;
  /** Seed of all random numbers of the job; default: a random number, which is stored with the job */
  readonly seed?: number;
}

export interface OptimizeWindRequest {
  /** Site: the job is stored with it; a layout search takes from it the areas that the request lacks */
  readonly site_id?: string;
  /** Coordinate system of the coordinates in metres; default: a plane around the middle of the boundary or layout; source of the default: the platform's choice, it needs no zone */
  readonly projection?: {
    readonly utm_zone: number;
    /** Whether the UTM zone is in the southern hemisphere; source of the default: the platform's choice, the northern hemisphere */
    readonly is_south?: boolean;
  };
  /** One year of weather */
  readonly weather_id?: string;
  /** Several years of weather at one place, one dataset for each year */
  readonly weather_ids?: readonly string[];
  /** Height of the weather's wind speeds above ground [m]; default: 10 with weather; source of the default: WMO-No. 8, height of wind measurements; 1 to 500 */
  readonly weather_height_m?: number;
  readonly resource?: WindInput;
  readonly speedups?: GridSpeedups;
  /** Shear from the height of the wind speeds to each hub; default: power law with exponent 1/7; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
  readonly shear?: WindShear;
  /** Air density: that to which power curves are corrected; weather: computed from the weather's temperature and pressure; default: the density of each curve */
  readonly air_density_kg_m3?: number | 'weather';
  /** Air properties from which the air density at each hub is computed; an alternative to air_density_kg_m3 */
  readonly air?: {
    /** Elevation above sea level [m]; -430 to 6000 */
    readonly elevation_m: number;
    /** Mean temperature at 2 m [degC]; default: that of the standard atmosphere; -60 to 50 */
    readonly temp_air_c?: number;
    /** Mean pressure at the ground [Pa]; default: that of the standard atmosphere; 40000 to 110000 */
    readonly pressure_pa?: number;
    /** Mean relative humidity [%]; 0 to 100; source of the default: the platform's choice, dry air */
    readonly relative_humidity_pct?: number;
  };
  /** Density correction of power curves. iec_61400_12_1 scales wind speeds by the density to the power of 1/3 (pitch control); site_specific (windPRO) raises the exponent to 2/3 above 12.5 m/s; source of the default: the platform's choice, as windPRO does */
  readonly density_correction?: 'site_specific' | 'iec_61400_12_1';
  /** Turbulence intensity of the ambient wind: one value, or one for each sector (sector 0 is centred on north); measured: by sector from the standard deviations of an uploaded CSV; source of the default: the platform's choice, between offshore and open land */
  readonly turbulence_intensity?: number | readonly number[] | 'measured';
  readonly turbines: readonly TurbineChoice[];
  readonly wake?: WakeChoice;
  /** Losses other than wakes, by name; each one applies to what the previous ones leave [%]; source of the default: the platform's choice, none */
  readonly losses_pct?: Readonly<Record<string, number>>;
  /** Standard uncertainty of the yield by source; the sources are independent of each other [%]; source of the default: the platform's choice, none */
  readonly uncertainty_pct?: Readonly<Record<string, number>>;
  /** Standard deviation of the yield between single years [%]; 0 to 50; source of the default: the platform's choice, a usual year-to-year variation of wind energy */
  readonly interannual_pct?: number;
  /** Number of sectors in the result; source of the default: European Wind Atlas */
  readonly n_sectors?: number;
  /** Bins of the final energy analysis */
  readonly bins?: WindBins;
  readonly economics?: PlantEconomics;
  /** Seed of all random numbers of the job; default: a random number, which is stored with the job */
  readonly seed?: number;
  /** Bins that the search uses; source of the default: the platform's choice, a search needs coarser directions than the final analysis */
  readonly search_bins?: WindBins;
  /** Boundary, inside which turbines may stand; default: that of the site */
  readonly boundary?: Area;
  /** Exclusions: land on which no turbine may stand; default: those of the site */
  readonly exclusions?: Area;
  /** Minimum distance between turbines, in diameters of the largest rotor; 1 to 50; source of the default: the platform's choice, a usual distance in crowded farms */
  readonly min_spacing_diameters?: number;
  /** Number of turbines, without those of fixed_layout; if there are several numbers, the best is chosen. With nsga2 the first and the last are the limits */
  readonly n_turbines: number | readonly number[];
  /** Use of several turbine types: all new turbines have the same type, which is the best one, or each position has its own type; source of the default: the platform's choice, one type is simpler to build and maintain */
  readonly turbine_choice?: 'one' | 'mixed';
  /** Existing turbines, which do not move */
  readonly fixed_layout?: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  /** Initial layout of the new turbines; default: random; source of the default: the platform's choice, searches begin anywhere in the area */
  readonly start_layout?: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  /** lcoe requires economics; source of the default: the platform's choice, energy needs no costs */
  readonly objective?: 'aep' | 'lcoe' | 'aep_per_area' | 'cable_length';
  /** Objectives of nsga2; source of the default: the platform's choice, the trade-off between energy and cables */
  readonly objectives?: readonly ('aep' | 'cable_length' | 'n_turbines' | 'aep_per_turbine')[];
  /** gradient, random_search and greedy move turbines; nsga2 and bayesian optimise the angle and the spacings of a grid; source of the default: the platform's choice, it improves layouts by exact gradients */
  readonly method?: 'gradient' | 'random_search' | 'greedy' | 'nsga2' | 'bayesian';
  /** Number of iterations: generations of nsga2, designs of bayesian, otherwise steps of each search, fewer if the time is short; 1 to 1000000, of bayesian at most 1000; default: gradient 100, random_search 2000, greedy 500, nsga2 40, bayesian 60; source of the default: the platform's choice, enough for a first search */
  readonly n_iterations?: number;
  /** nsga2: designs in one generation; source of the default: the platform's choice, fast enough for a first search */
  readonly population_size?: number;
  /** Number of searches with different seeds; the best result counts; source of the default: the platform's choice, a second search shows whether the first was lucky */
  readonly n_starts?: number;
  /** Maximum spacings of a grid, in rotor diameters; 2 to 60; source of the default: the platform's choice, wider grids gain little */
  readonly max_spacing_diameters?: number;
  /** Positions of substations, which the cables also connect [m]; source of the default: the platform's choice, none */
  readonly substations?: readonly {
    readonly x_m: number;
    readonly y_m: number;
  }[];
}

export interface Organization {
  /** Id */
  readonly id: string;
  readonly name: string;
  /** Plan: free, starter, pro or enterprise */
  readonly plan: string;
  /** Created, UTC */
  readonly created_at: string;
}

export interface ParetoLayout {
  /** Energy of a year with wakes [kWh] */
  readonly annual_energy_with_wakes_kwh?: number;
  /** Length of the shortest cable network [m] */
  readonly cable_length_m?: number;
  /** Number of turbines */
  readonly n_turbines?: number;
  /** Energy of a year with wakes divided by the number of turbines [kWh] */
  readonly annual_energy_with_wakes_kwh_per_turbine?: number;
  /** Eastings [m] */
  readonly x_m: readonly number[];
  /** Northings [m] */
  readonly y_m: readonly number[];
  /** Longitude, if the plane has a projection [deg] */
  readonly longitude_deg?: readonly number[];
  /** Latitude, if the plane has a projection [deg] */
  readonly latitude_deg?: readonly number[];
}

/** Costs by rated power: of turbines, or DC nameplate of a solar plant */
export interface PlantCosts {
  /** Capital cost of the plant without cables [currency/kW]; 0 to 1000000 */
  readonly per_kw: number;
  /** Cost of cables between turbines [currency/m]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly cable_per_m?: number;
  /** Operating cost in money of year 1 [currency/kW/a]; 0 to 100000 */
  readonly operation_per_kw_year: number;
}

/** Costs by rated power: of turbines, or DC nameplate of a solar plant */
export interface PlantCostsOutput {
  /** Capital cost of the plant without cables [currency/kW]; 0 to 1000000 */
  readonly per_kw: number;
  /** Cost of cables between turbines [currency/m]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly cable_per_m: number;
  /** Operating cost in money of year 1 [currency/kW/a]; 0 to 100000 */
  readonly operation_per_kw_year: number;
}

/** Costs, price, financing and tax */
export interface PlantEconomics {
  readonly costs: PlantCosts;
  /** Price of energy in year 1 [currency/kWh]; 0 to 1000000; source of the default: the platform's choice, a round figure */
  readonly price_per_kwh?: number;
  /** Operating cost by energy, in money of year 1 [currency/kWh]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly variable_cost_per_kwh?: number;
  /** Years of operation [a]; source of the default: SAM, financial models */
  readonly years?: number;
  /** Energy lost to degradation each year [1/a]; 0 to 0.5; source of the default: the platform's choice, the median of modules in Jordan and Kurtz 2013 */
  readonly degradation_per_year?: number;
  /** Nominal growth of the price [1/a]; -0.5 to 1; source of the default: the platform's choice, a contract at a fixed price */
  readonly price_escalation?: number;
  /** Nominal growth of operating costs [1/a]; default: the inflation; -0.5 to 1 */
  readonly cost_escalation?: number;
  /** Inflation [1/a]; -0.5 to 1; source of the default: SAM, financial models */
  readonly inflation?: number;
  /** Real discount rate [1/a]; -0.5 to 1; source of the default: the platform's choice, a round figure */
  readonly real_discount_rate?: number;
  /** Tax rate on income after interest and depreciation [1]; losses are carried forward; 0 to 0.99; source of the default: 26 USC 11, the federal income tax of US corporations */
  readonly tax_rate?: number;
  /** Depreciation for tax; source of the default: IRS Publication 946, solar and wind property */
  readonly depreciation?: Depreciation;
  /** Investment tax credit as a share of the capital cost [1]; 0 to 1; source of the default: the platform's choice, none */
  readonly investment_tax_credit?: number;
  /** Debt; null: none; source of the default: the platform's choice, none */
  readonly debt?: Debt | null;
}

/** Costs, price, financing and tax */
export interface PlantEconomicsOutput {
  readonly costs: PlantCostsOutput;
  /** Price of energy in year 1 [currency/kWh]; 0 to 1000000; source of the default: the platform's choice, a round figure */
  readonly price_per_kwh: number;
  /** Operating cost by energy, in money of year 1 [currency/kWh]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly variable_cost_per_kwh: number;
  /** Years of operation [a]; source of the default: SAM, financial models */
  readonly years: number;
  /** Energy lost to degradation each year [1/a]; 0 to 0.5; source of the default: the platform's choice, the median of modules in Jordan and Kurtz 2013 */
  readonly degradation_per_year: number;
  /** Nominal growth of the price [1/a]; -0.5 to 1; source of the default: the platform's choice, a contract at a fixed price */
  readonly price_escalation: number;
  /** Nominal growth of operating costs [1/a]; default: the inflation; -0.5 to 1 */
  readonly cost_escalation?: number;
  /** Inflation [1/a]; -0.5 to 1; source of the default: SAM, financial models */
  readonly inflation: number;
  /** Real discount rate [1/a]; -0.5 to 1; source of the default: the platform's choice, a round figure */
  readonly real_discount_rate: number;
  /** Tax rate on income after interest and depreciation [1]; losses are carried forward; 0 to 0.99; source of the default: 26 USC 11, the federal income tax of US corporations */
  readonly tax_rate: number;
  /** Depreciation for tax; source of the default: IRS Publication 946, solar and wind property */
  readonly depreciation: DepreciationOutput;
  /** Investment tax credit as a share of the capital cost [1]; 0 to 1; source of the default: the platform's choice, none */
  readonly investment_tax_credit: number;
  /** Debt; null: none; source of the default: the platform's choice, none */
  readonly debt: DebtOutput | null;
}

export type Point = {
  readonly type: 'Point';
  /** Longitude and latitude, or eastings and northings */
  readonly coordinates: readonly number[];
} & Readonly<Record<string, unknown>>;

export type Polygon = {
  readonly type: 'Polygon';
  /** The outer ring, then holes */
  readonly coordinates: readonly (readonly (readonly number[])[])[];
} & Readonly<Record<string, unknown>>;

/** An error (RFC 9457) */
export interface Problem {
  /** Page of the error code, relative to the API: /docs/errors/{code} */
  readonly type: string;
  /** Title of the error code; the same for every error with this code */
  readonly title: string;
  /** HTTP status */
  readonly status: number;
  readonly code: ErrorCode;
  /** What is wrong with this request: the quantity, the value received and the range allowed */
  readonly detail: string;
  /** JSON pointer of the invalid field in the body; /query/... and /headers/... point to query parameters and headers */
  readonly pointer?: string;
  /** What you can do about the error */
  readonly fix?: string;
  /** Request id, the same as in X-Request-Id; quote it when you contact us */
  readonly request_id: string;
  /** request.invalid: every invalid field, at most 20 */
  readonly errors?: readonly {
    readonly pointer: string;
    readonly message: string;
  }[];
  /** Files: line, from 1 */
  readonly line?: number;
  /** Files: column of the error, counted from 1: the cell of a delimited line or the character of any other line */
  readonly column?: number;
  /** Files: the field as the file names it, or the quantity */
  readonly field?: string;
  /** Files: why the field cannot be read */
  readonly reason?: string;
  /** Files: the top-level members of a JSON document whose format was not recognised */
  readonly members?: readonly string[];
  /** Files: the limit that was exceeded */
  readonly max_bytes?: number;
  /** rate_limit.exceeded: the limit that was reached, with the name that it has in RateLimit-Policy */
  readonly policy?: string;
  /** Providers: the provider's name */
  readonly provider?: string;
  /** Providers: HTTP status of the provider's answer */
  readonly provider_status?: number;
  /** Providers: how many requests were sent to the provider */
  readonly n_requests?: number;
  /** job.too_large: estimated compute time of the job [s] */
  readonly estimated_s?: number;
  /** job.too_large: compute time limit of a job [s] */
  readonly limit_s?: number;
  /** job.too_large: estimated memory of the job */
  readonly estimated_bytes?: number;
  /** job.too_large: memory limit of a job */
  readonly limit_bytes?: number;
  /** Number of evaluations that the search would need (job.too_large) */
  readonly n_evaluations?: number;
}

/** Status of each part */
export interface Readiness {
  readonly status: 'ready' | 'not_ready';
  readonly checks: {
    /** `ok`, or `error: ` followed by the reason */
    readonly database: string;
    /** Absent if the installation has no Redis */
    readonly redis?: string;
    /** `ok`, or `error: ` followed by the reason */
    readonly temporal: string;
  };
  /** Now, UTC */
  readonly timestamp: string;
}

export interface RefreshSessionRequest {
  readonly refresh_token: string;
}

export interface RegisterRequest {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly organization_name: string;
}

export interface RenameOrganizationRequest {
  readonly name: string;
}

export interface Report {
  /** Id */
  readonly id: string;
  /** Job that writes the report */
  readonly job_id: string;
  /** Status of the job that writes the report */
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Why the report failed */
  readonly error: JobError | null;
  readonly template: 'summary' | 'bankable' | 'comparison';
  readonly language: 'en' | 'de';
  /** null until the report is ready, unless the request set it */
  readonly title: string | null;
  /** Jobs that the report is about */
  readonly job_ids: readonly string[];
  /** Number of pages of the PDF; null until the report is ready */
  readonly n_pages: number | null;
  readonly files: readonly {
    readonly format: 'pdf' | 'html' | 'xlsx' | 'csv';
    readonly name: string;
    /** Size [bytes] */
    readonly bytes: number;
    /** SHA-256, hexadecimal */
    readonly sha256: string;
    readonly media_type: string;
    /** Path that requires credentials; POST /v1/reports/{id}/links creates links that do not */
    readonly url: string;
  }[];
  /** When the report was requested, UTC */
  readonly created_at: string;
  /** Ready, UTC */
  readonly ready_at: string | null;
}

/** The request with every default written out */
export interface ReportInput {
  /** Ids of jobs that succeeded. summary and bankable: an analysis, a search, or one of each; comparison: 2 or more jobs */
  readonly job_ids: readonly string[];
  /** summary: two pages; bankable: an energy yield assessment; comparison: several jobs side by side; source of the default: the platform's choice, the full report */
  readonly template: 'summary' | 'bankable' | 'comparison';
  /** source of the default: the platform's choice, English */
  readonly language: 'en' | 'de';
  /** imperial: feet, miles, acres and degF on letter-size paper; source of the default: the platform's choice, SI */
  readonly units: 'metric' | 'imperial';
  /** Currency of the jobs' amounts; amounts are not converted; source of the default: the platform's choice, the currency of the default costs */
  readonly currency: string;
  /** Name of the project; default: the name of the site */
  readonly title?: string;
  /** Client: who the report is written for */
  readonly client?: string;
  /** Author: who is responsible for the report */
  readonly prepared_by?: string;
  /** Index into `systems` of a solar analysis, from 0; default: the system with the best result */
  readonly system_index?: number;
  /** Costs for analyses without economics, per kW of DC power or of rated turbine power */
  readonly economics?: PlantEconomicsOutput;
  /** Addresses that get a mail with links when the report is ready */
  readonly mail_to?: readonly string[];
  /** Hash of the logo; the report's row has the image */
  readonly logo_sha256?: string;
}

export interface ReportJob {
  /** Id */
  readonly id: string;
  /** Queued and running jobs end as succeeded, failed or cancelled; an ended job does not change */
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Fraction of the job that is done [1] */
  readonly progress: number;
  /** Seed of all random numbers of the job; the same input with the same seed gives identical results */
  readonly seed: number;
  /** Package version and a hash of the engine that computed the job, `0.1.0+3f9a1c2b`; the hash changes when the engine changes. Two versions, separated by a comma, if the platform was updated while the job ran */
  readonly engine_version: string;
  /** Whether the time limit ended the job, so that its result is the best so far */
  readonly is_time_limited: boolean;
  /** Who created it: usr_... or key_... */
  readonly created_by: string;
  /** Why the job failed; null if it did not fail */
  readonly error: JobError | null;
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. null if the job ended before this was kept */
  readonly compute_s: number | null;
  /** Number of attempts: how often a worker has taken the job on. null if the job ended before this was kept */
  readonly n_attempts: number | null;
  /** Number of evaluations: designs or layouts that a search has computed; null for kinds that count none */
  readonly n_evaluations: number | null;
  /** From acceptance to the first attempt [s]; null before it */
  readonly queue_wait_s: number | null;
  readonly kind: 'report';
  readonly input: ReportInput;
  /** Result of the job; null until the job ends. A cancelled job has the best result so far, if there is one */
  readonly result: ReportResult | NoReport | null;
}

export interface ReportLink {
  /** Link that works without credentials */
  readonly url: string;
  readonly expires_at: string;
}

export interface ReportPage {
  readonly data: readonly Report[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

/** A report can be downloaded */
export interface ReportReadyEvent {
  readonly type: 'report.ready';
  /** When the event happened; webhook-timestamp has the time of the attempt, UTC */
  readonly timestamp: string;
  /** Version of this form; a version may gain members */
  readonly api_version: '2026-11-01';
  readonly data: {
    /** GET /v1/reports/{report_id} */
    readonly report_id: string;
    /** Job that wrote the report */
    readonly job_id: string;
    readonly template: 'summary' | 'bankable' | 'comparison';
    readonly language: 'en' | 'de';
    readonly title: string;
    /** Jobs that the report is about */
    readonly job_ids: readonly string[];
    /** Number of pages of the PDF */
    readonly n_pages: number;
    readonly files: readonly {
      readonly format: 'pdf' | 'html' | 'xlsx' | 'csv';
      readonly name: string;
      /** Size [bytes] */
      readonly bytes: number;
      /** SHA-256, hexadecimal */
      readonly sha256: string;
      /** Link that works without credentials until links_expire_at */
      readonly url: string;
    }[];
    readonly links_expire_at: string;
    /** Position of the event among those of one job: always 1, a report becomes ready once */
    readonly sequence: number;
  };
}

export interface ReportResult {
  /** GET /v1/reports/{report_id} */
  readonly report_id: string;
  readonly title: string;
  readonly n_pages: number;
  readonly files: readonly {
    readonly format: 'pdf' | 'html' | 'xlsx' | 'csv';
    readonly name: string;
    /** Size [bytes] */
    readonly bytes: number;
    /** SHA-256, hexadecimal */
    readonly sha256: string;
  }[];
}

export interface Retried {
  /** Number of deliveries that start again */
  readonly n_retried: number;
}

export interface RetryDeliveriesRequest {
  /** First instant; default: 24 hours ago; source of the default: the platform's choice, a day */
  readonly starts_at?: string;
}

/** Shading between rows */
export interface RowShading {
  /** electrical: bypass diodes switch off whole blocks of cells */
  readonly model: 'linear' | 'electrical' | 'fixed_fraction';
  /** Ground coverage ratio [1]; absent: that of the tracker; 0.01 to 1 */
  readonly gcr?: number;
  /** source of the default: the platform's choice, the geometry of the rows */
  readonly as_sam?: boolean;
  /** Number of rows in the array [1]; 1 to 1000000; source of the default: the platform's choice, a mid-size array */
  readonly n_rows?: number;
  /** Length of a row divided by the pitch [1]; absent: infinitely long rows; 0.001 to 1000000 */
  readonly length_per_pitch?: number;
  /** Cross-axis tilt: slope of the ground across the rows [deg]; absent: that of the tracker, otherwise 0; -45 to 45 */
  readonly cross_axis_tilt_deg?: number;
  /** Electrical shading: number of cell blocks along the slant height [1]; 1 to 1000; source of the default: the platform's choice, a module has three bypass diodes */
  readonly n_blocks?: number;
  /** fixed_fraction: share of the beam irradiance that is lost [1]; 0 to 1 */
  readonly fraction?: number;
}

/** Shading between rows */
export interface RowShadingOutput {
  /** electrical: bypass diodes switch off whole blocks of cells */
  readonly model: 'linear' | 'electrical' | 'fixed_fraction';
  /** Ground coverage ratio [1]; absent: that of the tracker; 0.01 to 1 */
  readonly gcr?: number;
  /** source of the default: the platform's choice, the geometry of the rows */
  readonly as_sam: boolean;
  /** Number of rows in the array [1]; 1 to 1000000; source of the default: the platform's choice, a mid-size array */
  readonly n_rows: number;
  /** Length of a row divided by the pitch [1]; absent: infinitely long rows; 0.001 to 1000000 */
  readonly length_per_pitch?: number;
  /** Cross-axis tilt: slope of the ground across the rows [deg]; absent: that of the tracker, otherwise 0; -45 to 45 */
  readonly cross_axis_tilt_deg?: number;
  /** Electrical shading: number of cell blocks along the slant height [1]; 1 to 1000; source of the default: the platform's choice, a module has three bypass diodes */
  readonly n_blocks: number;
  /** fixed_fraction: share of the beam irradiance that is lost [1]; 0 to 1 */
  readonly fraction?: number;
}

export interface SectorYield {
  /** Direction from which the wind comes: centre of the sector [deg] */
  readonly wind_direction_deg: number;
  /** Frequency: share of the time [1] [1] */
  readonly frequency: number;
  /** Mean wind speed at hub height, without wakes; 0 if the frequency is 0 [m/s] */
  readonly wind_speed_mean_m_s: number;
  /** Energy of a year without wakes [kWh] */
  readonly annual_gross_energy_kwh: number;
  /** Energy of a year with wakes [kWh] */
  readonly annual_energy_with_wakes_kwh: number;
  /** Wake loss as a share of the gross energy [%] */
  readonly wake_loss_pct: number;
}

/** Series of the job as columns, with their metadata */
export type Series = {
  /** Columns: values by name, all of the same length. Names end with the unit. `time`: middle of each step by ISO 8601, UTC */
  readonly columns: Readonly<Record<string, readonly (number | string | null)[]>>;
  /** Length of a time step [min] */
  readonly step_minutes?: number;
  /** Standard time minus UTC, at the site [h] */
  readonly utc_offset_h?: number;
} & Readonly<Record<string, unknown>>;

/** Name of the series in GET /v1/jobs/{id}/series/{name} */
export interface SeriesNames {
  readonly data: readonly string[];
}

/** A login: an access token for half an hour, and a refresh token for the next pair of tokens */
export interface Session {
  /** Access token (JWT), sent as Authorization: Bearer */
  readonly access_token: string;
  /** Refresh token for POST /v1/auth/refresh; it works once */
  readonly refresh_token: string;
  readonly token_type: 'Bearer';
  /** Life of the access token [s] */
  readonly expires_in: number;
  readonly user: User;
  readonly organization: Organization;
}

export interface Site {
  /** Id */
  readonly id: string;
  readonly name: string;
  /** Latitude, positive in the north [deg] */
  readonly latitude_deg: number;
  /** Longitude, positive in the east [deg] */
  readonly longitude_deg: number;
  /** Elevation above sea level [m] */
  readonly elevation_m: number | null;
  /** Boundary that searches of this site use; null: none */
  readonly boundary: AreaOutput | null;
  /** Exclusions that searches of this site use; null: none */
  readonly exclusions: AreaOutput | null;
  /** Created, UTC */
  readonly created_at: string;
  /** When the site was last changed, UTC */
  readonly updated_at: string;
}

export interface SitePage {
  readonly data: readonly Site[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

/** Snow model; replaces losses_pct.snow */
export type Snow = SnowTownsend | SnowMarion;

export interface SnowMarion {
  readonly type: 'marion';
  readonly snowfall_cm: readonly number[];
  readonly snow_depth_cm?: readonly number[];
  /** source of the default: the platform's choice, one string */
  readonly n_strings_along_slant?: number;
}

export interface SnowMarionOutput {
  readonly type: 'marion';
  readonly snowfall_cm: readonly number[];
  readonly snow_depth_cm?: readonly number[];
  /** source of the default: the platform's choice, one string */
  readonly n_strings_along_slant: number;
}

/** Snow model; replaces losses_pct.snow */
export type SnowOutput = SnowTownsendOutput | SnowMarionOutput;

export interface SnowTownsend {
  readonly type: 'townsend';
  /** Snowfall in each month; January is first */
  readonly snow_total_cm: readonly number[];
  /** Days with more than 2.5 cm of snowfall; January is first */
  readonly snow_events: readonly number[];
  /** Mean relative humidity in each month; January is first */
  readonly relative_humidity_pct: readonly number[];
  /** Length of the row along its slope [m]; 0.1 to 100 */
  readonly slant_height_m: number;
  /** Height of the lower edge above ground [m]; 0 to 100 */
  readonly lower_edge_height_m: number;
  /** 1 if one string runs along the slant, otherwise 0.75; 0.1 to 1; source of the default: pvlib, snow.loss_townsend */
  readonly string_factor?: number;
}

export interface SnowTownsendOutput {
  readonly type: 'townsend';
  /** Snowfall in each month; January is first */
  readonly snow_total_cm: readonly number[];
  /** Days with more than 2.5 cm of snowfall; January is first */
  readonly snow_events: readonly number[];
  /** Mean relative humidity in each month; January is first */
  readonly relative_humidity_pct: readonly number[];
  /** Length of the row along its slope [m]; 0.1 to 100 */
  readonly slant_height_m: number;
  /** Height of the lower edge above ground [m]; 0 to 100 */
  readonly lower_edge_height_m: number;
  /** 1 if one string runs along the slant, otherwise 0.75; 0.1 to 1; source of the default: pvlib, snow.loss_townsend */
  readonly string_factor: number;
}

/** Soiling model; replaces losses_pct.soiling */
export type Soiling = SoilingMonthly | SoilingKimber;

export interface SoilingKimber {
  readonly type: 'kimber';
  readonly daily_rain_mm: readonly number[];
  /** Rain within a day that cleans the modules [mm]; 0 to 1000; source of the default: pvlib, soiling.kimber */
  readonly cleaning_threshold_mm?: number;
  /** Daily growth of the soiling loss [1/day]; 0 to 1; source of the default: pvlib, soiling.kimber */
  readonly loss_per_day?: number;
  /** Days without soiling after cleaning rain; 0 to 366; source of the default: pvlib, soiling.kimber */
  readonly grace_days?: number;
  /** Largest soiling loss [1]; 0 to 1; source of the default: pvlib, soiling.kimber */
  readonly max_loss?: number;
  /** Soiling loss at the beginning of the year [1]; 0 to 1; source of the default: pvlib, soiling.kimber */
  readonly initial_loss?: number;
  /** Days of the year, counted from 0, on which the modules are washed */
  readonly wash_steps?: readonly number[];
}

export interface SoilingKimberOutput {
  readonly type: 'kimber';
  readonly daily_rain_mm: readonly number[];
  /** Rain within a day that cleans the modules [mm]; 0 to 1000; source of the default: pvlib, soiling.kimber */
  readonly cleaning_threshold_mm: number;
  /** Daily growth of the soiling loss [1/day]; 0 to 1; source of the default: pvlib, soiling.kimber */
  readonly loss_per_day: number;
  /** Days without soiling after cleaning rain; 0 to 366; source of the default: pvlib, soiling.kimber */
  readonly grace_days: number;
  /** Largest soiling loss [1]; 0 to 1; source of the default: pvlib, soiling.kimber */
  readonly max_loss: number;
  /** Soiling loss at the beginning of the year [1]; 0 to 1; source of the default: pvlib, soiling.kimber */
  readonly initial_loss: number;
  /** Days of the year, counted from 0, on which the modules are washed */
  readonly wash_steps?: readonly number[];
}

export interface SoilingMonthly {
  readonly type: 'monthly';
  /** Loss in each month; January is first */
  readonly pct: readonly number[];
}

/** Soiling model; replaces losses_pct.soiling */
export type SoilingOutput = SoilingMonthly | SoilingKimberOutput;

export interface SolarAnalysis {
  /** Id */
  readonly id: string;
  /** Queued and running jobs end as succeeded, failed or cancelled; an ended job does not change */
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Fraction of the job that is done [1] */
  readonly progress: number;
  /** Seed of all random numbers of the job; the same input with the same seed gives identical results */
  readonly seed: number;
  /** Package version and a hash of the engine that computed the job, `0.1.0+3f9a1c2b`; the hash changes when the engine changes. Two versions, separated by a comma, if the platform was updated while the job ran */
  readonly engine_version: string;
  /** Whether the time limit ended the job, so that its result is the best so far */
  readonly is_time_limited: boolean;
  /** Who created it: usr_... or key_... */
  readonly created_by: string;
  /** Why the job failed; null if it did not fail */
  readonly error: JobError | null;
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. null if the job ended before this was kept */
  readonly compute_s: number | null;
  /** Number of attempts: how often a worker has taken the job on. null if the job ended before this was kept */
  readonly n_attempts: number | null;
  /** Number of evaluations: designs or layouts that a search has computed; null for kinds that count none */
  readonly n_evaluations: number | null;
  /** From acceptance to the first attempt [s]; null before it */
  readonly queue_wait_s: number | null;
  readonly kind: 'solar-analyze';
  readonly input: SolarAnalysisInput;
  /** Result of the job; null until the job ends. A cancelled job has the best result so far, if there is one */
  readonly result: SolarAnalysisResult | null;
}

/** The request with every default written out */
export interface SolarAnalysisInput {
  /** Site: the job is stored with it. The computation uses the coordinates of the weather dataset */
  readonly site_id?: string;
  readonly weather_ids: readonly string[];
  readonly systems: readonly SolarSystemOutput[];
  /** Source of direct and diffuse irradiance: the weather data, or a model that derives them from its global irradiance; source of the default: the platform's choice, measured or modelled by the provider of the weather */
  readonly decomposition: 'weather' | 'erbs' | 'disc' | 'dirint';
  /** Sun position in a time step with sunrise or sunset; mid_sunlit uses the middle of the sunlit part, as SAM does; source of the default: the platform's choice, as most models do */
  readonly edge_steps: 'mid_step' | 'mid_sunlit';
  /** Standard uncertainty of the yield by source; the sources are independent of each other; source of the default: the platform's choice, together 6 %, the size that Thevenard and Pelland 2013 report */
  readonly uncertainty_pct: Readonly<Record<string, number>>;
  /** Standard deviation of the yield between single years [%]; used if there is one year of weather; 0 to 100; source of the default: the platform's choice, a usual year-to-year variation of irradiation */
  readonly interannual_pct: number;
  /** Whether time series are stored */
  readonly include_series: boolean;
}

export interface SolarAnalysisResult {
  readonly weather_ids: readonly string[];
  /** Systems with their results, in the order of the request */
  readonly systems: readonly SolarSystemResult[];
  /** Fewer systems than in the request if the job was cancelled or reached its time limit */
  readonly n_systems_computed: number;
  readonly n_systems_requested: number;
  /** Index of the system with the largest specific yield */
  readonly best_index: number | null;
  readonly assumptions: {
    /** Source of direct and diffuse irradiance: the weather data, or a model that derives them from its global irradiance; source of the default: the platform's choice, measured or modelled by the provider of the weather */
    readonly decomposition: 'weather' | 'erbs' | 'disc' | 'dirint';
    /** Sun position in a time step with sunrise or sunset; mid_sunlit uses the middle of the sunlit part, as SAM does; source of the default: the platform's choice, as most models do */
    readonly edge_steps: 'mid_step' | 'mid_sunlit';
    /** Standard uncertainty of the yield by source; the sources are independent of each other; source of the default: the platform's choice, together 6 %, the size that Thevenard and Pelland 2013 report */
    readonly uncertainty_pct: Readonly<Record<string, number>>;
    /** Standard deviation of the yield between single years [%]; used if there is one year of weather; 0 to 100; source of the default: the platform's choice, a usual year-to-year variation of irradiation */
    readonly interannual_pct: number;
  };
}

/** Costs of a solar plant */
export interface SolarCosts {
  /** Cost of modules, racks, wiring and labour [currency/kW DC]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly per_kw_dc?: number;
  /** Cost of inverters and grid connection [currency/kW AC]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly per_kw_ac?: number;
  /** Additional cost of trackers [currency/kW DC]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly tracker_per_kw_dc?: number;
  /** Cost of land [currency/m2]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly land_per_m2?: number;
  /** Fixed cost, independent of the design [currency]; 0 to 1000000000000; source of the default: the platform's choice, none */
  readonly fixed?: number;
  /** Operating cost [currency/kW DC/a]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly operation_per_kw_dc_year?: number;
  /** Additional operating cost of trackers [currency/kW DC/a]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly tracker_operation_per_kw_dc_year?: number;
  /** Additional costs by module, named as in variables.module; source of the default: the platform's choice, none */
  readonly modules_per_kw_dc?: Readonly<Record<string, number>>;
  /** Additional costs by inverter, named as in variables.inverter; source of the default: the platform's choice, none */
  readonly inverters_per_kw_ac?: Readonly<Record<string, number>>;
}

/** Costs of a solar plant */
export interface SolarCostsOutput {
  /** Cost of modules, racks, wiring and labour [currency/kW DC]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly per_kw_dc: number;
  /** Cost of inverters and grid connection [currency/kW AC]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly per_kw_ac: number;
  /** Additional cost of trackers [currency/kW DC]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly tracker_per_kw_dc: number;
  /** Cost of land [currency/m2]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly land_per_m2: number;
  /** Fixed cost, independent of the design [currency]; 0 to 1000000000000; source of the default: the platform's choice, none */
  readonly fixed: number;
  /** Operating cost [currency/kW DC/a]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly operation_per_kw_dc_year: number;
  /** Additional operating cost of trackers [currency/kW DC/a]; 0 to 1000000000000; source of the default: the platform's choice, a round figure for utility-scale plants */
  readonly tracker_operation_per_kw_dc_year: number;
  /** Additional costs by module, named as in variables.module; source of the default: the platform's choice, none */
  readonly modules_per_kw_dc: Readonly<Record<string, number>>;
  /** Additional costs by inverter, named as in variables.inverter; source of the default: the platform's choice, none */
  readonly inverters_per_kw_ac: Readonly<Record<string, number>>;
}

export interface SolarDesign {
  /** Values of the variables by name, in their own units */
  readonly values: Readonly<Record<string, number | string>>;
  /** Objectives by name: their values in their own units */
  readonly objectives: Readonly<Record<string, number>>;
  /** Whether the design satisfies all constraints */
  readonly is_feasible: boolean;
  /** Energy delivered in a year, mean over the years of weather [kWh] */
  readonly annual_energy_kwh: number;
  /** Energy delivered in each year of weather, in the order of `weather_ids` [kWh] */
  readonly yearly_energy_kwh: readonly number[];
  readonly exceedance: Exceedance;
  /** AC energy delivered divided by DC nameplate power [kWh/kW] */
  readonly specific_yield_kwh_per_kw: number;
  /** AC energy delivered divided by DC nameplate power and the hours of the weather [%] */
  readonly capacity_factor_dc_pct: number;
  /** AC energy delivered divided by the AC rating of the inverters and the hours of the weather [%] */
  readonly capacity_factor_ac_pct: number;
  /** Land that the design uses [m2] */
  readonly land_area_m2: number;
  readonly economics: EconomicFigures;
}

/** The request with every default written out */
export interface SolarDesignInput {
  readonly site_id?: string;
  readonly weather_ids: readonly string[];
  readonly system: SolarSystemOutput;
  /** Variables of the search */
  readonly variables: {
    /** Tilt from horizontal [deg] */
    readonly tilt_deg?: {
      /** Least; 0 to 90 */
      readonly lower: number;
      /** Most; 0 to 90 */
      readonly upper: number;
    };
    /** Azimuth, clockwise from north [deg] */
    readonly azimuth_deg?: {
      /** Least; 0 to 360 */
      readonly lower: number;
      /** Most; 0 to 360 */
      readonly upper: number;
    };
    /** DC nameplate power divided by AC rating [1] */
    readonly dc_ac_ratio?: {
      /** Least; 0.5 to 3 */
      readonly lower: number;
      /** Most; 0.5 to 3 */
      readonly upper: number;
    };
    /** Ground coverage ratio [1]; if it varies, rows shade each other */
    readonly gcr?: {
      /** Least; 0.05 to 0.95 */
      readonly lower: number;
      /** Most; 0.05 to 0.95 */
      readonly upper: number;
    };
    /** Nameplate DC power [kW] */
    readonly dc_capacity_kw?: {
      /** Least; 0.001 to 10000000 */
      readonly lower: number;
      /** Most; 0.001 to 10000000 */
      readonly upper: number;
    };
    /** Mounting; default: the mounting of `system` */
    readonly tracker?: 'either' | 'always' | 'never';
    /** Ids or names of bundled or uploaded modules that the search chooses from */
    readonly module?: readonly string[];
    /** Ids or names of bundled or uploaded inverters that the search chooses from */
    readonly inverter?: readonly string[];
  };
  /** Objectives; the first decides which design is the best. energy_p90 is the energy that 90 % of single years exceed; source of the default: the platform's choice, energy and costs in one figure */
  readonly objectives: readonly (
    | 'energy'
    | 'energy_p90'
    | 'specific_yield'
    | 'capacity_factor_ac'
    | 'npv'
    | 'lcoe'
    | 'land_use'
  )[];
  readonly constraints: {
    /** Largest land that a design may use [m2]; 1 to 1000000000000 */
    readonly max_land_area_m2?: number;
    /** Boundary of the land, whose area less the exclusions limits the land use; default: that of the site */
    readonly boundary?: AreaOutput;
    /** Exclusions: land that cannot be used; default: those of the site */
    readonly exclusions?: AreaOutput;
    /** Maximum power that may be fed in [kW]; 0.001 to 1000000000 */
    readonly export_limit_kw?: number;
    /** Maximum capital cost [currency]; 0 to 1000000000000000 */
    readonly budget?: number;
  };
  /** nsga2: many designs at once, for several objectives; bayesian: few designs, for one; grid_search: all designs of a grid; source of the default: the platform's choice, it takes several objectives */
  readonly method: 'nsga2' | 'bayesian' | 'grid_search';
  /** Number of iterations: generations of nsga2, designs of bayesian; 1 to 1000000, of bayesian at most 1000; default: nsga2 40, bayesian 60; source of the default: the platform's choice, enough for a first search */
  readonly n_iterations?: number;
  /** nsga2: designs in one generation; source of the default: the platform's choice, fast enough for a first search */
  readonly population_size: number;
  /** grid_search: step of each variable, in its unit; a variable without one has n_grid_points values; source of the default: the platform's choice, n_grid_points counts */
  readonly steps: Readonly<Record<string, number>>;
  /** grid_search: values of a variable without a step; source of the default: the platform's choice, few enough for a grid of several variables */
  readonly n_grid_points: number;
  /** Ground coverage ratio if it does not vary [1]; default: that of the tracker, otherwise 0.4; 0.05 to 0.95; source of the default: PVWatts v7 in SAM */
  readonly gcr?: number;
  /** Module power per area if the search chooses no module [kW/m2]; 0.01 to 0.5; source of the default: the platform's choice, a module of 21 % efficiency */
  readonly module_kw_per_m2: number;
  /** Total land divided by the area of the rows; the rest is roads, fences and setbacks [1]; 1 to 100; source of the default: the platform's choice, a quarter more than the rows need */
  readonly land_factor: number;
  /** Maximum rotation [deg]; 0 to 90; source of the default: the platform's choice, a usual range of horizontal trackers */
  readonly tracker_max_angle_deg: number;
  readonly economics: SolarEconomicsOutput;
  /** Source of direct and diffuse irradiance: the weather data, or a model that derives them from its global irradiance; source of the default: the platform's choice, measured or modelled by the provider of the weather */
  readonly decomposition: 'weather' | 'erbs' | 'disc' | 'dirint';
  /** Sun position in a time step with sunrise or sunset; mid_sunlit uses the middle of the sunlit part, as SAM does; source of the default: the platform's choice, as most models do */
  readonly edge_steps: 'mid_step' | 'mid_sunlit';
  /** Standard uncertainty of the yield by source; the sources are independent of each other; source of the default: the platform's choice, together 6 %, the size that Thevenard and Pelland 2013 report */
  readonly uncertainty_pct: Readonly<Record<string, number>>;
  /** Standard deviation of the yield between single years [%]; used if there is one year of weather; 0 to 100; source of the default: the platform's choice, a usual year-to-year variation of irradiation */
  readonly interannual_pct: number;
  /** Components that the variables name, as they were when the job was accepted */
  readonly modules: readonly ({
    readonly id: string;
    readonly name: string;
    readonly power_w: number;
  } & Readonly<Record<string, unknown>>)[];
  readonly inverters: readonly ({
    readonly id: string;
    readonly name: string;
    readonly power_w: number;
  } & Readonly<Record<string, unknown>>)[];
}

export interface SolarDesignResult {
  /** nsga2: many designs at once, for several objectives; bayesian: few designs, for one; grid_search: all designs of a grid; source of the default: the platform's choice, it takes several objectives */
  readonly method: 'nsga2' | 'bayesian' | 'grid_search';
  /** Seed; the same request with the same seed gives identical results */
  readonly seed: number;
  readonly engine_version: string;
  readonly weather_ids: readonly string[];
  /** The best design; null if a cancelled search has no feasible design yet */
  readonly best: BestSolarDesign | null;
  /** Pareto front: designs that no other design beats in every objective */
  readonly pareto: readonly SolarDesign[];
  readonly convergence: readonly {
    readonly iteration: number;
    /** Number of evaluations until then */
    readonly n_evaluations: number;
    /** Value of the first objective for the best design so far */
    readonly best_value: number;
    readonly is_feasible: boolean;
    readonly n_pareto: number;
    /** Hypervolume of 2 or 3 objectives, scaled by their ranges in the first iteration; the reference point is 1.1 [1] */
    readonly hypervolume: number | null;
  }[];
  /** Sensitivity: each variable changes by a twentieth of its range, capital cost and price by a tenth, in both directions */
  readonly sensitivity: readonly {
    /** Name of the variable, capital_cost or price_per_kwh */
    readonly name: string;
    readonly value: number;
    /** Objectives by name, if this value changes and everything else stays as in the best design */
    readonly objectives: Readonly<Record<string, number>>;
  }[];
  /** Number of evaluations */
  readonly n_evaluations?: number;
  /** Number of iterations that the search has done */
  readonly n_iterations?: number;
  /** false if the search was cancelled or reached its time limit */
  readonly is_complete: boolean;
  /** All inputs and assumptions of the search, with every default written out */
  readonly assumptions?: {
    readonly system: Readonly<Record<string, unknown>>;
    readonly economics: {
      readonly costs: Readonly<Record<string, number>>;
    } & Readonly<Record<string, unknown>>;
  } & Readonly<Record<string, unknown>>;
}

export interface SolarDesignSearch {
  /** Id */
  readonly id: string;
  /** Queued and running jobs end as succeeded, failed or cancelled; an ended job does not change */
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Fraction of the job that is done [1] */
  readonly progress: number;
  /** Seed of all random numbers of the job; the same input with the same seed gives identical results */
  readonly seed: number;
  /** Package version and a hash of the engine that computed the job, `0.1.0+3f9a1c2b`; the hash changes when the engine changes. Two versions, separated by a comma, if the platform was updated while the job ran */
  readonly engine_version: string;
  /** Whether the time limit ended the job, so that its result is the best so far */
  readonly is_time_limited: boolean;
  /** Who created it: usr_... or key_... */
  readonly created_by: string;
  /** Why the job failed; null if it did not fail */
  readonly error: JobError | null;
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. null if the job ended before this was kept */
  readonly compute_s: number | null;
  /** Number of attempts: how often a worker has taken the job on. null if the job ended before this was kept */
  readonly n_attempts: number | null;
  /** Number of evaluations: designs or layouts that a search has computed; null for kinds that count none */
  readonly n_evaluations: number | null;
  /** From acceptance to the first attempt [s]; null before it */
  readonly queue_wait_s: number | null;
  readonly kind: 'solar-optimize';
  readonly input: SolarDesignInput;
  /** Result of the job; null until the job ends. A cancelled job has the best result so far, if there is one */
  readonly result: SolarDesignResult | null;
}

/** Costs, price, financing and tax */
export interface SolarEconomics {
  readonly costs?: SolarCosts;
  /** Price of energy in year 1 [currency/kWh]; 0 to 1000000; source of the default: the platform's choice, a round figure */
  readonly price_per_kwh?: number;
  /** Operating cost by energy, in money of year 1 [currency/kWh]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly variable_cost_per_kwh?: number;
  /** Years of operation [a]; source of the default: SAM, financial models */
  readonly years?: number;
  /** Energy lost to degradation each year [1/a]; 0 to 0.5; source of the default: the platform's choice, the median of modules in Jordan and Kurtz 2013 */
  readonly degradation_per_year?: number;
  /** Nominal growth of the price [1/a]; -0.5 to 1; source of the default: the platform's choice, a contract at a fixed price */
  readonly price_escalation?: number;
  /** Nominal growth of operating costs [1/a]; default: the inflation; -0.5 to 1 */
  readonly cost_escalation?: number;
  /** Inflation [1/a]; -0.5 to 1; source of the default: SAM, financial models */
  readonly inflation?: number;
  /** Real discount rate [1/a]; -0.5 to 1; source of the default: the platform's choice, a round figure */
  readonly real_discount_rate?: number;
  /** Tax rate on income after interest and depreciation [1]; losses are carried forward; 0 to 0.99; source of the default: 26 USC 11, the federal income tax of US corporations */
  readonly tax_rate?: number;
  /** Depreciation for tax; source of the default: IRS Publication 946, solar and wind property */
  readonly depreciation?: Depreciation;
  /** Investment tax credit as a share of the capital cost [1]; 0 to 1; source of the default: the platform's choice, none */
  readonly investment_tax_credit?: number;
  /** Debt; null: none; source of the default: the platform's choice, none */
  readonly debt?: Debt | null;
}

/** Costs, price, financing and tax */
export interface SolarEconomicsOutput {
  readonly costs: SolarCostsOutput;
  /** Price of energy in year 1 [currency/kWh]; 0 to 1000000; source of the default: the platform's choice, a round figure */
  readonly price_per_kwh: number;
  /** Operating cost by energy, in money of year 1 [currency/kWh]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly variable_cost_per_kwh: number;
  /** Years of operation [a]; source of the default: SAM, financial models */
  readonly years: number;
  /** Energy lost to degradation each year [1/a]; 0 to 0.5; source of the default: the platform's choice, the median of modules in Jordan and Kurtz 2013 */
  readonly degradation_per_year: number;
  /** Nominal growth of the price [1/a]; -0.5 to 1; source of the default: the platform's choice, a contract at a fixed price */
  readonly price_escalation: number;
  /** Nominal growth of operating costs [1/a]; default: the inflation; -0.5 to 1 */
  readonly cost_escalation?: number;
  /** Inflation [1/a]; -0.5 to 1; source of the default: SAM, financial models */
  readonly inflation: number;
  /** Real discount rate [1/a]; -0.5 to 1; source of the default: the platform's choice, a round figure */
  readonly real_discount_rate: number;
  /** Tax rate on income after interest and depreciation [1]; losses are carried forward; 0 to 0.99; source of the default: 26 USC 11, the federal income tax of US corporations */
  readonly tax_rate: number;
  /** Depreciation for tax; source of the default: IRS Publication 946, solar and wind property */
  readonly depreciation: DepreciationOutput;
  /** Investment tax credit as a share of the capital cost [1]; 0 to 1; source of the default: the platform's choice, none */
  readonly investment_tax_credit: number;
  /** Debt; null: none; source of the default: the platform's choice, none */
  readonly debt: DebtOutput | null;
}

/** A photovoltaic system */
export interface SolarSystem {
  /** Name of the system in the result */
  readonly name?: string;
  /** Nameplate DC power at 1000 W/m2 and 25 degC [kW]; 0.001 to 10000000 */
  readonly dc_capacity_kw: number;
  /** DC nameplate power divided by AC rating [1]; 0.1 to 10; source of the default: PVWatts v8 web API */
  readonly dc_ac_ratio?: number;
  /** source of the default: the platform's choice, an open rack */
  readonly mounting?: Mounting;
  /** Temperature coefficient of the maximum power [1/K]; -0.02 to 0; source of the default: PVWatts v8 */
  readonly gamma_per_k?: number;
  /** Nominal efficiency of the inverter [1]; 0.5 to 1; source of the default: PVWatts v8 */
  readonly inverter_efficiency?: number;
  /** Losses; each one applies to what the previous ones leave. The defaults are those of PVWatts, together 14.08 %. A model for soiling, snow, degradation or availability replaces the corresponding entry */
  readonly losses_pct?: {
    /** Dirt [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly soiling?: number;
    /** Near shading [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly shading?: number;
    /** Snow [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly snow?: number;
    /** Mismatch between modules [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly mismatch?: number;
    /** Losses in DC and AC wiring [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly wiring?: number;
    /** Connectors [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly connections?: number;
    /** Light-induced degradation [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly lid?: number;
    /** Power of modules below their nameplate [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly nameplate_rating?: number;
    /** Ageing [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly age?: number;
    /** Outages [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly availability?: number;
  };
  /** Ground reflectance (albedo) [1]; 0 to 1; source of the default: SAM's configuration of PVWatts v8 */
  readonly albedo?: number;
  /** NREL's PVWatts v8 as SAM runs it. The preset chooses transposition, iam, spectral, temperature, module, inverter, gamma_per_k and rows; the result shows the choices. For hourly means set edge_steps to mid_sunlit */
  readonly preset?: {
    readonly type: 'pvwatts_v8';
    /** source of the default: PVWatts v8 */
    readonly module?: 'standard' | 'premium' | 'thin_film';
    /** Ground coverage ratio of racks [1]; a tracker has its own; 0.01 to 1; source of the default: PVWatts v7 in SAM; v8 in SAM has 0.3 */
    readonly gcr?: number;
  };
  /** weather: the albedo of the weather data if it has one, otherwise `albedo`; source of the default: the platform's choice, one value for the site */
  readonly albedo_source?: 'system' | 'weather';
  /** Model of diffuse irradiance on the tilted plane (transposition); source of the default: pvlib, ModelChain.with_pvwatts */
  readonly transposition?: 'perez' | 'perez_sam' | 'hay_davies' | 'isotropic';
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly iam?: IncidenceAngleModifier;
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly spectral?: SpectralModel;
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly temperature?: TemperatureModel;
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly module?: SystemModule;
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly inverter?: SystemInverter;
  readonly rows?: RowShading;
  readonly bifacial?: Bifacial;
  /** Horizon that hides sun and diffuse sky: a profile here, or one that was uploaded by POST /v1/horizons */
  readonly far_horizon?: UploadedHorizon | HorizonProfile;
  readonly soiling?: Soiling;
  readonly snow?: Snow;
  /** Degradation model; replaces losses_pct.age */
  readonly degradation?: {
    /** Power lost each year [%]; 0 to 50; source of the default: Jordan and Kurtz 2013, median of modules */
    readonly pct_per_year?: number;
    /** Year of operation; the first year is 1; 1 to 100; source of the default: the platform's choice, a new plant */
    readonly year?: number;
  };
  /** Availability model; replaces losses_pct.availability */
  readonly availability_pct?: number;
  /** Curtailment: share of the energy that the grid does not accept [%]; 0 to 100; source of the default: the platform's choice, none */
  readonly curtailment_pct?: number;
  /** Maximum power that may be fed in [kW]; 0 to 1000000000 */
  readonly export_limit_kw?: number;
}

/** A photovoltaic system */
export interface SolarSystemOutput {
  /** Name of the system in the result */
  readonly name?: string;
  /** Nameplate DC power at 1000 W/m2 and 25 degC [kW]; 0.001 to 10000000 */
  readonly dc_capacity_kw: number;
  /** DC nameplate power divided by AC rating [1]; 0.1 to 10; source of the default: PVWatts v8 web API */
  readonly dc_ac_ratio: number;
  /** source of the default: the platform's choice, an open rack */
  readonly mounting: MountingOutput;
  /** Temperature coefficient of the maximum power [1/K]; -0.02 to 0; source of the default: PVWatts v8 */
  readonly gamma_per_k: number;
  /** Nominal efficiency of the inverter [1]; 0.5 to 1; source of the default: PVWatts v8 */
  readonly inverter_efficiency: number;
  /** Losses; each one applies to what the previous ones leave. The defaults are those of PVWatts, together 14.08 %. A model for soiling, snow, degradation or availability replaces the corresponding entry */
  readonly losses_pct: {
    /** Dirt [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly soiling: number;
    /** Near shading [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly shading: number;
    /** Snow [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly snow: number;
    /** Mismatch between modules [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly mismatch: number;
    /** Losses in DC and AC wiring [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly wiring: number;
    /** Connectors [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly connections: number;
    /** Light-induced degradation [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly lid: number;
    /** Power of modules below their nameplate [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly nameplate_rating: number;
    /** Ageing [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly age: number;
    /** Outages [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly availability: number;
  };
  /** Ground reflectance (albedo) [1]; 0 to 1; source of the default: SAM's configuration of PVWatts v8 */
  readonly albedo: number;
  /** NREL's PVWatts v8 as SAM runs it. The preset chooses transposition, iam, spectral, temperature, module, inverter, gamma_per_k and rows; the result shows the choices. For hourly means set edge_steps to mid_sunlit */
  readonly preset?: {
    readonly type: 'pvwatts_v8';
    /** source of the default: PVWatts v8 */
    readonly module: 'standard' | 'premium' | 'thin_film';
    /** Ground coverage ratio of racks [1]; a tracker has its own; 0.01 to 1; source of the default: PVWatts v7 in SAM; v8 in SAM has 0.3 */
    readonly gcr: number;
  };
  /** weather: the albedo of the weather data if it has one, otherwise `albedo`; source of the default: the platform's choice, one value for the site */
  readonly albedo_source: 'system' | 'weather';
  /** Model of diffuse irradiance on the tilted plane (transposition); source of the default: pvlib, ModelChain.with_pvwatts */
  readonly transposition: 'perez' | 'perez_sam' | 'hay_davies' | 'isotropic';
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly iam: IncidenceAngleModifierOutput;
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly spectral: SpectralModel;
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly temperature: TemperatureModelOutput;
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly module: SystemModuleOutput;
  /** source of the default: pvlib, ModelChain.with_pvwatts */
  readonly inverter: SystemInverterOutput;
  readonly rows?: RowShadingOutput;
  readonly bifacial?: BifacialOutput;
  /** Horizon that hides sun and diffuse sky: a profile here, or one that was uploaded by POST /v1/horizons */
  readonly far_horizon?: UploadedHorizon | HorizonProfile;
  readonly soiling?: SoilingOutput;
  readonly snow?: SnowOutput;
  /** Degradation model; replaces losses_pct.age */
  readonly degradation?: {
    /** Power lost each year [%]; 0 to 50; source of the default: Jordan and Kurtz 2013, median of modules */
    readonly pct_per_year: number;
    /** Year of operation; the first year is 1; 1 to 100; source of the default: the platform's choice, a new plant */
    readonly year: number;
  };
  /** Availability model; replaces losses_pct.availability */
  readonly availability_pct?: number;
  /** Curtailment: share of the energy that the grid does not accept [%]; 0 to 100; source of the default: the platform's choice, none */
  readonly curtailment_pct: number;
  /** Maximum power that may be fed in [kW]; 0 to 1000000000 */
  readonly export_limit_kw?: number;
}

export interface SolarSystemResult {
  /** Index into `systems`, from 0 */
  readonly system_index: number;
  /** The system: as it was computed, with components looked up and defaults written out */
  readonly system: SolarSystemOutput;
  /** Energy delivered in a year, mean over the years of weather [kWh] */
  readonly annual_energy_kwh: number;
  /** DC energy of the modules in a year, mean over the years [kWh] */
  readonly annual_dc_energy_kwh: number;
  /** Irradiation on the front of the modules in a year [kWh/m2] */
  readonly poa_annual_kwh_m2: number;
  /** Irradiation on the rear of the modules in a year; 0 without `bifacial` [kWh/m2] */
  readonly poa_back_annual_kwh_m2: number;
  /** Energy delivered in each month; January is first [kWh] */
  readonly monthly_energy_kwh: readonly number[];
  /** AC energy delivered divided by DC nameplate power [kWh/kW] */
  readonly specific_yield_kwh_per_kw: number;
  /** AC energy delivered divided by DC nameplate power and the hours of the weather [%] */
  readonly capacity_factor_dc_pct: number;
  /** AC energy delivered divided by the AC rating of the inverters and the hours of the weather [%] */
  readonly capacity_factor_ac_pct: number;
  /** Performance ratio: specific yield divided by that of lossless modules under the same irradiation [1] */
  readonly performance_ratio: number;
  /** Losses from the irradiation on a horizontal plane to the grid, mean over the years */
  readonly waterfall: {
    /** Energy of the irradiation on a horizontal plane at the modules' rated efficiency [kWh] */
    readonly start_kwh: number;
    /** Steps of the waterfall; the last one leaves the energy that is delivered */
    readonly steps: readonly {
      readonly name: string;
      /** Energy gained (positive) or lost (negative) in this step [kWh] */
      readonly change_kwh: number;
      /** Energy that remains after this step [kWh] */
      readonly remaining_kwh: number;
    }[];
  };
  readonly exceedance: Exceedance;
  /** Energy delivered in each year of weather, in the order of `weather_ids` [kWh] */
  readonly yearly_energy_kwh: readonly number[];
}

/** Correction for the spectrum of the light */
export type SpectralModel = SpectralModelNone | SpectralModelDeSoto | SpectralModelFirstSolar;

export interface SpectralModelDeSoto {
  readonly type: 'de_soto';
  readonly max_zenith_deg?: number;
}

export interface SpectralModelFirstSolar {
  readonly type: 'first_solar';
  readonly module: 'cdte' | 'monosi' | 'multisi' | 'cigs' | 'asi';
  /** Precipitable water [cm]; absent: derived from the weather's dew point; 0 to 8 */
  readonly precipitable_water_cm?: number;
}

export interface SpectralModelNone {
  readonly type: 'none';
}

/** A .grd file of mean wind speeds by sector */
export interface SpeedGrid {
  /** Height of the wind speeds above ground [m] */
  readonly height_m: number | null;
  readonly n_x: number;
  readonly n_y: number;
  /** Western edge [m] */
  readonly min_x_m: number;
  /** Southern edge [m] */
  readonly min_y_m: number;
  readonly n_sectors: number;
  /** Eastern edge [m] */
  readonly max_x_m: number;
  /** Northern edge [m] */
  readonly max_y_m: number;
}

export interface StoredComponent {
  /** Id */
  readonly id: string;
  /** Format of the file: pan, ond, cec, csv or pvgis */
  readonly format: string;
  readonly name: string;
  /** Uploaded, UTC */
  readonly created_at: string;
  readonly kind: 'module' | 'inverter' | 'horizon';
}

/** Model of AC power */
export type SystemInverter =
  | SystemInverterPvwatts
  | SystemInverterLibrary
  | SystemInverterSandia
  | SystemInverterLinear
  | SystemInverterCurve;

export interface SystemInverterCurve {
  readonly type: 'curve';
  readonly name?: string;
  /** AC rating of one inverter [kW]; 0.001 to 1000000 */
  readonly ac_rating_kw: number;
  /** Number of inverters [1]; 0.000001 to 1000000 */
  readonly n_inverters: number;
  readonly dc_kw: readonly number[];
  readonly ac_kw: readonly number[];
  /** Power consumption at night, of one inverter [W]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly night_w?: number;
}

export interface SystemInverterCurveOutput {
  readonly type: 'curve';
  readonly name?: string;
  /** AC rating of one inverter [kW]; 0.001 to 1000000 */
  readonly ac_rating_kw: number;
  /** Number of inverters [1]; 0.000001 to 1000000 */
  readonly n_inverters: number;
  readonly dc_kw: readonly number[];
  readonly ac_kw: readonly number[];
  /** Power consumption at night, of one inverter [W]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly night_w: number;
}

/** A bundled or uploaded inverter */
export interface SystemInverterLibrary {
  readonly type: 'library';
  /** Id from GET /v1/inverters, or a name in that list */
  readonly id: string;
  /** Number of inverters [1]; default: the integer nearest to dc_capacity_kw / dc_ac_ratio, at least 1 */
  readonly n_inverters?: number;
}

export interface SystemInverterLinear {
  readonly type: 'linear';
  /** Self-consumption as a share of the AC rating [1]; 0 to 0.5; source of the default: the platform's choice, a usual self-consumption */
  readonly consumption?: number;
}

export interface SystemInverterLinearOutput {
  readonly type: 'linear';
  /** Self-consumption as a share of the AC rating [1]; 0 to 0.5; source of the default: the platform's choice, a usual self-consumption */
  readonly consumption: number;
}

/** Model of AC power */
export type SystemInverterOutput =
  | SystemInverterPvwatts
  | SystemInverterLibrary
  | SystemInverterSandia
  | SystemInverterLinearOutput
  | SystemInverterCurveOutput;

/** PVWatts inverter, which uses dc_ac_ratio and inverter_efficiency */
export interface SystemInverterPvwatts {
  readonly type: 'pvwatts';
}

/** Sandia inverter model. It requires modules in strings, because it uses their voltage */
export interface SystemInverterSandia {
  readonly type: 'sandia';
  readonly name?: string;
  readonly parameters: {
    /** AC rating [W]; 1 to 100000000 */
    readonly paco: number;
    /** DC power at the AC rating [W]; 1 to 1000000000 */
    readonly pdco: number;
    /** DC voltage at the AC rating [V]; 1 to 5000 */
    readonly vdco: number;
    /** DC power at which the inverter starts [W]; 0 to 100000000 */
    readonly pso: number;
    /** Coefficient C0 of the Sandia inverter [1/W]; -1 to 1 */
    readonly c0: number;
    /** Coefficient C1 of the Sandia inverter [1/V]; -1 to 1 */
    readonly c1: number;
    /** Coefficient C2 of the Sandia inverter [1/V]; -10 to 10 */
    readonly c2: number;
    /** Coefficient C3 of the Sandia inverter [1/V]; -10 to 10 */
    readonly c3: number;
    /** Power consumption at night [W]; 0 to 100000000 */
    readonly pnt: number;
  };
  /** Number of inverters [1]; 0.000001 to 1000000 */
  readonly n_inverters: number;
}

/** Model of DC power. For modules in strings dc_capacity_kw must equal their power under standard test conditions */
export type SystemModule = SystemModulePvwatts | SystemModuleLibrary | SystemModuleCec | SystemModulePvsyst;

/** Six-parameter single-diode model (CEC) */
export interface SystemModuleCec {
  readonly type: 'cec';
  readonly name?: string;
  readonly parameters: {
    /** Temperature coefficient of the short-circuit current [A/K]; -1 to 1 */
    readonly alpha_sc_a_per_k: number;
    /** Photocurrent [A]; 0.001 to 1000 */
    readonly i_l_ref_a: number;
    /** Saturation current [A]; 1e-40 to 1 */
    readonly i_o_ref_a: number;
    /** Series resistance [ohm]; 0 to 1000 */
    readonly r_s_ohm: number;
    /** Shunt resistance [ohm]; 0.001 to 1000000000 */
    readonly r_sh_ref_ohm: number;
    /** Modified ideality factor [V]; 0.001 to 100 */
    readonly a_ref_v: number;
    /** Adjustment of the temperature coefficient [%]; -1000 to 1000 */
    readonly adjust_pct: number;
  };
  /** Modules in series in each string [1]; 1 to 10000 */
  readonly modules_per_string: number;
  /** Number of strings in parallel [1]; 0.000001 to 10000000 */
  readonly n_strings: number;
}

/** A bundled or uploaded module */
export interface SystemModuleLibrary {
  readonly type: 'library';
  /** Id from GET /v1/modules, or a name in that list */
  readonly id: string;
  /** Modules in series in each string [1]; default: as many as fit the inverter's rated DC voltage; 1 without such an inverter */
  readonly modules_per_string?: number;
  /** Number of strings in parallel [1]; default: as many as give dc_capacity_kw */
  readonly n_strings?: number;
}

/** Model of DC power. For modules in strings dc_capacity_kw must equal their power under standard test conditions */
export type SystemModuleOutput = SystemModulePvwatts | SystemModuleLibrary | SystemModuleCec | SystemModulePvsystOutput;

/** PVsyst's single-diode model */
export interface SystemModulePvsyst {
  readonly type: 'pvsyst';
  readonly name?: string;
  readonly parameters: {
    /** Temperature coefficient of the short-circuit current [A/K]; -1 to 1 */
    readonly alpha_sc_a_per_k: number;
    /** Photocurrent [A]; 0.001 to 1000 */
    readonly i_l_ref_a: number;
    /** Saturation current [A]; 1e-40 to 1 */
    readonly i_o_ref_a: number;
    /** Series resistance [ohm]; 0 to 1000 */
    readonly r_s_ohm: number;
    /** Shunt resistance [ohm]; 0.001 to 1000000000 */
    readonly r_sh_ref_ohm: number;
    /** Diode ideality factor [1]; 0.2 to 5 */
    readonly gamma_ref: number;
    /** Temperature coefficient of the ideality factor [1/K]; -0.1 to 0.1; source of the default: the platform's choice, no dependence on temperature */
    readonly mu_gamma_per_k?: number;
    /** Shunt resistance in the dark [ohm]; 0.001 to 1000000000 */
    readonly r_sh0_ohm: number;
    /** Exponent of the shunt resistance [1]; 0.01 to 100; source of the default: pvlib, pvsystem.calcparams_pvsyst */
    readonly r_sh_exponent?: number;
    /** Cells in series in a module [1]; 1 to 1000 */
    readonly cells_in_series: number;
    /** Band gap of the cells [eV]; 0.3 to 5; source of the default: pvlib, pvsystem.calcparams_pvsyst */
    readonly band_gap_ev?: number;
    /** Recombination loss in thin films, d2/(mu tau) [V]; 0 to 100; source of the default: pvlib, pvsystem.max_power_point */
    readonly d2_mu_tau_v?: number;
  };
  /** Modules in series in each string [1]; 1 to 10000 */
  readonly modules_per_string: number;
  /** Number of strings in parallel [1]; 0.000001 to 10000000 */
  readonly n_strings: number;
}

/** PVsyst's single-diode model */
export interface SystemModulePvsystOutput {
  readonly type: 'pvsyst';
  readonly name?: string;
  readonly parameters: {
    /** Temperature coefficient of the short-circuit current [A/K]; -1 to 1 */
    readonly alpha_sc_a_per_k: number;
    /** Photocurrent [A]; 0.001 to 1000 */
    readonly i_l_ref_a: number;
    /** Saturation current [A]; 1e-40 to 1 */
    readonly i_o_ref_a: number;
    /** Series resistance [ohm]; 0 to 1000 */
    readonly r_s_ohm: number;
    /** Shunt resistance [ohm]; 0.001 to 1000000000 */
    readonly r_sh_ref_ohm: number;
    /** Diode ideality factor [1]; 0.2 to 5 */
    readonly gamma_ref: number;
    /** Temperature coefficient of the ideality factor [1/K]; -0.1 to 0.1; source of the default: the platform's choice, no dependence on temperature */
    readonly mu_gamma_per_k: number;
    /** Shunt resistance in the dark [ohm]; 0.001 to 1000000000 */
    readonly r_sh0_ohm: number;
    /** Exponent of the shunt resistance [1]; 0.01 to 100; source of the default: pvlib, pvsystem.calcparams_pvsyst */
    readonly r_sh_exponent: number;
    /** Cells in series in a module [1]; 1 to 1000 */
    readonly cells_in_series: number;
    /** Band gap of the cells [eV]; 0.3 to 5; source of the default: pvlib, pvsystem.calcparams_pvsyst */
    readonly band_gap_ev: number;
    /** Recombination loss in thin films, d2/(mu tau) [V]; 0 to 100; source of the default: pvlib, pvsystem.max_power_point */
    readonly d2_mu_tau_v: number;
  };
  /** Modules in series in each string [1]; 1 to 10000 */
  readonly modules_per_string: number;
  /** Number of strings in parallel [1]; 0.000001 to 10000000 */
  readonly n_strings: number;
}

/** Power that is linear in irradiance and temperature */
export interface SystemModulePvwatts {
  readonly type: 'pvwatts';
}

export interface TabulatedTurbine {
  /** Id, as `turbines` of a wind job accepts it */
  readonly id: string;
  readonly name: string;
  /** Whether your organization uploaded it; false: it is a public turbine */
  readonly is_custom: boolean;
  /** Rated power [kW] */
  readonly rated_kw: number;
  /** Rotor diameter [m] */
  readonly rotor_diameter_m: number;
  /** Hub height above ground [m] */
  readonly hub_height_m: number;
  /** Whether the turbine has a thrust curve, which wakes require */
  readonly has_thrust: boolean;
  readonly source: string | null;
  readonly licence: string | null;
  /** Air density: that of the power curve [kg/m3] */
  readonly air_density_kg_m3: number;
  /** Wind speed, in rising order [m/s] */
  readonly wind_speed_m_s: readonly number[];
  /** Power at each wind speed [kW] */
  readonly power_kw: readonly number[];
  /** Thrust coefficient at each wind speed [1]; null: not known */
  readonly thrust_coefficient: readonly number[] | null;
}

/** Cell temperature */
export type TemperatureModel =
  | TemperatureModelSapm
  | TemperatureModelFaiman
  | TemperatureModelPvsyst
  | TemperatureModelNoctSam
  | TemperatureModelFuentes;

export interface TemperatureModelFaiman {
  readonly type: 'faiman';
  /** Constant heat loss of the Faiman model [W/m2/K]; 1 to 200; source of the default: pvlib, temperature.faiman */
  readonly u0?: number;
  /** Heat loss by wind of the Faiman model [W s/m3/K]; 0 to 100; source of the default: pvlib, temperature.faiman */
  readonly u1?: number;
}

export interface TemperatureModelFaimanOutput {
  readonly type: 'faiman';
  /** Constant heat loss of the Faiman model [W/m2/K]; 1 to 200; source of the default: pvlib, temperature.faiman */
  readonly u0: number;
  /** Heat loss by wind of the Faiman model [W s/m3/K]; 0 to 100; source of the default: pvlib, temperature.faiman */
  readonly u1: number;
}

export interface TemperatureModelFuentes {
  readonly type: 'fuentes';
  /** Installed nominal operating cell temperature (INOCT) [degC]; 30 to 80; source of the default: PVWatts version 5, open rack */
  readonly installed_noct_c?: number;
}

export interface TemperatureModelFuentesOutput {
  readonly type: 'fuentes';
  /** Installed nominal operating cell temperature (INOCT) [degC]; 30 to 80; source of the default: PVWatts version 5, open rack */
  readonly installed_noct_c: number;
}

export interface TemperatureModelNoctSam {
  readonly type: 'noct_sam';
  /** Nominal operating cell temperature [degC]; 30 to 80; source of the default: the platform's choice, a usual value of data sheets */
  readonly noct_c?: number;
  /** Efficiency of the module [1]; 0 to 1; source of the default: the platform's choice, a usual crystalline module */
  readonly module_efficiency?: number;
  /** Product of transmittance and absorptance [1]; 0.1 to 1; source of the default: pvlib, temperature.noct_sam */
  readonly transmittance_absorptance?: number;
  /** source of the default: pvlib, temperature.noct_sam */
  readonly array_height_storeys?: 1 | 2;
  /** Standoff from the roof [inch]; above 3.5 the module counts as open rack; 0 to 100; source of the default: pvlib, temperature.noct_sam */
  readonly mount_standoff_inch?: number;
}

export interface TemperatureModelNoctSamOutput {
  readonly type: 'noct_sam';
  /** Nominal operating cell temperature [degC]; 30 to 80; source of the default: the platform's choice, a usual value of data sheets */
  readonly noct_c: number;
  /** Efficiency of the module [1]; 0 to 1; source of the default: the platform's choice, a usual crystalline module */
  readonly module_efficiency: number;
  /** Product of transmittance and absorptance [1]; 0.1 to 1; source of the default: pvlib, temperature.noct_sam */
  readonly transmittance_absorptance: number;
  /** source of the default: pvlib, temperature.noct_sam */
  readonly array_height_storeys: 1 | 2;
  /** Standoff from the roof [inch]; above 3.5 the module counts as open rack; 0 to 100; source of the default: pvlib, temperature.noct_sam */
  readonly mount_standoff_inch: number;
}

/** Cell temperature */
export type TemperatureModelOutput =
  | TemperatureModelSapm
  | TemperatureModelFaimanOutput
  | TemperatureModelPvsystOutput
  | TemperatureModelNoctSamOutput
  | TemperatureModelFuentesOutput;

export interface TemperatureModelPvsyst {
  readonly type: 'pvsyst';
  /** Constant heat loss of the PVsyst model [W/m2/K]; 1 to 200; source of the default: pvlib, temperature.pvsyst_cell */
  readonly uc?: number;
  /** Heat loss by wind of the PVsyst model [W s/m3/K]; 0 to 100; source of the default: pvlib, temperature.pvsyst_cell */
  readonly uv?: number;
  /** Efficiency of the module [1]; 0 to 1; source of the default: pvlib, temperature.pvsyst_cell */
  readonly module_efficiency?: number;
  /** Share of the irradiance that the module absorbs [1]; 0 to 1; source of the default: pvlib, temperature.pvsyst_cell */
  readonly alpha_absorption?: number;
}

export interface TemperatureModelPvsystOutput {
  readonly type: 'pvsyst';
  /** Constant heat loss of the PVsyst model [W/m2/K]; 1 to 200; source of the default: pvlib, temperature.pvsyst_cell */
  readonly uc: number;
  /** Heat loss by wind of the PVsyst model [W s/m3/K]; 0 to 100; source of the default: pvlib, temperature.pvsyst_cell */
  readonly uv: number;
  /** Efficiency of the module [1]; 0 to 1; source of the default: pvlib, temperature.pvsyst_cell */
  readonly module_efficiency: number;
  /** Share of the irradiance that the module absorbs [1]; 0 to 1; source of the default: pvlib, temperature.pvsyst_cell */
  readonly alpha_absorption: number;
}

/** Default: open_rack_glass_polymer; on a roof close_mount_glass_glass; source of the default: the platform's choice, polymer back sheets on racks, glass close to a roof */
export interface TemperatureModelSapm {
  readonly type: 'sapm';
  /** Preset that provides a, b and delta_t_k if they are absent */
  readonly construction?:
    | 'open_rack_glass_glass'
    | 'close_mount_glass_glass'
    | 'open_rack_glass_polymer'
    | 'insulated_back_glass_polymer';
  /** Empirical coefficient a of the SAPM temperature model [1]; -10 to 0 */
  readonly a?: number;
  /** Wind coefficient b of the SAPM temperature model [s/m]; -1 to 0 */
  readonly b?: number;
  /** Difference between cell and rear temperature at 1000 W/m2 [K]; 0 to 20 */
  readonly delta_t_k?: number;
}

export interface Turbine {
  /** Id, as `turbines` of a wind job accepts it */
  readonly id: string;
  readonly name: string;
  /** Whether your organization uploaded it; false: it is a public turbine */
  readonly is_custom: boolean;
  /** Rated power [kW] */
  readonly rated_kw: number;
  /** Rotor diameter [m] */
  readonly rotor_diameter_m: number;
  /** Hub height above ground [m] */
  readonly hub_height_m: number;
  /** Whether the turbine has a thrust curve, which wakes require */
  readonly has_thrust: boolean;
  readonly source: string | null;
  readonly licence: string | null;
}

export interface TurbineChoice {
  /** Name of a turbine in the library, or id (trb_...) of an uploaded one */
  readonly id?: string;
  /** Curve of a turbine that is not in the library */
  readonly curve?: TurbineCurve;
  /** Hub height, if it differs from the library's [m]; 5 to 400 */
  readonly hub_height_m?: number;
  /** Rotor diameter, if it differs from the library's [m]; the curve does not change; 1 to 400 */
  readonly rotor_diameter_m?: number;
  /** Capital cost of this turbine type [currency/kW]; default: economics.costs.per_kw; 0 to 1000000 */
  readonly capital_cost_per_kw?: number;
}

export interface TurbineChoiceOutput {
  /** Name of a turbine in the library, or id (trb_...) of an uploaded one */
  readonly id?: string;
  /** Curve of a turbine that is not in the library */
  readonly curve?: TurbineCurveOutput;
  /** Hub height, if it differs from the library's [m]; 5 to 400 */
  readonly hub_height_m?: number;
  /** Rotor diameter, if it differs from the library's [m]; the curve does not change; 1 to 400 */
  readonly rotor_diameter_m?: number;
  /** Capital cost of this turbine type [currency/kW]; default: economics.costs.per_kw; 0 to 1000000 */
  readonly capital_cost_per_kw?: number;
}

/** Power and thrust curve of the turbine */
export interface TurbineCurve {
  readonly name: string;
  /** Rotor diameter [m]; 1 to 400 */
  readonly rotor_diameter_m: number;
  /** Hub height above ground [m]; 5 to 400 */
  readonly hub_height_m: number;
  /** Rated power [kW]; default: the maximum of the curve; 0.001 to 100000 */
  readonly rated_kw?: number;
  /** Air density: that of the power curve [kg/m3]; 0.5 to 1.6; source of the default: ISO 2533, air at sea level */
  readonly air_density_kg_m3?: number;
  /** Wind speed, in rising order [m/s]; outside of this range power and thrust are 0 */
  readonly wind_speed_m_s: readonly number[];
  readonly power_kw: readonly number[];
  /** Thrust coefficient at each wind speed [1]; wake models require it */
  readonly thrust_coefficient: readonly number[];
}

/** Power and thrust curve of the turbine */
export interface TurbineCurveOutput {
  readonly name: string;
  /** Rotor diameter [m]; 1 to 400 */
  readonly rotor_diameter_m: number;
  /** Hub height above ground [m]; 5 to 400 */
  readonly hub_height_m: number;
  /** Rated power [kW]; default: the maximum of the curve; 0.001 to 100000 */
  readonly rated_kw?: number;
  /** Air density: that of the power curve [kg/m3]; 0.5 to 1.6; source of the default: ISO 2533, air at sea level */
  readonly air_density_kg_m3: number;
  /** Wind speed, in rising order [m/s]; outside of this range power and thrust are 0 */
  readonly wind_speed_m_s: readonly number[];
  readonly power_kw: readonly number[];
  /** Thrust coefficient at each wind speed [1]; wake models require it */
  readonly thrust_coefficient: readonly number[];
}

/** A turbine and its curves */
export type TurbineDetail = TabulatedTurbine | CubicTurbine;

export interface TurbinePage {
  readonly data: readonly Turbine[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

/** Speed-up factors by sector and turbine */
export interface TurbineSpeedups {
  /** Speed-up factors: wind speed at each turbine divided by that of the resource, by sector, then by turbine */
  readonly factors: readonly (readonly number[])[];
}

export interface TurbineYield {
  /** Easting [m] */
  readonly x_m: number;
  /** Northing [m] */
  readonly y_m: number;
  /** Type */
  readonly turbine: string;
  /** Rated power [kW] */
  readonly rated_kw: number;
  /** Mean wind speed at hub height, without wakes [m/s] */
  readonly wind_speed_mean_m_s: number;
  /** Energy of a year without wakes [kWh] */
  readonly annual_gross_energy_kwh: number;
  /** Energy of a year with wakes [kWh] */
  readonly annual_energy_with_wakes_kwh: number;
  /** Wake loss as a share of the gross energy [%] */
  readonly wake_loss_pct: number;
  /** Energy delivered in a year, after all losses [kWh] */
  readonly annual_energy_kwh: number;
  /** Net energy divided by rated power and 8,760 h [%] */
  readonly capacity_factor_pct: number;
}

export interface UpdateSiteRequest {
  readonly name?: string;
  /** Latitude, positive in the north [deg] */
  readonly latitude_deg?: number;
  /** Longitude, positive in the east [deg] */
  readonly longitude_deg?: number;
  /** Elevation above sea level [m] */
  readonly elevation_m?: number | null;
  /** Boundary that searches of this site use; null: none */
  readonly boundary?: Area | null;
  /** Exclusions that searches of this site use; null: none */
  readonly exclusions?: Area | null;
}

export interface UpdateWebhookRequest {
  /** https address that receives the events */
  readonly url?: string;
  readonly events?: readonly ('job.succeeded' | 'job.failed' | 'job.cancelled' | 'report.ready')[];
  readonly description?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly is_enabled?: boolean;
}

export interface UploadedComponents {
  readonly data: readonly StoredComponent[];
  /** Decisions that the reader made where the file was ambiguous */
  readonly notes: readonly string[];
}

export interface UploadedHorizon {
  readonly horizon_id: string;
}

export interface User {
  /** Id */
  readonly id: string;
  /** Email address in lower case */
  readonly email: string;
  readonly name: string;
  /** Members may do everything except manage keys and people */
  readonly role: 'owner' | 'member';
  /** Registered, UTC */
  readonly created_at: string;
}

export interface UserPage {
  readonly data: readonly User[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

/** Wakes */
export interface WakeChoice {
  /** Name of the wake model, as in docs/models/wind-wakes.md; source of the default: PyWake, BastankhahGaussianDeficit */
  readonly model?:
    | 'noj_k004'
    | 'noj_k010'
    | 'noj_mom1d_k005'
    | 'noj_k004_stf2017'
    | 'bastankhah_k00325'
    | 'bastankhah2014_k004'
    | 'niayifar_crespo'
    | 'turbopark_nygaard2022'
    | 'iea37_simple_gaussian'
    | 'floris_gauss'
    | 'floris_gauss_shear012'
    | 'floris_gch';
  /** Default: that of the wake model */
  readonly superposition?: 'linear' | 'squared_sum' | 'max';
  /** Model of added turbulence; default: that of the wake model */
  readonly turbulence?: 'none' | 'crespo_hernandez' | 'stf2017';
  /** Blockage: model of the slower wind in front of rotors; not available with floris models; source of the default: the platform's choice, most yields are computed without */
  readonly blockage?: 'none' | 'self_similar';
  /** Deflection of the wakes of yawed turbines: the model of Jimenez or the Gaussian model of FLORIS. Default: gauss for FLORIS's wake models, jimenez for the others; source of the default: FLORIS, gauss; PyWake, JimenezWakeDeflection */
  readonly deflection?: 'jimenez' | 'gauss';
}

/** Wakes */
export interface WakeChoiceOutput {
  /** Name of the wake model, as in docs/models/wind-wakes.md; source of the default: PyWake, BastankhahGaussianDeficit */
  readonly model:
    | 'noj_k004'
    | 'noj_k010'
    | 'noj_mom1d_k005'
    | 'noj_k004_stf2017'
    | 'bastankhah_k00325'
    | 'bastankhah2014_k004'
    | 'niayifar_crespo'
    | 'turbopark_nygaard2022'
    | 'iea37_simple_gaussian'
    | 'floris_gauss'
    | 'floris_gauss_shear012'
    | 'floris_gch';
  /** Default: that of the wake model */
  readonly superposition?: 'linear' | 'squared_sum' | 'max';
  /** Model of added turbulence; default: that of the wake model */
  readonly turbulence?: 'none' | 'crespo_hernandez' | 'stf2017';
  /** Blockage: model of the slower wind in front of rotors; not available with floris models; source of the default: the platform's choice, most yields are computed without */
  readonly blockage: 'none' | 'self_similar';
  /** Deflection of the wakes of yawed turbines: the model of Jimenez or the Gaussian model of FLORIS. Default: gauss for FLORIS's wake models, jimenez for the others; source of the default: FLORIS, gauss; PyWake, JimenezWakeDeflection */
  readonly deflection?: 'jimenez' | 'gauss';
}

export interface WakeModel {
  /** Name, as `wake.model` accepts it */
  readonly name: string;
  readonly deficit: string;
  readonly superposition: string | null;
  /** Model of added turbulence */
  readonly turbulence: string | null;
  /** Deflection of the wakes of yawed turbines */
  readonly deflection: string;
}

export interface WakeModelList {
  readonly data: readonly WakeModel[];
}

/** A year of weather with its place, sums, gaps and origin */
export interface Weather {
  /** Id */
  readonly id: string;
  /** Site: the dataset belongs to it */
  readonly site_id: string | null;
  /** Name of the dataset */
  readonly name: string;
  /** tmy3, tm2, epw, sam-csv, pvgis-csv, pvgis-json, nasa-power-json, open-meteo-json */
  readonly format: string;
  /** SHA-256 of the file as it was uploaded, or as the provider sent it */
  readonly sha256: string;
  /** Latitude, positive in the north [deg] */
  readonly latitude_deg: number;
  /** Longitude, positive in the east [deg] */
  readonly longitude_deg: number;
  /** Elevation above sea level [m] */
  readonly elevation_m: number;
  /** Standard time minus UTC, of the file's clock [h] */
  readonly utc_offset_h: number;
  /** Length of a time step [min] */
  readonly step_minutes: number;
  /** Number of records */
  readonly n_records: number;
  readonly summary: {
    /** Global horizontal irradiation of the year [kWh/m2] */
    readonly ghi_annual_kwh_m2: number;
    /** Direct normal irradiation of the year [kWh/m2] */
    readonly dni_annual_kwh_m2: number;
    /** Diffuse horizontal irradiation of the year [kWh/m2] */
    readonly dhi_annual_kwh_m2: number;
    /** Mean air temperature [degC] */
    readonly temp_air_mean_c: number;
    /** Mean wind speed [m/s] */
    readonly wind_speed_mean_m_s: number;
    readonly gaps: WeatherGaps;
    readonly source: WeatherSource;
    readonly provider?: WeatherOrigin;
  };
  /** Uploaded, UTC */
  readonly created_at: string;
}

/** What was missing in the file and how it was handled */
export interface WeatherGaps {
  /** Time steps that the file does not have */
  readonly n_missing_records: number;
  /** Empty or marked cells in existing records */
  readonly n_missing_values: number;
  /** Values filled by linear interpolation */
  readonly n_interpolated_values: number;
  /** Longest gap that was interpolated [min] */
  readonly longest_gap_minutes: number;
  /** Optional columns that were left out because too many of their values are missing */
  readonly dropped_columns: readonly string[];
  /** Small negative irradiances (night offset) that were set to 0 */
  readonly n_clipped_negatives: number;
  /** Records of 29 February that were removed from a typical year */
  readonly n_leap_day_records_dropped: number;
}

/** Provider, request and credit of a dataset that was fetched; null for an uploaded file */
export interface WeatherOrigin {
  readonly name: string;
  readonly title: string;
  /** A calendar year, or 'typical' for a typical meteorological year */
  readonly period: 'typical' | number;
  /** The credit that the provider's terms require */
  readonly attribution: string;
}

export interface WeatherPage {
  readonly data: readonly Weather[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface WeatherProviders {
  readonly data: readonly {
    /** As `provider` of a fetch */
    readonly name: string;
    readonly title: string;
    /** The credit that the provider's terms require */
    readonly attribution: string;
    /** First calendar year that the provider has */
    readonly first_year: number;
    /** Whether the provider has typical meteorological years */
    readonly has_typical_year: boolean;
    /** Whether this installation is configured for the provider */
    readonly is_configured: boolean;
  }[];
}

export interface WeatherSource {
  readonly format: string;
  readonly name: string;
  /** Name of the station or place in the file */
  readonly station?: string;
  /** Whether the months come from different years */
  readonly is_typical_year: boolean;
  /** Calendar year of each month; January is first */
  readonly year_of_month: readonly number[];
  /** Decisions that the reader made where the file was ambiguous */
  readonly notes: readonly string[];
}

/** An endpoint that receives events */
export interface Webhook {
  /** Id */
  readonly id: string;
  readonly url: string;
  readonly description: string;
  /** Types of events that are sent to the endpoint */
  readonly events: readonly ('job.succeeded' | 'job.failed' | 'job.cancelled' | 'report.ready')[];
  /** Headers that are sent with every event */
  readonly headers: Readonly<Record<string, string>>;
  readonly is_enabled: boolean;
  /** Why the service disabled the webhook; null if it is enabled or its owner disabled it */
  readonly disabled_reason: string | null;
  /** Start of the time since when every attempt has failed; null if the last attempt succeeded, UTC */
  readonly first_failure_at: string | null;
  /** Until when the previous secret also signs, UTC */
  readonly previous_secret_expires_at: string | null;
  /** Created, UTC */
  readonly created_at: string;
}

export interface WebhookPage {
  readonly data: readonly Webhook[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface WebhookSecret {
  /** Signing secret, whsec_...; only this answer contains it */
  readonly secret: string;
}

/** Test event, sent by POST /v1/webhooks/{id}/test */
export interface WebhookTestEvent {
  readonly type: 'webhook.test';
  /** When the event happened; webhook-timestamp has the time of the attempt, UTC */
  readonly timestamp: string;
  /** Version of this form; a version may gain members */
  readonly api_version: '2026-11-01';
  readonly data: {
    /** Id of the webhook */
    readonly webhook_id: string;
    readonly message: string;
  };
}

export interface WeibullFit {
  /** Scale A [m/s] */
  readonly scale_m_s: number;
  /** Shape k [1] */
  readonly shape: number;
  /** Mean power density of the wind [W/m2] */
  readonly power_density_w_m2: number;
}

export interface WindAnalysis {
  /** Id */
  readonly id: string;
  /** Queued and running jobs end as succeeded, failed or cancelled; an ended job does not change */
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Fraction of the job that is done [1] */
  readonly progress: number;
  /** Seed of all random numbers of the job; the same input with the same seed gives identical results */
  readonly seed: number;
  /** Package version and a hash of the engine that computed the job, `0.1.0+3f9a1c2b`; the hash changes when the engine changes. Two versions, separated by a comma, if the platform was updated while the job ran */
  readonly engine_version: string;
  /** Whether the time limit ended the job, so that its result is the best so far */
  readonly is_time_limited: boolean;
  /** Who created it: usr_... or key_... */
  readonly created_by: string;
  /** Why the job failed; null if it did not fail */
  readonly error: JobError | null;
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. null if the job ended before this was kept */
  readonly compute_s: number | null;
  /** Number of attempts: how often a worker has taken the job on. null if the job ended before this was kept */
  readonly n_attempts: number | null;
  /** Number of evaluations: designs or layouts that a search has computed; null for kinds that count none */
  readonly n_evaluations: number | null;
  /** From acceptance to the first attempt [s]; null before it */
  readonly queue_wait_s: number | null;
  readonly kind: 'wind-analyze';
  readonly input: WindAnalysisInput;
  /** Result of the job; null until the job ends. A cancelled job has the best result so far, if there is one */
  readonly result: WindAnalysisResult | null;
}

/** The request with every default written out */
export interface WindAnalysisInput {
  /** Site: the job is stored with it; a layout search takes from it the areas that the request lacks */
  readonly site_id?: string;
  /** Coordinate system of the coordinates in metres; default: a plane around the middle of the boundary or layout; source of the default: the platform's choice, it needs no zone */
  readonly projection?: {
    readonly utm_zone: number;
    /** Whether the UTM zone is in the southern hemisphere; source of the default: the platform's choice, the northern hemisphere */
    readonly is_south: boolean;
  };
  /** Several years of weather at one place, one dataset for each year */
  readonly weather_ids?: readonly string[];
  /** Height of the weather's wind speeds above ground [m]; default: 10 with weather; source of the default: WMO-No. 8, height of wind measurements; 1 to 500 */
  readonly weather_height_m?: number;
  readonly resource?: WindInputOutput;
  readonly speedups?: GridSpeedups | TurbineSpeedups;
  /** Shear from the height of the wind speeds to each hub; default: power law with exponent 1/7; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
  readonly shear?: WindShearOutput;
  /** Air density: that to which power curves are corrected; weather: computed from the weather's temperature and pressure; default: the density of each curve */
  readonly air_density_kg_m3?: number | 'weather';
  /** Air properties from which the air density at each hub is computed; an alternative to air_density_kg_m3 */
  readonly air?: {
    /** Elevation above sea level [m]; -430 to 6000 */
    readonly elevation_m: number;
    /** Mean temperature at 2 m [degC]; default: that of the standard atmosphere; -60 to 50 */
    readonly temp_air_c?: number;
    /** Mean pressure at the ground [Pa]; default: that of the standard atmosphere; 40000 to 110000 */
    readonly pressure_pa?: number;
    /** Mean relative humidity [%]; 0 to 100; source of the default: the platform's choice, dry air */
    readonly relative_humidity_pct: number;
  };
  /** Density correction of power curves. iec_61400_12_1 scales wind speeds by the density to the power of 1/3 (pitch control); site_specific (windPRO) raises the exponent to 2/3 above 12.5 m/s; source of the default: the platform's choice, as windPRO does */
  readonly density_correction: 'site_specific' | 'iec_61400_12_1';
  /** Turbulence intensity of the ambient wind: one value, or one for each sector (sector 0 is centred on north); measured: by sector from the standard deviations of an uploaded CSV; source of the default: the platform's choice, between offshore and open land */
  readonly turbulence_intensity: number | readonly number[] | 'measured';
  readonly turbines: readonly TurbineChoiceOutput[];
  readonly wake: WakeChoiceOutput;
  /** Losses other than wakes, by name; each one applies to what the previous ones leave [%]; source of the default: the platform's choice, none */
  readonly losses_pct: Readonly<Record<string, number>>;
  /** Standard uncertainty of the yield by source; the sources are independent of each other [%]; source of the default: the platform's choice, none */
  readonly uncertainty_pct: Readonly<Record<string, number>>;
  /** Standard deviation of the yield between single years [%]; 0 to 50; source of the default: the platform's choice, a usual year-to-year variation of wind energy */
  readonly interannual_pct: number;
  /** Number of sectors in the result; source of the default: European Wind Atlas */
  readonly n_sectors: number;
  readonly bins: WindBinsOutput;
  readonly economics?: PlantEconomicsOutput;
  /** Seed of all random numbers of the job; default: a random number, which is stored with the job */
  readonly seed?: number;
  readonly layout: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  /** Method for time series. time_series: each step is computed and stored as series of the job; binned: steps are counted into bins. Default: time_series; source of the default: the platform's choice, it keeps the order of the steps */
  readonly mode?: 'time_series' | 'binned';
  /** Wake steering: optimises yaw angles by wind direction and reports the gain */
  readonly wake_steering?: {
    /** Minimum yaw angle [deg], counter-clockwise seen from above; -45 to 0; source of the default: the platform's choice, the mirror of max_yaw_deg */
    readonly min_yaw_deg: number;
    /** Maximum yaw angle [deg]; 0 to 45; source of the default: FLORIS, yaw optimization */
    readonly max_yaw_deg: number;
    /** Wind speed for which yaw angles are optimised [m/s]; 3 to 25; source of the default: the platform's choice, below rated speed, where steering gains most */
    readonly wind_speed_m_s: number;
    /** Step between wind directions: those for which yaw angles are optimised [deg]; 1 to 30; source of the default: the platform's choice, every sector of a wake has several steps */
    readonly direction_step_deg: number;
  };
  /** Maps of wind speed on a horizontal plane, stored as series flow-map-1, ... of the job and as pictures; source of the default: the platform's choice, none */
  readonly flow_maps: readonly {
    /** Direction from which the wind comes [deg]; 0 to 360 */
    readonly wind_direction_deg: number;
    /** Wind speed [m/s]; 0.1 to 60 */
    readonly wind_speed_m_s: number;
    /** Height of the map [m]; default: the hub height of the first turbine; 1 to 1000 */
    readonly height_m?: number;
    /** Number of points from west to east; source of the default: the platform's choice, a picture without visible cells */
    readonly n_x: number;
    /** Number of points from south to north; source of the default: the platform's choice, a picture without visible cells */
    readonly n_y: number;
    /** Yaw angle of each turbine */
    readonly yaw_deg?: readonly number[];
  }[];
}

export type WindAnalysisResult = CompleteWindAnalysis | IncompleteWindAnalysis;

/** Bins of wind direction and speed */
export interface WindBins {
  /** Step between wind directions: the width of a bin [deg]; it must divide 360; 0.5 to 30; source of the default: PyWake, Site */
  readonly direction_step_deg?: number;
  /** Width of a wind speed bin [m/s]; 0.1 to 5; source of the default: PyWake, Site */
  readonly speed_step_m_s?: number;
  /** Centre of the first wind speed bin [m/s]; 0 to 20; source of the default: PyWake, Site */
  readonly min_speed_m_s?: number;
  /** Centre of the last wind speed bin [m/s]; 5 to 60; source of the default: PyWake, Site */
  readonly max_speed_m_s?: number;
  /** source of the default: PyWake, UniformWeibullSite */
  readonly sector_interpolation?: 'nearest' | 'linear';
}

/** Bins of wind direction and speed */
export interface WindBinsOutput {
  /** Step between wind directions: the width of a bin [deg]; it must divide 360; 0.5 to 30; source of the default: PyWake, Site */
  readonly direction_step_deg: number;
  /** Width of a wind speed bin [m/s]; 0.1 to 5; source of the default: PyWake, Site */
  readonly speed_step_m_s: number;
  /** Centre of the first wind speed bin [m/s]; 0 to 20; source of the default: PyWake, Site */
  readonly min_speed_m_s: number;
  /** Centre of the last wind speed bin [m/s]; 5 to 60; source of the default: PyWake, Site */
  readonly max_speed_m_s: number;
  /** source of the default: PyWake, UniformWeibullSite */
  readonly sector_interpolation: 'nearest' | 'linear';
}

/** Wind that does not come from weather datasets */
export type WindInput = WindInputUpload | WindInputWeibull | WindInputRose | WindInputSeries;

/** Wind that does not come from weather datasets */
export type WindInputOutput = WindInputUploadOutput | WindInputWeibull | WindInputRose | WindInputSeriesOutput;

/** Wind as a table of directions and speeds */
export interface WindInputRose {
  readonly type: 'rose';
  readonly wind_direction_deg: readonly number[];
  readonly wind_speed_m_s: readonly number[];
  /** Frequency: share of the time, by direction, then by wind speed [1] */
  readonly frequency: readonly (readonly number[])[];
  /** Height of the wind speeds above ground [m]; default: the hub height of the first turbine type; 1 to 500 */
  readonly height_m?: number;
}

/** Wind as a time series */
export interface WindInputSeries {
  readonly type: 'series';
  readonly wind_speed_m_s: readonly number[];
  readonly wind_direction_deg: readonly number[];
  /** Length of a time step [min]; 1 to 1440; source of the default: the platform's choice, hourly */
  readonly step_minutes?: number;
  /** Height of the wind speeds above ground [m]; default: the hub height of the first turbine type; 1 to 500 */
  readonly height_m?: number;
}

/** Wind as a time series */
export interface WindInputSeriesOutput {
  readonly type: 'series';
  readonly wind_speed_m_s: readonly number[];
  readonly wind_direction_deg: readonly number[];
  /** Length of a time step [min]; 1 to 1440; source of the default: the platform's choice, hourly */
  readonly step_minutes: number;
  /** Height of the wind speeds above ground [m]; default: the hub height of the first turbine type; 1 to 500 */
  readonly height_m?: number;
}

/** Wind from an uploaded time series, .tab, .wrg or .grd file; see POST /v1/wind/resources */
export interface WindInputUpload {
  readonly type: 'upload';
  readonly resource_id: string;
  /** Reference point of the grid: its distributions are used, other points follow by speed-up [m]; default: the middle of the grid */
  readonly reference?: {
    readonly x_m: number;
    readonly y_m: number;
  };
  /** Measure-correlate-predict: extends an uploaded CSV of measurements to the years of a reference */
  readonly long_term?: {
    /** Several years of weather at one place, one dataset for each year */
    readonly weather_ids: readonly string[];
    /** source of the default: the platform's choice, it keeps the variance of the wind, Rogers et al. 2005 */
    readonly method?: 'variance_ratio' | 'linear';
  };
}

/** Wind from an uploaded time series, .tab, .wrg or .grd file; see POST /v1/wind/resources */
export interface WindInputUploadOutput {
  readonly type: 'upload';
  readonly resource_id: string;
  /** Reference point of the grid: its distributions are used, other points follow by speed-up [m]; default: the middle of the grid */
  readonly reference?: {
    readonly x_m: number;
    readonly y_m: number;
  };
  /** Measure-correlate-predict: extends an uploaded CSV of measurements to the years of a reference */
  readonly long_term?: {
    /** Several years of weather at one place, one dataset for each year */
    readonly weather_ids: readonly string[];
    /** source of the default: the platform's choice, it keeps the variance of the wind, Rogers et al. 2005 */
    readonly method: 'variance_ratio' | 'linear';
  };
}

/** Wind as Weibull distributions by sector */
export interface WindInputWeibull {
  readonly type: 'weibull';
  /** Sectors; sector 0 is centred on north, the others follow clockwise */
  readonly sectors: readonly {
    /** Frequency: share of the time [1]; 0 to 1 */
    readonly frequency: number;
    /** Scale A [m/s]; 0.1 to 50 */
    readonly scale_m_s: number;
    /** Shape k [1]; 0.5 to 10 */
    readonly shape: number;
  }[];
  /** Height of the wind speeds above ground [m]; default: the hub height of the first turbine type; 1 to 500 */
  readonly height_m?: number;
}

/** A windIO system as parts of request bodies */
export interface WindIoRequest {
  readonly name: string;
  /** A body for POST /v1/wind/analyze */
  readonly analyze: {
    readonly resource: WindInputOutput;
    readonly turbines: readonly {
      readonly curve: TurbineCurveOutput;
    }[];
    readonly layout: {
      readonly x_m: readonly number[];
      readonly y_m: readonly number[];
      readonly turbine_index?: readonly number[];
    };
    readonly turbulence_intensity?: number | readonly number[];
  };
  /** Boundary for POST /v1/wind/optimize */
  readonly boundary: AreaOutput;
  /** Exclusions for POST /v1/wind/optimize */
  readonly exclusions?: AreaOutput;
}

/** The request with every default written out */
export interface WindLayoutInput {
  /** Site: the job is stored with it; a layout search takes from it the areas that the request lacks */
  readonly site_id?: string;
  /** Coordinate system of the coordinates in metres; default: a plane around the middle of the boundary or layout; source of the default: the platform's choice, it needs no zone */
  readonly projection?: {
    readonly utm_zone: number;
    /** Whether the UTM zone is in the southern hemisphere; source of the default: the platform's choice, the northern hemisphere */
    readonly is_south: boolean;
  };
  /** Several years of weather at one place, one dataset for each year */
  readonly weather_ids?: readonly string[];
  /** Height of the weather's wind speeds above ground [m]; default: 10 with weather; source of the default: WMO-No. 8, height of wind measurements; 1 to 500 */
  readonly weather_height_m?: number;
  readonly resource?: WindInputOutput;
  readonly speedups?: GridSpeedups;
  /** Shear from the height of the wind speeds to each hub; default: power law with exponent 1/7; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
  readonly shear?: WindShearOutput;
  /** Air density: that to which power curves are corrected; weather: computed from the weather's temperature and pressure; default: the density of each curve */
  readonly air_density_kg_m3?: number | 'weather';
  /** Air properties from which the air density at each hub is computed; an alternative to air_density_kg_m3 */
  readonly air?: {
    /** Elevation above sea level [m]; -430 to 6000 */
    readonly elevation_m: number;
    /** Mean temperature at 2 m [degC]; default: that of the standard atmosphere; -60 to 50 */
    readonly temp_air_c?: number;
    /** Mean pressure at the ground [Pa]; default: that of the standard atmosphere; 40000 to 110000 */
    readonly pressure_pa?: number;
    /** Mean relative humidity [%]; 0 to 100; source of the default: the platform's choice, dry air */
    readonly relative_humidity_pct: number;
  };
  /** Density correction of power curves. iec_61400_12_1 scales wind speeds by the density to the power of 1/3 (pitch control); site_specific (windPRO) raises the exponent to 2/3 above 12.5 m/s; source of the default: the platform's choice, as windPRO does */
  readonly density_correction: 'site_specific' | 'iec_61400_12_1';
  /** Turbulence intensity of the ambient wind: one value, or one for each sector (sector 0 is centred on north); measured: by sector from the standard deviations of an uploaded CSV; source of the default: the platform's choice, between offshore and open land */
  readonly turbulence_intensity: number | readonly number[] | 'measured';
  readonly turbines: readonly TurbineChoiceOutput[];
  readonly wake: WakeChoiceOutput;
  /** Losses other than wakes, by name; each one applies to what the previous ones leave [%]; source of the default: the platform's choice, none */
  readonly losses_pct: Readonly<Record<string, number>>;
  /** Standard uncertainty of the yield by source; the sources are independent of each other [%]; source of the default: the platform's choice, none */
  readonly uncertainty_pct: Readonly<Record<string, number>>;
  /** Standard deviation of the yield between single years [%]; 0 to 50; source of the default: the platform's choice, a usual year-to-year variation of wind energy */
  readonly interannual_pct: number;
  /** Number of sectors in the result; source of the default: European Wind Atlas */
  readonly n_sectors: number;
  /** Bins of the final energy analysis */
  readonly bins: WindBinsOutput;
  readonly economics?: PlantEconomicsOutput;
  /** Seed of all random numbers of the job; default: a random number, which is stored with the job */
  readonly seed?: number;
  /** Bins that the search uses; source of the default: the platform's choice, a search needs coarser directions than the final analysis */
  readonly search_bins: WindBinsOutput;
  /** Boundary of the request, or of its site when the job was accepted */
  readonly boundary: AreaOutput;
  /** Exclusions: land on which no turbine may stand; default: those of the site */
  readonly exclusions?: AreaOutput;
  /** Minimum distance between turbines, in diameters of the largest rotor; 1 to 50; source of the default: the platform's choice, a usual distance in crowded farms */
  readonly min_spacing_diameters: number;
  /** Number of turbines, without those of fixed_layout; if there are several numbers, the best is chosen. With nsga2 the first and the last are the limits */
  readonly n_turbines: number | readonly number[];
  /** Use of several turbine types: all new turbines have the same type, which is the best one, or each position has its own type; source of the default: the platform's choice, one type is simpler to build and maintain */
  readonly turbine_choice: 'one' | 'mixed';
  /** Existing turbines, which do not move */
  readonly fixed_layout?: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  /** Initial layout of the new turbines; default: random; source of the default: the platform's choice, searches begin anywhere in the area */
  readonly start_layout?: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  /** lcoe requires economics; source of the default: the platform's choice, energy needs no costs */
  readonly objective: 'aep' | 'lcoe' | 'aep_per_area' | 'cable_length';
  /** Objectives of nsga2; source of the default: the platform's choice, the trade-off between energy and cables */
  readonly objectives: readonly ('aep' | 'cable_length' | 'n_turbines' | 'aep_per_turbine')[];
  /** gradient, random_search and greedy move turbines; nsga2 and bayesian optimise the angle and the spacings of a grid; source of the default: the platform's choice, it improves layouts by exact gradients */
  readonly method: 'gradient' | 'random_search' | 'greedy' | 'nsga2' | 'bayesian';
  /** Number of iterations of each search */
  readonly n_iterations: number;
  /** nsga2: designs in one generation; source of the default: the platform's choice, fast enough for a first search */
  readonly population_size: number;
  /** Number of searches with different seeds; the best result counts; source of the default: the platform's choice, a second search shows whether the first was lucky */
  readonly n_starts: number;
  /** Maximum spacings of a grid, in rotor diameters; 2 to 60; source of the default: the platform's choice, wider grids gain little */
  readonly max_spacing_diameters: number;
  /** Positions of substations, which the cables also connect [m]; source of the default: the platform's choice, none */
  readonly substations: readonly {
    readonly x_m: number;
    readonly y_m: number;
  }[];
}

export interface WindLayoutResult {
  /** lcoe requires economics; source of the default: the platform's choice, energy needs no costs */
  readonly objective: 'aep' | 'lcoe' | 'aep_per_area' | 'cable_length';
  /** gradient, random_search and greedy move turbines; nsga2 and bayesian optimise the angle and the spacings of a grid; source of the default: the platform's choice, it improves layouts by exact gradients */
  readonly method: 'gradient' | 'random_search' | 'greedy' | 'nsga2' | 'bayesian';
  /** Turbine types and numbers of turbines that were searched */
  readonly candidates: readonly {
    /** Index into `turbines`; null if each position has its own type */
    readonly turbine_index: number | null;
    readonly turbine: string | null;
    /** Hub height above ground [m] */
    readonly hub_height_m: number | null;
    /** Number of turbines, without those of fixed_layout */
    readonly n_turbines: number;
  }[];
  /** Results of the searches */
  readonly runs: readonly {
    /** Index into `candidates` */
    readonly candidate_index: number;
    readonly seed: number;
    /** Number of iterations that the search has done */
    readonly n_iterations: number;
    /** Score of the search's best layout; larger is better */
    readonly score: number | null;
    /** Pairs of a step and the score that it reached */
    readonly history: readonly (readonly [number, number])[];
  }[];
  /** The best design, a layout; null if a cancelled search has none yet */
  readonly best: BestLayout | null;
  /** Pareto front (nsga2): layouts that no other layout beats in every objective */
  readonly pareto: readonly ParetoLayout[];
}

export interface WindLayoutSearch {
  /** Id */
  readonly id: string;
  /** Queued and running jobs end as succeeded, failed or cancelled; an ended job does not change */
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Fraction of the job that is done [1] */
  readonly progress: number;
  /** Seed of all random numbers of the job; the same input with the same seed gives identical results */
  readonly seed: number;
  /** Package version and a hash of the engine that computed the job, `0.1.0+3f9a1c2b`; the hash changes when the engine changes. Two versions, separated by a comma, if the platform was updated while the job ran */
  readonly engine_version: string;
  /** Whether the time limit ended the job, so that its result is the best so far */
  readonly is_time_limited: boolean;
  /** Who created it: usr_... or key_... */
  readonly created_by: string;
  /** Why the job failed; null if it did not fail */
  readonly error: JobError | null;
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Busy time of compute threads in all attempts [s]; of a running job, up to its last checkpoint. null if the job ended before this was kept */
  readonly compute_s: number | null;
  /** Number of attempts: how often a worker has taken the job on. null if the job ended before this was kept */
  readonly n_attempts: number | null;
  /** Number of evaluations: designs or layouts that a search has computed; null for kinds that count none */
  readonly n_evaluations: number | null;
  /** From acceptance to the first attempt [s]; null before it */
  readonly queue_wait_s: number | null;
  readonly kind: 'wind-optimize';
  readonly input: WindLayoutInput;
  /** Result of the job; null until the job ends. A cancelled job has the best result so far, if there is one */
  readonly result: WindLayoutResult | null;
}

export interface WindResource {
  /** Id */
  readonly id: string;
  /** Name of the uploaded file */
  readonly name: string;
  readonly format: 'csv' | 'tab' | 'wrg' | 'grd';
  /** SHA-256 of the file as it was uploaded */
  readonly sha256: string;
  readonly summary: WindSummary;
  /** As stated in the upload */
  readonly options: {
    /** Height of the wind speeds above ground [m] */
    readonly height_m?: number;
    /** Height of wind_speed_lower_m_s above ground [m] */
    readonly lower_height_m?: number;
  };
  /** Uploaded, UTC */
  readonly created_at: string;
}

/** A WAsP .wrg file */
export interface WindResourceGrid {
  /** Height of the wind speeds above ground [m] */
  readonly height_m: number | null;
  readonly n_x: number;
  readonly n_y: number;
  /** Western edge [m] */
  readonly min_x_m: number;
  /** Southern edge [m] */
  readonly min_y_m: number;
  readonly n_sectors: number;
  /** Spacing of the grid points [m] */
  readonly cell_m: number;
  readonly n_points: number;
  /** Mean power density of the wind, smallest and largest [W/m2] */
  readonly power_density_w_m2: {
    readonly min: number;
    readonly max: number;
  };
}

export interface WindResourcePage {
  readonly data: readonly WindResource[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

/** Shear: extrapolation from the height of the wind speeds to each hub */
export type WindShear = WindShearPower | WindShearLog | WindShearFitted;

/** Shear by sector, fitted to an uploaded series with two heights */
export interface WindShearFitted {
  readonly model: 'fitted';
  /** Law whose exponents (power) or roughness lengths (log) are fitted; source of the default: the platform's choice, it needs no roughness length */
  readonly law?: 'power' | 'log';
}

/** Shear by sector, fitted to an uploaded series with two heights */
export interface WindShearFittedOutput {
  readonly model: 'fitted';
  /** Law whose exponents (power) or roughness lengths (log) are fitted; source of the default: the platform's choice, it needs no roughness length */
  readonly law: 'power' | 'log';
}

export interface WindShearLog {
  readonly model: 'log';
  /** Roughness length [m]; 0.00001 to 4 */
  readonly roughness_m: number;
}

/** Shear: extrapolation from the height of the wind speeds to each hub */
export type WindShearOutput = WindShearPowerOutput | WindShearLog | WindShearFittedOutput;

export interface WindShearPower {
  readonly model: 'power';
  /** Shear exponent of the power law [1]; 1/7 is typical of open land; -0.3 to 1; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
  readonly alpha?: number;
}

export interface WindShearPowerOutput {
  readonly model: 'power';
  /** Shear exponent of the power law [1]; 1/7 is typical of open land; -0.3 to 1; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
  readonly alpha: number;
}

/** Contents of the file */
export type WindSummary = MeasuredWind | ObservedWindClimate | WindResourceGrid | SpeedGrid;

/** What each operation takes and answers, by method and path. */
export interface Operations {
  /** Liveness: the process answers; it checks no other part (getHealth) */
  readonly 'GET /health': {
    readonly answer: Health;
  };
  /** Readiness: every part answers; 503 names the parts that do not (getReadiness) */
  readonly 'GET /health/ready': {
    readonly query?: {
      /** Parts that must answer, separated by commas; default: all */
      readonly require?: string;
    };
    readonly answer: Readiness;
  };
  /** Latency, pools, workers and queues of every part; requires ADMIN_TOKEN (getDetailedHealth) */
  readonly 'GET /health/detailed': {
    readonly answer: DetailedHealth;
  };
  /** Create an organization and its owner (register) */
  readonly 'POST /v1/auth/register': {
    readonly body: RegisterRequest;
    readonly answer: Session;
  };
  /** Log in (login) */
  readonly 'POST /v1/auth/login': {
    readonly body: LoginRequest;
    readonly answer: Session;
  };
  /** Exchange a refresh token for a new pair of tokens; each refresh token works once (refreshSession) */
  readonly 'POST /v1/auth/refresh': {
    readonly body: RefreshSessionRequest;
    readonly answer: Session;
  };
  /** End a login (logout) */
  readonly 'POST /v1/auth/logout': {
    readonly body: RefreshSessionRequest;
    readonly answer: undefined;
  };
  /** End all your logins at once, that of this request too (logoutEverywhere) */
  readonly 'POST /v1/auth/logout-everywhere': {
    readonly answer: undefined;
  };
  /** Read the owner and the scopes of the credentials (getMe) */
  readonly 'GET /v1/me': {
    readonly answer: Me;
  };
  /** Change your own password; this ends all your logins and starts a new one (changePassword) */
  readonly 'POST /v1/auth/password': {
    readonly body: ChangePasswordRequest;
    readonly answer: Session;
  };
  /** Read your organization (getOrganization) */
  readonly 'GET /v1/organization': {
    readonly answer: Organization;
  };
  /** Rename your organization (renameOrganization) */
  readonly 'PATCH /v1/organization': {
    readonly body: RenameOrganizationRequest;
    readonly answer: Organization;
  };
  /** List the people of your organization, newest first (listMembers) */
  readonly 'GET /v1/organization/members': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: UserPage;
  };
  /** Add a person to your organization, with an initial password that the person should change (addMember) */
  readonly 'POST /v1/organization/members': {
    readonly body: AddMemberRequest;
    readonly answer: User;
  };
  /** Make a member an owner, or an owner a member; the change takes effect at once (changeRole) */
  readonly 'PATCH /v1/organization/members/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly body: ChangeRoleRequest;
    readonly answer: User;
  };
  /** Remove a person, their logins and the API keys that they made; sites and jobs stay with the organization (removeMember) */
  readonly 'DELETE /v1/organization/members/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Create an API key; only this answer contains the key (createApiKey) */
  readonly 'POST /v1/api-keys': {
    readonly body: CreateApiKeyRequest;
    readonly answer: NewApiKey;
  };
  /** List API keys, newest first (listApiKeys) */
  readonly 'GET /v1/api-keys': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: ApiKeyPage;
  };
  /** Revoke an API key and the keys that were made with it (revokeApiKey) */
  readonly 'DELETE /v1/api-keys/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Create a site (createSite) */
  readonly 'POST /v1/sites': {
    readonly body: CreateSiteRequest;
    readonly answer: Site;
  };
  /** List sites, newest first (listSites) */
  readonly 'GET /v1/sites': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: SitePage;
  };
  /** Read a site (getSite) */
  readonly 'GET /v1/sites/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Site;
  };
  /** Change a site (updateSite) */
  readonly 'PATCH /v1/sites/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly body: UpdateSiteRequest;
    readonly answer: Site;
  };
  /** Delete a site; its weather datasets remain (deleteSite) */
  readonly 'DELETE /v1/sites/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Upload a weather file: TMY3, TMY2, EPW, SAM/NSRDB csv, PVGIS, NASA POWER, Open-Meteo; plain or gzip (uploadWeather) */
  readonly 'POST /v1/weather': {
    readonly query?: {
      /** Name of the file, shown in messages and lists */
      readonly name?: string;
      /** Format of the file; default: recognised from its content */
      readonly format?:
        | 'tmy3'
        | 'tm2'
        | 'epw'
        | 'sam-csv'
        | 'pvgis-csv'
        | 'pvgis-json'
        | 'nasa-power-json'
        | 'open-meteo-json';
      /** The year to read from a file with several years */
      readonly year?: number;
      readonly site_id?: string;
    };
    readonly body: Upload;
    readonly answer: Weather;
  };
  /** List weather datasets, newest first (listWeather) */
  readonly 'GET /v1/weather': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: WeatherPage;
  };
  /** List the weather providers, what they have and the credit that they require (listWeatherProviders) */
  readonly 'GET /v1/weather/providers': {
    readonly answer: WeatherProviders;
  };
  /** Fetch a year of weather from a provider and store it as a dataset (fetchWeather) */
  readonly 'POST /v1/weather/fetch': {
    readonly body: FetchWeatherRequest;
    readonly answer: FetchedWeather;
  };
  /** Read the place, sums, gaps and origin of a weather dataset (getWeather) */
  readonly 'GET /v1/weather/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Weather;
  };
  /** Delete a weather dataset (deleteWeather) */
  readonly 'DELETE /v1/weather/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Create a report about finished jobs: PDF, HTML, workbook and data package (createReport) */
  readonly 'POST /v1/reports': {
    readonly body: CreateReportRequest;
    readonly answer: ReportJob;
  };
  /** List reports, newest first (listReports) */
  readonly 'GET /v1/reports': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: ReportPage;
  };
  /** Compute the energy yield of up to 1,000 systems over one or more years of weather (analyzeSolar) */
  readonly 'POST /v1/solar/analyze': {
    readonly body: AnalyzeSolarRequest;
    readonly answer: SolarAnalysis;
  };
  /** Find the best tilt, azimuth, DC/AC ratio, row spacing, mounting, capacity, module and inverter of a plant (optimizeSolar) */
  readonly 'POST /v1/solar/optimize': {
    readonly body: OptimizeSolarRequest;
    readonly answer: SolarDesignSearch;
  };
  /** Compute the yield of a wind farm: wakes, losses, exceedance levels, time series, wake steering, flow maps, economics (analyzeWind) */
  readonly 'POST /v1/wind/analyze': {
    readonly body: AnalyzeWindRequest;
    readonly answer: WindAnalysis;
  };
  /** Find the best layout of a wind farm within a boundary: by energy, cost, land or cables; also turbine type and number (optimizeWind) */
  readonly 'POST /v1/wind/optimize': {
    readonly body: OptimizeWindRequest;
    readonly answer: WindLayoutSearch;
  };
  /** Compute the sun's position and clear-sky irradiance with Ineichen's or Haurwitz's model (clearSky) */
  readonly 'GET /v1/solar/clear-sky': {
    readonly query: {
      /** Latitude, positive in the north [deg]; -90 to 90 */
      readonly latitude_deg: number;
      /** Longitude, positive in the east [deg]; -180 to 180 */
      readonly longitude_deg: number;
      /** Elevation above sea level [m]; -450 to 9000; source of the default: the platform's choice, sea level */
      readonly elevation_m?: number;
      /** First instant, ISO 8601 */
      readonly starts_at: string;
      /** Last instant; with `starts_at` and `step_minutes` at most 9,000 instants */
      readonly ends_at: string;
      /** Length of a time step [min]; 1 to 1440; source of the default: the platform's choice, hourly */
      readonly step_minutes?: number;
      /** source of the default: pvlib, Location.get_clearsky */
      readonly model?: 'ineichen' | 'haurwitz';
      /** Linke turbidity at air mass 2 [1]; default: a worldwide monthly table; 1 to 15; source of the default: pvlib, clearsky.lookup_linke_turbidity */
      readonly linke_turbidity?: number;
    };
    readonly answer: ClearSky;
  };
  /** Search modules: your own first, newest first, then the bundled CEC modules by name (searchModules) */
  readonly 'GET /v1/modules': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Words that the name contains, in any order */
      readonly search?: string;
      readonly min_power_w?: number;
      readonly max_power_w?: number;
      /** Whether your organization uploaded it; true: only uploads; false: only bundled ones */
      readonly is_custom?: 'true' | 'false';
      /** Cell technology: Mono-c-Si, Multi-c-Si, Thin Film, CdTe, CIGS */
      readonly technology?: string;
    };
    readonly answer: ModulePage;
  };
  /** Upload a module: PVsyst's .PAN, or rows of SAM's CEC library (uploadModule) */
  readonly 'POST /v1/modules': {
    readonly query?: {
      /** Name of the file, shown in messages and lists */
      readonly name?: string;
    };
    readonly body: Upload;
    readonly answer: UploadedComponents;
  };
  /** Read one module with the parameters of its model (getModule) */
  readonly 'GET /v1/modules/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: ModuleDetail;
  };
  /** Delete an uploaded module; jobs that used it are not affected (deleteModule) */
  readonly 'DELETE /v1/modules/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Compute a module's current-voltage curve under given conditions with its single-diode model (getModuleIvCurve) */
  readonly 'GET /v1/modules/{id}/iv-curve': {
    readonly path: {
      readonly id: string;
    };
    readonly query?: {
      /** Effective irradiance: what reaches the cells [W/m2]; source of the default: IEC 60904-3, standard test conditions */
      readonly irradiance_w_m2?: number;
      /** Temperature of the cells [degC]; source of the default: IEC 60904-3, standard test conditions */
      readonly temp_cell_c?: number;
      /** Number of points of the curve, 2 to 2,000; source of the default: the platform's choice, a smooth curve */
      readonly n_points?: number;
    };
    readonly answer: IvCurve;
  };
  /** Search inverters: your own first, newest first, then the bundled CEC inverters by name (searchInverters) */
  readonly 'GET /v1/inverters': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Words that the name contains, in any order */
      readonly search?: string;
      readonly min_power_w?: number;
      readonly max_power_w?: number;
      /** Whether your organization uploaded it; true: only uploads; false: only bundled ones */
      readonly is_custom?: 'true' | 'false';
    };
    readonly answer: InverterPage;
  };
  /** Upload an inverter: PVsyst's .OND, or rows of SAM's CEC library (uploadInverter) */
  readonly 'POST /v1/inverters': {
    readonly query?: {
      /** Name of the file, shown in messages and lists */
      readonly name?: string;
    };
    readonly body: Upload;
    readonly answer: UploadedComponents;
  };
  /** Read one inverter with the parameters of its model (getInverter) */
  readonly 'GET /v1/inverters/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: InverterDetail;
  };
  /** Delete an uploaded inverter; jobs that used it are not affected (deleteInverter) */
  readonly 'DELETE /v1/inverters/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** List uploaded horizons, newest first (listHorizons) */
  readonly 'GET /v1/horizons': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: HorizonPage;
  };
  /** Upload a horizon: CSV of azimuth and elevation, or PVGIS's horizon profile (csv, json) (uploadHorizon) */
  readonly 'POST /v1/horizons': {
    readonly query?: {
      /** Name of the file, shown in messages and lists */
      readonly name?: string;
    };
    readonly body: Upload;
    readonly answer: UploadedComponents;
  };
  /** Delete an uploaded horizon; jobs that used it are not affected (deleteHorizon) */
  readonly 'DELETE /v1/horizons/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Convert a windIO wind energy system (YAML) into the fields of an analysis and a layout search (readWindIo) */
  readonly 'POST /v1/wind/windio': {
    readonly body: Upload;
    readonly answer: WindIoRequest;
  };
  /** Search the public turbines and your own ones (searchTurbines) */
  readonly 'GET /v1/wind/turbines': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Part of the turbine's name */
      readonly search?: string;
      readonly min_rated_kw?: number;
      readonly max_rated_kw?: number;
      readonly min_rotor_diameter_m?: number;
      readonly max_rotor_diameter_m?: number;
      /** Whether the turbine has a thrust curve, which wakes require; true: only such turbines; false: only others */
      readonly has_thrust?: 'true' | 'false';
    };
    readonly answer: TurbinePage;
  };
  /** Upload a power and thrust curve of your own turbine (createTurbine) */
  readonly 'POST /v1/wind/turbines': {
    readonly body: CreateTurbineRequest;
    readonly answer: TurbineDetail;
  };
  /** List the wake models by name (listWakeModels) */
  readonly 'GET /v1/wind/wake-models': {
    readonly answer: WakeModelList;
  };
  /** Read a turbine with its curve (getTurbine) */
  readonly 'GET /v1/wind/turbines/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: TurbineDetail;
  };
  /** Delete a turbine that you uploaded (deleteTurbine) */
  readonly 'DELETE /v1/wind/turbines/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Upload a wind resource: CSV of measurements, WAsP .tab or .wrg, or .grd of mean speeds (uploadWindResource) */
  readonly 'POST /v1/wind/resources': {
    readonly query?: {
      /** Name of the file, shown in lists */
      readonly name?: string;
      /** Format of the file; default: recognised from its content */
      readonly format?: 'csv' | 'tab' | 'wrg' | 'grd';
      /** Height of the wind speeds above ground, in a CSV or .grd file [m] */
      readonly height_m?: number;
      /** Height of wind_speed_lower_m_s above ground [m] */
      readonly lower_height_m?: number;
    };
    readonly body: Upload;
    readonly answer: WindResource;
  };
  /** List wind resources, newest first (listWindResources) */
  readonly 'GET /v1/wind/resources': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: WindResourcePage;
  };
  /** Read a wind resource: data quality, distributions by sector, shear and extreme wind (getWindResource) */
  readonly 'GET /v1/wind/resources/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: WindResource;
  };
  /** Delete a wind resource (deleteWindResource) */
  readonly 'DELETE /v1/wind/resources/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** List jobs, newest first, without inputs and results (listJobs) */
  readonly 'GET /v1/jobs': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      readonly kind?: 'report' | 'solar-analyze' | 'solar-optimize' | 'wind-analyze' | 'wind-optimize';
      readonly status?: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
    };
    readonly answer: JobPage;
  };
  /** Read a job with its result (getJob) */
  readonly 'GET /v1/jobs/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Job;
  };
  /** Cancel a job; it keeps its best result so far (cancelJob) */
  readonly 'POST /v1/jobs/{id}/cancel': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Job;
  };
  /** List the names of a job's stored time series (listJobSeries) */
  readonly 'GET /v1/jobs/{id}/series': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: SeriesNames;
  };
  /** Read a time series of a job as JSON columns or CSV (getJobSeries) */
  readonly 'GET /v1/jobs/{id}/series/{name}': {
    readonly path: {
      readonly id: string;
      readonly name: string;
    };
    readonly query?: {
      /** source of the default: the platform's choice, as all other answers */
      readonly format?: 'json' | 'csv';
      /** Columns: their names, each once, separated by commas; default: all */
      readonly columns?: string;
    };
    readonly answer: Series;
  };
  /** Read the state and the files of a report (getReport) */
  readonly 'GET /v1/reports/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Report;
  };
  /** Delete a report and its files; links to the files then answer 410 (deleteReport) */
  readonly 'DELETE /v1/reports/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Create a link with which anyone can download a file until it expires (createReportLink) */
  readonly 'POST /v1/reports/{id}/links': {
    readonly path: {
      readonly id: string;
    };
    readonly body: CreateReportLinkRequest;
    readonly answer: ReportLink;
  };
  /** Register an endpoint; only this answer contains its secret (createWebhook) */
  readonly 'POST /v1/webhooks': {
    readonly body: CreateWebhookRequest;
    readonly answer: NewWebhook;
  };
  /** List endpoints, newest first (listWebhooks) */
  readonly 'GET /v1/webhooks': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: WebhookPage;
  };
  /** Read an endpoint (getWebhook) */
  readonly 'GET /v1/webhooks/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Webhook;
  };
  /** Change, enable or disable an endpoint (updateWebhook) */
  readonly 'PATCH /v1/webhooks/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly body: UpdateWebhookRequest;
    readonly answer: Webhook;
  };
  /** Delete an endpoint and the log of its deliveries (deleteWebhook) */
  readonly 'DELETE /v1/webhooks/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Create a new secret, which only this answer contains; for 24 hours requests carry the signatures of both secrets (rotateWebhookSecret) */
  readonly 'POST /v1/webhooks/{id}/rotate-secret': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: WebhookSecret;
  };
  /** Send a test event to the endpoint (testWebhook) */
  readonly 'POST /v1/webhooks/{id}/test': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Delivery;
  };
  /** List the deliveries to an endpoint, newest first (listDeliveries) */
  readonly 'GET /v1/webhooks/{id}/deliveries': {
    readonly path: {
      readonly id: string;
    };
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      readonly status?: 'pending' | 'succeeded' | 'failed' | 'skipped';
      readonly event_type?: 'job.succeeded' | 'job.failed' | 'job.cancelled' | 'report.ready' | 'webhook.test';
      /** First instant: events at or after it */
      readonly starts_at?: string;
      /** Last instant: events before it */
      readonly ends_at?: string;
    };
    readonly answer: DeliveryPage;
  };
  /** Read a delivery with its payload, its attempts and their answers (getDelivery) */
  readonly 'GET /v1/deliveries/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: DeliveryDetail;
  };
  /** Deliver failed or skipped events again: those of an endpoint since a time, or one delivery by its id (dlv_...) (retryDeliveries) */
  readonly 'POST /v1/webhooks/{id}/retry': {
    readonly path: {
      readonly id: string;
    };
    readonly body?: RetryDeliveriesRequest;
    readonly answer: Retried;
  };
}

/** What each download takes, by path. */
export interface Downloads {
  /** Read a wind job as a windIO document: its farm or its best layout, with the wind at hub height (getJobWindIo) */
  readonly '/v1/wind/jobs/{id}/windio': {
    readonly path: {
      readonly id: string;
    };
  };
  /** Draw the layout of the job, or the best one that it found, with boundary and cables (getLayoutPicture) */
  readonly '/v1/wind/jobs/{id}/layout.svg': {
    readonly path: {
      readonly id: string;
    };
  };
  /** Draw the wind of a job by sector (getWindRosePicture) */
  readonly '/v1/wind/jobs/{id}/wind-rose.svg': {
    readonly path: {
      readonly id: string;
    };
  };
  /** Draw a flow map of an analysis; the series flow-map-1, ... have its data (getFlowMapPicture) */
  readonly '/v1/wind/jobs/{id}/flow-maps/{number}.svg': {
    readonly path: {
      readonly id: string;
      readonly number: string;
    };
  };
  /** Read a time series of a job as JSON columns or CSV (getJobSeries) */
  readonly '/v1/jobs/{id}/series/{name}': {
    readonly path: {
      readonly id: string;
      readonly name: string;
    };
    readonly query?: {
      /** source of the default: the platform's choice, as all other answers */
      readonly format?: 'json' | 'csv';
      /** Columns: their names, each once, separated by commas; default: all */
      readonly columns?: string;
    };
  };
  /** Download a file of a report: pdf, html, xlsx, or csv (a zip file with CSV and JSON) (downloadReportFile) */
  readonly '/v1/reports/{id}/files/{format}': {
    readonly path: {
      readonly id: string;
      readonly format: string;
    };
  };
  /** Download a file with a signed link, without credentials (downloadReport) */
  readonly '/v1/downloads/reports/{id}/{format}': {
    readonly path: {
      readonly id: string;
      readonly format: string;
    };
    readonly query: {
      /** End of the link [s since 1970] */
      readonly expires: number;
      readonly signature: string;
    };
  };
}
