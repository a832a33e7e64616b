/**
 * The tables, as TypeORM entity schemas. `migrate generate` compares them with the database, and migrations change the
 * database to match them.
 */
import type { EntitySchemaColumnOptions } from 'typeorm';
import { EntitySchema } from 'typeorm';
import type { MailStatus } from '../../contracts/mails/mails.ts';
import type { ReportFormat, ReportLanguage, ReportTemplate } from '../../contracts/reports/reports.ts';
import type { AreaBody } from '../../contracts/common/area.schema.ts';
import type { Scope } from '../../contracts/common/scopes.ts';
import type { DeliveryStatus, WebhookEvent } from '../../contracts/webhooks/webhooks.ts';
import type { JobEventType, JobStatus, OutboxTopic } from '../../contracts/jobs/jobs.ts';
import type { JobInput, JobKind, JobResult } from '../../contracts/jobs/kinds.ts';

export interface OrganizationRow {
  id: string;
  name: string;
  plan: string;
  created_at: Date;
}
export interface UserRow {
  id: string;
  org_id: string;
  /** Lower case. */
  email: string;
  name: string;
  password_hash: string;
  role: 'owner' | 'member';
  created_at: Date;
}
export interface RefreshTokenRow {
  id: string;
  user_id: string;
  family_id: string;
  token_hash: Buffer;
  expires_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
  created_at: Date;
}
export interface ApiKeyRow {
  id: string;
  org_id: string;
  name: string;
  /** The first characters, shown in lists. */
  prefix: string;
  key_hash: Buffer;
  scopes: Scope[];
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}
export interface SiteRow {
  id: string;
  org_id: string;
  name: string;
  latitude_deg: number;
  longitude_deg: number;
  elevation_m: number | null;
  boundary: AreaBody | null;
  exclusions: AreaBody | null;
  created_at: Date;
  updated_at: Date;
}
export interface WeatherRow {
  id: string;
  org_id: string;
  site_id: string | null;
  name: string;
  format: string;
  sha256: string;
  latitude_deg: number;
  longitude_deg: number;
  elevation_m: number;
  utc_offset_h: number;
  step_minutes: number;
  row_count: number;
  summary: Record<string, unknown>;
  created_at: Date;
}
export interface WeatherSeriesRow {
  weather_id: string;
  data: Buffer;
}
export type SolarComponentKind = 'module' | 'inverter' | 'horizon';
export interface SolarComponentRow {
  id: string;
  org_id: string;
  kind: SolarComponentKind;
  /** `pan`, `ond`, `cec`, `csv`, `pvgis` */
  format: string;
  name: string;
  /** The component as the engine reads it, without its id. */
  spec: Record<string, unknown>;
  created_at: Date;
}
export interface WindTurbineRow {
  id: string;
  org_id: string;
  name: string;
  /** The body that `windTurbineSchema` accepted. */
  curve: Record<string, unknown>;
  created_at: Date;
}
export interface WindResourceRow {
  id: string;
  org_id: string;
  name: string;
  format: string;
  sha256: string;
  summary: Record<string, unknown>;
  /** Heights of a file that does not state them [m]. */
  options: Record<string, unknown>;
  created_at: Date;
}
export interface WindResourceFileRow {
  resource_id: string;
  /** Deflated. */
  data: Buffer;
}
interface StoredJob<Kind extends JobKind> {
  id: string;
  org_id: string;
  kind: Kind;
  status: JobStatus;
  input: JobInput<Kind>;
  progress: number;
  seed: number;
  engine_version: string;
  time_limited: boolean;
  event_seq: number;
  created_by: string;
  result: JobResult<Kind> | null;
  error: { code: string; message: string } | null;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  cancel_requested_at: Date | null;
  /** Time that compute threads worked in all attempts [s]; null for jobs that ended before it was stored. */
  compute_s: number | null;
  /** How many times a worker has started the job; null for jobs that ended before it was stored. */
  attempts: number | null;
  /** Designs that a search has evaluated; null for kinds that count none. */
  evaluations: number | null;
  /** Time from acceptance to the first attempt [s]; null before the first attempt. */
  queue_wait_s: number | null;
}
/** A job as it is stored; its kind determines the types of its input and result. */
export type JobRow<Kind extends JobKind = JobKind> = { readonly [K in Kind]: StoredJob<K> }[Kind];
export interface JobCheckpointRow {
  job_id: string;
  state: Record<string, unknown>;
  data: Buffer | null;
  updated_at: Date;
}
export interface JobSeriesRow {
  job_id: string;
  name: string;
  data: Buffer;
}
export interface JobEventRow {
  job_id: string;
  seq: number;
  type: JobEventType;
  data: Record<string, unknown>;
  created_at: Date;
}
export interface OutboxRow {
  id: string;
  topic: OutboxTopic;
  /** Job whose workflow the row starts or cancels. */
  job_id: string | null;
  /** Delivery whose workflow the row starts or signals. */
  delivery_id: string | null;
  mail_id: string | null;
  attempts: number;
  available_at: Date;
  last_error: string | null;
  created_at: Date;
}
export interface WebhookRow {
  id: string;
  org_id: string;
  url: string;
  description: string;
  events: WebhookEvent[];
  headers: Record<string, string>;
  enabled: boolean;
  /** Why the service disabled it; null if its owner did. */
  disabled_reason: string | null;
  /** Start of the first attempt that failed since the last success; null if the last attempt succeeded. */
  first_failure_at: Date | null;
  /** Encrypted. */
  secret: Buffer;
  /** The previous secret, encrypted, valid until `previous_until`. */
  previous_secret: Buffer | null;
  previous_until: Date | null;
  created_at: Date;
}
export interface WebhookDeliveryRow {
  id: string;
  org_id: string;
  webhook_id: string;
  /** `webhook-id` of every attempt. */
  event_id: string;
  event_type: string;
  payload: Record<string, unknown>;
  status: DeliveryStatus;
  round: number;
  created_at: Date;
  ended_at: Date | null;
}
export interface WebhookAttemptRow {
  delivery_id: string;
  round: number;
  attempt: number;
  started_at: Date;
  latency_ms: number;
  status_code: number | null;
  /** First 4 KB of the answer's body. */
  answer: string | null;
  error: string | null;
}
export interface WebhookSlotRow {
  delivery_id: string;
  webhook_id: string;
  /** End of the lease of its slot; null while the delivery waits for a slot. */
  lease_until: Date | null;
  /** Whether its workflow has not started: the grant of a slot starts it. Otherwise the workflow waits for the signal. */
  is_first: boolean;
  requested_at: Date;
}
export interface MailRow {
  id: string;
  org_id: string;
  idempotency_key: string;
  template: string;
  recipient: string;
  /** Values for the template. */
  data: Record<string, unknown>;
  status: MailStatus;
  attempts: number;
  /** Id of the mail at the provider. */
  provider_id: string | null;
  error: string | null;
  created_at: Date;
  ended_at: Date | null;
}
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
export interface IdempotencyRow {
  org_id: string;
  key: string;
  request_hash: string;
  status: number | null;
  response: Record<string, unknown> | null;
  created_at: Date;
}

const text: EntitySchemaColumnOptions = { type: 'text' };
const id: EntitySchemaColumnOptions = { type: 'text', primary: true };
const integer: EntitySchemaColumnOptions = { type: 'integer' };
const double: EntitySchemaColumnOptions = { type: 'double precision' };
const bytes: EntitySchemaColumnOptions = { type: 'bytea' };
const json: EntitySchemaColumnOptions = { type: 'jsonb' };
const instant: EntitySchemaColumnOptions = { type: 'timestamptz' };
const now: EntitySchemaColumnOptions = { type: 'timestamptz', default: () => 'now()' };
const optional = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({ ...column, nullable: true });
const to = (
  table: string,
  column: string,
  onDelete: 'CASCADE' | 'SET NULL' = 'CASCADE',
): EntitySchemaColumnOptions => ({
  type: 'text',
  foreignKey: { target: table, inverseSide: 'id', onDelete, name: `fk_${table}_${column}` },
});

export const Organization = new EntitySchema<OrganizationRow>({
  name: 'organizations',
  columns: { id, name: text, plan: { ...text, default: 'free' }, created_at: now },
});
export const User = new EntitySchema<UserRow>({
  name: 'users',
  columns: {
    id,
    org_id: to('organizations', 'users'),
    email: text,
    name: text,
    password_hash: text,
    role: text,
    created_at: now,
  },
  indices: [{ name: 'users_email', columns: ['email'], unique: true }],
});
const RefreshToken = new EntitySchema<RefreshTokenRow>({
  name: 'refresh_tokens',
  columns: {
    id,
    user_id: to('users', 'refresh_tokens'),
    family_id: text,
    token_hash: bytes,
    expires_at: instant,
    used_at: optional(instant),
    revoked_at: optional(instant),
    created_at: now,
  },
  indices: [
    { name: 'refresh_tokens_hash', columns: ['token_hash'], unique: true },
    { name: 'refresh_tokens_family', columns: ['family_id'] },
  ],
});
export const ApiKey = new EntitySchema<ApiKeyRow>({
  name: 'api_keys',
  columns: {
    id,
    org_id: to('organizations', 'api_keys'),
    name: text,
    prefix: text,
    key_hash: bytes,
    scopes: { type: 'text', array: true },
    created_at: now,
    last_used_at: optional(instant),
    revoked_at: optional(instant),
  },
  indices: [
    { name: 'api_keys_hash', columns: ['key_hash'], unique: true },
    { name: 'api_keys_org', columns: ['org_id', 'id'] },
  ],
});
export const Site = new EntitySchema<SiteRow>({
  name: 'sites',
  columns: {
    id,
    org_id: to('organizations', 'sites'),
    name: text,
    latitude_deg: double,
    longitude_deg: double,
    elevation_m: optional(double),
    boundary: optional(json),
    exclusions: optional(json),
    created_at: now,
    updated_at: now,
  },
  indices: [{ name: 'sites_org', columns: ['org_id', 'id'] }],
});
export const Weather = new EntitySchema<WeatherRow>({
  name: 'weather_datasets',
  columns: {
    id,
    org_id: to('organizations', 'weather_datasets'),
    site_id: optional(to('sites', 'weather_datasets', 'SET NULL')),
    name: text,
    format: text,
    sha256: text,
    latitude_deg: double,
    longitude_deg: double,
    elevation_m: double,
    utc_offset_h: double,
    step_minutes: integer,
    row_count: integer,
    summary: json,
    created_at: now,
  },
  indices: [{ name: 'weather_org', columns: ['org_id', 'id'] }],
});
export const WeatherSeries = new EntitySchema<WeatherSeriesRow>({
  name: 'weather_series',
  columns: { weather_id: { ...to('weather_datasets', 'weather_series'), primary: true }, data: bytes },
});
export const SolarComponent = new EntitySchema<SolarComponentRow>({
  name: 'solar_components',
  columns: {
    id,
    org_id: to('organizations', 'solar_components'),
    kind: text,
    format: text,
    name: text,
    spec: json,
    created_at: now,
  },
  indices: [{ name: 'solar_components_org', columns: ['org_id', 'kind', 'id'] }],
});
export const WindTurbine = new EntitySchema<WindTurbineRow>({
  name: 'wind_turbines',
  columns: { id, org_id: to('organizations', 'wind_turbines'), name: text, curve: json, created_at: now },
  indices: [{ name: 'wind_turbines_org', columns: ['org_id', 'id'] }],
});
export const WindResource = new EntitySchema<WindResourceRow>({
  name: 'wind_resources',
  columns: {
    id,
    org_id: to('organizations', 'wind_resources'),
    name: text,
    format: text,
    sha256: text,
    summary: json,
    options: json,
    created_at: now,
  },
  indices: [{ name: 'wind_resources_org', columns: ['org_id', 'id'] }],
});
export const WindResourceFile = new EntitySchema<WindResourceFileRow>({
  name: 'wind_resource_files',
  columns: { resource_id: { ...to('wind_resources', 'wind_resource_files'), primary: true }, data: bytes },
});
const Job = new EntitySchema<JobRow>({
  name: 'jobs',
  columns: {
    id,
    org_id: to('organizations', 'jobs'),
    kind: text,
    status: text,
    input: json,
    progress: { ...double, default: 0 },
    seed: integer,
    engine_version: text,
    time_limited: { type: 'boolean', default: false },
    event_seq: { ...integer, default: 0 },
    created_by: text,
    result: optional(json),
    error: optional(json),
    created_at: now,
    started_at: optional(instant),
    ended_at: optional(instant),
    cancel_requested_at: optional(instant),
    compute_s: optional({ ...double, default: 0 }),
    attempts: optional({ ...integer, default: 0 }),
    evaluations: optional(integer),
    queue_wait_s: optional(double),
  },
  indices: [
    { name: 'jobs_org', columns: ['org_id', 'id'] },
    { name: 'jobs_open', columns: ['created_at'], where: "status IN ('queued', 'running')" },
  ],
});
const JobCheckpoint = new EntitySchema<JobCheckpointRow>({
  name: 'job_checkpoints',
  columns: {
    job_id: { ...to('jobs', 'job_checkpoints'), primary: true },
    state: json,
    data: optional(bytes),
    updated_at: now,
  },
});
const JobSeries = new EntitySchema<JobSeriesRow>({
  name: 'job_series',
  columns: { job_id: { ...to('jobs', 'job_series'), primary: true }, name: id, data: bytes },
});
const JobEvent = new EntitySchema<JobEventRow>({
  name: 'job_events',
  columns: {
    job_id: { ...to('jobs', 'job_events'), primary: true },
    seq: { ...integer, primary: true },
    type: text,
    data: json,
    created_at: now,
  },
});
const Outbox = new EntitySchema<OutboxRow>({
  name: 'outbox',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    topic: text,
    job_id: optional(to('jobs', 'outbox')),
    delivery_id: optional(to('webhook_deliveries', 'outbox')),
    mail_id: optional(to('mails', 'outbox')),
    attempts: { ...integer, default: 0 },
    available_at: now,
    last_error: optional(text),
    created_at: now,
  },
  indices: [{ name: 'outbox_available', columns: ['available_at'] }],
});
const Webhook = new EntitySchema<WebhookRow>({
  name: 'webhooks',
  columns: {
    id,
    org_id: to('organizations', 'webhooks'),
    url: text,
    description: text,
    events: { type: 'text', array: true },
    headers: json,
    enabled: { type: 'boolean', default: true },
    disabled_reason: optional(text),
    first_failure_at: optional(instant),
    secret: bytes,
    previous_secret: optional(bytes),
    previous_until: optional(instant),
    created_at: now,
  },
  indices: [{ name: 'webhooks_org', columns: ['org_id', 'id'] }],
});
const WebhookDelivery = new EntitySchema<WebhookDeliveryRow>({
  name: 'webhook_deliveries',
  columns: {
    id,
    org_id: text,
    webhook_id: to('webhooks', 'webhook_deliveries'),
    event_id: text,
    event_type: text,
    payload: json,
    status: text,
    round: { ...integer, default: 1 },
    created_at: now,
    ended_at: optional(instant),
  },
  indices: [
    { name: 'webhook_deliveries_webhook', columns: ['webhook_id', 'id'] },
    { name: 'webhook_deliveries_pending', columns: ['created_at'], where: "status = 'pending'" },
  ],
});
const WebhookSlot = new EntitySchema<WebhookSlotRow>({
  name: 'webhook_slots',
  columns: {
    delivery_id: { ...to('webhook_deliveries', 'webhook_slots'), primary: true },
    webhook_id: text,
    lease_until: optional(instant),
    is_first: { type: 'boolean', default: false },
    requested_at: instant,
  },
  indices: [
    { name: 'webhook_slots_used', columns: ['webhook_id'], where: 'lease_until IS NOT NULL' },
    {
      name: 'webhook_slots_waiting',
      columns: ['webhook_id', 'is_first', 'requested_at'],
      where: 'lease_until IS NULL',
    },
  ],
});
const WebhookAttempt = new EntitySchema<WebhookAttemptRow>({
  name: 'webhook_attempts',
  columns: {
    delivery_id: { ...to('webhook_deliveries', 'webhook_attempts'), primary: true },
    round: { ...integer, primary: true },
    attempt: { ...integer, primary: true },
    started_at: instant,
    latency_ms: double,
    status_code: optional(integer),
    answer: optional(text),
    error: optional(text),
  },
});
const Mail = new EntitySchema<MailRow>({
  name: 'mails',
  columns: {
    id,
    org_id: to('organizations', 'mails'),
    idempotency_key: text,
    template: text,
    recipient: text,
    data: json,
    status: text,
    attempts: { ...integer, default: 0 },
    provider_id: optional(text),
    error: optional(text),
    created_at: now,
    ended_at: optional(instant),
  },
  indices: [
    { name: 'mails_idempotency_key', columns: ['idempotency_key'], unique: true },
    { name: 'mails_org', columns: ['org_id', 'id'] },
  ],
});
const Report = new EntitySchema<ReportRow>({
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
const ReportFile = new EntitySchema<ReportFileRow>({
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
const Idempotency = new EntitySchema<IdempotencyRow>({
  name: 'idempotency_keys',
  columns: {
    org_id: { ...to('organizations', 'idempotency_keys'), primary: true },
    key: id,
    request_hash: text,
    status: optional(integer),
    response: optional(json),
    created_at: now,
  },
  indices: [{ name: 'idempotency_created', columns: ['created_at'] }],
});

export const ENTITIES = [
  Organization,
  User,
  RefreshToken,
  ApiKey,
  Site,
  Weather,
  WeatherSeries,
  SolarComponent,
  WindTurbine,
  WindResource,
  WindResourceFile,
  Job,
  JobCheckpoint,
  JobSeries,
  JobEvent,
  Webhook,
  WebhookDelivery,
  WebhookAttempt,
  WebhookSlot,
  Mail,
  Outbox,
  Report,
  ReportFile,
  Idempotency,
];
