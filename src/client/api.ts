/**
 * Types of the API's requests and answers. `npm run openapi` writes this file from the contracts; a change here is lost.
 */
import type { Upload } from './files.ts';

export interface AcceptInvitationRequest {
  /** What stands behind the # in the link of the mail */
  readonly token: string;
  readonly name: string;
  readonly password: string;
  /** Language of mails to the person; source of the default: the platform's choice, English */
  readonly language?: 'en' | 'de';
}

export interface AddMemberRequest {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** source of the default: the platform's choice, the fewer rights */
  readonly role?: 'owner' | 'admin' | 'member' | 'viewer';
  /** Language of mails to the person; source of the default: the platform's choice, English */
  readonly language?: 'en' | 'de';
}

export interface AdminAdministrator {
  /** Id */
  readonly id: string;
  /** Email address in lower case */
  readonly email: string;
  readonly name: string;
  /** Created, UTC */
  readonly created_at: string;
}

export interface AdminAuditEvent {
  /** Id */
  readonly id: string;
  /** When the act was done, UTC */
  readonly created_at: string;
  /** What was done */
  readonly type:
    | 'organization.registered'
    | 'organization.renamed'
    | 'organization.plan_changed'
    | 'organization.second_factor_changed'
    | 'organization.sign_in_changed'
    | 'organization.identity_provider_set'
    | 'organization.identity_provider_removed'
    | 'auth.login'
    | 'auth.logins_failed'
    | 'auth.logout'
    | 'auth.logout_everywhere'
    | 'auth.token_reused'
    | 'auth.password_changed'
    | 'auth.password_reset'
    | 'auth.email_confirmed'
    | 'auth.email_changed'
    | 'auth.identity_linked'
    | 'auth.second_factor_set_up'
    | 'auth.second_factor_ended'
    | 'auth.recovery_code_used'
    | 'auth.recovery_codes_replaced'
    | 'member.added'
    | 'member.invited'
    | 'member.invitation_revoked'
    | 'member.joined'
    | 'member.role_changed'
    | 'member.removed'
    | 'api_key.created'
    | 'api_key.rotated'
    | 'api_key.revoked'
    | 'webhook.created'
    | 'webhook.changed'
    | 'webhook.deleted'
    | 'webhook.secret_rotated'
    | 'webhook.disabled'
    | 'site.created'
    | 'site.changed'
    | 'site.deleted'
    | 'budget.created'
    | 'budget.deleted'
    | 'job.cancelled'
    | 'job.deleted'
    | 'weather.deleted'
    | 'report.requested'
    | 'report.deleted'
    | 'mail.address_unreachable'
    | 'mail.address_reachable'
    | 'organization.suspended'
    | 'organization.resumed'
    | 'organization.exported'
    | 'organization.deletion_requested'
    | 'organization.deleted'
    | 'job.run_again'
    | 'delivery.retried'
    | 'rate_limit.cleared'
    | 'experiment.started'
    | 'experiment.stopped'
    | 'plan.created'
    | 'plan.changed'
    | 'admin.created'
    | 'admin.removed'
    | 'admin.login';
  /** Who did it */
  readonly actor_kind: 'user' | 'api_key' | 'administrator' | 'anonymous' | 'system';
  /** Id of who did it: usr_..., key_... or adm_... */
  readonly actor_id: string | null;
  /** Id of what it was done to */
  readonly target_id: string | null;
  /** What is not personal, such as the new role or plan */
  readonly details: Readonly<Record<string, unknown>>;
  /** Personal content, such as the address of the request; null if there is none or it was erased */
  readonly personal: Readonly<Record<string, unknown>> | null;
  /** Whether its personal content was erased */
  readonly is_erased: boolean;
  /** Position in the chain of the organization; null until it is chained */
  readonly sequence: number | null;
  /** SHA-256 over the entry and the hash before it, as hexadecimal digits */
  readonly hash: string | null;
  /** Organization; platform where the act concerned none */
  readonly organization_id: string;
}

export interface AdminAuditEventPage {
  readonly data: readonly AdminAuditEvent[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface AdminChangePlanRequest {
  readonly name?: string;
  readonly n_requests_per_minute?: number | null;
  readonly n_burst_requests?: number | null;
  readonly n_organization_requests_per_minute?: number | null;
  readonly n_open_jobs?: number | null;
  readonly monthly_compute_s?: number | null;
  readonly n_retention_days?: number | null;
  readonly fairness_weight?: number;
  readonly features?: readonly ('optimization' | 'reporting' | 'webhooks')[];
  readonly stripe_price_id?: string | null;
}

/** A login of an administrator in a browser; its token stands in a cookie that scripts cannot read */
export interface AdminCookieSession {
  /** End of the login, UTC */
  readonly expires_at: string;
  readonly administrator: AdminAdministrator;
}

/** Counter of a rate limit */
export interface AdminCounter {
  /** Requests that count in the present window */
  readonly n_counted: number;
  /** When the window ends; null: nothing counts, UTC */
  readonly resets_at: string | null;
}

export interface AdminCreatePlanRequest {
  readonly id: string;
  readonly name: string;
  readonly n_requests_per_minute: number | null;
  readonly n_burst_requests: number | null;
  readonly n_organization_requests_per_minute: number | null;
  readonly n_open_jobs: number | null;
  readonly monthly_compute_s: number | null;
  readonly n_retention_days: number | null;
  readonly fairness_weight: number;
  readonly features: readonly ('optimization' | 'reporting' | 'webhooks')[];
  readonly stripe_price_id: string | null;
}

export interface AdminDelivery {
  /** Id */
  readonly id: string;
  /** Organization */
  readonly organization_id: string;
  /** Endpoint */
  readonly webhook_id: string;
  readonly event_type: string;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'skipped';
  /** Number of the round of attempts: 1, plus one for each manual retry */
  readonly round: number;
  /** Created, UTC */
  readonly created_at: string;
  /** When the delivery succeeded, failed or was skipped, UTC */
  readonly ended_at: string | null;
}

export interface AdminDeliveryPage {
  readonly data: readonly AdminDelivery[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface AdminFlag {
  /** Setting of the installation */
  readonly name: string;
  readonly is_on: boolean;
}

export interface AdminFlagList {
  readonly data: readonly AdminFlag[];
}

export interface AdminJob {
  /** Id */
  readonly id: string;
  /** Organization */
  readonly organization_id: string;
  readonly kind: 'report' | 'solar-analyze' | 'solar-optimize' | 'wind-analyze' | 'wind-optimize';
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Fraction of the job that is done [1] */
  readonly progress: number;
  readonly error: JobError | null;
  /** Accepted, UTC */
  readonly created_at: string;
  /** Started, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** Busy time of compute threads in all attempts [s] */
  readonly compute_s: number | null;
  /** Its workflow in Temporal Web UI; null without TEMPORAL_UI_URL */
  readonly temporal_url: string | null;
}

export interface AdminJobPage {
  readonly data: readonly AdminJob[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface AdminKey {
  /** Id */
  readonly id: string;
  /** Organization */
  readonly organization_id: string;
  readonly name: string;
  /** First characters of the key, by which its owner recognises it */
  readonly prefix: string;
  readonly scopes: readonly string[];
  /** Who created it */
  readonly created_by: string | null;
  /** Created, UTC */
  readonly created_at: string;
  /** When the key was last used, to the minute, UTC */
  readonly last_used_at: string | null;
  /** When the key was revoked; it is refused from then on, UTC */
  readonly revoked_at: string | null;
}

export interface AdminKeyPage {
  readonly data: readonly AdminKey[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface AdminLogInRequest {
  readonly email: string;
  readonly password: string;
  /** Six digits */
  readonly code: string;
}

export interface AdminOrganization {
  /** Id */
  readonly id: string;
  readonly name: string;
  /** Id of the plan */
  readonly plan: string;
  /** Created, UTC */
  readonly created_at: string;
  /** When it was suspended; null: it is not, UTC */
  readonly suspended_at: string | null;
  /** What its people read in place of an answer */
  readonly suspension_reason: string | null;
  /** Number of people */
  readonly n_people: number;
  /** Number of API keys that are not revoked */
  readonly n_keys: number;
  /** Jobs that wait or run */
  readonly n_open_jobs: number;
}

export interface AdminOrganizationPage {
  readonly data: readonly AdminOrganization[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface AdminPerson {
  /** Id */
  readonly id: string;
  /** Organization */
  readonly organization_id: string;
  /** Email address in lower case */
  readonly email: string;
  readonly name: string;
  readonly role: 'owner' | 'admin' | 'member' | 'viewer';
  /** When the person confirmed the address; null: not yet, UTC */
  readonly email_confirmed_at: string | null;
  /** What keeps mails from the address, as SendGrid reports it: complained (reported as spam), unsubscribed, bounced (there is no such address), blocked (for now); null: nothing known */
  readonly email_problem: 'complained' | 'unsubscribed' | 'bounced' | 'blocked' | null;
  /** Whether logins of the person take a code besides the password */
  readonly has_second_factor: boolean;
  /** Registered, UTC */
  readonly created_at: string;
}

export interface AdminPersonPage {
  readonly data: readonly AdminPerson[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface AdminPlan {
  /** Name of the plan in requests and answers: free */
  readonly id: string;
  /** Name of the plan for readers */
  readonly name: string;
  /** Requests a minute by each API key and each person; null: as the installation sets it */
  readonly n_requests_per_minute: number | null;
  /** Requests in a minute above that; null: as the installation sets it */
  readonly n_burst_requests: number | null;
  /** Requests a minute by the whole organization; null: five times those of a key */
  readonly n_organization_requests_per_minute: number | null;
  /** Jobs that may wait or run at the same time; null: any number */
  readonly n_open_jobs: number | null;
  /** Compute time of the jobs created in a month, UTC [s]; null: any */
  readonly monthly_compute_s: number | null;
  /** Ended jobs are deleted after this time [d]; null: never */
  readonly n_retention_days: number | null;
  /** Parts of the platform that the plan includes */
  readonly features: readonly ('optimization' | 'reporting' | 'webhooks')[];
  /** Share of a queue when jobs wait, relative to a plan of weight 1 */
  readonly fairness_weight: number;
  /** Price at Stripe; null: nobody can subscribe to the plan */
  readonly stripe_price_id: string | null;
}

export interface AdminPlanList {
  readonly data: readonly AdminPlan[];
}

/** A login of an administrator of the platform */
export interface AdminSession {
  /** Token for Authorization: Bearer; only this answer contains it */
  readonly token: string;
  /** End of the login, UTC */
  readonly expires_at: string;
  readonly administrator: AdminAdministrator;
}

export interface AdminSetPlanRequest {
  readonly plan: string;
}

export interface AdminStartExperimentRequest {
  readonly name: string;
  readonly subject: 'search_defaults';
  /** Only organizations with these plans; empty: all; source of the default: the platform's choice, everybody */
  readonly plans?: readonly string[];
  /** The first one is what the others are compared with */
  readonly variants: readonly {
    readonly name: string;
    /** Share of organizations, relative to the other weights */
    readonly weight: number;
    /** Number of iterations of searches by nsga2 whose request names none; null: as without the experiment */
    readonly n_iterations: number | null;
  }[];
  /** Conversion that is expected of the first variant [%] */
  readonly baseline_pct: number;
  /** Smallest difference that is to be found [%] */
  readonly effect_pct: number;
}

export interface AdminStarted {
  /** Id of the job that starts */
  readonly job_id: string;
}

export interface AdminSuspendRequest {
  /** What its people read in place of an answer */
  readonly suspension_reason: string;
}

export interface AdminUsage {
  /** First instant of what is summed, UTC */
  readonly starts_at: string;
  readonly data: readonly AdminUsageRow[];
}

export interface AdminUsageRow {
  /** Organization */
  readonly organization_id: string;
  /** What was used; compute_s is in seconds, the others are counts */
  readonly metric: 'jobs' | 'evaluations' | 'compute_s' | 'written_reports' | 'stored_series' | 'api_calls';
  /** How much was used */
  readonly amount: number;
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
  /** Shear from the height of the wind speeds to each hub; default: power law with its default exponent; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
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
  /** Turbines of other farms: their wakes count, their energy does not. They may stand outside of the boundary */
  readonly neighbours?: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  readonly wake?: WakeChoice;
  /** Losses other than wakes, by name; each one applies to what the previous ones leave [%]; source of the default: the platform's choice, none */
  readonly losses_pct?: Readonly<Record<string, number>>;
  /** Maximum power that may be fed in [kW] by the whole farm, after all losses and curtailment; 0 to 100000000 */
  readonly export_limit_kw?: number;
  readonly curtailment?: Curtailment;
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
  /** Processor: cpu, gpu, or auto, a GPU where a worker has one and it is faster. The flow maps are computed there, all energies on the CPU.; source of the default: the platform's choice, the faster of the two */
  readonly compute?: 'auto' | 'cpu' | 'gpu';
  /** compute gpu: how long the job may wait for a GPU worker if there is none [s]; 0: it is refused; source of the default: the platform's choice, the answer says at once that there is none */
  readonly gpu_wait_s?: number;
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
    | 'usage:read'
    | 'billing:read'
    | 'billing:write'
    | 'keys:read'
    | 'keys:write'
    | 'organization:read'
    | 'organization:write'
    | 'organization:own'
    | 'audit:read'
  )[];
  /** Who created it: the person, also by means of another key */
  readonly created_by: string | null;
  /** Key with which it was made; revoking that key revokes this one too */
  readonly parent_key_id: string | null;
  /** Key in whose place it was made */
  readonly replaces_key_id: string | null;
  /** When the key ends; null: never, UTC */
  readonly expires_at: string | null;
  /** Ranges of addresses from which the key may be used; null: all */
  readonly allowed_addresses: readonly string[] | null;
  /** Whether it is for tests: its jobs are not billed, their reports are marked as a test, and it mails nobody */
  readonly is_test: boolean;
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

/** GeoJSON (RFC 7946) with polygons, holes and parts; a circle is a Feature whose geometry is a Point and whose properties hold radius_m. Exclusions may be points and lines with setback_m */
export type Area = AreaPolygon | AreaMultiPolygon | AreaGeometryCollection | AreaFeature | AreaFeatureCollection;

export type AreaFeature = {
  readonly type: 'Feature';
  /** null: nothing, the feature is skipped */
  readonly geometry:
    | Polygon
    | MultiPolygon
    | GeometryCollection
    | Point
    | MultiPoint
    | LineString
    | MultiLineString
    | null;
  readonly properties?:
    | ({
        /** Radius of a circle around a Point [m] */
        readonly radius_m?: number;
        /** Distance kept from the edge of this feature, or from its points and lines [m], in place of that of the area; 0 to 100000 */
        readonly setback_m?: number;
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
  /** null: nothing, the feature is skipped */
  readonly geometry:
    | Polygon
    | MultiPolygon
    | GeometryCollection
    | Point
    | MultiPoint
    | LineString
    | MultiLineString
    | null;
  readonly properties?:
    | ({
        /** Radius of a circle around a Point [m] */
        readonly radius_m?: number;
        /** Distance kept from the edge of this feature, or from its points and lines [m], in place of that of the area; 0 to 100000 */
        readonly setback_m?: number;
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

/** GeoJSON (RFC 7946) with polygons, holes and parts; a circle is a Feature whose geometry is a Point and whose properties hold radius_m. Exclusions may be points and lines with setback_m */
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

/** An entry of the audit log, which nobody changes */
export interface AuditEvent {
  /** Id */
  readonly id: string;
  /** When the act was done, UTC */
  readonly created_at: string;
  /** What was done */
  readonly type:
    | 'organization.registered'
    | 'organization.renamed'
    | 'organization.plan_changed'
    | 'organization.second_factor_changed'
    | 'organization.sign_in_changed'
    | 'organization.identity_provider_set'
    | 'organization.identity_provider_removed'
    | 'auth.login'
    | 'auth.logins_failed'
    | 'auth.logout'
    | 'auth.logout_everywhere'
    | 'auth.token_reused'
    | 'auth.password_changed'
    | 'auth.password_reset'
    | 'auth.email_confirmed'
    | 'auth.email_changed'
    | 'auth.identity_linked'
    | 'auth.second_factor_set_up'
    | 'auth.second_factor_ended'
    | 'auth.recovery_code_used'
    | 'auth.recovery_codes_replaced'
    | 'member.added'
    | 'member.invited'
    | 'member.invitation_revoked'
    | 'member.joined'
    | 'member.role_changed'
    | 'member.removed'
    | 'api_key.created'
    | 'api_key.rotated'
    | 'api_key.revoked'
    | 'webhook.created'
    | 'webhook.changed'
    | 'webhook.deleted'
    | 'webhook.secret_rotated'
    | 'webhook.disabled'
    | 'site.created'
    | 'site.changed'
    | 'site.deleted'
    | 'budget.created'
    | 'budget.deleted'
    | 'job.cancelled'
    | 'job.deleted'
    | 'weather.deleted'
    | 'report.requested'
    | 'report.deleted'
    | 'mail.address_unreachable'
    | 'mail.address_reachable'
    | 'organization.suspended'
    | 'organization.resumed'
    | 'organization.exported'
    | 'organization.deletion_requested'
    | 'organization.deleted'
    | 'job.run_again'
    | 'delivery.retried'
    | 'rate_limit.cleared'
    | 'experiment.started'
    | 'experiment.stopped'
    | 'plan.created'
    | 'plan.changed'
    | 'admin.created'
    | 'admin.removed'
    | 'admin.login';
  /** Who did it */
  readonly actor_kind: 'user' | 'api_key' | 'administrator' | 'anonymous' | 'system';
  /** Id of who did it: usr_..., key_... or adm_... */
  readonly actor_id: string | null;
  /** Id of what it was done to */
  readonly target_id: string | null;
  /** What is not personal, such as the new role or plan */
  readonly details: Readonly<Record<string, unknown>>;
  /** Personal content, such as the address of the request; null if there is none or it was erased */
  readonly personal: Readonly<Record<string, unknown>> | null;
  /** Whether its personal content was erased */
  readonly is_erased: boolean;
  /** Position in the chain of the organization; null until it is chained */
  readonly sequence: number | null;
  /** SHA-256 over the entry and the hash before it, as hexadecimal digits */
  readonly hash: string | null;
}

export interface AuditEventPage {
  readonly data: readonly AuditEvent[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

/** An act was recorded in the audit log; only who names this event gets it */
export interface AuditRecordedEvent {
  readonly type: 'audit.recorded';
  /** When the event happened; webhook-timestamp has the time of the attempt, UTC */
  readonly timestamp: string;
  /** Version of this form; a version may gain members */
  readonly api_version: '2026-11-01';
  readonly data: {
    /** Id */
    readonly id: string;
    /** When the act was done, UTC */
    readonly created_at: string;
    /** What was done */
    readonly type:
      | 'organization.registered'
      | 'organization.renamed'
      | 'organization.plan_changed'
      | 'organization.second_factor_changed'
      | 'organization.sign_in_changed'
      | 'organization.identity_provider_set'
      | 'organization.identity_provider_removed'
      | 'auth.login'
      | 'auth.logins_failed'
      | 'auth.logout'
      | 'auth.logout_everywhere'
      | 'auth.token_reused'
      | 'auth.password_changed'
      | 'auth.password_reset'
      | 'auth.email_confirmed'
      | 'auth.email_changed'
      | 'auth.identity_linked'
      | 'auth.second_factor_set_up'
      | 'auth.second_factor_ended'
      | 'auth.recovery_code_used'
      | 'auth.recovery_codes_replaced'
      | 'member.added'
      | 'member.invited'
      | 'member.invitation_revoked'
      | 'member.joined'
      | 'member.role_changed'
      | 'member.removed'
      | 'api_key.created'
      | 'api_key.rotated'
      | 'api_key.revoked'
      | 'webhook.created'
      | 'webhook.changed'
      | 'webhook.deleted'
      | 'webhook.secret_rotated'
      | 'webhook.disabled'
      | 'site.created'
      | 'site.changed'
      | 'site.deleted'
      | 'budget.created'
      | 'budget.deleted'
      | 'job.cancelled'
      | 'job.deleted'
      | 'weather.deleted'
      | 'report.requested'
      | 'report.deleted'
      | 'mail.address_unreachable'
      | 'mail.address_reachable'
      | 'organization.suspended'
      | 'organization.resumed'
      | 'organization.exported'
      | 'organization.deletion_requested'
      | 'organization.deleted'
      | 'job.run_again'
      | 'delivery.retried'
      | 'rate_limit.cleared'
      | 'experiment.started'
      | 'experiment.stopped'
      | 'plan.created'
      | 'plan.changed'
      | 'admin.created'
      | 'admin.removed'
      | 'admin.login';
    /** Who did it */
    readonly actor_kind: 'user' | 'api_key' | 'administrator' | 'anonymous' | 'system';
    /** Id of who did it: usr_..., key_... or adm_... */
    readonly actor_id: string | null;
    /** Id of what it was done to */
    readonly target_id: string | null;
    /** What is not personal, such as the new role or plan */
    readonly details: Readonly<Record<string, unknown>>;
    readonly sequence: number;
    readonly hash: string;
  };
}

/** What the plant itself uses: control, cooling, motors, lights */
export interface Auxiliaries {
  /** Power at all times [kW]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly constant_kw?: number;
  /** Power in addition while the inverters deliver nothing [kW]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly night_kw?: number;
}

/** What the plant itself uses: control, cooling, motors, lights */
export interface AuxiliariesOutput {
  /** Power at all times [kW]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly constant_kw: number;
  /** Power in addition while the inverters deliver nothing [kW]; 0 to 1000000; source of the default: the platform's choice, none */
  readonly night_kw: number;
}

export interface BeginSecondFactorRequest {
  readonly current_password: string;
}

export interface BeginSignInRequest {
  /** Id of the organization (org_...) */
  readonly organization_id: string;
}

export interface BegunSignIn {
  /** Page of the identity provider to open in the browser */
  readonly url: string;
  /** When the sign-in must be complete, UTC */
  readonly expires_at: string;
}

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
  /** What was computed: time steps, or directions by speeds. Results of earlier versions lack it */
  readonly wind_cases?: WindCases;
  /** Constants of the wake model that were used, by the names of `wake.constants`. Results of earlier versions lack them */
  readonly wake_constants?: Readonly<Record<string, number>>;
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
  /** Loss by the wakes of own turbines as a share of the gross energy [%] */
  readonly internal_wake_loss_pct?: number;
  /** Loss by the wakes of neighbours as a share of what own wakes leave [%] */
  readonly external_wake_loss_pct?: number;
  /** Energy with wakes divided by energy without wakes [1] */
  readonly array_efficiency: number;
  /** Net energy divided by rated power and 8,760 h [%] */
  readonly capacity_factor_pct: number;
  /** Full-load hours: net energy divided by rated power [h] */
  readonly full_load_hours: number;
  /** Losses from gross to net energy: wakes first, then curtailment, then the others in the order of the request */
  readonly losses: readonly {
    readonly name: string;
    /** Loss as a share of what the previous losses left [%] */
    readonly loss_pct: number;
    /** Energy that the loss takes [kWh] */
    readonly loss_kwh: number;
    /** Energy that remains after this step [kWh] */
    readonly remaining_kwh: number;
  }[];
  /** What the rules of curtailment take; `losses` has their sum. Left out without rules */
  readonly curtailment?: CurtailmentCost;
  readonly exceedance: Exceedance;
  readonly sectors: readonly SectorYield[];
  /** Results by turbine, in the order of the layout */
  readonly turbines: readonly TurbineYield[];
  /** Turbines of other farms: their results, which no sum contains */
  readonly neighbours?: readonly TurbineYield[];
  readonly economics: Economics | null;
}

export interface BestSolarDesign {
  /** Values of the variables by name, in their own units */
  readonly values: Readonly<Record<string, number | string>>;
  /** Objectives by name: their values in their own units */
  readonly objectives: Readonly<Record<string, number>>;
  /** Whether the design satisfies all constraints */
  readonly is_feasible: boolean;
  /** Nameplate DC power that was built, with whole strings [kW] */
  readonly dc_capacity_kw: number;
  /** AC rating of all inverters that were built [kW] */
  readonly ac_capacity_kw: number;
  /** DC nameplate power divided by the AC rating of all inverters: what was built [1] */
  readonly dc_ac_ratio: number;
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
  /** The system: as `system` of POST /v1/solar/analyze it gives the same energy; absent in searches of earlier engines */
  readonly system?: SolarSystemOutput;
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

/** The subscription of an organization */
export interface Billing {
  /** Id of the plan that the organization has now */
  readonly plan: string;
  /** Status of the subscription in Stripe's words: active, trialing, past_due, unpaid, canceled; null without one */
  readonly status: string | null;
  /** End of the period that is paid for, UTC */
  readonly period_ends_at: string | null;
  /** When the subscription ends, if it was cancelled, UTC */
  readonly cancels_at: string | null;
  /** Until when the plan remains although a payment has failed, UTC */
  readonly grace_ends_at: string | null;
  /** Ids of the plans that can be subscribed to */
  readonly purchasable_plans: readonly string[];
  /** Key for pages that use Stripe's own scripts */
  readonly stripe_publishable_key: string | null;
}

/** What an organization wants to use at most in a month */
export interface Budget {
  /** Id */
  readonly id: string;
  /** What was used; compute_s is in seconds, the others are counts */
  readonly metric: 'jobs' | 'evaluations' | 'compute_s' | 'written_reports' | 'stored_series' | 'api_calls';
  /** Amount that a calendar month (UTC) may reach */
  readonly monthly_amount: number;
  /** Shares of the amount that cause an alert by mail and webhook, each once a month [%] */
  readonly alert_pcts: readonly number[];
  /** Whether new jobs are refused once the amount is reached (usage.budget_reached) */
  readonly is_hard_stop: boolean;
  /** Amount of the present month */
  readonly used_amount: number;
  /** Created, UTC */
  readonly created_at: string;
}

export interface BudgetPage {
  readonly data: readonly Budget[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

/** A share of a budget was reached, for the first time in this month */
export interface BudgetReachedEvent {
  readonly type: 'usage.budget_reached';
  /** When the event happened; webhook-timestamp has the time of the attempt, UTC */
  readonly timestamp: string;
  /** Version of this form; a version may gain members */
  readonly api_version: '2026-11-01';
  readonly data: {
    /** Id of the budget */
    readonly budget_id: string;
    readonly metric: 'jobs' | 'evaluations' | 'compute_s' | 'written_reports' | 'stored_series' | 'api_calls';
    /** Share of the amount that was reached [%] */
    readonly reached_pct: number;
    readonly monthly_amount: number;
    readonly used_amount: number;
    readonly is_hard_stop: boolean;
    /** First instant of the month, UTC */
    readonly month_starts_at: string;
  };
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
  readonly role: 'owner' | 'admin' | 'member' | 'viewer';
}

export interface ClearSky {
  readonly model: 'ineichen' | 'haurwitz';
  readonly data: readonly {
    /** Instant, UTC */
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

export interface CompleteSignInRequest {
  /** Address that the provider has sent the browser to */
  readonly url: string;
}

export interface CompleteWindAnalysis {
  readonly is_complete: true;
  readonly wake_model: string;
  /** What was computed: time steps, or directions by speeds. Results of earlier versions lack it */
  readonly wind_cases?: WindCases;
  /** Constants of the wake model that were used, by the names of `wake.constants`. Results of earlier versions lack them */
  readonly wake_constants?: Readonly<Record<string, number>>;
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
  /** Loss by the wakes of own turbines as a share of the gross energy [%] */
  readonly internal_wake_loss_pct?: number;
  /** Loss by the wakes of neighbours as a share of what own wakes leave [%] */
  readonly external_wake_loss_pct?: number;
  /** Energy with wakes divided by energy without wakes [1] */
  readonly array_efficiency: number;
  /** Net energy divided by rated power and 8,760 h [%] */
  readonly capacity_factor_pct: number;
  /** Full-load hours: net energy divided by rated power [h] */
  readonly full_load_hours: number;
  /** Losses from gross to net energy: wakes first, then curtailment, then the others in the order of the request */
  readonly losses: readonly {
    readonly name: string;
    /** Loss as a share of what the previous losses left [%] */
    readonly loss_pct: number;
    /** Energy that the loss takes [kWh] */
    readonly loss_kwh: number;
    /** Energy that remains after this step [kWh] */
    readonly remaining_kwh: number;
  }[];
  /** What the rules of curtailment take; `losses` has their sum. Left out without rules */
  readonly curtailment?: CurtailmentCost;
  readonly exceedance: Exceedance;
  readonly sectors: readonly SectorYield[];
  /** Results by turbine, in the order of the layout */
  readonly turbines: readonly TurbineYield[];
  /** Turbines of other farms: their results, which no sum contains */
  readonly neighbours?: readonly TurbineYield[];
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
    /** Correlation of the means of months [1] */
    readonly monthly_correlation: number | null;
    /** Index in `references` of the one that is used */
    readonly reference_index: number;
    /** All references: the weather first, then the uploaded series */
    readonly references: readonly {
      /** Correlation of the concurrent records [1] */
      readonly correlation: number;
      /** Correlation of the means of months [1] */
      readonly monthly_correlation: number | null;
      readonly n_concurrent_records: number;
      /** Long-term mean wind speed [m/s] */
      readonly long_term_wind_speed_mean_m_s: number;
    }[];
    /** Sectors of the reference that have a line of their own; null without is_by_sector */
    readonly sectors:
      | readonly {
          /** Direction from which the wind comes: centre of the sector [deg] */
          readonly wind_direction_deg: number;
          /** Slope of the regression line from reference to site [1] */
          readonly slope: number;
          /** Intercept of the regression line [m/s] */
          readonly intercept_m_s: number;
          /** Correlation of the concurrent records [1] */
          readonly correlation: number;
          readonly n_concurrent_records: number;
        }[]
      | null;
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
  readonly computed_by?: ComputedBy;
}

/** Where a job computed */
export interface ComputedBy {
  /** Where designs were evaluated, or flow maps drawn */
  readonly ran_on: 'cpu' | 'gpu';
  /** Name of the GPU; null on the CPU */
  readonly device: string | null;
  /** Number of evaluations on the GPU: designs, of annealing moves of turbines, of flow maps points */
  readonly n_device_evaluations: number;
  /** Time on the GPU, transfers included [s] */
  readonly device_s: number;
}

export interface ConfirmEmailRequest {
  /** What stands behind the # in the link of the mail */
  readonly token: string;
}

export interface ConfirmSecondFactorRequest {
  /** Six digits of the authenticator app */
  readonly one_time_code: string;
}

/** A login of a browser; its token stands in a cookie that scripts cannot read */
export interface CookieSession {
  readonly user: User;
  readonly organization: Organization;
  /** End of the session, UTC */
  readonly expires_at: string;
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
    | 'usage:read'
    | 'billing:read'
    | 'billing:write'
    | 'keys:read'
    | 'keys:write'
    | 'organization:read'
    | 'organization:write'
    | 'organization:own'
    | 'audit:read'
  )[];
  /** When the key ends; without it never, or with the key that makes it */
  readonly expires_at?: string;
  /** Addresses from which it may be used, IPv4 and IPv6; without it all, or those of the key that makes it */
  readonly allowed_addresses?: readonly string[];
  /** Whether it is for tests: its jobs are not billed, their reports are marked as a test, and it mails nobody; source of the default: the platform's choice, most keys are for work */
  readonly is_test?: boolean;
}

export interface CreateBudgetRequest {
  /** What was used; compute_s is in seconds, the others are counts */
  readonly metric: 'jobs' | 'evaluations' | 'compute_s' | 'written_reports' | 'stored_series' | 'api_calls';
  /** Amount that a calendar month (UTC) may reach */
  readonly monthly_amount: number;
  /** Shares of the amount that cause an alert by mail and webhook, each once a month [%]; source of the default: the platform's choice, early enough to act, and at the end */
  readonly alert_pcts?: readonly number[];
  /** Whether new jobs are refused once the amount is reached (usage.budget_reached); source of the default: the platform's choice, an alert stops no work */
  readonly is_hard_stop?: boolean;
}

export interface CreateInvitationRequest {
  readonly email: string;
  /** source of the default: the platform's choice, the fewer rights */
  readonly role?: 'owner' | 'admin' | 'member' | 'viewer';
  /** Language of mails to the person; source of the default: the platform's choice, English */
  readonly language?: 'en' | 'de';
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
  /** Organization that is responsible for the report */
  readonly prepared_by?: string;
  /** Who wrote the report */
  readonly author?: string;
  /** Who reviewed the report */
  readonly reviewer?: string;
  /** Who approved the report */
  readonly approver?: string;
  /** Version of the report, such as 1.1 */
  readonly version?: string;
  /** Who may read the report, such as "Strictly confidential" */
  readonly confidentiality?: string;
  /** Versions of the report, the first one first; a bankable report and a comparison show them */
  readonly version_history?: readonly {
    /** Version */
    readonly version: string;
    /** Date of the version, such as 2026-11-30 */
    readonly date: string;
    /** What changed in the version */
    readonly changes: string;
    /** Who wrote the version */
    readonly author?: string;
  }[];
  /** A PNG in base64, at most 256 KB and 2000 pixels wide and high */
  readonly logo_png?: string;
  /** Index into `systems` of a solar analysis, from 0; default: the system with the best result */
  readonly system_index?: number;
  /** Costs for analyses without economics, per kW of DC power or of rated turbine power */
  readonly economics?: PlantEconomics;
  /** Costs of single designs in place of economics.costs and of a job's own; price, financing and tax stay the same */
  readonly design_costs?: readonly {
    readonly job_id: string;
    readonly costs: PlantCosts;
  }[];
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
  /** Types of the events to send; audit.recorded takes the scope audit:read */
  readonly events?: readonly (
    | 'job.succeeded'
    | 'job.failed'
    | 'job.cancelled'
    | 'report.ready'
    | 'usage.budget_reached'
    | 'audit.recorded'
  )[];
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

/** Rules by which turbines stop or run in a mode */
export interface Curtailment {
  /** Rules. Where several act on a turbine, a stop goes before modes, and the mode with less power before others; their order only decides how the loss is divided among them */
  readonly rules: readonly CurtailmentRule[];
  /** Modes to which rules refer; source of the default: the platform's choice, none */
  readonly modes?: readonly TurbineMode[];
  /** Time zone of hours and months, with its daylight saving time: IANA name such as Europe/Berlin, or Etc/GMT-1 (UTC+1) without */
  readonly time_zone?: string;
  /** Latitude of the farm [deg], for the sun; left out: that of its places; -85 to 85 */
  readonly latitude_deg?: number;
  /** Longitude of the farm [deg]; left out: that of its places; -180 to 180 */
  readonly longitude_deg?: number;
}

export interface CurtailmentCost {
  /** Energy that curtailment takes of a year: without rules less with all of them, with wakes, before other losses [kWh] */
  readonly curtailment_loss_kwh: number;
  /** Energy that curtailment takes as a share of the gross energy [%] */
  readonly curtailment_loss_pct: number;
  /** Rules in the order of the request, with what each one costs */
  readonly rules: readonly RuleCost[];
}

/** Rules by which turbines stop or run in a mode */
export interface CurtailmentOutput {
  /** Rules. Where several act on a turbine, a stop goes before modes, and the mode with less power before others; their order only decides how the loss is divided among them */
  readonly rules: readonly CurtailmentRuleOutput[];
  /** Modes to which rules refer; source of the default: the platform's choice, none */
  readonly modes: readonly TurbineModeOutput[];
  /** Time zone of hours and months, with its daylight saving time: IANA name such as Europe/Berlin, or Etc/GMT-1 (UTC+1) without */
  readonly time_zone?: string;
  /** Latitude of the farm [deg], for the sun; left out: that of its places; -85 to 85 */
  readonly latitude_deg?: number;
  /** Longitude of the farm [deg]; left out: that of its places; -180 to 180 */
  readonly longitude_deg?: number;
}

export type CurtailmentRule =
  | CurtailmentRuleNoise
  | CurtailmentRuleBats
  | CurtailmentRuleShadowFlicker
  | CurtailmentRuleSectorManagement
  | CurtailmentRuleOther;

/** Bats: turbines stop at low wind in warm nights */
export interface CurtailmentRuleBats {
  readonly type: 'bats';
  /** Name in results and reports; left out: the type */
  readonly name?: string;
  /** Indices into `layout` of the turbines that the rule is about; left out: all. Not for searches */
  readonly turbine_indices?: readonly number[];
  /** Name of the mode in `modes`; left out: turbines stop */
  readonly turbine_mode?: string;
  /** Sectors from which the wind comes; left out: all */
  readonly wind_directions?: readonly {
    /** Start of the sector, clockwise [deg]; 0 to 360 */
    readonly from_deg: number;
    /** End of the sector [deg]; it may enclose north; 0 to 360 */
    readonly to_deg: number;
  }[];
  /** From this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_from_m_s?: number;
  /** Below this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_below_m_s: number;
  /** Hours of the day; they may enclose midnight */
  readonly hours?: {
    /** Start of the day in time_zone [h]; 0 to 24 */
    readonly from_h: number;
    /** End of the day in time_zone [h]; 0 to 24 */
    readonly to_h: number;
  };
  /** Months, January is 1 */
  readonly months?: readonly number[];
  /** Below this true elevation of the sun's middle [deg]: -0.833 from sunset to sunrise; -90 to 90 */
  readonly sun_elevation_below_deg?: number;
  /** From this air temperature [degC]; -60 to 60 */
  readonly temp_air_from_c?: number;
  /** Below this air temperature [degC]; -60 to 60 */
  readonly temp_air_below_c?: number;
  /** At most this precipitation [mm/h]; 0: no rain; 0 to 100 */
  readonly precipitation_max_mm_h?: number;
}

/** Noise: turbines run in a mode or stop */
export interface CurtailmentRuleNoise {
  readonly type: 'noise';
  /** Name in results and reports; left out: the type */
  readonly name?: string;
  /** Indices into `layout` of the turbines that the rule is about; left out: all. Not for searches */
  readonly turbine_indices?: readonly number[];
  /** Name of the mode in `modes`; left out: turbines stop */
  readonly turbine_mode?: string;
  /** Sectors from which the wind comes; left out: all */
  readonly wind_directions?: readonly {
    /** Start of the sector, clockwise [deg]; 0 to 360 */
    readonly from_deg: number;
    /** End of the sector [deg]; it may enclose north; 0 to 360 */
    readonly to_deg: number;
  }[];
  /** From this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_from_m_s?: number;
  /** Below this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_below_m_s?: number;
  /** Hours of the day; they may enclose midnight */
  readonly hours?: {
    /** Start of the day in time_zone [h]; 0 to 24 */
    readonly from_h: number;
    /** End of the day in time_zone [h]; 0 to 24 */
    readonly to_h: number;
  };
  /** Months, January is 1 */
  readonly months?: readonly number[];
  /** Below this true elevation of the sun's middle [deg]: -0.833 from sunset to sunrise; -90 to 90 */
  readonly sun_elevation_below_deg?: number;
  /** From this air temperature [degC]; -60 to 60 */
  readonly temp_air_from_c?: number;
  /** Below this air temperature [degC]; -60 to 60 */
  readonly temp_air_below_c?: number;
  /** At most this precipitation [mm/h]; 0: no rain; 0 to 100 */
  readonly precipitation_max_mm_h?: number;
}

/** Any other reason, such as birds, ice or the grid */
export interface CurtailmentRuleOther {
  readonly type: 'other';
  /** Name in results and reports; left out: the type */
  readonly name?: string;
  /** Indices into `layout` of the turbines that the rule is about; left out: all. Not for searches */
  readonly turbine_indices?: readonly number[];
  /** Name of the mode in `modes`; left out: turbines stop */
  readonly turbine_mode?: string;
  /** Sectors from which the wind comes; left out: all */
  readonly wind_directions?: readonly {
    /** Start of the sector, clockwise [deg]; 0 to 360 */
    readonly from_deg: number;
    /** End of the sector [deg]; it may enclose north; 0 to 360 */
    readonly to_deg: number;
  }[];
  /** From this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_from_m_s?: number;
  /** Below this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_below_m_s?: number;
  /** Hours of the day; they may enclose midnight */
  readonly hours?: {
    /** Start of the day in time_zone [h]; 0 to 24 */
    readonly from_h: number;
    /** End of the day in time_zone [h]; 0 to 24 */
    readonly to_h: number;
  };
  /** Months, January is 1 */
  readonly months?: readonly number[];
  /** Below this true elevation of the sun's middle [deg]: -0.833 from sunset to sunrise; -90 to 90 */
  readonly sun_elevation_below_deg?: number;
  /** From this air temperature [degC]; -60 to 60 */
  readonly temp_air_from_c?: number;
  /** Below this air temperature [degC]; -60 to 60 */
  readonly temp_air_below_c?: number;
  /** At most this precipitation [mm/h]; 0: no rain; 0 to 100 */
  readonly precipitation_max_mm_h?: number;
}

export type CurtailmentRuleOutput =
  | CurtailmentRuleNoise
  | CurtailmentRuleBats
  | CurtailmentRuleShadowFlickerOutput
  | CurtailmentRuleSectorManagement
  | CurtailmentRuleOther;

/** Sector management: turbines stop or run in a mode while the wind comes from sectors */
export interface CurtailmentRuleSectorManagement {
  readonly type: 'sector_management';
  /** Name in results and reports; left out: the type */
  readonly name?: string;
  /** Indices into `layout` of the turbines that the rule is about; left out: all. Not for searches */
  readonly turbine_indices?: readonly number[];
  /** Name of the mode in `modes`; left out: turbines stop */
  readonly turbine_mode?: string;
  /** Sectors from which the wind comes; left out: all */
  readonly wind_directions?: readonly {
    /** Start of the sector, clockwise [deg]; 0 to 360 */
    readonly from_deg: number;
    /** End of the sector [deg]; it may enclose north; 0 to 360 */
    readonly to_deg: number;
  }[];
  /** From this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_from_m_s?: number;
  /** Below this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_below_m_s?: number;
  /** Hours of the day; they may enclose midnight */
  readonly hours?: {
    /** Start of the day in time_zone [h]; 0 to 24 */
    readonly from_h: number;
    /** End of the day in time_zone [h]; 0 to 24 */
    readonly to_h: number;
  };
  /** Months, January is 1 */
  readonly months?: readonly number[];
  /** Below this true elevation of the sun's middle [deg]: -0.833 from sunset to sunrise; -90 to 90 */
  readonly sun_elevation_below_deg?: number;
  /** From this air temperature [degC]; -60 to 60 */
  readonly temp_air_from_c?: number;
  /** Below this air temperature [degC]; -60 to 60 */
  readonly temp_air_below_c?: number;
  /** At most this precipitation [mm/h]; 0: no rain; 0 to 100 */
  readonly precipitation_max_mm_h?: number;
}

/** Shadow flicker: turbines stop while the shadow of their rotor would fall on a receptor */
export interface CurtailmentRuleShadowFlicker {
  readonly type: 'shadow_flicker';
  /** Name in results and reports; left out: the type */
  readonly name?: string;
  /** Indices into `layout` of the turbines that the rule is about; left out: all. Not for searches */
  readonly turbine_indices?: readonly number[];
  /** Sectors from which the wind comes; left out: all */
  readonly wind_directions?: readonly {
    /** Start of the sector, clockwise [deg]; 0 to 360 */
    readonly from_deg: number;
    /** End of the sector [deg]; it may enclose north; 0 to 360 */
    readonly to_deg: number;
  }[];
  /** From this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_from_m_s?: number;
  /** Below this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_below_m_s?: number;
  /** Hours of the day; they may enclose midnight */
  readonly hours?: {
    /** Start of the day in time_zone [h]; 0 to 24 */
    readonly from_h: number;
    /** End of the day in time_zone [h]; 0 to 24 */
    readonly to_h: number;
  };
  /** Months, January is 1 */
  readonly months?: readonly number[];
  /** Below this true elevation of the sun's middle [deg]: -0.833 from sunset to sunrise; -90 to 90 */
  readonly sun_elevation_below_deg?: number;
  /** From this air temperature [degC]; -60 to 60 */
  readonly temp_air_from_c?: number;
  /** Below this air temperature [degC]; -60 to 60 */
  readonly temp_air_below_c?: number;
  /** At most this precipitation [mm/h]; 0: no rain; 0 to 100 */
  readonly precipitation_max_mm_h?: number;
  /** Points where shadows must not fall */
  readonly receptors: readonly ShadowReceptor[];
  /** Hours of a year in which shadows may fall on each receptor before turbines stop [h]; 0 to 8784; source of the default: the platform's choice, no shadow falls */
  readonly budget_h_per_year?: number;
  /** Shadows count from this elevation of the sun [deg]; 0 to 90; source of the default: LAI 2020, elevation of the sun */
  readonly sun_elevation_min_deg?: number;
  /** Shadows of turbines count up to this distance [m]; 10 to 10000; source of the default: the platform's choice, beyond it blades cover little of the sun */
  readonly distance_max_m?: number;
}

/** Shadow flicker: turbines stop while the shadow of their rotor would fall on a receptor */
export interface CurtailmentRuleShadowFlickerOutput {
  readonly type: 'shadow_flicker';
  /** Name in results and reports; left out: the type */
  readonly name?: string;
  /** Indices into `layout` of the turbines that the rule is about; left out: all. Not for searches */
  readonly turbine_indices?: readonly number[];
  /** Sectors from which the wind comes; left out: all */
  readonly wind_directions?: readonly {
    /** Start of the sector, clockwise [deg]; 0 to 360 */
    readonly from_deg: number;
    /** End of the sector [deg]; it may enclose north; 0 to 360 */
    readonly to_deg: number;
  }[];
  /** From this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_from_m_s?: number;
  /** Below this free wind speed at the hub [m/s]; 0 to 60 */
  readonly wind_speed_below_m_s?: number;
  /** Hours of the day; they may enclose midnight */
  readonly hours?: {
    /** Start of the day in time_zone [h]; 0 to 24 */
    readonly from_h: number;
    /** End of the day in time_zone [h]; 0 to 24 */
    readonly to_h: number;
  };
  /** Months, January is 1 */
  readonly months?: readonly number[];
  /** Below this true elevation of the sun's middle [deg]: -0.833 from sunset to sunrise; -90 to 90 */
  readonly sun_elevation_below_deg?: number;
  /** From this air temperature [degC]; -60 to 60 */
  readonly temp_air_from_c?: number;
  /** Below this air temperature [degC]; -60 to 60 */
  readonly temp_air_below_c?: number;
  /** At most this precipitation [mm/h]; 0: no rain; 0 to 100 */
  readonly precipitation_max_mm_h?: number;
  /** Points where shadows must not fall */
  readonly receptors: readonly ShadowReceptorOutput[];
  /** Hours of a year in which shadows may fall on each receptor before turbines stop [h]; 0 to 8784; source of the default: the platform's choice, no shadow falls */
  readonly budget_h_per_year: number;
  /** Shadows count from this elevation of the sun [deg]; 0 to 90; source of the default: LAI 2020, elevation of the sun */
  readonly sun_elevation_min_deg: number;
  /** Shadows of turbines count up to this distance [m]; 10 to 10000; source of the default: the platform's choice, beyond it blades cover little of the sun */
  readonly distance_max_m: number;
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

export interface DeleteOrganizationRequest {
  /** Name of the organization, which confirms it */
  readonly name: string;
}

/** The deletion of an organization, with its report */
export interface Deletion {
  /** Id; keep it to read the report when no credentials are left */
  readonly id: string;
  /** Organization */
  readonly organization_id: string;
  readonly status: 'running' | 'ended';
  /** Number of rows that were deleted, by table */
  readonly deleted: Readonly<Record<string, number>>;
  /** What the law keeps */
  readonly retained: readonly DeletionRetained[];
  /** Customer whose invoices stay at Stripe; null: there is none */
  readonly stripe_customer_id: string | null;
  /** Requested, UTC */
  readonly created_at: string;
  /** When all was deleted, UTC */
  readonly ended_at: string | null;
}

export interface DeletionRetained {
  readonly table: string;
  /** Number of rows that stay, under the id of the organization only */
  readonly n_retained_rows: number;
  readonly grounds: string;
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

export interface DensityCurve {
  /** Air density of this curve [kg/m3]; 0.5 to 1.6 */
  readonly air_density_kg_m3: number;
  /** Power at each wind speed of the turbine [kW] */
  readonly power_kw: readonly number[];
  /** Thrust coefficient at each wind speed [1]; left out: that of the turbine */
  readonly thrust_coefficient?: readonly number[];
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
      /** Memory in use [MiB] */
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
  | 'auth.second_factor_required'
  | 'auth.second_factor_missing'
  | 'auth.link_invalid'
  | 'auth.sign_in_refused'
  | 'auth.provider_required'
  | 'auth.unconfirmed'
  | 'organization.suspended'
  | 'auth.cross_site'
  | 'auth.address_refused'
  | 'auth.email_taken'
  | 'plan.feature_missing'
  | 'plan.limit_reached'
  | 'usage.budget_reached'
  | 'rate_limit.exceeded'
  | 'idempotency.in_progress'
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
  | 'provider.sign_in_failed'
  | 'job.not_finished'
  | 'job.already_finished'
  | 'job.time_limit'
  | 'job.too_large'
  | 'job.lost'
  | 'job.payload_too_large'
  | 'optimize.invalid_input'
  | 'optimize.infeasible'
  | 'gpu.unavailable'
  | 'finance.invalid_input'
  | 'webhook.target_refused'
  | 'mail.signature_invalid'
  | 'billing.signature_invalid'
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

/** Yields by the probability of exceeding them; levels by the normal distribution are null where no source of uncertainty is stated */
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

/** An experiment with its results */
export interface Experiment {
  /** Id */
  readonly id: string;
  readonly name: string;
  readonly subject: 'search_defaults';
  readonly plans: readonly string[];
  /** Organizations that each variant needs (power 80 %, significance 5 %), stated when it began */
  readonly n_per_variant: number;
  /** Whether each variant has them: before, no difference is a result */
  readonly is_large_enough: boolean;
  /** Probability of numbers of organizations that differ so from the weights; below 0.001 something is wrong */
  readonly ratio_p_value: number;
  readonly is_ratio_plausible: boolean;
  readonly variants: readonly ExperimentVariant[];
  /** Begun, UTC */
  readonly created_at: string;
  /** Stopped, UTC */
  readonly ended_at: string | null;
}

export interface ExperimentList {
  readonly data: readonly Experiment[];
}

export interface ExperimentVariant {
  readonly name: string;
  /** Share of organizations, relative to the other weights */
  readonly weight: number;
  /** Number of iterations of searches by nsga2 whose request names none; null: as without the experiment */
  readonly n_iterations: number | null;
  /** Organizations that have used it */
  readonly n_exposed: number;
  /** Organizations among them that had a report written about such a search */
  readonly n_converted: number;
  /** Share that converted, with 95 % confidence [%]; null without organizations */
  readonly converted_pct: {
    readonly lower_pct: number;
    readonly upper_pct: number;
  } | null;
  /** Difference from the first variant, with 95 % confidence [%]; null for the first one */
  readonly difference_pct: {
    readonly lower_pct: number;
    readonly upper_pct: number;
  } | null;
  /** Probability of such a difference by chance, by a two-proportion test; null for the first one */
  readonly p_value: number | null;
}

export type Feature = {
  readonly type: 'Feature';
  /** null: nothing, the feature is skipped */
  readonly geometry:
    | Polygon
    | MultiPolygon
    | GeometryCollection
    | Point
    | MultiPoint
    | LineString
    | MultiLineString
    | null;
  readonly properties?:
    | ({
        /** Radius of a circle around a Point [m] */
        readonly radius_m?: number;
        /** Distance kept from the edge of this feature, or from its points and lines [m], in place of that of the area; 0 to 100000 */
        readonly setback_m?: number;
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
  /** tmy3, tm2, epw, sam-csv, pvgis-csv, pvgis-json, nasa-power-json, open-meteo-json, solaranywhere, solargis, solcast, cams, surfrad, bsrn, pvsyst, csv */
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
    /** Lowest air temperature [degC]; absent in datasets that were stored before it was computed */
    readonly temp_air_min_c?: number;
    /** Mean wind speed [m/s] */
    readonly wind_speed_mean_m_s: number;
    /** Rain of the year [mm]; absent without a column of it, and in older datasets */
    readonly rain_annual_mm?: number;
    /** Deepest snow on the ground [cm]; absent without a column of it, and in older datasets */
    readonly snow_depth_max_cm?: number;
    readonly gaps: WeatherGaps;
    readonly source: WeatherSource;
    readonly provider?: WeatherOrigin;
  };
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly WeatherWarning[];
  /** Uploaded, UTC */
  readonly created_at: string;
  /** Whether the provider's answer came from the cache */
  readonly is_cached: boolean;
}

/** A .lib file of the Global Wind Atlas or of WAsP */
export interface GeneralisedWindClimate {
  /** Height of the wind speeds above ground [m] */
  readonly height_m: number | null;
  readonly description: string;
  /** Latitude, positive in the north [deg] */
  readonly latitude_deg: number | null;
  /** Longitude, positive in the east [deg] */
  readonly longitude_deg: number | null;
  /** Roughness lengths of the file; 0 is water [m] */
  readonly roughness_m: readonly number[];
  /** Heights of the file above ground [m] */
  readonly heights_m: readonly number[];
  readonly n_sectors: number;
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
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly SolarWarning[];
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

/** Where people sign in besides the platform, by OpenID Connect */
export interface IdentityProvider {
  /** Issuer, as the metadata of the provider states it */
  readonly issuer: string;
  /** Client id that the provider has for the platform */
  readonly client_id: string;
  /** Domains of the verified addresses that may sign in; empty: all */
  readonly email_domains: readonly string[];
  /** Whether somebody without an account becomes a viewer of the organization */
  readonly is_membership_automatic: boolean;
  /** Address that the provider sends browsers back to; it has to allow this one */
  readonly redirect_uri: string;
  /** Page where the people of the organization sign in */
  readonly sign_in_url: string;
  /** Last change, UTC */
  readonly changed_at: string;
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
  /** Whether the model also applies to diffuse irradiance, of sky and ground by Marion 2017; source of the default: pvlib, iam.marion_diffuse */
  readonly include_diffuse?: boolean;
}

export interface IncidenceAngleModifierAshraeOutput {
  readonly type: 'ashrae';
  /** b0 of the incidence angle modifier [1]; 0 to 1; source of the default: pvlib, iam.ashrae */
  readonly b: number;
  /** Whether the model also applies to diffuse irradiance, of sky and ground by Marion 2017; source of the default: pvlib, iam.marion_diffuse */
  readonly include_diffuse: boolean;
}

export interface IncidenceAngleModifierMartinRuiz {
  readonly type: 'martin_ruiz';
  /** Angular loss coefficient [1]; 0.01 to 1; source of the default: pvlib, iam.martin_ruiz */
  readonly ar?: number;
  /** Whether the model also applies to diffuse irradiance, of sky and ground by Marion 2017; source of the default: pvlib, iam.marion_diffuse */
  readonly include_diffuse?: boolean;
}

export interface IncidenceAngleModifierMartinRuizOutput {
  readonly type: 'martin_ruiz';
  /** Angular loss coefficient [1]; 0.01 to 1; source of the default: pvlib, iam.martin_ruiz */
  readonly ar: number;
  /** Whether the model also applies to diffuse irradiance, of sky and ground by Marion 2017; source of the default: pvlib, iam.marion_diffuse */
  readonly include_diffuse: boolean;
}

export interface IncidenceAngleModifierNone {
  readonly type: 'none';
}

/** Incidence angle modifier: reflection at the cover by angle of incidence */
export type IncidenceAngleModifierOutput =
  | IncidenceAngleModifierPhysicalOutput
  | IncidenceAngleModifierAshraeOutput
  | IncidenceAngleModifierMartinRuizOutput
  | IncidenceAngleModifierPointsOutput
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
  /** Whether the model also applies to diffuse irradiance, of sky and ground by Marion 2017; source of the default: pvlib, iam.marion_diffuse */
  readonly include_diffuse?: boolean;
}

export interface IncidenceAngleModifierPointsOutput {
  readonly type: 'points';
  readonly angle_deg: readonly number[];
  readonly modifier: readonly number[];
  /** Whether the model also applies to diffuse irradiance, of sky and ground by Marion 2017; source of the default: pvlib, iam.marion_diffuse */
  readonly include_diffuse: boolean;
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

/** Maximum AC power by the temperature of the air, linear between points. Below the first temperature it is that of the first; above the last the inverter is off */
export interface InverterDerating {
  readonly temp_air_c: readonly number[];
  readonly ac_kw: readonly number[];
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
  readonly derating?: InverterDerating;
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

export interface Invitation {
  /** Id */
  readonly id: string;
  /** Address that the invitation was sent to */
  readonly email: string;
  /** Role that the person gets */
  readonly role: 'owner' | 'admin' | 'member' | 'viewer';
  /** Who invited */
  readonly invited_by: string | null;
  readonly status: 'pending' | 'accepted' | 'revoked' | 'expired';
  /** When the link in the mail ends, UTC */
  readonly expires_at: string;
  /** Sent, UTC */
  readonly created_at: string;
}

export interface InvitationPage {
  readonly data: readonly Invitation[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface Invoice {
  /** Id at Stripe */
  readonly id: string;
  /** Number that is printed on it; null for a draft */
  readonly number: string | null;
  /** In Stripe's words: draft, open, paid, uncollectible, void */
  readonly status: string | null;
  /** Currency, ISO 4217, in lower case */
  readonly currency: string;
  /** Amount due [currency] */
  readonly amount_due: number;
  /** Amount paid [currency] */
  readonly amount_paid: number;
  /** Begin of the period, UTC */
  readonly period_starts_at: string;
  /** End of the period, UTC */
  readonly period_ends_at: string;
  /** Created, UTC */
  readonly created_at: string;
  /** Page of Stripe that shows it, where it can be paid */
  readonly url: string | null;
  /** The invoice as PDF */
  readonly pdf_url: string | null;
}

export interface InvoicePage {
  readonly data: readonly Invoice[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
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
    /** Whether it is for tests: requested with a test key, and not billed */
    readonly is_test: boolean;
    /** Whether the time limit ended the job, so that its result is the best so far */
    readonly is_time_limited: boolean;
    readonly error: JobError | null;
    /** Doubts about the inputs and the result; empty if there are none */
    readonly warnings: readonly Warning[];
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
  /** Only with an error of ours: id of the request that created the job; quote it when you contact us */
  readonly request_id?: string;
}

/** What a job would take; it is not started */
export interface JobEstimate {
  /** Kind of the job */
  readonly kind: 'report' | 'solar-analyze' | 'solar-optimize' | 'wind-analyze' | 'wind-optimize';
  /** Estimated compute time of the job on the processors [s]; an order of magnitude, and less where a GPU computes */
  readonly estimated_s: number;
  /** Compute time limit of a job [s] */
  readonly limit_s: number;
  /** Number of evaluations of the search: designs or layouts; null: it is no search */
  readonly n_evaluations: number | null;
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly Warning[];
}

export interface JobExperiment {
  /** Experiment that chose a default of the job */
  readonly experiment_id: string;
  /** Variant of the experiment; the input states what it chose */
  readonly variant: string;
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
    /** Whether it is for tests: requested with a test key, and not billed */
    readonly is_test: boolean;
    /** Whether the time limit ended the job, so that its result is the best so far */
    readonly is_time_limited: boolean;
    readonly error: JobError | null;
    /** Doubts about the inputs and the result; empty if there are none */
    readonly warnings: readonly Warning[];
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
    /** Whether it is for tests: requested with a test key, and not billed */
    readonly is_test: boolean;
    /** Whether the time limit ended the job, so that its result is the best so far */
    readonly is_time_limited: boolean;
    /** null: the job did not fail */
    readonly error: JobError | null;
    /** Doubts about the inputs and the result; empty if there are none */
    readonly warnings: readonly Warning[];
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
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly Warning[];
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Whether it is for tests: a test key started it, it is not billed, and reports about it are marked */
  readonly is_test: boolean;
  /** Experiment that chose a default of the job; null: none did */
  readonly experiment: JobExperiment | null;
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

export type LineString = {
  readonly type: 'LineString';
  readonly coordinates: readonly (readonly number[])[];
} & Readonly<Record<string, unknown>>;

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

export interface Login {
  /** Id of the login */
  readonly id: string;
  /** Whether this request has its credentials */
  readonly is_current: boolean;
  /** Whether a browser holds it in a cookie; otherwise a program holds its tokens */
  readonly is_cookie: boolean;
  /** User-Agent of the program that logged in or renewed the tokens last */
  readonly client: string | null;
  /** Address from which it did so */
  readonly address: string | null;
  /** Begin of the login, UTC */
  readonly started_at: string;
  /** When the tokens were last exchanged for new ones, UTC */
  readonly last_renewed_at: string;
  /** When the login ends, unless its tokens are exchanged before, UTC */
  readonly expires_at: string;
}

export interface LoginPage {
  readonly data: readonly Login[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
}

export interface LoginRequest {
  readonly email: string;
  readonly password: string;
  /** Six digits of the authenticator app */
  readonly one_time_code?: string;
  /** One of the recovery codes, in place of one_time_code */
  readonly recovery_code?: string;
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
    | 'usage:read'
    | 'billing:read'
    | 'billing:write'
    | 'keys:read'
    | 'keys:write'
    | 'organization:read'
    | 'organization:write'
    | 'organization:own'
    | 'audit:read'
  )[];
  /** Whether the organization requires a second factor that the person has not set up: nothing else is allowed */
  readonly is_second_factor_missing: boolean;
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
  /** Columns of the file that are read, by our names */
  readonly columns?: Readonly<Record<string, string>>;
  /** Number of records below 2 m/s whose direction is missing; they are used */
  readonly n_calms_without_direction?: number;
  /** Values that are not used, by column */
  readonly excluded_values?: readonly {
    readonly column: string;
    readonly n_missing: number;
    /** Number of values that cannot be, marks for missing values included */
    readonly n_out_of_range: number;
    /** First of the values out of range */
    readonly example: number | null;
  }[];
  readonly months?: readonly {
    /** Month, such as 2025-01 */
    readonly month: string;
    /** Usable records as a share of the records of the month [%] */
    readonly coverage_pct: number;
  }[];
  /** Number of months of the year of which at least half is usable, in any year */
  readonly n_months_covered?: number;
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
  /** Weibull fit by maximum likelihood; null if none fits, for example because the speeds are equal */
  readonly weibull_mle: WeibullFit | null;
  /** Weibull fit by WAsP's moments; null if none fits */
  readonly weibull_wasp: WeibullFit | null;
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
  /** Extreme wind speed with a return period of 50 years, for the averaging time of the records; null for fewer than three years, and if the highest speeds of all years are equal [m/s] */
  readonly extreme_50_year_m_s: number | null;
}

export interface Member {
  /** Id */
  readonly id: string;
  /** Email address in lower case */
  readonly email: string;
  readonly name: string;
  /** Role: owner, admin (all but what concerns owners), member (all but keys and people) or viewer (reads) */
  readonly role: 'owner' | 'admin' | 'member' | 'viewer';
  /** Language of mails to the person */
  readonly language: 'en' | 'de';
  /** When the person confirmed the address; null: not yet, UTC */
  readonly email_confirmed_at: string | null;
  /** Whether logins of the person take a code besides the password */
  readonly has_second_factor: boolean;
  /** Registered, UTC */
  readonly created_at: string;
  /** What keeps mails from the address, as SendGrid reports it: complained (reported as spam), unsubscribed, bounced (there is no such address), blocked (for now); null: nothing known */
  readonly email_problem: 'complained' | 'unsubscribed' | 'bounced' | 'blocked' | null;
}

export interface MemberPage {
  readonly data: readonly Member[];
  /** Cursor of the next page; null on the last page */
  readonly next_cursor: string | null;
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
  /** Incidence angle modifier; absent if the file states none */
  readonly iam?: IncidenceAngleModifierOutput;
  /** Light-induced degradation [%]; absent if the file states none */
  readonly lid_pct?: number;
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
  /** Incidence angle modifier; absent if the file states none */
  readonly iam?: IncidenceAngleModifierOutput;
  /** Light-induced degradation [%]; absent if the file states none */
  readonly lid_pct?: number;
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
  /** Azimuth, clockwise from north [deg]; default: toward the equator; 0 to 360; source of the default: the platform's choice, where most of the sun is */
  readonly azimuth_deg?: number;
}

/** Open rack */
export interface MountingFixedOutput {
  readonly type: 'fixed';
  /** Tilt from horizontal [deg]; 0 to 90; source of the default: SAM's configuration of PVWatts v8 */
  readonly tilt_deg: number;
  /** Azimuth, clockwise from north [deg]; default: toward the equator; 0 to 360; source of the default: the platform's choice, where most of the sun is */
  readonly azimuth_deg?: number;
}

/** Single-axis tracker */
export interface MountingOneAxis {
  readonly type: 'one_axis';
  /** Tilt of the axis from horizontal [deg]; 0 to 90; source of the default: pvlib, tracking.singleaxis */
  readonly axis_tilt_deg?: number;
  /** Azimuth of the axis, clockwise from north, toward its lower end [deg]; default: toward the equator; 0 to 360; source of the default: the platform's choice, rows from north to south, as most trackers */
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
  /** Azimuth of the axis, clockwise from north, toward its lower end [deg]; default: toward the equator; 0 to 360; source of the default: the platform's choice, rows from north to south, as most trackers */
  readonly axis_azimuth_deg?: number;
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
  /** Azimuth, clockwise from north [deg]; default: toward the equator; 0 to 360; source of the default: the platform's choice, where most of the sun is */
  readonly azimuth_deg?: number;
}

/** Rack close to a roof, where modules get hotter */
export interface MountingRoofOutput {
  readonly type: 'roof';
  /** Tilt from horizontal [deg]; 0 to 90; source of the default: SAM's configuration of PVWatts v8 */
  readonly tilt_deg: number;
  /** Azimuth, clockwise from north [deg]; default: toward the equator; 0 to 360; source of the default: the platform's choice, where most of the sun is */
  readonly azimuth_deg?: number;
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

export type MultiLineString = {
  readonly type: 'MultiLineString';
  readonly coordinates: readonly (readonly (readonly number[])[])[];
} & Readonly<Record<string, unknown>>;

export type MultiPoint = {
  readonly type: 'MultiPoint';
  readonly coordinates: readonly (readonly number[])[];
} & Readonly<Record<string, unknown>>;

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
    | 'usage:read'
    | 'billing:read'
    | 'billing:write'
    | 'keys:read'
    | 'keys:write'
    | 'organization:read'
    | 'organization:write'
    | 'organization:own'
    | 'audit:read'
  )[];
  /** Who created it: the person, also by means of another key */
  readonly created_by: string | null;
  /** Key with which it was made; revoking that key revokes this one too */
  readonly parent_key_id: string | null;
  /** Key in whose place it was made */
  readonly replaces_key_id: string | null;
  /** When the key ends; null: never, UTC */
  readonly expires_at: string | null;
  /** Ranges of addresses from which the key may be used; null: all */
  readonly allowed_addresses: readonly string[] | null;
  /** Whether it is for tests: its jobs are not billed, their reports are marked as a test, and it mails nobody */
  readonly is_test: boolean;
  /** Created, UTC */
  readonly created_at: string;
  /** When the key was last used, to the minute, UTC */
  readonly last_used_at: string | null;
  /** When the key was revoked; it is refused from then on, UTC */
  readonly revoked_at: string | null;
  /** The key itself; only this answer contains it */
  readonly key: string;
}

export interface NewSecondFactor {
  /** Secret in base32, for people who type it into the app; only this answer contains it */
  readonly secret: string;
  /** The same for the app to read from a QR code: otpauth://totp/... */
  readonly uri: string;
}

export interface NewWebhook {
  /** Id */
  readonly id: string;
  readonly url: string;
  readonly description: string;
  /** Types of events that are sent to the endpoint */
  readonly events: readonly (
    | 'job.succeeded'
    | 'job.failed'
    | 'job.cancelled'
    | 'report.ready'
    | 'usage.budget_reached'
    | 'audit.recorded'
  )[];
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
    /** DC nameplate power divided by the AC rating of all inverters [1]; 0.1 to 10. With inverters of a stated size the number of them follows, and the result states the ratio that was built; source of the default: PVWatts v8 web API */
    readonly dc_ac_ratio?: number;
    /** Mounting; default: a rack that faces the equator, with a tilt of 0.8 times the latitude, at most 60 degrees; source of the default: the platform's choice, a rule of thumb for racks */
    readonly mounting?: Mounting;
    /** Subarrays: modules of different orientation that feed the same inverters, such as both sides of an east-west roof; their power is clipped together. What a subarray does not state is that of the system */
    readonly subarrays?: readonly Subarray[];
    /** own: each subarray has its own maximum power point tracker. shared: all strings are in parallel at one voltage, without blocking diodes. Default: own; source of the default: the platform's choice, inverters have several trackers */
    readonly subarray_mpp?: 'own' | 'shared';
    /** Temperature coefficient of the maximum power [1/K]; -0.02 to 0; source of the default: PVWatts v8 */
    readonly gamma_per_k?: number;
    /** Nominal efficiency of the inverter [1]; 0.5 to 1; source of the default: PVWatts v8 */
    readonly inverter_efficiency?: number;
    /** Losses; each one applies to what the previous ones leave. The defaults are those of PVWatts, together 14.08 %. A model for soiling, snow, wiring, degradation or availability replaces the corresponding entry */
    readonly losses_pct?: {
      /** Dirt [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly soiling?: number;
      /** Near shading [%]; default: 3, or 0 where `rows` are modelled; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly shading?: number;
      /** Snow [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly snow?: number;
      /** Mismatch between modules [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly mismatch?: number;
      /** Losses in DC and AC wiring, at any load; `wiring` of the system replaces it [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly wiring?: number;
      /** Connectors [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly connections?: number;
      /** Light-induced degradation, or the gain by light soaking of thin films; default: that of the module's file, otherwise 1.5; a negative value is a gain [%]; -5 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly lid?: number;
      /** Power of modules below their nameplate, in PVsyst the module quality loss: -0.8 for modules 0.8 % above it; a negative value is a gain [%]; -5 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly nameplate_rating?: number;
      /** Ageing [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly age?: number;
      /** Outages [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
      readonly availability?: number;
    };
    /** Ground reflectance (albedo) [1]; 0 to 1; source of the default: SAM's configuration of PVWatts v8 */
    readonly albedo?: number;
    /** Ground reflectance (albedo) of each month; replaces `albedo`; January is first */
    readonly albedo_monthly?: readonly number[];
    /** Coldest cell temperature, at which the open-circuit voltage of strings is checked [degC]; default: the lowest air temperature of the weather; -80 to 40; source of the default: the platform's choice, cells are as cold as the air before sunrise */
    readonly min_cell_temp_c?: number;
    /** weather: the albedo of the weather data if it has one, otherwise `albedo`; source of the default: the platform's choice, one value for the site */
    readonly albedo_source?: 'system' | 'weather';
    /** Model of diffuse irradiance on the tilted plane (transposition); source of the default: pvlib, ModelChain.with_pvwatts */
    readonly transposition?: 'perez' | 'perez_sam' | 'hay_davies' | 'isotropic';
    /** Incidence angle modifier; default: that of the module's file, otherwise physical for the beam: diffuse irradiance then loses nothing by reflection, which gives 1 to 2 % more energy than include_diffuse; source of the default: pvlib, ModelChain.with_pvwatts */
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
    readonly wiring?: Wiring;
    readonly transformer?: Transformer;
    readonly auxiliaries?: Auxiliaries;
    /** Curtailment: share of the energy that the grid does not accept [%]; 0 to 100; source of the default: the platform's choice, none */
    readonly curtailment_pct?: number;
    /** Maximum power that may be fed in [kW]; 0 to 1000000000 */
    readonly export_limit_kw?: number;
  };
  /** Variables of the search */
  readonly variables: {
    /** Tilt from horizontal [deg] */
    readonly tilt_deg?: {
      /** Lower limit; 0 to 90 */
      readonly lower: number;
      /** Upper limit; 0 to 90 */
      readonly upper: number;
    };
    /** Azimuth, clockwise from north [deg] */
    readonly azimuth_deg?: {
      /** Lower limit; 0 to 360 */
      readonly lower: number;
      /** Upper limit; 0 to 360 */
      readonly upper: number;
    };
    /** DC nameplate power divided by the AC rating of all inverters [1] */
    readonly dc_ac_ratio?: {
      /** Lower limit; 0.5 to 3 */
      readonly lower: number;
      /** Upper limit; 0.5 to 3 */
      readonly upper: number;
    };
    /** Ground coverage ratio [1]; if it varies, rows shade each other */
    readonly gcr?: {
      /** Lower limit; 0.05 to 0.95 */
      readonly lower: number;
      /** Upper limit; 0.05 to 0.95 */
      readonly upper: number;
    };
    /** Nameplate DC power [kW] */
    readonly dc_capacity_kw?: {
      /** Lower limit; 0.001 to 10000000 */
      readonly lower: number;
      /** Upper limit; 0.001 to 10000000 */
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
  /** Ground coverage ratio if it does not vary [1]; default: that of the tracker, of the rows or of the rear, otherwise 0.4; 0.05 to 0.95; source of the default: PVWatts v7 in SAM */
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
  /** Processor: cpu, gpu, or auto, a GPU where a worker has one and it is faster. The search evaluates its designs there; final results are always computed on the CPU.; source of the default: the platform's choice, the faster of the two */
  readonly compute?: 'auto' | 'cpu' | 'gpu';
  /** compute gpu: how long the job may wait for a GPU worker if there is none [s]; 0: it is refused; source of the default: the platform's choice, the answer says at once that there is none */
  readonly gpu_wait_s?: number;
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
  /** Shear from the height of the wind speeds to each hub; default: power law with its default exponent; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
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
  /** Turbines of other farms: their wakes count, their energy does not. They may stand outside of the boundary */
  readonly neighbours?: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  readonly wake?: WakeChoice;
  /** Losses other than wakes, by name; each one applies to what the previous ones leave [%]; source of the default: the platform's choice, none */
  readonly losses_pct?: Readonly<Record<string, number>>;
  /** Maximum power that may be fed in [kW] by the whole farm, after all losses and curtailment; 0 to 100000000 */
  readonly export_limit_kw?: number;
  readonly curtailment?: Curtailment;
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
  /** annealing, gradient, random_search and greedy move turbines; nsga2 and bayesian optimise the angle and the spacings of a grid. annealing tries moves of single turbines from several starts and ends with gradients; where there are several turbine types, a wind that varies over the site, curtailment, an export limit, or an objective other than aep, it works as gradient does; source of the default: the platform's choice, it ends with more energy than the others on the case studies of IEA Wind Task 37 */
  readonly method?: 'annealing' | 'gradient' | 'random_search' | 'greedy' | 'nsga2' | 'bayesian';
  /** Number of iterations: generations of nsga2, designs of bayesian, otherwise steps of each search, fewer if the time is short; a step of annealing tries 1000 moves, or five of each turbine if that is more; 1 to 1000000, of bayesian at most 1000; default: annealing 8000, gradient 100, random_search 2000, greedy 500, nsga2 40, bayesian 60, of annealing fewer for small farms; source of the default: the platform's choice, enough for a first search */
  readonly n_iterations?: number;
  /** nsga2: designs in one generation; source of the default: the platform's choice, fast enough for a first search */
  readonly population_size?: number;
  /** Processor: cpu, gpu, or auto, a GPU where a worker has one and it is faster. The search evaluates its designs there; final results are always computed on the CPU.; source of the default: the platform's choice, the faster of the two */
  readonly compute?: 'auto' | 'cpu' | 'gpu';
  /** compute gpu: how long the job may wait for a GPU worker if there is none [s]; 0: it is refused; source of the default: the platform's choice, the answer says at once that there is none */
  readonly gpu_wait_s?: number;
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
  /** Id of the plan, see GET /v1/plans */
  readonly plan: string;
  /** Whether people without a second factor may do nothing but set one up */
  readonly is_second_factor_required: boolean;
  /** Whether people other than owners sign in only at the identity provider */
  readonly is_identity_provider_required: boolean;
  /** Created, UTC */
  readonly created_at: string;
}

export interface OwnOrganization {
  /** Id */
  readonly id: string;
  readonly name: string;
  /** Id of the plan, see GET /v1/plans */
  readonly plan: string;
  /** Whether people without a second factor may do nothing but set one up */
  readonly is_second_factor_required: boolean;
  /** Whether people other than owners sign in only at the identity provider */
  readonly is_identity_provider_required: boolean;
  /** Created, UTC */
  readonly created_at: string;
  /** The plan of the organization, with its limits */
  readonly limits: Plan;
  /** Whether an owner has confirmed an email address; otherwise the organization adds and mails nobody */
  readonly is_confirmed: boolean;
  /** Parts of the platform, and whether the organization has them */
  readonly features: readonly {
    /** optimization, reporting, webhooks, events (server-sent events), or a technology */
    readonly name: string;
    readonly is_on: boolean;
    /** What switches it off; null if it is on */
    readonly off_by: 'plan' | 'installation' | null;
  }[];
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

export interface Plan {
  /** Name of the plan in requests and answers: free */
  readonly id: string;
  /** Name of the plan for readers */
  readonly name: string;
  /** Requests a minute by each API key and each person; null: as the installation sets it */
  readonly n_requests_per_minute: number | null;
  /** Requests in a minute above that; null: as the installation sets it */
  readonly n_burst_requests: number | null;
  /** Requests a minute by the whole organization; null: five times those of a key */
  readonly n_organization_requests_per_minute: number | null;
  /** Jobs that may wait or run at the same time; null: any number */
  readonly n_open_jobs: number | null;
  /** Compute time of the jobs created in a month, UTC [s]; null: any */
  readonly monthly_compute_s: number | null;
  /** Ended jobs are deleted after this time [d]; null: never */
  readonly n_retention_days: number | null;
  /** Parts of the platform that the plan includes */
  readonly features: readonly ('optimization' | 'reporting' | 'webhooks')[];
}

export interface PlanList {
  readonly data: readonly Plan[];
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
  /** Energy lost to degradation each year [1/a]; 0 to 0.5; source of the default: the platform's choice, the median of modules in Jordan and Kurtz 2013; wind farms lose 0.2 to 1.6 % a year in Olauson et al. 2017 and Staffell and Green 2014 */
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
  /** Energy lost to degradation each year [1/a]; 0 to 0.5; source of the default: the platform's choice, the median of modules in Jordan and Kurtz 2013; wind farms lose 0.2 to 1.6 % a year in Olauson et al. 2017 and Staffell and Green 2014 */
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
  /** JSON pointer: the invalid field in the body; /query/... and /headers/... point to query parameters and headers */
  readonly pointer?: string;
  /** What you can do about the error */
  readonly fix?: string;
  /** Request id, the same as in X-Request-Id; quote it when you contact us */
  readonly request_id: string;
  /** Id of the trace in which the installation recorded the request, if it records traces */
  readonly trace_id?: string;
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
  /** plan.feature_missing: plans that include the feature */
  readonly plans?: readonly string[];
  /** Providers: the provider's name */
  readonly provider?: string;
  /** Providers: HTTP status of the provider's answer */
  readonly provider_status?: number;
  /** Providers: how many requests were sent to the provider */
  readonly n_requests?: number;
  /** Estimated compute time of the job [s] (job.too_large) */
  readonly estimated_s?: number;
  /** Compute time limit of a job [s] (job.too_large) */
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
    /** Present only while the process that answers is stopping */
    readonly process?: string;
  };
  /** Now, UTC */
  readonly timestamp: string;
}

export interface RecoveryCodes {
  /** Each works once in place of a code; only this answer contains them */
  readonly recovery_codes: readonly string[];
}

export interface RefreshSessionRequest {
  readonly refresh_token: string;
}

export interface RegisterRequest {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly organization_name: string;
  /** Language of mails to the person; source of the default: the platform's choice, English */
  readonly language?: 'en' | 'de';
}

export interface ReplaceRecoveryCodesRequest {
  readonly current_password: string;
  /** Six digits of the authenticator app */
  readonly one_time_code?: string;
  /** One of the recovery codes, in place of one_time_code */
  readonly recovery_code?: string;
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
  /** Organization that is responsible for the report */
  readonly prepared_by?: string;
  /** Who wrote the report */
  readonly author?: string;
  /** Who reviewed the report */
  readonly reviewer?: string;
  /** Who approved the report */
  readonly approver?: string;
  /** Version of the report, such as 1.1 */
  readonly version?: string;
  /** Who may read the report, such as "Strictly confidential" */
  readonly confidentiality?: string;
  /** Versions of the report, the first one first; a bankable report and a comparison show them */
  readonly version_history?: readonly {
    /** Version */
    readonly version: string;
    /** Date of the version, such as 2026-11-30 */
    readonly date: string;
    /** What changed in the version */
    readonly changes: string;
    /** Who wrote the version */
    readonly author?: string;
  }[];
  /** Index into `systems` of a solar analysis, from 0; default: the system with the best result */
  readonly system_index?: number;
  /** Costs for analyses without economics, per kW of DC power or of rated turbine power */
  readonly economics?: PlantEconomicsOutput;
  /** Costs of single designs in place of economics.costs and of a job's own; price, financing and tax stay the same */
  readonly design_costs?: readonly {
    readonly job_id: string;
    readonly costs: PlantCostsOutput;
  }[];
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
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly Warning[];
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Whether it is for tests: a test key started it, it is not billed, and reports about it are marked */
  readonly is_test: boolean;
  /** Experiment that chose a default of the job; null: none did */
  readonly experiment: JobExperiment | null;
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
    /** Doubts about the inputs and the result; empty if there are none */
    readonly warnings: readonly Warning[];
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

export interface RequestEmailChangeRequest {
  readonly current_password: string;
  readonly new_email: string;
}

export interface RequestPasswordResetRequest {
  readonly email: string;
}

export interface ResetPasswordRequest {
  /** What stands behind the # in the link of the mail */
  readonly token: string;
  readonly new_password: string;
}

export interface Retried {
  /** Number of deliveries that start again */
  readonly n_retried: number;
}

export interface RetryDeliveriesRequest {
  /** First instant; default: 24 hours ago; source of the default: the platform's choice, a day */
  readonly starts_at?: string;
}

export interface RotateApiKeyRequest {
  /** How long the old key still works [h]; source of the default: the platform's choice, a day to change programs */
  readonly overlap_h?: number;
  /** When the new key ends; without it when the old one would */
  readonly expires_at?: string;
}

/** Shading between rows */
export interface RowShading {
  /** linear: power follows the irradiance. electrical: a shadow switches off each block of cells that it touches. martinez: a formula between the two, fitted to measured arrays. fixed_fraction: a share of the beam */
  readonly model: 'linear' | 'electrical' | 'martinez' | 'fixed_fraction';
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
  /** electrical, martinez: number of cell blocks along the slant height [1]; 1: any shadow takes the beam of the whole string; 1 to 1000; source of the default: the platform's choice, a module has three bypass diodes */
  readonly n_blocks?: number;
  /** fixed_fraction: share of the beam irradiance that is lost [1]; 0 to 1 */
  readonly fraction?: number;
}

/** Shading between rows */
export interface RowShadingOutput {
  /** linear: power follows the irradiance. electrical: a shadow switches off each block of cells that it touches. martinez: a formula between the two, fitted to measured arrays. fixed_fraction: a share of the beam */
  readonly model: 'linear' | 'electrical' | 'martinez' | 'fixed_fraction';
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
  /** electrical, martinez: number of cell blocks along the slant height [1]; 1: any shadow takes the beam of the whole string; 1 to 1000; source of the default: the platform's choice, a module has three bypass diodes */
  readonly n_blocks: number;
  /** fixed_fraction: share of the beam irradiance that is lost [1]; 0 to 1 */
  readonly fraction?: number;
}

export interface RuleCost {
  /** Type of the rule */
  readonly type: string;
  /** Name of the rule */
  readonly name: string;
  /** Energy that curtailment takes of a year: with the rules before this one less with this one too [kWh] */
  readonly curtailment_loss_kwh: number;
  /** Energy that curtailment takes as a share of the gross energy [%] */
  readonly curtailment_loss_pct: number;
  /** Energy of a year without rules less that with only this one [kWh] */
  readonly single_loss_kwh: number;
  /** Loss by only this rule as a share of the gross energy [%] */
  readonly single_loss_pct: number;
  /** Hours of a year in which the rule acts, summed over the turbines [h] */
  readonly turbine_hours: number;
  /** curtailment_loss_kwh by turbine; below 0 where a turbine gains because others slow the wind less [kWh] */
  readonly loss_kwh_by_turbine: readonly number[];
  /** Hours of a year in which the rule acts, by turbine [h] */
  readonly hours_by_turbine: readonly number[];
}

export interface SecondFactor {
  /** Whether logins take a code besides the password */
  readonly is_on: boolean;
  /** Since when; null: they do not, UTC */
  readonly set_up_at: string | null;
  /** Recovery codes that nobody has used yet */
  readonly n_recovery_codes: number;
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

export interface SetIdentityProviderRequest {
  /** Issuer of the provider, as its metadata states it */
  readonly issuer: string;
  /** Client id that the provider has for the platform */
  readonly client_id: string;
  /** Client secret that belongs to it; no answer shows it */
  readonly client_secret: string;
  /** Domains of the verified addresses that may sign in; empty: all; source of the default: the platform's choice, the provider knows its people */
  readonly email_domains?: readonly string[];
  /** Whether somebody without an account becomes a viewer of the organization; source of the default: the platform's choice, owners decide who joins */
  readonly is_membership_automatic?: boolean;
}

export interface ShadowReceptor {
  /** Easting [m]; -100000000 to 100000000 */
  readonly x_m?: number;
  /** Northing [m]; -100000000 to 100000000 */
  readonly y_m?: number;
  /** Longitude [deg]; -180 to 180 */
  readonly longitude_deg?: number;
  /** Latitude [deg]; -85 to 85 */
  readonly latitude_deg?: number;
  /** Height above the ground of the turbines [m]: the receptor's own, and the terrain's; -500 to 500; source of the default: LAI 2020, point of immission */
  readonly height_m?: number;
}

export interface ShadowReceptorOutput {
  /** Easting [m]; -100000000 to 100000000 */
  readonly x_m?: number;
  /** Northing [m]; -100000000 to 100000000 */
  readonly y_m?: number;
  /** Longitude [deg]; -180 to 180 */
  readonly longitude_deg?: number;
  /** Latitude [deg]; -85 to 85 */
  readonly latitude_deg?: number;
  /** Height above the ground of the turbines [m]: the receptor's own, and the terrain's; -500 to 500; source of the default: LAI 2020, point of immission */
  readonly height_m: number;
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
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly SiteWarning[];
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

/** A doubt about an input or a result */
export interface SiteWarning {
  /** Code for programs; each code has a page at /docs/warnings/{code} */
  readonly code:
    | 'site.features_empty'
    | 'site.shapes_skipped'
    | 'site.lines_closed'
    | 'site.edges_cross'
    | 'site.area_far'
    | 'site.area_far_from_weather'
    | 'site.corner_far';
  /** info: worth knowing; caution: check it; severe: the result is probably wrong */
  readonly severity: 'info' | 'caution' | 'severe';
  /** What is doubtful, with the numbers */
  readonly message: string;
  /** Numbers and names of the message; names end with the unit */
  readonly values: Readonly<Record<string, number | string>>;
  /** JSON pointer: the doubtful field in the body; null where no single field is the cause */
  readonly pointer: string | null;
  /** Page of the code, relative to the API */
  readonly page: string;
}

export interface SloAlert {
  /** Objective: availability, error_rate, latency_p95, latency_p99, job_queue_wait, job_success or webhook_delivery */
  readonly name: string;
  readonly kind: 'burn_rate' | 'budget_low' | 'budget_exhausted';
  readonly severity: 'warning' | 'critical';
  readonly message: string;
}

/** Alerts that fire now; empty if there are none */
export interface SloAlerts {
  readonly alerts: readonly SloAlert[];
  /** Now, UTC */
  readonly timestamp: string;
}

/** Error budgets and how fast they are used */
export interface SloBudget {
  readonly objectives: readonly SloBudgetOfObjective[];
  /** Now, UTC */
  readonly timestamp: string;
}

export interface SloBudgetOfObjective {
  /** Objective: availability, error_rate, latency_p95, latency_p99, job_queue_wait, job_success or webhook_delivery */
  readonly name: string;
  /** What a good event is */
  readonly title: string;
  /** Smallest share of good events [1] */
  readonly target: number;
  /** Share of the error budget of 30 days that is left; below 0 where more was used than allowed [1] */
  readonly budget_remaining: number;
  readonly burn_rates: readonly SloBurnRate[];
}

export interface SloBurnRate {
  /** Window, which ends now; the budget is that of 30d */
  readonly window: '5m' | '30m' | '1h' | '6h' | '3d' | '30d';
  /** How many times faster than allowed the budget is used; 1 uses all of it in 30 days [1] */
  readonly burn_rate: number;
}

export interface SloObjective {
  /** Objective: availability, error_rate, latency_p95, latency_p99, job_queue_wait, job_success or webhook_delivery */
  readonly name: string;
  /** What a good event is */
  readonly title: string;
  /** Smallest share of good events [1] */
  readonly target: number;
  /** Whether the share of good events of 30 days reaches the target */
  readonly is_met: boolean;
  readonly windows: readonly SloWindow[];
}

/** Objectives and what was counted */
export interface SloStatus {
  /** Whether every objective is met over 30 days */
  readonly is_met: boolean;
  readonly objectives: readonly SloObjective[];
  /** Now, UTC */
  readonly timestamp: string;
}

export interface SloWindow {
  /** Window, which ends now; the budget is that of 30d */
  readonly window: '5m' | '30m' | '1h' | '6h' | '3d' | '30d';
  /** Number of events */
  readonly n_total: number;
  /** Number of bad events */
  readonly n_bad: number;
}

/** Snow model; replaces losses_pct.snow */
export type Snow = SnowTownsend | SnowMarion;

export interface SnowMarion {
  readonly type: 'marion';
  /** Snowfall in each time step of the weather [cm]; absent: the growth of the snow depth of the weather, which must have it */
  readonly snowfall_cm?: readonly number[];
  readonly snow_depth_cm?: readonly number[];
  /** source of the default: the platform's choice, one string */
  readonly n_strings_along_slant?: number;
}

export interface SnowMarionOutput {
  readonly type: 'marion';
  /** Snowfall in each time step of the weather [cm]; absent: the growth of the snow depth of the weather, which must have it */
  readonly snowfall_cm?: readonly number[];
  readonly snow_depth_cm?: readonly number[];
  /** source of the default: the platform's choice, one string */
  readonly n_strings_along_slant: number;
}

/** Snow model; replaces losses_pct.snow */
export type SnowOutput = SnowTownsendOutput | SnowMarionOutput;

export interface SnowTownsend {
  readonly type: 'townsend';
  /** Snowfall in each month; absent, with the next two: from the snow depth and dew point of the weather; January is first */
  readonly snow_total_cm?: readonly number[];
  /** Days with more than 2.5 cm of snowfall; January is first */
  readonly snow_events?: readonly number[];
  /** Mean relative humidity in each month; January is first */
  readonly relative_humidity_pct?: readonly number[];
  /** Length of the row along its slope [m]; 0.1 to 100 */
  readonly slant_height_m: number;
  /** Height of the lower edge above ground [m]; 0 to 100 */
  readonly lower_edge_height_m: number;
  /** 1 if one string runs along the slant, otherwise 0.75; 0.1 to 1; source of the default: pvlib, snow.loss_townsend */
  readonly string_factor?: number;
}

export interface SnowTownsendOutput {
  readonly type: 'townsend';
  /** Snowfall in each month; absent, with the next two: from the snow depth and dew point of the weather; January is first */
  readonly snow_total_cm?: readonly number[];
  /** Days with more than 2.5 cm of snowfall; January is first */
  readonly snow_events?: readonly number[];
  /** Mean relative humidity in each month; January is first */
  readonly relative_humidity_pct?: readonly number[];
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
  /** Rain of each day [mm]; absent: that of the weather, which must have it */
  readonly daily_rain_mm?: readonly number[];
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
  /** Rain of each day [mm]; absent: that of the weather, which must have it */
  readonly daily_rain_mm?: readonly number[];
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
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly Warning[];
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Whether it is for tests: a test key started it, it is not billed, and reports about it are marked */
  readonly is_test: boolean;
  /** Experiment that chose a default of the job; null: none did */
  readonly experiment: JobExperiment | null;
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
  /** Nameplate DC power that was built, with whole strings [kW] */
  readonly dc_capacity_kw: number;
  /** AC rating of all inverters that were built [kW] */
  readonly ac_capacity_kw: number;
  /** DC nameplate power divided by the AC rating of all inverters: what was built [1] */
  readonly dc_ac_ratio: number;
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
      /** Lower limit; 0 to 90 */
      readonly lower: number;
      /** Upper limit; 0 to 90 */
      readonly upper: number;
    };
    /** Azimuth, clockwise from north [deg] */
    readonly azimuth_deg?: {
      /** Lower limit; 0 to 360 */
      readonly lower: number;
      /** Upper limit; 0 to 360 */
      readonly upper: number;
    };
    /** DC nameplate power divided by the AC rating of all inverters [1] */
    readonly dc_ac_ratio?: {
      /** Lower limit; 0.5 to 3 */
      readonly lower: number;
      /** Upper limit; 0.5 to 3 */
      readonly upper: number;
    };
    /** Ground coverage ratio [1]; if it varies, rows shade each other */
    readonly gcr?: {
      /** Lower limit; 0.05 to 0.95 */
      readonly lower: number;
      /** Upper limit; 0.05 to 0.95 */
      readonly upper: number;
    };
    /** Nameplate DC power [kW] */
    readonly dc_capacity_kw?: {
      /** Lower limit; 0.001 to 10000000 */
      readonly lower: number;
      /** Upper limit; 0.001 to 10000000 */
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
  /** Ground coverage ratio if it does not vary [1]; default: that of the tracker, of the rows or of the rear, otherwise 0.4; 0.05 to 0.95; source of the default: PVWatts v7 in SAM */
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
  /** Processor: cpu, gpu, or auto, a GPU where a worker has one and it is faster. The search evaluates its designs there; final results are always computed on the CPU.; source of the default: the platform's choice, the faster of the two */
  readonly compute?: 'auto' | 'cpu' | 'gpu';
  /** compute gpu: how long the job may wait for a GPU worker if there is none [s]; 0: it is refused; source of the default: the platform's choice, the answer says at once that there is none */
  readonly gpu_wait_s?: number;
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
  readonly computed_by?: ComputedBy;
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
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly Warning[];
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Whether it is for tests: a test key started it, it is not billed, and reports about it are marked */
  readonly is_test: boolean;
  /** Experiment that chose a default of the job; null: none did */
  readonly experiment: JobExperiment | null;
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
  /** Energy lost to degradation each year [1/a]; 0 to 0.5; source of the default: the platform's choice, the median of modules in Jordan and Kurtz 2013; wind farms lose 0.2 to 1.6 % a year in Olauson et al. 2017 and Staffell and Green 2014 */
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
  /** Energy lost to degradation each year [1/a]; 0 to 0.5; source of the default: the platform's choice, the median of modules in Jordan and Kurtz 2013; wind farms lose 0.2 to 1.6 % a year in Olauson et al. 2017 and Staffell and Green 2014 */
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
  /** DC nameplate power divided by the AC rating of all inverters [1]; 0.1 to 10. With inverters of a stated size the number of them follows, and the result states the ratio that was built; source of the default: PVWatts v8 web API */
  readonly dc_ac_ratio?: number;
  /** source of the default: the platform's choice, an open rack */
  readonly mounting?: Mounting;
  /** Subarrays: modules of different orientation that feed the same inverters, such as both sides of an east-west roof; their power is clipped together. What a subarray does not state is that of the system */
  readonly subarrays?: readonly Subarray[];
  /** own: each subarray has its own maximum power point tracker. shared: all strings are in parallel at one voltage, without blocking diodes. Default: own; source of the default: the platform's choice, inverters have several trackers */
  readonly subarray_mpp?: 'own' | 'shared';
  /** Temperature coefficient of the maximum power [1/K]; -0.02 to 0; source of the default: PVWatts v8 */
  readonly gamma_per_k?: number;
  /** Nominal efficiency of the inverter [1]; 0.5 to 1; source of the default: PVWatts v8 */
  readonly inverter_efficiency?: number;
  /** Losses; each one applies to what the previous ones leave. The defaults are those of PVWatts, together 14.08 %. A model for soiling, snow, wiring, degradation or availability replaces the corresponding entry */
  readonly losses_pct?: {
    /** Dirt [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly soiling?: number;
    /** Near shading [%]; default: 3, or 0 where `rows` are modelled; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly shading?: number;
    /** Snow [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly snow?: number;
    /** Mismatch between modules [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly mismatch?: number;
    /** Losses in DC and AC wiring, at any load; `wiring` of the system replaces it [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly wiring?: number;
    /** Connectors [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly connections?: number;
    /** Light-induced degradation, or the gain by light soaking of thin films; default: that of the module's file, otherwise 1.5; a negative value is a gain [%]; -5 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly lid?: number;
    /** Power of modules below their nameplate, in PVsyst the module quality loss: -0.8 for modules 0.8 % above it; a negative value is a gain [%]; -5 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly nameplate_rating?: number;
    /** Ageing [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly age?: number;
    /** Outages [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly availability?: number;
  };
  /** Ground reflectance (albedo) [1]; 0 to 1; source of the default: SAM's configuration of PVWatts v8 */
  readonly albedo?: number;
  /** Ground reflectance (albedo) of each month; replaces `albedo`; January is first */
  readonly albedo_monthly?: readonly number[];
  /** Coldest cell temperature, at which the open-circuit voltage of strings is checked [degC]; default: the lowest air temperature of the weather; -80 to 40; source of the default: the platform's choice, cells are as cold as the air before sunrise */
  readonly min_cell_temp_c?: number;
  /** NREL's PVWatts v8 as SAM runs it. It ends at the rear of bifacial modules: SAM has another model there, with 2 to 5 % less energy than `bifacial` of a system, which a warning says. The preset chooses transposition, iam, spectral, temperature, module, inverter, gamma_per_k and rows; the result shows the choices. For hourly means set edge_steps to mid_sunlit */
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
  /** Incidence angle modifier; default: that of the module's file, otherwise physical for the beam: diffuse irradiance then loses nothing by reflection, which gives 1 to 2 % more energy than include_diffuse; source of the default: pvlib, ModelChain.with_pvwatts */
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
  readonly wiring?: Wiring;
  readonly transformer?: Transformer;
  readonly auxiliaries?: Auxiliaries;
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
  /** DC nameplate power divided by the AC rating of all inverters [1]; 0.1 to 10. With inverters of a stated size the number of them follows, and the result states the ratio that was built; source of the default: PVWatts v8 web API */
  readonly dc_ac_ratio: number;
  /** source of the default: the platform's choice, an open rack */
  readonly mounting: MountingOutput;
  /** Subarrays: modules of different orientation that feed the same inverters, such as both sides of an east-west roof; their power is clipped together. What a subarray does not state is that of the system */
  readonly subarrays?: readonly SubarrayOutput[];
  /** own: each subarray has its own maximum power point tracker. shared: all strings are in parallel at one voltage, without blocking diodes. Default: own; source of the default: the platform's choice, inverters have several trackers */
  readonly subarray_mpp?: 'own' | 'shared';
  /** Temperature coefficient of the maximum power [1/K]; -0.02 to 0; source of the default: PVWatts v8 */
  readonly gamma_per_k: number;
  /** Nominal efficiency of the inverter [1]; 0.5 to 1; source of the default: PVWatts v8 */
  readonly inverter_efficiency: number;
  /** Losses; each one applies to what the previous ones leave. The defaults are those of PVWatts, together 14.08 %. A model for soiling, snow, wiring, degradation or availability replaces the corresponding entry */
  readonly losses_pct: {
    /** Dirt [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly soiling: number;
    /** Near shading [%]; default: 3, or 0 where `rows` are modelled; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly shading?: number;
    /** Snow [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly snow: number;
    /** Mismatch between modules [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly mismatch: number;
    /** Losses in DC and AC wiring, at any load; `wiring` of the system replaces it [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly wiring: number;
    /** Connectors [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly connections: number;
    /** Light-induced degradation, or the gain by light soaking of thin films; default: that of the module's file, otherwise 1.5; a negative value is a gain [%]; -5 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly lid?: number;
    /** Power of modules below their nameplate, in PVsyst the module quality loss: -0.8 for modules 0.8 % above it; a negative value is a gain [%]; -5 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly nameplate_rating: number;
    /** Ageing [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly age: number;
    /** Outages [%]; 0 to 99; source of the default: PVWatts Version 5 Manual, table of losses */
    readonly availability: number;
  };
  /** Ground reflectance (albedo) [1]; 0 to 1; source of the default: SAM's configuration of PVWatts v8 */
  readonly albedo: number;
  /** Ground reflectance (albedo) of each month; replaces `albedo`; January is first */
  readonly albedo_monthly?: readonly number[];
  /** Coldest cell temperature, at which the open-circuit voltage of strings is checked [degC]; default: the lowest air temperature of the weather; -80 to 40; source of the default: the platform's choice, cells are as cold as the air before sunrise */
  readonly min_cell_temp_c?: number;
  /** NREL's PVWatts v8 as SAM runs it. It ends at the rear of bifacial modules: SAM has another model there, with 2 to 5 % less energy than `bifacial` of a system, which a warning says. The preset chooses transposition, iam, spectral, temperature, module, inverter, gamma_per_k and rows; the result shows the choices. For hourly means set edge_steps to mid_sunlit */
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
  /** Incidence angle modifier; default: that of the module's file, otherwise physical for the beam: diffuse irradiance then loses nothing by reflection, which gives 1 to 2 % more energy than include_diffuse; source of the default: pvlib, ModelChain.with_pvwatts */
  readonly iam?: IncidenceAngleModifierOutput;
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
  readonly wiring?: WiringOutput;
  readonly transformer?: TransformerOutput;
  readonly auxiliaries?: AuxiliariesOutput;
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
  /** Irradiation on the front of the modules in a year, before the shade of horizon and rows [kWh/m2] */
  readonly poa_unshaded_annual_kwh_m2: number;
  /** Irradiation on the front of the modules in a year, after the shade of horizon and rows [kWh/m2] */
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
  /** Performance ratio: specific yield divided by that of lossless modules under `poa_unshaded_annual_kwh_m2`, as in PVsyst [1] */
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
  /** Subarrays: in the order of `system.subarrays`; absent if the system has none */
  readonly subarrays?: readonly SubarrayResult[];
}

/** A doubt about an input or a result */
export interface SolarWarning {
  /** Code for programs; each code has a page at /docs/warnings/{code} */
  readonly code:
    | 'solar.file_assumption'
    | 'solar.file_fields_unused'
    | 'solar.beam_reflection_only'
    | 'solar.capacity_moved'
    | 'solar.ratio_moved'
    | 'solar.subarray_share_moved'
    | 'solar.fractional_units'
    | 'solar.coldest_cell_warm'
    | 'solar.mpp_window'
    | 'solar.preset_bifacial'
    | 'solar.value_unusual'
    | 'solar.value_implausible'
    | 'solar.faces_away_from_equator'
    | 'solar.subarrays_equal'
    | 'solar.tracker_axis'
    | 'solar.losses_as_fractions'
    | 'solar.hourly_means_on_steep_plane'
    | 'solar.ac_over_dc'
    | 'solar.subhourly_clipping'
    | 'solar.auxiliaries_large'
    | 'solar.export_limit_share'
    | 'solar.objective_prefers_size'
    | 'solar.search_short'
    | 'solar.nothing_varies'
    | 'solar.weather_far'
    | 'solar.weather_of_another_place'
    | 'solar.weather_elevation'
    | 'solar.degradation_twice';
  /** info: worth knowing; caution: check it; severe: the result is probably wrong */
  readonly severity: 'info' | 'caution' | 'severe';
  /** What is doubtful, with the numbers */
  readonly message: string;
  /** Numbers and names of the message; names end with the unit */
  readonly values: Readonly<Record<string, number | string>>;
  /** JSON pointer: the doubtful field in the body; null where no single field is the cause */
  readonly pointer: string | null;
  /** Page of the code, relative to the API */
  readonly page: string;
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

export interface StartCheckoutRequest {
  /** Id of the plan */
  readonly plan: string;
}

export interface StoredComponent {
  /** Id */
  readonly id: string;
  /** Format of the file: pan, ond, cec, csv or pvgis */
  readonly format: string;
  readonly name: string;
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly SolarWarning[];
  /** Uploaded, UTC */
  readonly created_at: string;
  readonly kind: 'module' | 'inverter' | 'horizon';
}

export interface StripePage {
  /** Page of Stripe, for the person's browser */
  readonly url: string;
}

/** Modules of one orientation among several on the same inverters */
export interface Subarray {
  /** Name of the subarray in results and reports */
  readonly name?: string;
  /** Share of the system's DC power [%]; those of all subarrays add up to 100. With modules in strings it divides their strings into whole ones; 0.01 to 100 */
  readonly share_pct?: number;
  /** Number of strings in parallel, where modules are in strings, instead of share_pct [1]; 0.000001 to 10000000 */
  readonly n_strings?: number;
  /** Modules in series in each string [1]; default: the system's; 1 to 10000 */
  readonly modules_per_string?: number;
  /** source of the default: the platform's choice, the system's */
  readonly mounting?: Mounting;
  /** Shading between rows; absent: the system's */
  readonly rows?: RowShading;
  /** Horizon that hides sun and diffuse sky; absent: the system's */
  readonly far_horizon?: UploadedHorizon | HorizonProfile;
  /** Near shading [%]; absent: losses_pct.shading; 0 to 99 */
  readonly shading_pct?: number;
}

/** Modules of one orientation among several on the same inverters */
export interface SubarrayOutput {
  /** Name of the subarray in results and reports */
  readonly name?: string;
  /** Share of the system's DC power [%]; those of all subarrays add up to 100. With modules in strings it divides their strings into whole ones; 0.01 to 100 */
  readonly share_pct?: number;
  /** Number of strings in parallel, where modules are in strings, instead of share_pct [1]; 0.000001 to 10000000 */
  readonly n_strings?: number;
  /** Modules in series in each string [1]; default: the system's; 1 to 10000 */
  readonly modules_per_string?: number;
  /** source of the default: the platform's choice, the system's */
  readonly mounting?: MountingOutput;
  /** Shading between rows; absent: the system's */
  readonly rows?: RowShadingOutput;
  /** Horizon that hides sun and diffuse sky; absent: the system's */
  readonly far_horizon?: UploadedHorizon | HorizonProfile;
  /** Near shading [%]; absent: losses_pct.shading; 0 to 99 */
  readonly shading_pct?: number;
}

export interface SubarrayResult {
  /** Energy delivered in a year, mean over the years: in each time step in proportion to the DC power [kWh] */
  readonly annual_energy_kwh: number;
  /** DC energy of the modules in a year, mean over the years [kWh] */
  readonly annual_dc_energy_kwh: number;
  /** Irradiation on the front of the modules in a year, before the shade of horizon and rows [kWh/m2] */
  readonly poa_unshaded_annual_kwh_m2: number;
  /** Irradiation on the front of the modules in a year, after the shade of horizon and rows [kWh/m2] */
  readonly poa_annual_kwh_m2: number;
  /** Irradiation on the rear of the modules in a year; 0 without `bifacial` [kWh/m2] */
  readonly poa_back_annual_kwh_m2: number;
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
  readonly derating?: InverterDerating;
  /** Minimum voltage of maximum power point tracking [V]; absent or 0: no limit; 0 to 5000 */
  readonly mpp_min_v?: number;
  /** Maximum voltage of maximum power point tracking [V]; absent or 0: no limit; 0 to 5000 */
  readonly mpp_max_v?: number;
  /** Maximum DC voltage [V]; absent or 0: no limit; 0 to 5000 */
  readonly max_dc_v?: number;
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
  readonly derating?: InverterDerating;
  /** Minimum voltage of maximum power point tracking [V]; absent or 0: no limit; 0 to 5000 */
  readonly mpp_min_v?: number;
  /** Maximum voltage of maximum power point tracking [V]; absent or 0: no limit; 0 to 5000 */
  readonly mpp_max_v?: number;
  /** Maximum DC voltage [V]; absent or 0: no limit; 0 to 5000 */
  readonly max_dc_v?: number;
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
  /** Minimum voltage of maximum power point tracking [V]; absent or 0: no limit; 0 to 5000 */
  readonly mpp_min_v?: number;
  /** Maximum voltage of maximum power point tracking [V]; absent or 0: no limit; 0 to 5000 */
  readonly mpp_max_v?: number;
  /** Maximum DC voltage [V]; absent or 0: no limit; 0 to 5000 */
  readonly max_dc_v?: number;
}

/** Model of DC power. For modules in stated strings dc_capacity_kw must equal their power under standard test conditions within 1 % */
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
  /** Module: power of one under standard test conditions [W]; absent: that of its parameters; 0.1 to 5000 */
  readonly power_w?: number;
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
  /** Modules in series in each string [1]; default: as many as fit the inverter's rated DC voltage and, in the cold, its maximum; 1 without such an inverter */
  readonly modules_per_string?: number;
  /** Number of strings in parallel [1]; default: the integer nearest to dc_capacity_kw, at least 1; dc_capacity_kw is then that of the strings */
  readonly n_strings?: number;
}

/** Model of DC power. For modules in stated strings dc_capacity_kw must equal their power under standard test conditions within 1 % */
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
  /** Module: power of one under standard test conditions [W]; absent: that of its parameters; 0.1 to 5000 */
  readonly power_w?: number;
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
  /** Module: power of one under standard test conditions [W]; absent: that of its parameters; 0.1 to 5000 */
  readonly power_w?: number;
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
  /** Cut-in wind speed: the first of the table with power [m/s] */
  readonly cut_in_m_s: number;
  /** Cut-out wind speed: the last of the table with power [m/s] */
  readonly cut_out_m_s: number;
  /** Published curves at other air densities; between them the curve at the density of a site is interpolated, beyond them the nearest one is corrected */
  readonly density_curves?: readonly DensityCurve[];
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

/** Transformer between the inverters and the meter */
export interface Transformer {
  /** Loss in the core at all times as a share of the rating: iron loss in PVsyst, no-load loss in SAM [%]; 0 to 5; source of the default: PVsyst 7, external transformer */
  readonly iron_pct?: number;
  /** Loss in the windings at the rating, which grows with the square of the load: copper loss in PVsyst, load loss in SAM [%]; 0 to 10; source of the default: PVsyst 7, external transformer */
  readonly copper_pct?: number;
  /** Rated power [kW]; absent: the AC rating of the inverters; 0.001 to 1000000000 */
  readonly rated_kw?: number;
  /** Whether it is disconnected while the inverters deliver nothing; source of the default: PVsyst 7, external transformer */
  readonly is_off_at_night?: boolean;
}

/** Transformer between the inverters and the meter */
export interface TransformerOutput {
  /** Loss in the core at all times as a share of the rating: iron loss in PVsyst, no-load loss in SAM [%]; 0 to 5; source of the default: PVsyst 7, external transformer */
  readonly iron_pct: number;
  /** Loss in the windings at the rating, which grows with the square of the load: copper loss in PVsyst, load loss in SAM [%]; 0 to 10; source of the default: PVsyst 7, external transformer */
  readonly copper_pct: number;
  /** Rated power [kW]; absent: the AC rating of the inverters; 0.001 to 1000000000 */
  readonly rated_kw?: number;
  /** Whether it is disconnected while the inverters deliver nothing; source of the default: PVsyst 7, external transformer */
  readonly is_off_at_night: boolean;
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
  /** Thrust coefficients of a curve that has none. frohboese_schmuck: 3.5 (2 v - 3.5) / v2 (Frohboese and Schmuck 2010); momentum: those of an actuator disc that takes the power of the curve from the wind */
  readonly generic_thrust?: 'frohboese_schmuck' | 'momentum';
  /** Class of the type certificate by IEC 61400-1: wind class and turbulence category. Only a warning uses it, if the wind at the site is stronger or more turbulent */
  readonly iec_class?: 'IA+' | 'IA' | 'IB' | 'IC' | 'IIA+' | 'IIA' | 'IIB' | 'IIC' | 'IIIA+' | 'IIIA' | 'IIIB' | 'IIIC';
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
  /** Thrust coefficients of a curve that has none. frohboese_schmuck: 3.5 (2 v - 3.5) / v2 (Frohboese and Schmuck 2010); momentum: those of an actuator disc that takes the power of the curve from the wind */
  readonly generic_thrust?: 'frohboese_schmuck' | 'momentum';
  /** Class of the type certificate by IEC 61400-1: wind class and turbulence category. Only a warning uses it, if the wind at the site is stronger or more turbulent */
  readonly iec_class?: 'IA+' | 'IA' | 'IB' | 'IC' | 'IIA+' | 'IIA' | 'IIB' | 'IIC' | 'IIIA+' | 'IIIA' | 'IIIB' | 'IIIC';
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
  /** Power at each wind speed [kW]; below 0: the turbine's own consumption */
  readonly power_kw: readonly number[];
  /** Thrust coefficient at each wind speed [1]; wakes need it, or a generic_thrust: a single turbine does without */
  readonly thrust_coefficient?: readonly number[];
  /** Published curves at other air densities; between them the curve at the density of a site is interpolated, beyond them the nearest one is corrected */
  readonly density_curves?: readonly DensityCurve[];
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
  /** Power at each wind speed [kW]; below 0: the turbine's own consumption */
  readonly power_kw: readonly number[];
  /** Thrust coefficient at each wind speed [1]; wakes need it, or a generic_thrust: a single turbine does without */
  readonly thrust_coefficient?: readonly number[];
  /** Published curves at other air densities; between them the curve at the density of a site is interpolated, beyond them the nearest one is corrected */
  readonly density_curves?: readonly DensityCurve[];
}

/** A turbine and its curves */
export type TurbineDetail = TabulatedTurbine | CubicTurbine;

/** Mode: power and thrust of a turbine that runs with less noise or load */
export interface TurbineMode {
  /** Name, to which rules refer */
  readonly name: string;
  /** Wind speed, in rising order [m/s]; outside of this range power and thrust are 0 */
  readonly wind_speed_m_s: readonly number[];
  /** Power at each wind speed [kW] */
  readonly power_kw: readonly number[];
  /** Thrust coefficient at each wind speed [1]; wakes need it, or a generic_thrust */
  readonly thrust_coefficient?: readonly number[];
  /** Thrust coefficients of a curve that has none, as in `turbines` */
  readonly generic_thrust?: 'frohboese_schmuck' | 'momentum';
  /** Air density: that of the power curve [kg/m3]; 0.5 to 1.6; source of the default: ISO 2533, air at sea level */
  readonly air_density_kg_m3?: number;
}

/** Mode: power and thrust of a turbine that runs with less noise or load */
export interface TurbineModeOutput {
  /** Name, to which rules refer */
  readonly name: string;
  /** Wind speed, in rising order [m/s]; outside of this range power and thrust are 0 */
  readonly wind_speed_m_s: readonly number[];
  /** Power at each wind speed [kW] */
  readonly power_kw: readonly number[];
  /** Thrust coefficient at each wind speed [1]; wakes need it, or a generic_thrust */
  readonly thrust_coefficient?: readonly number[];
  /** Thrust coefficients of a curve that has none, as in `turbines` */
  readonly generic_thrust?: 'frohboese_schmuck' | 'momentum';
  /** Air density: that of the power curve [kg/m3]; 0.5 to 1.6; source of the default: ISO 2533, air at sea level */
  readonly air_density_kg_m3: number;
}

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
  /** Name of the turbine type */
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

export interface UpdateMeRequest {
  readonly name?: string;
  readonly language?: 'en' | 'de';
}

export interface UpdateOrganizationRequest {
  readonly name?: string;
  readonly is_second_factor_required?: boolean;
  readonly is_identity_provider_required?: boolean;
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
  readonly events?: readonly (
    | 'job.succeeded'
    | 'job.failed'
    | 'job.cancelled'
    | 'report.ready'
    | 'usage.budget_reached'
    | 'audit.recorded'
  )[];
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

export interface UploadedTurbine {
  readonly turbine: TurbineDetail;
  /** What the document has and the request does not: parts of the file that the turbine lacks */
  readonly not_used: readonly {
    readonly path: string;
    readonly reason: string;
  }[];
}

/** What an organization has used, by time */
export interface Usage {
  readonly interval: 'hour' | 'day' | 'month';
  readonly group_by: 'none' | 'kind' | 'caller';
  readonly data: readonly UsageRow[];
}

export interface UsageRow {
  /** First instant of the hour, day or month, UTC */
  readonly starts_at: string;
  /** What was used; compute_s is in seconds, the others are counts */
  readonly metric: 'jobs' | 'evaluations' | 'compute_s' | 'written_reports' | 'stored_series' | 'api_calls';
  /** With group_by kind: the job kind, the queue of compute_s, or the operation of api_calls; with caller: usr_... or key_...; otherwise null */
  readonly group: string | null;
  /** How much was used */
  readonly amount: number;
}

export interface User {
  /** Id */
  readonly id: string;
  /** Email address in lower case */
  readonly email: string;
  readonly name: string;
  /** Role: owner, admin (all but what concerns owners), member (all but keys and people) or viewer (reads) */
  readonly role: 'owner' | 'admin' | 'member' | 'viewer';
  /** Language of mails to the person */
  readonly language: 'en' | 'de';
  /** When the person confirmed the address; null: not yet, UTC */
  readonly email_confirmed_at: string | null;
  /** Whether logins of the person take a code besides the password */
  readonly has_second_factor: boolean;
  /** Registered, UTC */
  readonly created_at: string;
}

/** Wake model, and the parts of it that the request chooses */
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
  readonly constants?: WakeConstants;
}

/** Wake model, and the parts of it that the request chooses */
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
  readonly constants?: WakeConstants;
}

/** Constants of the wake model that replace its own; those that the model does not have are refused */
export interface WakeConstants {
  /** Expansion k of Jensen's and Bastankhah's wakes [1]; left out: that of the model (PyWake: 0.04, 0.05 or 0.1 by the name of the Jensen model; 0.0324555 or 0.04 of the Gaussian ones); 0.005 to 0.3 */
  readonly expansion_k?: number;
  /** Expansion by turbulence: k = ka TI + kb of Niayifar's and FLORIS's wakes [1]; left out: that of the model (Niayifar and Porte-Agel 2016: 0.3837; FLORIS: 0.38); 0 to 2 */
  readonly expansion_ka?: number;
  /** Expansion without turbulence: k = ka TI + kb [1]; left out: that of the model (Niayifar and Porte-Agel 2016: 0.003678; FLORIS: 0.004); 0 to 0.2 */
  readonly expansion_kb?: number;
  /** Width at the rotor in diameters, as a factor of sqrt(beta) [1]; left out: that of the model (Bastankhah and Porte-Agel 2014: 0.2; TurbOPark, Pedersen et al. 2022: 0.25); 0.02 to 0.6 */
  readonly epsilon_factor?: number;
  /** Expansion A of TurbOPark [1]; left out: that of the model (Pedersen et al. 2022: 0.04); 0.005 to 0.3 */
  readonly turbo_a?: number;
  /** First constant of Frandsen's wake turbulence, in stf2017 and in TurbOPark [1]; left out: that of the model (IEC 61400-1:2019, annex E: 1.5); 0.1 to 10 */
  readonly frandsen_c1?: number;
  /** Second constant of Frandsen's wake turbulence [1]; left out: that of the model (IEC 61400-1:2019, annex E: 0.8); 0.05 to 5 */
  readonly frandsen_c2?: number;
  /** Factor of Crespo and Hernandez's turbulence [1]; left out: that of the model (Crespo and Hernandez 1996: 0.73; FLORIS: 0.5); 0 to 3 */
  readonly crespo_factor?: number;
  /** Exponent of the induction [1]; left out: that of the model (Crespo and Hernandez 1996: 0.8325; FLORIS: 0.8); 0 to 3 */
  readonly crespo_induction_exponent?: number;
  /** Exponent of the ambient turbulence [1]; left out: that of the model (Crespo and Hernandez 1996: 0.0325; FLORIS: 0.1); -1 to 1 */
  readonly crespo_ambient_exponent?: number;
  /** Exponent of the distance [1]; left out: that of the model (Crespo and Hernandez 1996: -0.32); -2 to 0 */
  readonly crespo_distance_exponent?: number;
  /** Near wake: alpha of FLORIS's Gauss models, by turbulence [1]; left out: that of the model (Bastankhah and Porte-Agel 2016: 0.58); 0.05 to 5 */
  readonly near_wake_alpha?: number;
  /** Near wake: beta of FLORIS's Gauss models, by induction [1]; left out: that of the model (Bastankhah and Porte-Agel 2016: 0.077); 0.005 to 1 */
  readonly near_wake_beta?: number;
  /** Growth of the wake in Jimenez's deflection [1]; left out: that of the model (PyWake, JimenezWakeDeflection: 0.1); 0.01 to 0.5 */
  readonly jimenez_beta?: number;
  /** Blockage: gamma, a factor of the thrust [1]; left out: that of the model (Troldborg and Meyer Forsting 2017: 1.1); 0.5 to 2 */
  readonly blockage_gamma?: number;
  /** Blockage: lambda of the half radius [1]; left out: that of the model (Troldborg and Meyer Forsting 2017: 0.587); 0.1 to 2 */
  readonly blockage_lambda?: number;
  /** Blockage: eta of the half radius [1]; left out: that of the model (Troldborg and Meyer Forsting 2017: 1.32); 0.2 to 5 */
  readonly blockage_eta?: number;
  /** Blockage: alpha of the radial shape [1]; left out: that of the model (Troldborg and Meyer Forsting 2017: 8/9); 0.1 to 3 */
  readonly blockage_alpha?: number;
  /** Blockage: beta of the radial shape [1]; left out: that of the model (Troldborg and Meyer Forsting 2017: sqrt(2)); 0.3 to 4 */
  readonly blockage_beta?: number;
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

/** A doubt about an input or a result */
export interface Warning {
  /** Code for programs; each code has a page at /docs/warnings/{code} */
  readonly code:
    | 'weather.year_repeated'
    | 'weather.values_filled'
    | 'weather.column_dropped'
    | 'weather.time_zone'
    | 'weather.clock_one_hour_off'
    | 'weather.labels_shifted'
    | 'weather.clock_shifted'
    | 'weather.longitude_sign'
    | 'weather.latitude_sign'
    | 'weather.coordinates_exchanged'
    | 'weather.columns_exchanged'
    | 'weather.direct_on_horizontal'
    | 'weather.column_all_zero'
    | 'weather.closure'
    | 'weather.night_irradiance'
    | 'weather.irradiance_impossible'
    | 'weather.irradiance_level'
    | 'weather.irradiance_level_unusual'
    | 'weather.daylight_zero'
    | 'weather.values_stuck'
    | 'weather.temperature_range'
    | 'weather.temperature_course'
    | 'weather.temperature_level'
    | 'weather.wind_level'
    | 'weather.elevation_pressure'
    | 'weather.values_rejected'
    | 'weather.night_filled'
    | 'weather.long_gap_filled'
    | 'weather.column_defaulted'
    | 'weather.column_constant'
    | 'weather.irradiance_closed'
    | 'weather.gaps_closed'
    | 'weather.irradiance_decomposed'
    | 'weather.irradiance_from_plane'
    | 'weather.year_joined'
    | 'finance.value_unusual'
    | 'finance.value_implausible'
    | 'finance.price_and_cost'
    | 'finance.lcoe_range'
    | 'finance.debt_not_covered'
    | 'site.features_empty'
    | 'site.shapes_skipped'
    | 'site.lines_closed'
    | 'site.edges_cross'
    | 'site.area_far'
    | 'site.area_far_from_weather'
    | 'site.corner_far'
    | 'report.different_places'
    | 'report.different_plants'
    | 'report.different_uncertainties'
    | 'solar.file_assumption'
    | 'solar.file_fields_unused'
    | 'solar.beam_reflection_only'
    | 'solar.capacity_moved'
    | 'solar.ratio_moved'
    | 'solar.subarray_share_moved'
    | 'solar.fractional_units'
    | 'solar.coldest_cell_warm'
    | 'solar.mpp_window'
    | 'solar.preset_bifacial'
    | 'solar.value_unusual'
    | 'solar.value_implausible'
    | 'solar.faces_away_from_equator'
    | 'solar.subarrays_equal'
    | 'solar.tracker_axis'
    | 'solar.losses_as_fractions'
    | 'solar.hourly_means_on_steep_plane'
    | 'solar.ac_over_dc'
    | 'solar.subhourly_clipping'
    | 'solar.auxiliaries_large'
    | 'solar.export_limit_share'
    | 'solar.objective_prefers_size'
    | 'solar.search_short'
    | 'solar.nothing_varies'
    | 'solar.weather_far'
    | 'solar.weather_of_another_place'
    | 'solar.weather_elevation'
    | 'solar.degradation_twice'
    | 'wind.power_above_betz'
    | 'wind.power_coefficient_low'
    | 'wind.cut_out_late'
    | 'wind.cut_out_early'
    | 'wind.curve_coarse'
    | 'wind.ground_clearance'
    | 'wind.hub_height_unusual'
    | 'wind.rated_power_mismatch'
    | 'wind.thrust_below_power'
    | 'wind.thrust_high'
    | 'wind.curve_dips'
    | 'wind.power_without_wind'
    | 'wind.own_consumption_high'
    | 'wind.density_correction_large'
    | 'wind.air_density_unusual'
    | 'wind.density_elevation'
    | 'wind.pressure_elevation'
    | 'wind.temperature_unusual'
    | 'wind.mean_speed_implausible'
    | 'wind.above_turbine_class'
    | 'wind.class_exceeded'
    | 'wind.mean_speed_low'
    | 'wind.weibull_shape_unusual'
    | 'wind.shear_unusual'
    | 'wind.height_extrapolated'
    | 'wind.turbulence_unusual'
    | 'wind.one_direction'
    | 'wind.series_short'
    | 'wind.series_step_long'
    | 'wind.humidity_as_share'
    | 'wind.series_stuck'
    | 'wind.table_coarse'
    | 'wind.storms_frequent'
    | 'wind.speedup_large'
    | 'wind.interannual_unusual'
    | 'wind.frequencies_scaled'
    | 'wind.bins_cut_energy'
    | 'wind.speed_bins_coarse'
    | 'wind.start_moved'
    | 'wind.start_crowded'
    | 'wind.directions_coarse'
    | 'wind.search_directions_coarse'
    | 'wind.option_without_effect'
    | 'wind.directions_spread'
    | 'wind.spacing_small'
    | 'wind.turbines_far_apart'
    | 'wind.power_density_high'
    | 'wind.wake_loss_high'
    | 'wind.capacity_factor_unusual'
    | 'wind.area_odd'
    | 'wind.exclusion_without_effect'
    | 'wind.substation_far'
    | 'wind.site_crowded'
    | 'wind.min_spacing_unusual'
    | 'wind.search_short'
    | 'wind.no_improvement'
    | 'wind.objective_ignores_energy'
    | 'wind.objective_prefers_most'
    | 'wind.wake_constant_unusual'
    | 'wind.curtailment_high'
    | 'wind.rule_without_effect'
    | 'wind.rules_only_in_final'
    | 'wind.rule_values_missing'
    | 'wind.mode_above_curve'
    | 'wind.losses_high'
    | 'wind.losses_small'
    | 'wind.loss_counted_twice'
    | 'wind.uncertainty_high'
    | 'wind.export_limit_share'
    | 'wind.uncertainty_small'
    | 'wind.records_left_out'
    | 'wind.values_excluded'
    | 'wind.sensor_stuck'
    | 'wind.sensor_iced'
    | 'wind.calm_long'
    | 'wind.coverage_low'
    | 'wind.measurement_short'
    | 'wind.months_missing'
    | 'wind.seasons_uneven'
    | 'wind.years_not_whole'
    | 'wind.gap_long'
    | 'wind.file_histogram_incomplete'
    | 'wind.file_bins_uneven'
    | 'wind.speed_unit_doubtful'
    | 'wind.direction_unit_doubtful'
    | 'wind.measured_shear_unusual'
    | 'wind.measured_turbulence_unusual'
    | 'wind.weibull_fit_poor'
    | 'wind.file_frequencies_scaled'
    | 'wind.grid_one_point'
    | 'wind.grid_incomplete'
    | 'wind.land_flat'
    | 'wind.resource_far'
    | 'wind.point_far'
    | 'wind.grid_power_mismatch'
    | 'wind.grid_sectors_mismatch'
    | 'wind.file_lengths_doubtful';
  /** info: worth knowing; caution: check it; severe: the result is probably wrong */
  readonly severity: 'info' | 'caution' | 'severe';
  /** What is doubtful, with the numbers */
  readonly message: string;
  /** Numbers and names of the message; names end with the unit */
  readonly values: Readonly<Record<string, number | string>>;
  /** JSON pointer: the doubtful field in the body; null where no single field is the cause */
  readonly pointer: string | null;
  /** Page of the code, relative to the API */
  readonly page: string;
}

/** A year of weather with its place, sums, gaps and origin */
export interface Weather {
  /** Id */
  readonly id: string;
  /** Site: the dataset belongs to it */
  readonly site_id: string | null;
  /** Name of the dataset */
  readonly name: string;
  /** tmy3, tm2, epw, sam-csv, pvgis-csv, pvgis-json, nasa-power-json, open-meteo-json, solaranywhere, solargis, solcast, cams, surfrad, bsrn, pvsyst, csv */
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
    /** Lowest air temperature [degC]; absent in datasets that were stored before it was computed */
    readonly temp_air_min_c?: number;
    /** Mean wind speed [m/s] */
    readonly wind_speed_mean_m_s: number;
    /** Rain of the year [mm]; absent without a column of it, and in older datasets */
    readonly rain_annual_mm?: number;
    /** Deepest snow on the ground [cm]; absent without a column of it, and in older datasets */
    readonly snow_depth_max_cm?: number;
    readonly gaps: WeatherGaps;
    readonly source: WeatherSource;
    readonly provider?: WeatherOrigin;
  };
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly WeatherWarning[];
  /** Uploaded, UTC */
  readonly created_at: string;
}

/** How well the clock of a file fits the sun at its place */
export interface WeatherClock {
  /** Residual of the closure with the clock of the file, as a share of the direct irradiance [1]; null without direct irradiance */
  readonly residual: number | null;
  /** Hours to add to the clock for the smallest residual [h] */
  readonly shift_h: number | null;
  /** Residual with that shift [1]; null without direct irradiance */
  readonly shifted_residual: number | null;
  /** Hours to add to the clock by the noon of clear days: median [h] */
  readonly noon_shift_h: number | null;
  /** Lower quartile of the clear days [h] */
  readonly noon_shift_lower_h: number | null;
  /** Upper quartile of the clear days [h] */
  readonly noon_shift_upper_h: number | null;
  /** Number of clear days */
  readonly n_clear_days: number;
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
    /** Name, as `provider` of a request takes it */
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

/** How good a year of weather is: figures and doubts */
export interface WeatherQuality {
  /** Closure: direct irradiance on the horizontal plus diffuse, less global, as a share of global [%]; null without irradiance */
  readonly closure_pct: number | null;
  /** Closure of each month [%]; January is first; null for a month without irradiance */
  readonly monthly_closure_pct: readonly (number | null)[];
  readonly clock: WeatherClock;
  /** Global horizontal irradiation of each month [kWh/m2]; January is first */
  readonly monthly_ghi_kwh_m2: readonly number[];
  /** Direct normal irradiation of each month [kWh/m2]; January is first */
  readonly monthly_dni_kwh_m2: readonly number[];
  /** Diffuse horizontal irradiation of each month [kWh/m2]; January is first */
  readonly monthly_dhi_kwh_m2: readonly number[];
  /** Global horizontal irradiation of a clear sky of each month [kWh/m2]; January is first */
  readonly monthly_clear_sky_ghi_kwh_m2: readonly number[];
  /** Means of each hour of the day by the clock of the file, which starts at 0 o'clock */
  readonly mean_day: {
    /** Global horizontal irradiance [W/m2] */
    readonly ghi_w_m2: readonly number[];
    /** Direct irradiance on the horizontal plus diffuse [W/m2] */
    readonly closed_ghi_w_m2: readonly number[];
    /** Global horizontal irradiance of a clear sky [W/m2] */
    readonly clear_sky_ghi_w_m2: readonly number[];
  };
  /** Daily clear-sky index that 5 % of the days exceed [1]; null if the sun stays below 15 degrees */
  readonly clear_sky_index_upper: number | null;
  /** Median of the daily clear-sky index [1] */
  readonly clear_sky_index_median: number | null;
  /** Share of the global irradiation with the sun below the horizon [%] */
  readonly night_pct: number;
  /** Share of the records by day above the limits of what is possible [%] */
  readonly impossible_pct: number;
  /** Largest global horizontal irradiance [W/m2] */
  readonly max_ghi_w_m2: number;
  /** Largest direct normal irradiance [W/m2] */
  readonly max_dni_w_m2: number;
  /** Largest diffuse horizontal irradiance [W/m2] */
  readonly max_dhi_w_m2: number;
  /** Lowest air temperature [degC] */
  readonly temp_air_min_c: number;
  /** Mean air temperature [degC] */
  readonly temp_air_mean_c: number;
  /** Highest air temperature [degC] */
  readonly temp_air_max_c: number;
  /** Mean wind speed [m/s] */
  readonly wind_speed_mean_m_s: number;
  /** Highest wind speed [m/s] */
  readonly wind_speed_max_m_s: number;
  /** Mean air pressure at the ground [Pa]; null if the file has none */
  readonly pressure_mean_pa: number | null;
  /** Share of the values that were missing and filled [%] */
  readonly missing_pct: number;
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly WeatherWarning[];
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

/** A doubt about an input or a result */
export interface WeatherWarning {
  /** Code for programs; each code has a page at /docs/warnings/{code} */
  readonly code:
    | 'weather.year_repeated'
    | 'weather.values_filled'
    | 'weather.column_dropped'
    | 'weather.time_zone'
    | 'weather.clock_one_hour_off'
    | 'weather.labels_shifted'
    | 'weather.clock_shifted'
    | 'weather.longitude_sign'
    | 'weather.latitude_sign'
    | 'weather.coordinates_exchanged'
    | 'weather.columns_exchanged'
    | 'weather.direct_on_horizontal'
    | 'weather.column_all_zero'
    | 'weather.closure'
    | 'weather.night_irradiance'
    | 'weather.irradiance_impossible'
    | 'weather.irradiance_level'
    | 'weather.irradiance_level_unusual'
    | 'weather.daylight_zero'
    | 'weather.values_stuck'
    | 'weather.temperature_range'
    | 'weather.temperature_course'
    | 'weather.temperature_level'
    | 'weather.wind_level'
    | 'weather.elevation_pressure'
    | 'weather.values_rejected'
    | 'weather.night_filled'
    | 'weather.long_gap_filled'
    | 'weather.column_defaulted'
    | 'weather.column_constant'
    | 'weather.irradiance_closed'
    | 'weather.gaps_closed'
    | 'weather.irradiance_decomposed'
    | 'weather.irradiance_from_plane'
    | 'weather.year_joined';
  /** info: worth knowing; caution: check it; severe: the result is probably wrong */
  readonly severity: 'info' | 'caution' | 'severe';
  /** What is doubtful, with the numbers */
  readonly message: string;
  /** Numbers and names of the message; names end with the unit */
  readonly values: Readonly<Record<string, number | string>>;
  /** JSON pointer: the doubtful field in the body; null where no single field is the cause */
  readonly pointer: string | null;
  /** Page of the code, relative to the API */
  readonly page: string;
}

/** An endpoint that receives events */
export interface Webhook {
  /** Id */
  readonly id: string;
  readonly url: string;
  readonly description: string;
  /** Types of events that are sent to the endpoint */
  readonly events: readonly (
    | 'job.succeeded'
    | 'job.failed'
    | 'job.cancelled'
    | 'report.ready'
    | 'usage.budget_reached'
    | 'audit.recorded'
  )[];
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
  /** Most frequent wind speed; absent in older uploads [m/s] */
  readonly mode_m_s?: number;
  /** Wind speed that carries most energy; absent in older uploads [m/s] */
  readonly max_energy_speed_m_s?: number;
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
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly Warning[];
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Whether it is for tests: a test key started it, it is not billed, and reports about it are marked */
  readonly is_test: boolean;
  /** Experiment that chose a default of the job; null: none did */
  readonly experiment: JobExperiment | null;
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
  /** Shear from the height of the wind speeds to each hub; default: power law with its default exponent; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
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
  /** Turbines of other farms: their wakes count, their energy does not. They may stand outside of the boundary */
  readonly neighbours?: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  readonly wake: WakeChoiceOutput;
  /** Losses other than wakes, by name; each one applies to what the previous ones leave [%]; source of the default: the platform's choice, none */
  readonly losses_pct: Readonly<Record<string, number>>;
  /** Maximum power that may be fed in [kW] by the whole farm, after all losses and curtailment; 0 to 100000000 */
  readonly export_limit_kw?: number;
  readonly curtailment?: CurtailmentOutput;
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
  /** Processor: cpu, gpu, or auto, a GPU where a worker has one and it is faster. The flow maps are computed there, all energies on the CPU.; source of the default: the platform's choice, the faster of the two */
  readonly compute?: 'auto' | 'cpu' | 'gpu';
  /** compute gpu: how long the job may wait for a GPU worker if there is none [s]; 0: it is refused; source of the default: the platform's choice, the answer says at once that there is none */
  readonly gpu_wait_s?: number;
}

export type WindAnalysisResult = CompleteWindAnalysis | IncompleteWindAnalysis;

/** Bins of wind direction and speed. A table of wind (`rose`, .tab) has its own speeds: on it speed_step_m_s, min_speed_m_s and max_speed_m_s have no effect, and wind.option_without_effect says so */
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

/** Bins of wind direction and speed. A table of wind (`rose`, .tab) has its own speeds: on it speed_step_m_s, min_speed_m_s and max_speed_m_s have no effect, and wind.option_without_effect says so */
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

export interface WindCases {
  /** Number of time steps; null: the wind was computed in bins */
  readonly n_steps: number | null;
  /** Number of wind directions; null: time steps were computed */
  readonly n_directions: number | null;
  /** Number of wind speeds of each direction; null: time steps were computed */
  readonly n_speeds: number | null;
  /** Centre of the first wind speed bin [m/s] */
  readonly min_speed_m_s: number | null;
  /** Centre of the last wind speed bin [m/s] */
  readonly max_speed_m_s: number | null;
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
  /** Frequency: share of the time, by direction, then by wind speed [1]; all together 1 */
  readonly frequency: readonly (readonly number[])[];
  /** Meaning of the directions. sectors: each is the centre of an equal sector, whose time is spread over the directions of `bins`; exact: the wind blows from no other direction. Default: sectors, if at least 4 directions divide the circle equally, otherwise exact; source of the default: WAsP, .tab: as a sector there */
  readonly directions?: 'sectors' | 'exact';
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
  /** First instant of the series; curtailment by hour, month or sun needs it */
  readonly starts_at?: string;
  /** Mean temperature at 2 m, by step [degC] */
  readonly temp_air_c?: readonly number[];
  /** Precipitation by step [mm/h] */
  readonly precipitation_mm_h?: readonly number[];
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
  /** First instant of the series; curtailment by hour, month or sun needs it */
  readonly starts_at?: string;
  /** Mean temperature at 2 m, by step [degC] */
  readonly temp_air_c?: readonly number[];
  /** Precipitation by step [mm/h] */
  readonly precipitation_mm_h?: readonly number[];
  /** Height of the wind speeds above ground [m]; default: the hub height of the first turbine type; 1 to 500 */
  readonly height_m?: number;
}

/** Wind from an uploaded time series, .tab, .wrg, .rsf or .lib file; see POST /v1/wind/resources */
export interface WindInputUpload {
  readonly type: 'upload';
  readonly resource_id: string;
  /** Reference point of the grid: its distributions are used, other points follow by speed-up [m]; default: the middle of the grid */
  readonly reference?: {
    readonly x_m: number;
    readonly y_m: number;
  };
  /** Roughness length of the land around the farm [m], for a .lib file, which needs it: one value, or one for each sector; 0 is water */
  readonly roughness_m?: number | readonly number[];
  /** Number of months of the year that a measured series must cover, each at least to half; a shorter one is refused unless long_term corrects it; source of the default: the platform's choice, a shorter measurement misses a season */
  readonly n_months_min?: number;
  /** Measure-correlate-predict: extends an uploaded CSV of measurements to the years of a reference */
  readonly long_term?: {
    /** Several years of weather at one place, one dataset for each year */
    readonly weather_ids?: readonly string[];
    /** Uploaded series of wind, each a reference of its own; the one whose monthly means follow the measurement best is used */
    readonly resource_ids?: readonly string[];
    /** source of the default: the platform's choice, it keeps the variance of the wind, Rogers et al. 2005 */
    readonly method?: 'variance_ratio' | 'linear';
    /** Whether each of twelve sectors of the reference has a line of its own, if it has at least 100 concurrent records; source of the default: the platform's choice, one line has more records */
    readonly is_by_sector?: boolean;
  };
}

/** Wind from an uploaded time series, .tab, .wrg, .rsf or .lib file; see POST /v1/wind/resources */
export interface WindInputUploadOutput {
  readonly type: 'upload';
  readonly resource_id: string;
  /** Reference point of the grid: its distributions are used, other points follow by speed-up [m]; default: the middle of the grid */
  readonly reference?: {
    readonly x_m: number;
    readonly y_m: number;
  };
  /** Roughness length of the land around the farm [m], for a .lib file, which needs it: one value, or one for each sector; 0 is water */
  readonly roughness_m?: number | readonly number[];
  /** Number of months of the year that a measured series must cover, each at least to half; a shorter one is refused unless long_term corrects it; source of the default: the platform's choice, a shorter measurement misses a season */
  readonly n_months_min: number;
  /** Measure-correlate-predict: extends an uploaded CSV of measurements to the years of a reference */
  readonly long_term?: {
    /** Several years of weather at one place, one dataset for each year */
    readonly weather_ids?: readonly string[];
    /** Uploaded series of wind, each a reference of its own; the one whose monthly means follow the measurement best is used */
    readonly resource_ids?: readonly string[];
    /** source of the default: the platform's choice, it keeps the variance of the wind, Rogers et al. 2005 */
    readonly method: 'variance_ratio' | 'linear';
    /** Whether each of twelve sectors of the reference has a line of its own, if it has at least 100 concurrent records; source of the default: the platform's choice, one line has more records */
    readonly is_by_sector: boolean;
  };
}

/** Wind as Weibull distributions by sector */
export interface WindInputWeibull {
  readonly type: 'weibull';
  /** Sectors; sector 0 is centred on north, the others follow clockwise. Their frequencies sum to 1; up to 2 % of difference is scaled */
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
    readonly shear?: WindShearOutput;
    readonly air_density_kg_m3?: number;
    readonly wake?: {
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
      readonly superposition?: 'linear' | 'squared_sum' | 'max';
      readonly turbulence?: 'none' | 'crespo_hernandez' | 'stf2017';
      readonly deflection?: 'jimenez' | 'gauss';
      readonly blockage?: 'none' | 'self_similar';
    };
  };
  /** Boundary for POST /v1/wind/optimize */
  readonly boundary: AreaOutput;
  /** Exclusions for POST /v1/wind/optimize */
  readonly exclusions?: AreaOutput;
  /** What the document has and the request does not */
  readonly not_used: readonly {
    /** JSON pointer into the document */
    readonly path: string;
    readonly reason: string;
  }[];
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
  /** Shear from the height of the wind speeds to each hub; default: power law with its default exponent; source of the default: Peterson and Hennessey 1978, the one-seventh power law */
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
  /** Turbines of other farms: their wakes count, their energy does not. They may stand outside of the boundary */
  readonly neighbours?: {
    /** Eastings [m] */
    readonly x_m?: readonly number[];
    /** Northings [m] */
    readonly y_m?: readonly number[];
    readonly longitude_deg?: readonly number[];
    readonly latitude_deg?: readonly number[];
    /** Index into `turbines` for each position; default: the first type everywhere */
    readonly turbine_index?: readonly number[];
  };
  readonly wake: WakeChoiceOutput;
  /** Losses other than wakes, by name; each one applies to what the previous ones leave [%]; source of the default: the platform's choice, none */
  readonly losses_pct: Readonly<Record<string, number>>;
  /** Maximum power that may be fed in [kW] by the whole farm, after all losses and curtailment; 0 to 100000000 */
  readonly export_limit_kw?: number;
  readonly curtailment?: CurtailmentOutput;
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
  /** annealing, gradient, random_search and greedy move turbines; nsga2 and bayesian optimise the angle and the spacings of a grid. annealing tries moves of single turbines from several starts and ends with gradients; where there are several turbine types, a wind that varies over the site, curtailment, an export limit, or an objective other than aep, it works as gradient does; source of the default: the platform's choice, it ends with more energy than the others on the case studies of IEA Wind Task 37 */
  readonly method: 'annealing' | 'gradient' | 'random_search' | 'greedy' | 'nsga2' | 'bayesian';
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
  /** Processor: cpu, gpu, or auto, a GPU where a worker has one and it is faster. The search evaluates its designs there; final results are always computed on the CPU.; source of the default: the platform's choice, the faster of the two */
  readonly compute?: 'auto' | 'cpu' | 'gpu';
  /** compute gpu: how long the job may wait for a GPU worker if there is none [s]; 0: it is refused; source of the default: the platform's choice, the answer says at once that there is none */
  readonly gpu_wait_s?: number;
}

export interface WindLayoutResult {
  /** lcoe requires economics; source of the default: the platform's choice, energy needs no costs */
  readonly objective: 'aep' | 'lcoe' | 'aep_per_area' | 'cable_length';
  /** annealing, gradient, random_search and greedy move turbines; nsga2 and bayesian optimise the angle and the spacings of a grid. annealing tries moves of single turbines from several starts and ends with gradients; where there are several turbine types, a wind that varies over the site, curtailment, an export limit, or an objective other than aep, it works as gradient does; source of the default: the platform's choice, it ends with more energy than the others on the case studies of IEA Wind Task 37 */
  readonly method: 'annealing' | 'gradient' | 'random_search' | 'greedy' | 'nsga2' | 'bayesian';
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
  readonly computed_by?: ComputedBy;
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
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly Warning[];
  /** Accepted, UTC */
  readonly created_at: string;
  /** When a worker started the job, UTC */
  readonly started_at: string | null;
  /** Ended, UTC */
  readonly ended_at: string | null;
  /** When cancellation was requested, UTC */
  readonly cancel_requested_at: string | null;
  /** Whether it is for tests: a test key started it, it is not billed, and reports about it are marked */
  readonly is_test: boolean;
  /** Experiment that chose a default of the job; null: none did */
  readonly experiment: JobExperiment | null;
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
  readonly format: 'csv' | 'tab' | 'wrg' | 'rsf' | 'grd' | 'lib';
  /** SHA-256 of the file as it was uploaded */
  readonly sha256: string;
  readonly summary: WindSummary;
  /** As stated in the upload */
  readonly options: {
    /** Height of the wind speeds above ground [m] */
    readonly height_m?: number;
    /** Height of wind_speed_lower_m_s above ground [m] */
    readonly lower_height_m?: number;
    /** Weibull fit of each sector of a series: mle: maximum likelihood; wasp: the moments that WAsP uses; moments and justus: mean and standard deviation; energy_pattern and energy_pattern_akdag: mean and mean cube; default: mle; source of the default: Seguro and Lambert 2000 */
    readonly weibull_fit?: 'mle' | 'wasp' | 'moments' | 'justus' | 'energy_pattern' | 'energy_pattern_akdag';
    /** Extreme wind of a series: how the Gumbel distribution is fitted to the highest speed of each year. pwm: probability-weighted moments; moments; mle: maximum likelihood; default: pwm; source of the default: Hosking et al. 1985 */
    readonly extreme_wind_fit?: 'pwm' | 'moments' | 'mle';
    /** Separator between the columns */
    readonly separator?: 'comma' | 'semicolon' | 'tab' | 'space';
    /** Decimal sign */
    readonly decimal?: 'point' | 'comma';
    /** Format of the times, such as `DD/MM/YYYY HH:mm` or `MM/DD/YYYY hh:mm:ss A` */
    readonly time_format?: string;
    /** Standard time minus UTC, for times that state no offset [h]; if absent, that of the file, otherwise 0 */
    readonly utc_offset_h?: number;
    /** Whether a time is the start or the end of its record; if absent, as the file says, otherwise the start */
    readonly time_label?: 'start' | 'end';
    readonly columns?: Readonly<Record<string, string>>;
    readonly column_units?: Readonly<Record<string, string>>;
  };
  /** Doubts about the inputs and the result; empty if there are none */
  readonly warnings: readonly WindWarning[];
  /** Uploaded, UTC */
  readonly created_at: string;
}

/** A WAsP .wrg file, or a .rsf whose points fill a grid */
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

/** A WAsP .rsf file of single places */
export interface WindResourcePoints {
  /** Height of the wind speeds above ground [m] */
  readonly height_m: number | null;
  readonly n_points: number;
  readonly n_sectors: number;
  /** Eastings of the points [m] */
  readonly x_m: readonly number[];
  /** Northings of the points [m] */
  readonly y_m: readonly number[];
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
export type WindSummary =
  | MeasuredWind
  | ObservedWindClimate
  | WindResourceGrid
  | WindResourcePoints
  | GeneralisedWindClimate
  | SpeedGrid;

/** A doubt about an input or a result */
export interface WindWarning {
  /** Code for programs; each code has a page at /docs/warnings/{code} */
  readonly code:
    | 'wind.power_above_betz'
    | 'wind.power_coefficient_low'
    | 'wind.cut_out_late'
    | 'wind.cut_out_early'
    | 'wind.curve_coarse'
    | 'wind.ground_clearance'
    | 'wind.hub_height_unusual'
    | 'wind.rated_power_mismatch'
    | 'wind.thrust_below_power'
    | 'wind.thrust_high'
    | 'wind.curve_dips'
    | 'wind.power_without_wind'
    | 'wind.own_consumption_high'
    | 'wind.density_correction_large'
    | 'wind.air_density_unusual'
    | 'wind.density_elevation'
    | 'wind.pressure_elevation'
    | 'wind.temperature_unusual'
    | 'wind.mean_speed_implausible'
    | 'wind.above_turbine_class'
    | 'wind.class_exceeded'
    | 'wind.mean_speed_low'
    | 'wind.weibull_shape_unusual'
    | 'wind.shear_unusual'
    | 'wind.height_extrapolated'
    | 'wind.turbulence_unusual'
    | 'wind.one_direction'
    | 'wind.series_short'
    | 'wind.series_step_long'
    | 'wind.humidity_as_share'
    | 'wind.series_stuck'
    | 'wind.table_coarse'
    | 'wind.storms_frequent'
    | 'wind.speedup_large'
    | 'wind.interannual_unusual'
    | 'wind.frequencies_scaled'
    | 'wind.bins_cut_energy'
    | 'wind.speed_bins_coarse'
    | 'wind.start_moved'
    | 'wind.start_crowded'
    | 'wind.directions_coarse'
    | 'wind.search_directions_coarse'
    | 'wind.option_without_effect'
    | 'wind.directions_spread'
    | 'wind.spacing_small'
    | 'wind.turbines_far_apart'
    | 'wind.power_density_high'
    | 'wind.wake_loss_high'
    | 'wind.capacity_factor_unusual'
    | 'wind.area_odd'
    | 'wind.exclusion_without_effect'
    | 'wind.substation_far'
    | 'wind.site_crowded'
    | 'wind.min_spacing_unusual'
    | 'wind.search_short'
    | 'wind.no_improvement'
    | 'wind.objective_ignores_energy'
    | 'wind.objective_prefers_most'
    | 'wind.wake_constant_unusual'
    | 'wind.curtailment_high'
    | 'wind.rule_without_effect'
    | 'wind.rules_only_in_final'
    | 'wind.rule_values_missing'
    | 'wind.mode_above_curve'
    | 'wind.losses_high'
    | 'wind.losses_small'
    | 'wind.loss_counted_twice'
    | 'wind.uncertainty_high'
    | 'wind.export_limit_share'
    | 'wind.uncertainty_small'
    | 'wind.records_left_out'
    | 'wind.values_excluded'
    | 'wind.sensor_stuck'
    | 'wind.sensor_iced'
    | 'wind.calm_long'
    | 'wind.coverage_low'
    | 'wind.measurement_short'
    | 'wind.months_missing'
    | 'wind.seasons_uneven'
    | 'wind.years_not_whole'
    | 'wind.gap_long'
    | 'wind.file_histogram_incomplete'
    | 'wind.file_bins_uneven'
    | 'wind.speed_unit_doubtful'
    | 'wind.direction_unit_doubtful'
    | 'wind.measured_shear_unusual'
    | 'wind.measured_turbulence_unusual'
    | 'wind.weibull_fit_poor'
    | 'wind.file_frequencies_scaled'
    | 'wind.grid_one_point'
    | 'wind.grid_incomplete'
    | 'wind.land_flat'
    | 'wind.resource_far'
    | 'wind.point_far'
    | 'wind.grid_power_mismatch'
    | 'wind.grid_sectors_mismatch'
    | 'wind.file_lengths_doubtful';
  /** info: worth knowing; caution: check it; severe: the result is probably wrong */
  readonly severity: 'info' | 'caution' | 'severe';
  /** What is doubtful, with the numbers */
  readonly message: string;
  /** Numbers and names of the message; names end with the unit */
  readonly values: Readonly<Record<string, number | string>>;
  /** JSON pointer: the doubtful field in the body; null where no single field is the cause */
  readonly pointer: string | null;
  /** Page of the code, relative to the API */
  readonly page: string;
}

/** Ohmic losses of cables, which grow with the square of the current; replaces losses_pct.wiring. Power stands for the current where modules have no voltage, and on the AC side */
export interface Wiring {
  /** Loss of DC cables under standard test conditions, in PVsyst the ohmic loss fraction at STC [%]; 0 to 20; source of the default: PVsyst 7, array ohmic wiring loss */
  readonly dc_pct?: number;
  /** Loss of AC cables at the AC rating, in SAM the AC wiring loss [%]; 0 to 20; source of the default: SAM, detailed photovoltaic model */
  readonly ac_pct?: number;
}

/** Ohmic losses of cables, which grow with the square of the current; replaces losses_pct.wiring. Power stands for the current where modules have no voltage, and on the AC side */
export interface WiringOutput {
  /** Loss of DC cables under standard test conditions, in PVsyst the ohmic loss fraction at STC [%]; 0 to 20; source of the default: PVsyst 7, array ohmic wiring loss */
  readonly dc_pct: number;
  /** Loss of AC cables at the AC rating, in SAM the AC wiring loss [%]; 0 to 20; source of the default: SAM, detailed photovoltaic model */
  readonly ac_pct: number;
}

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
  /** Service level objectives and what was counted; requires ADMIN_TOKEN (getSloStatus) */
  readonly 'GET /slo/status': {
    readonly answer: SloStatus;
  };
  /** Error budgets of 30 days and burn rates by window; requires ADMIN_TOKEN (getSloBudget) */
  readonly 'GET /slo/budget': {
    readonly answer: SloBudget;
  };
  /** Alerts that fire now: burn rates, low and exhausted budgets; requires ADMIN_TOKEN (getSloAlerts) */
  readonly 'GET /slo/alerts': {
    readonly answer: SloAlerts;
  };
  /** Create an organization and its owner, who gets a mail with a link that confirms the address (register) */
  readonly 'POST /v1/auth/register': {
    readonly body: RegisterRequest;
    readonly answer: Session;
  };
  /** Log in (login) */
  readonly 'POST /v1/auth/login': {
    readonly body: LoginRequest;
    readonly answer: Session;
  };
  /** Log a browser in: the answer sets a cookie, which takes the place of tokens (logInByCookie) */
  readonly 'POST /v1/auth/session': {
    readonly body: LoginRequest;
    readonly answer: CookieSession;
  };
  /** End the login of this request, and remove its cookie (endThisLogin) */
  readonly 'DELETE /v1/auth/session': {
    readonly answer: undefined;
  };
  /** List your logins that have not ended, newest first (listLogins) */
  readonly 'GET /v1/auth/sessions': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: LoginPage;
  };
  /** End one of your logins; its tokens are refused within a second (endLogin) */
  readonly 'DELETE /v1/auth/sessions/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
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
  /** Change your name or the language of your mails (updateMe) */
  readonly 'PATCH /v1/me': {
    readonly body: UpdateMeRequest;
    readonly answer: User;
  };
  /** Change your own password; this ends all your logins and starts a new one (changePassword) */
  readonly 'POST /v1/auth/password': {
    readonly body: ChangePasswordRequest;
    readonly answer: Session;
  };
  /** Read your organization, with the limits and features of its plan (getOrganization) */
  readonly 'GET /v1/organization': {
    readonly answer: OwnOrganization;
  };
  /** Rename your organization, or decide how its people log in (updateOrganization) */
  readonly 'PATCH /v1/organization': {
    readonly body: UpdateOrganizationRequest;
    readonly answer: Organization;
  };
  /** List the plans (listPlans) */
  readonly 'GET /v1/plans': {
    readonly answer: PlanList;
  };
  /** List the people of your organization, newest first (listMembers) */
  readonly 'GET /v1/organization/members': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: MemberPage;
  };
  /** Add a person to your organization, with an initial password that the person should change (addMember) */
  readonly 'POST /v1/organization/members': {
    readonly body: AddMemberRequest;
    readonly answer: User;
  };
  /** Change the role of a person; the change takes effect at once (changeRole) */
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
  /** Make a key that takes the place of another one; only this answer contains it, and both work for a while (rotateApiKey) */
  readonly 'POST /v1/api-keys/{id}/rotate': {
    readonly path: {
      readonly id: string;
    };
    readonly body?: RotateApiKeyRequest;
    readonly answer: NewApiKey;
  };
  /** Revoke an API key, the keys that were made with it, and open invitations that were sent with them (revokeApiKey) */
  readonly 'DELETE /v1/api-keys/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly query?: {
      /** true: the keys that were made with it stay; say so only if you know them; source of the default: the platform's choice, who has stolen a key may have made others with it */
      readonly keep_made_keys?: 'true' | 'false';
    };
    readonly answer: undefined;
  };
  /** Confirm an address with the token of a mail: that of an account, or the one that takes its place (confirmEmail) */
  readonly 'POST /v1/auth/confirm-email': {
    readonly body: ConfirmEmailRequest;
    readonly answer: undefined;
  };
  /** Send another link that confirms your address; the earlier one ends (resendConfirmation) */
  readonly 'POST /v1/auth/confirm-email/resend': {
    readonly answer: undefined;
  };
  /** Send a link to the address that you want to log in with; the link makes it yours (requestEmailChange) */
  readonly 'POST /v1/auth/email': {
    readonly body: RequestEmailChangeRequest;
    readonly answer: undefined;
  };
  /** Send a link for a new password, if the address has an account; the answer is the same if it has none (requestPasswordReset) */
  readonly 'POST /v1/auth/password/forgot': {
    readonly body: RequestPasswordResetRequest;
    readonly answer: undefined;
  };
  /** Choose a new password with the token of a mail; this ends all logins (resetPassword) */
  readonly 'POST /v1/auth/password/reset': {
    readonly body: ResetPasswordRequest;
    readonly answer: undefined;
  };
  /** Invite a person by mail; the person chooses the password (createInvitation) */
  readonly 'POST /v1/organization/invitations': {
    readonly body: CreateInvitationRequest;
    readonly answer: Invitation;
  };
  /** List invitations, newest first (listInvitations) */
  readonly 'GET /v1/organization/invitations': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: InvitationPage;
  };
  /** Take an invitation back; its link then no longer works (revokeInvitation) */
  readonly 'DELETE /v1/organization/invitations/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Create your account with the token of an invitation; then log in (acceptInvitation) */
  readonly 'POST /v1/auth/accept-invitation': {
    readonly body: AcceptInvitationRequest;
    readonly answer: User;
  };
  /** Read whether you have a second factor (getSecondFactor) */
  readonly 'GET /v1/auth/second-factor': {
    readonly answer: SecondFactor;
  };
  /** Begin to set up a second factor: the answer has the secret for your authenticator app (beginSecondFactor) */
  readonly 'POST /v1/auth/second-factor': {
    readonly body: BeginSecondFactorRequest;
    readonly answer: NewSecondFactor;
  };
  /** Set the second factor up with the first code of your app; only this answer has the recovery codes (confirmSecondFactor) */
  readonly 'POST /v1/auth/second-factor/confirm': {
    readonly body: ConfirmSecondFactorRequest;
    readonly answer: RecoveryCodes;
  };
  /** Make new recovery codes; those of before end, and only this answer has the new ones (replaceRecoveryCodes) */
  readonly 'POST /v1/auth/second-factor/recovery-codes': {
    readonly body: ReplaceRecoveryCodesRequest;
    readonly answer: RecoveryCodes;
  };
  /** End your second factor: logins take the password only (endSecondFactor) */
  readonly 'POST /v1/auth/second-factor/end': {
    readonly body: ReplaceRecoveryCodesRequest;
    readonly answer: undefined;
  };
  /** Read where the people of your organization sign in besides the platform (getIdentityProvider) */
  readonly 'GET /v1/organization/identity-provider': {
    readonly answer: IdentityProvider;
  };
  /** Let people sign in at an identity provider by OpenID Connect (setIdentityProvider) */
  readonly 'POST /v1/organization/identity-provider': {
    readonly body: SetIdentityProviderRequest;
    readonly answer: IdentityProvider;
  };
  /** Remove the identity provider; the logins by it end (removeIdentityProvider) */
  readonly 'DELETE /v1/organization/identity-provider': {
    readonly answer: undefined;
  };
  /** Begin to sign in at the identity provider of an organization: the answer has the page to open (beginSignIn) */
  readonly 'POST /v1/auth/sign-in': {
    readonly body: BeginSignInRequest;
    readonly answer: BegunSignIn;
  };
  /** Complete a sign-in at an identity provider: the answer sets the cookie of a session (completeSignIn) */
  readonly 'POST /v1/auth/sign-in/complete': {
    readonly body: CompleteSignInRequest;
    readonly answer: CookieSession;
  };
  /** List what was done in your organization, by whom, newest first (listAuditEvents) */
  readonly 'GET /v1/audit-events': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Only acts of this type */
      readonly type?:
        | 'organization.registered'
        | 'organization.renamed'
        | 'organization.plan_changed'
        | 'organization.second_factor_changed'
        | 'organization.sign_in_changed'
        | 'organization.identity_provider_set'
        | 'organization.identity_provider_removed'
        | 'auth.login'
        | 'auth.logins_failed'
        | 'auth.logout'
        | 'auth.logout_everywhere'
        | 'auth.token_reused'
        | 'auth.password_changed'
        | 'auth.password_reset'
        | 'auth.email_confirmed'
        | 'auth.email_changed'
        | 'auth.identity_linked'
        | 'auth.second_factor_set_up'
        | 'auth.second_factor_ended'
        | 'auth.recovery_code_used'
        | 'auth.recovery_codes_replaced'
        | 'member.added'
        | 'member.invited'
        | 'member.invitation_revoked'
        | 'member.joined'
        | 'member.role_changed'
        | 'member.removed'
        | 'api_key.created'
        | 'api_key.rotated'
        | 'api_key.revoked'
        | 'webhook.created'
        | 'webhook.changed'
        | 'webhook.deleted'
        | 'webhook.secret_rotated'
        | 'webhook.disabled'
        | 'site.created'
        | 'site.changed'
        | 'site.deleted'
        | 'budget.created'
        | 'budget.deleted'
        | 'job.cancelled'
        | 'job.deleted'
        | 'weather.deleted'
        | 'report.requested'
        | 'report.deleted'
        | 'mail.address_unreachable'
        | 'mail.address_reachable'
        | 'organization.suspended'
        | 'organization.resumed'
        | 'organization.exported'
        | 'organization.deletion_requested'
        | 'organization.deleted'
        | 'job.run_again'
        | 'delivery.retried'
        | 'rate_limit.cleared'
        | 'experiment.started'
        | 'experiment.stopped'
        | 'plan.created'
        | 'plan.changed'
        | 'admin.created'
        | 'admin.removed'
        | 'admin.login';
      /** Only acts of this person (usr_...) or key (key_...) */
      readonly actor_id?: string;
      /** Only acts on this object */
      readonly target_id?: string;
      /** First instant */
      readonly starts_at?: string;
      /** Last instant */
      readonly ends_at?: string;
    };
    readonly answer: AuditEventPage;
  };
  /** Delete your organization with all its data; this cannot be undone (deleteOrganization) */
  readonly 'POST /v1/organization/deletion': {
    readonly body: DeleteOrganizationRequest;
    readonly answer: Deletion;
  };
  /** Read what became of the data of a deleted organization; needs no credentials but the id (getDeletion) */
  readonly 'GET /v1/deletions/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Deletion;
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
  /** Upload the boundary or the exclusions of a site: KML, KMZ, zipped shapefile, GeoJSON (uploadSiteArea) */
  readonly 'POST /v1/sites/{id}/areas': {
    readonly path: {
      readonly id: string;
    };
    readonly query: {
      /** Field of the site that gets the area. Points and lines of the file are no boundary */
      readonly use: 'boundary' | 'exclusions';
      /** Distance kept from the edge [m]: a boundary shrinks by it, exclusions grow by it; 0 to 100000. A feature with an attribute setback_m keeps its own; source of the default: the platform's choice, no distance */
      readonly setback_m?: number;
      /** Projection of a shapefile without .prj, or of a GeoJSON file that is not in degrees: EPSG:4326, the UTM zones of WGS 84 and ETRS89 (EPSG:32632, EPSG:25832, ...), EPSG:3857 */
      readonly crs?: string;
    };
    readonly body: Upload;
    readonly answer: Site;
  };
  /** Upload a weather file: TMY3, TMY2, EPW, SAM/NSRDB csv, PVGIS, NASA POWER, Open-Meteo, SolarAnywhere, Solargis, Solcast, CAMS, SURFRAD, BSRN, PVsyst, any csv; plain, gzip or zip (uploadWeather) */
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
        | 'open-meteo-json'
        | 'solaranywhere'
        | 'solargis'
        | 'solcast'
        | 'cams'
        | 'surfrad'
        | 'bsrn'
        | 'pvsyst'
        | 'csv';
      /** The year to read from a file with several years */
      readonly year?: number;
      /** Source of direct and diffuse irradiance: the model for a file that has global irradiance only; source of the default: the platform's choice, the model that needs nothing beside the global irradiance */
      readonly decomposition?: 'erbs' | 'disc' | 'dirint';
      readonly site_id?: string;
      /** Columns of the file by the names here, as JSON: `{"time": "Date Time", "ghi_w_m2": "GHI", "temp_air_c": "Tamb"}`. The time may also be in `date` and `time`, or in `year`, `month`, `day`, `hour`, `minute` */
      readonly columns?: string;
      /** Units of columns, if the file states none or wrong ones, as JSON: `{"ghi_w_m2": "kWh/m2", "wind_speed_m_s": "km/h"}` */
      readonly column_units?: string;
      /** Separator between the columns */
      readonly separator?: 'comma' | 'semicolon' | 'tab' | 'space';
      /** Decimal sign */
      readonly decimal?: 'point' | 'comma';
      /** Format of the times, such as `DD/MM/YYYY HH:mm` or `MM/DD/YYYY hh:mm:ss A` */
      readonly time_format?: string;
      /** Standard time minus UTC, of the file's clock [h] */
      readonly utc_offset_h?: number;
      /** Whether a time is the start, the centre or the end of its record */
      readonly time_label?: 'start' | 'centre' | 'end';
      /** Tilt from horizontal of the plane of the column `poa_w_m2` [deg]; 0 to 90 */
      readonly poa_tilt_deg?: number;
      /** Azimuth, clockwise from north, of the plane of the column `poa_w_m2` [deg]; 0 to 360 */
      readonly poa_azimuth_deg?: number;
      /** Albedo of the ground before the plane of the column `poa_w_m2` [1]; absent: 0.25, as in pvlib, irradiance.gti_dirint */
      readonly poa_albedo?: number;
      /** Latitude, positive in the north, of a table; without it, that of the site [deg] */
      readonly latitude_deg?: number;
      /** Longitude, positive in the east, of a table; without it, that of the site [deg] */
      readonly longitude_deg?: number;
      /** Elevation above sea level, of a table; without it, that of the site [m] */
      readonly elevation_m?: number;
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
  /** Rate a weather dataset: closure, clock, level, sums and doubts (getWeatherQuality) */
  readonly 'GET /v1/weather/{id}/quality': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: WeatherQuality;
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
  /** Estimate how long such a job would take, without starting it (estimateSolarAnalysis) */
  readonly 'POST /v1/solar/analyze/estimate': {
    readonly body: AnalyzeSolarRequest;
    readonly answer: JobEstimate;
  };
  /** Find the best tilt, azimuth, DC/AC ratio, row spacing, mounting, capacity, module and inverter of a plant (optimizeSolar) */
  readonly 'POST /v1/solar/optimize': {
    readonly body: OptimizeSolarRequest;
    readonly answer: SolarDesignSearch;
  };
  /** Estimate how long such a job would take, without starting it (estimateSolarDesignSearch) */
  readonly 'POST /v1/solar/optimize/estimate': {
    readonly body: OptimizeSolarRequest;
    readonly answer: JobEstimate;
  };
  /** Compute the yield of a wind farm: wakes, losses, exceedance levels, time series, wake steering, flow maps, economics (analyzeWind) */
  readonly 'POST /v1/wind/analyze': {
    readonly body: AnalyzeWindRequest;
    readonly answer: WindAnalysis;
  };
  /** Estimate how long such a job would take, without starting it (estimateWindAnalysis) */
  readonly 'POST /v1/wind/analyze/estimate': {
    readonly body: AnalyzeWindRequest;
    readonly answer: JobEstimate;
  };
  /** Find the best layout of a wind farm within a boundary: by energy, cost, land or cables; also turbine type and number (optimizeWind) */
  readonly 'POST /v1/wind/optimize': {
    readonly body: OptimizeWindRequest;
    readonly answer: WindLayoutSearch;
  };
  /** Estimate how long such a job would take, without starting it (estimateWindLayoutSearch) */
  readonly 'POST /v1/wind/optimize/estimate': {
    readonly body: OptimizeWindRequest;
    readonly answer: JobEstimate;
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
  /** Upload WAsP's file of your own turbine (.wtg) (uploadTurbineFile) */
  readonly 'POST /v1/wind/turbines/files': {
    readonly query?: {
      /** Name of the turbine; default: that of the file */
      readonly name?: string;
      /** Index of the table that is the curve of the turbine; chooses the mode; source of the default: the platform's choice, the first table */
      readonly table_index?: number;
      /** Hub height above ground [m]; default: the first height that the file suggests; source of the default: WAsP, SuggestedHeights */
      readonly hub_height_m?: number;
    };
    readonly body: Upload;
    readonly answer: UploadedTurbine;
  };
  /** Upload a wind resource: table of measurements, WAsP .tab, .wrg, .rsf or .lib, or .grd of mean speeds (uploadWindResource) */
  readonly 'POST /v1/wind/resources': {
    readonly query?: {
      /** Name of the file, shown in lists */
      readonly name?: string;
      /** Format of the file; default: recognised from its content */
      readonly format?: 'csv' | 'tab' | 'wrg' | 'rsf' | 'grd' | 'lib';
      /** Height of the wind speeds above ground, in a CSV or .grd file, or of the points that are read of a .wrg or .rsf file with several heights [m] */
      readonly height_m?: number;
      /** Height of wind_speed_lower_m_s above ground [m] */
      readonly lower_height_m?: number;
      /** Weibull fit of each sector of a series: mle: maximum likelihood; wasp: the moments that WAsP uses; moments and justus: mean and standard deviation; energy_pattern and energy_pattern_akdag: mean and mean cube; default: mle; source of the default: Seguro and Lambert 2000 */
      readonly weibull_fit?: 'mle' | 'wasp' | 'moments' | 'justus' | 'energy_pattern' | 'energy_pattern_akdag';
      /** Extreme wind of a series: how the Gumbel distribution is fitted to the highest speed of each year. pwm: probability-weighted moments; moments; mle: maximum likelihood; default: pwm; source of the default: Hosking et al. 1985 */
      readonly extreme_wind_fit?: 'pwm' | 'moments' | 'mle';
      /** Separator between the columns */
      readonly separator?: 'comma' | 'semicolon' | 'tab' | 'space';
      /** Decimal sign */
      readonly decimal?: 'point' | 'comma';
      /** Format of the times, such as `DD/MM/YYYY HH:mm` or `MM/DD/YYYY hh:mm:ss A` */
      readonly time_format?: string;
      /** Standard time minus UTC, for times that state no offset [h]; if absent, that of the file, otherwise 0 */
      readonly utc_offset_h?: number;
      /** Whether a time is the start or the end of its record; if absent, as the file says, otherwise the start */
      readonly time_label?: 'start' | 'end';
      /** Columns of the file by the names here, as JSON: `{"wind_speed_m_s": "Spd 100m", "wind_direction_deg": "Dir 98m"}` */
      readonly columns?: string;
      /** Units of columns, if the file states none or wrong ones, as JSON: `{"wind_speed_m_s": "km/h"}` */
      readonly column_units?: string;
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
  /** Delete a job that has ended, with its result and series; the report that it has written too (deleteJob) */
  readonly 'DELETE /v1/jobs/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
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
      readonly event_type?:
        | 'job.succeeded'
        | 'job.failed'
        | 'job.cancelled'
        | 'report.ready'
        | 'usage.budget_reached'
        | 'audit.recorded'
        | 'webhook.test';
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
  /** Create a budget: owners get a mail and webhooks an event when a share of it is reached (createBudget) */
  readonly 'POST /v1/budgets': {
    readonly body: CreateBudgetRequest;
    readonly answer: Budget;
  };
  /** List budgets, newest first, with what this month has used (listBudgets) */
  readonly 'GET /v1/budgets': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: BudgetPage;
  };
  /** Delete a budget (deleteBudget) */
  readonly 'DELETE /v1/budgets/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Read what your organization has used: jobs, evaluations, compute time, reports, stored series, API calls (getUsage) */
  readonly 'GET /v1/usage': {
    readonly query?: {
      /** First instant of the period; default: 30 days before its end; source of the default: the platform's choice, a month */
      readonly starts_at?: string;
      /** Last instant of the period; default: now; source of the default: the platform's choice, what is known */
      readonly ends_at?: string;
      /** source of the default: the platform's choice, what invoices are checked by */
      readonly interval?: 'hour' | 'day' | 'month';
      /** source of the default: the platform's choice, totals */
      readonly group_by?: 'none' | 'kind' | 'caller';
      /** Only this metric */
      readonly metric?: 'jobs' | 'evaluations' | 'compute_s' | 'written_reports' | 'stored_series' | 'api_calls';
      /** Only what this person (usr_...) or key (key_...) has caused */
      readonly caller?: string;
    };
    readonly answer: Usage;
  };
  /** Read the subscription of your organization, and the plans that it can subscribe to (getBilling) */
  readonly 'GET /v1/billing': {
    readonly answer: Billing;
  };
  /** Get the page where your organization subscribes to a plan (startCheckout) */
  readonly 'POST /v1/billing/checkout': {
    readonly body: StartCheckoutRequest;
    readonly answer: StripePage;
  };
  /** Get the page where your organization changes or ends its subscription, its cards and its address (openBillingPortal) */
  readonly 'POST /v1/billing/portal': {
    readonly answer: StripePage;
  };
  /** List the invoices of your organization, newest first (listInvoices) */
  readonly 'GET /v1/billing/invoices': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
    };
    readonly answer: InvoicePage;
  };
  /** Take an event of Stripe, which signs it (receiveStripeEvent) */
  readonly 'POST /v1/billing/stripe-events': {
    readonly body: string;
    readonly answer: undefined;
  };
  /** Take events of SendGrid, which signs them (receiveSendGridEvents) */
  readonly 'POST /v1/mails/sendgrid-events': {
    readonly body: string;
    readonly answer: undefined;
  };
  /** Log an administrator of the platform in, with the code of an authenticator app (adminLogIn) */
  readonly 'POST /v1/admin/session': {
    readonly body: AdminLogInRequest;
    readonly answer: AdminSession;
  };
  /** End the login of this request, and remove its cookie (adminLogOut) */
  readonly 'DELETE /v1/admin/session': {
    readonly answer: undefined;
  };
  /** Log the browser of an administrator in: the answer sets a cookie, which takes the place of the token (adminLogInByCookie) */
  readonly 'POST /v1/admin/browser-session': {
    readonly body: AdminLogInRequest;
    readonly answer: AdminCookieSession;
  };
  /** Read which administrator the credentials are of (adminGetMe) */
  readonly 'GET /v1/admin/me': {
    readonly answer: AdminAdministrator;
  };
  /** Read the state of every part: latency, pools, queues and their workers (adminGetPlatform) */
  readonly 'GET /v1/admin/platform': {
    readonly answer: DetailedHealth;
  };
  /** List organizations, newest first (adminListOrganizations) */
  readonly 'GET /v1/admin/organizations': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Part of the name, of the id, or of the address of a person */
      readonly search?: string;
      /** Only with this plan */
      readonly plan?: string;
      /** Only suspended ones, or only others */
      readonly status?: 'active' | 'suspended';
    };
    readonly answer: AdminOrganizationPage;
  };
  /** Read an organization (adminGetOrganization) */
  readonly 'GET /v1/admin/organizations/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: AdminOrganization;
  };
  /** Change the plan of an organization; a subscription at Stripe changes it again with its next event (adminSetPlan) */
  readonly 'PATCH /v1/admin/organizations/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly body: AdminSetPlanRequest;
    readonly answer: AdminOrganization;
  };
  /** Suspend an organization: its credentials are refused within a second, and its streams end (adminSuspend) */
  readonly 'POST /v1/admin/organizations/{id}/suspend': {
    readonly path: {
      readonly id: string;
    };
    readonly body: AdminSuspendRequest;
    readonly answer: AdminOrganization;
  };
  /** End the suspension of an organization (adminResume) */
  readonly 'POST /v1/admin/organizations/{id}/resume': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: AdminOrganization;
  };
  /** List the plans with what only operators see (adminListPlans) */
  readonly 'GET /v1/admin/plans': {
    readonly answer: AdminPlanList;
  };
  /** Create a plan (adminCreatePlan) */
  readonly 'POST /v1/admin/plans': {
    readonly body: AdminCreatePlanRequest;
    readonly answer: AdminPlan;
  };
  /** Change a plan, for everybody who has it, at once (adminChangePlan) */
  readonly 'PATCH /v1/admin/plans/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly body: AdminChangePlanRequest;
    readonly answer: AdminPlan;
  };
  /** List people, newest first (adminListPeople) */
  readonly 'GET /v1/admin/people': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Only of this organization (org_...) */
      readonly organization_id?: string;
      /** Only with this address */
      readonly email?: string;
    };
    readonly answer: AdminPersonPage;
  };
  /** End all logins of a person (adminEndLogins) */
  readonly 'POST /v1/admin/people/{id}/end-logins': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** End the second factor of a person who has lost the device and the recovery codes (adminEndSecondFactor) */
  readonly 'DELETE /v1/admin/people/{id}/second-factor': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** List API keys, newest first (adminListKeys) */
  readonly 'GET /v1/admin/api-keys': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Only of this organization (org_...) */
      readonly organization_id?: string;
    };
    readonly answer: AdminKeyPage;
  };
  /** Revoke an API key and the keys that were made with it (adminRevokeKey) */
  readonly 'DELETE /v1/admin/api-keys/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** List jobs, newest first (adminListJobs) */
  readonly 'GET /v1/admin/jobs': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Only of this organization (org_...) */
      readonly organization_id?: string;
      readonly kind?: 'report' | 'solar-analyze' | 'solar-optimize' | 'wind-analyze' | 'wind-optimize';
      readonly status?: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
    };
    readonly answer: AdminJobPage;
  };
  /** Cancel a job; it keeps its best result so far (adminCancelJob) */
  readonly 'POST /v1/admin/jobs/{id}/cancel': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Start a job like one that has ended: with the same request and seed, for the same organization (adminRunJobAgain) */
  readonly 'POST /v1/admin/jobs/{id}/run-again': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: AdminStarted;
  };
  /** List deliveries of webhooks, newest first (adminListDeliveries) */
  readonly 'GET /v1/admin/deliveries': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Only of this organization (org_...) */
      readonly organization_id?: string;
      readonly status?: 'pending' | 'succeeded' | 'failed' | 'skipped';
    };
    readonly answer: AdminDeliveryPage;
  };
  /** Start a new round of attempts of a delivery that failed or was skipped (adminRetryDelivery) */
  readonly 'POST /v1/admin/deliveries/{id}/retry': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  /** Read the counter of a rate limit (adminGetRateLimit) */
  readonly 'GET /v1/admin/rate-limits': {
    readonly query: {
      /** Which limit: of one caller (default), or of all of an organization */
      readonly policy: 'default' | 'organization';
      /** Whom it counts: key_..., usr_..., an address, or org_... */
      readonly caller: string;
    };
    readonly answer: AdminCounter;
  };
  /** Clear the counter of a rate limit (adminClearRateLimit) */
  readonly 'DELETE /v1/admin/rate-limits': {
    readonly query: {
      /** Which limit: of one caller (default), or of all of an organization */
      readonly policy: 'default' | 'organization';
      /** Whom it counts: key_..., usr_..., an address, or org_... */
      readonly caller: string;
    };
    readonly answer: undefined;
  };
  /** List the parts that the settings of this installation switch on or off (adminListFlags) */
  readonly 'GET /v1/admin/flags': {
    readonly answer: AdminFlagList;
  };
  /** Read what organizations have used since an instant, the largest amounts first (adminGetUsage) */
  readonly 'GET /v1/admin/usage': {
    readonly query?: {
      /** First instant; default: 30 days ago; source of the default: the platform's choice, a month */
      readonly starts_at?: string;
      /** Rows; source of the default: the platform's choice, what people read */
      readonly limit?: number;
    };
    readonly answer: AdminUsage;
  };
  /** List what was done in all organizations and by administrators, newest first (adminListAuditEvents) */
  readonly 'GET /v1/admin/audit-events': {
    readonly query?: {
      /** Items a page, 1 to 200; source of the default: the platform's choice, a page that people can read */
      readonly limit?: number;
      /** next_cursor of the previous page */
      readonly cursor?: string;
      /** Only of this organization; platform: of none */
      readonly organization_id?: string;
      /** Only acts of this type */
      readonly type?:
        | 'organization.registered'
        | 'organization.renamed'
        | 'organization.plan_changed'
        | 'organization.second_factor_changed'
        | 'organization.sign_in_changed'
        | 'organization.identity_provider_set'
        | 'organization.identity_provider_removed'
        | 'auth.login'
        | 'auth.logins_failed'
        | 'auth.logout'
        | 'auth.logout_everywhere'
        | 'auth.token_reused'
        | 'auth.password_changed'
        | 'auth.password_reset'
        | 'auth.email_confirmed'
        | 'auth.email_changed'
        | 'auth.identity_linked'
        | 'auth.second_factor_set_up'
        | 'auth.second_factor_ended'
        | 'auth.recovery_code_used'
        | 'auth.recovery_codes_replaced'
        | 'member.added'
        | 'member.invited'
        | 'member.invitation_revoked'
        | 'member.joined'
        | 'member.role_changed'
        | 'member.removed'
        | 'api_key.created'
        | 'api_key.rotated'
        | 'api_key.revoked'
        | 'webhook.created'
        | 'webhook.changed'
        | 'webhook.deleted'
        | 'webhook.secret_rotated'
        | 'webhook.disabled'
        | 'site.created'
        | 'site.changed'
        | 'site.deleted'
        | 'budget.created'
        | 'budget.deleted'
        | 'job.cancelled'
        | 'job.deleted'
        | 'weather.deleted'
        | 'report.requested'
        | 'report.deleted'
        | 'mail.address_unreachable'
        | 'mail.address_reachable'
        | 'organization.suspended'
        | 'organization.resumed'
        | 'organization.exported'
        | 'organization.deletion_requested'
        | 'organization.deleted'
        | 'job.run_again'
        | 'delivery.retried'
        | 'rate_limit.cleared'
        | 'experiment.started'
        | 'experiment.stopped'
        | 'plan.created'
        | 'plan.changed'
        | 'admin.created'
        | 'admin.removed'
        | 'admin.login';
      /** Only acts of this person, key or administrator (adm_...) */
      readonly actor_id?: string;
    };
    readonly answer: AdminAuditEventPage;
  };
  /** Service level objectives and what was counted (adminGetSlo) */
  readonly 'GET /v1/admin/slo': {
    readonly answer: SloStatus;
  };
  /** Error budgets of 30 days and burn rates by window (adminGetSloBudget) */
  readonly 'GET /v1/admin/slo/budget': {
    readonly answer: SloBudget;
  };
  /** Alerts that fire now: burn rates, low and exhausted budgets (adminListSloAlerts) */
  readonly 'GET /v1/admin/slo/alerts': {
    readonly answer: SloAlerts;
  };
  /** List experiments with their results, newest first (adminListExperiments) */
  readonly 'GET /v1/admin/experiments': {
    readonly answer: ExperimentList;
  };
  /** Start an experiment; its size follows from the difference that it is to find (adminStartExperiment) */
  readonly 'POST /v1/admin/experiments': {
    readonly body: AdminStartExperimentRequest;
    readonly answer: Experiment;
  };
  /** Read an experiment with its results (adminGetExperiment) */
  readonly 'GET /v1/admin/experiments/{id}': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Experiment;
  };
  /** Stop an experiment: everybody gets the usual choice again (adminStopExperiment) */
  readonly 'POST /v1/admin/experiments/{id}/stop': {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Experiment;
  };
}

/** What each download takes, by path. */
export interface Downloads {
  /** Download the audit log of your organization, as CSV, newest first (getAuditCsv) */
  readonly '/v1/audit-events.csv': {
    readonly query?: {
      /** Only acts of this type */
      readonly type?:
        | 'organization.registered'
        | 'organization.renamed'
        | 'organization.plan_changed'
        | 'organization.second_factor_changed'
        | 'organization.sign_in_changed'
        | 'organization.identity_provider_set'
        | 'organization.identity_provider_removed'
        | 'auth.login'
        | 'auth.logins_failed'
        | 'auth.logout'
        | 'auth.logout_everywhere'
        | 'auth.token_reused'
        | 'auth.password_changed'
        | 'auth.password_reset'
        | 'auth.email_confirmed'
        | 'auth.email_changed'
        | 'auth.identity_linked'
        | 'auth.second_factor_set_up'
        | 'auth.second_factor_ended'
        | 'auth.recovery_code_used'
        | 'auth.recovery_codes_replaced'
        | 'member.added'
        | 'member.invited'
        | 'member.invitation_revoked'
        | 'member.joined'
        | 'member.role_changed'
        | 'member.removed'
        | 'api_key.created'
        | 'api_key.rotated'
        | 'api_key.revoked'
        | 'webhook.created'
        | 'webhook.changed'
        | 'webhook.deleted'
        | 'webhook.secret_rotated'
        | 'webhook.disabled'
        | 'site.created'
        | 'site.changed'
        | 'site.deleted'
        | 'budget.created'
        | 'budget.deleted'
        | 'job.cancelled'
        | 'job.deleted'
        | 'weather.deleted'
        | 'report.requested'
        | 'report.deleted'
        | 'mail.address_unreachable'
        | 'mail.address_reachable'
        | 'organization.suspended'
        | 'organization.resumed'
        | 'organization.exported'
        | 'organization.deletion_requested'
        | 'organization.deleted'
        | 'job.run_again'
        | 'delivery.retried'
        | 'rate_limit.cleared'
        | 'experiment.started'
        | 'experiment.stopped'
        | 'plan.created'
        | 'plan.changed'
        | 'admin.created'
        | 'admin.removed'
        | 'admin.login';
      /** Only acts of this person (usr_...) or key (key_...) */
      readonly actor_id?: string;
      /** Only acts on this object */
      readonly target_id?: string;
      /** First instant */
      readonly starts_at?: string;
      /** Last instant */
      readonly ends_at?: string;
    };
  };
  /** Download all data of your organization as a zip, without secrets (exportOrganization) */
  readonly '/v1/organization/export': object;
  /** Draw the mean day of a weather dataset against a clear sky (getWeatherQualityPicture) */
  readonly '/v1/weather/{id}/quality.svg': {
    readonly path: {
      readonly id: string;
    };
  };
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
  /** Download what your organization has used, as CSV (getUsageCsv) */
  readonly '/v1/usage.csv': {
    readonly query?: {
      /** First instant of the period; default: 30 days before its end; source of the default: the platform's choice, a month */
      readonly starts_at?: string;
      /** Last instant of the period; default: now; source of the default: the platform's choice, what is known */
      readonly ends_at?: string;
      /** source of the default: the platform's choice, what invoices are checked by */
      readonly interval?: 'hour' | 'day' | 'month';
      /** source of the default: the platform's choice, totals */
      readonly group_by?: 'none' | 'kind' | 'caller';
      /** Only this metric */
      readonly metric?: 'jobs' | 'evaluations' | 'compute_s' | 'written_reports' | 'stored_series' | 'api_calls';
      /** Only what this person (usr_...) or key (key_...) has caused */
      readonly caller?: string;
    };
  };
}
