/**
 * The tables, as TypeORM entity schemas. `migrate generate` compares them with the database, and migrations change the
 * database to match them.
 */
import {
  AccountLink,
  ApiKey,
  GuessCount,
  IdentityProvider,
  Invitation,
  PersonIdentity,
  ProviderLogin,
  Organization,
  Plan,
  RecoveryCode,
  RefreshToken,
  User,
} from './tables/accounts.ts';
import { Administrator, AdministratorSession, Suspension } from './tables/administrators.ts';
import { AuditEvent, AuditLink, AuditPersonal, AuditWaiting, FailedLogin } from './tables/audit.ts';
import { Budget, BudgetAlert } from './tables/budgets.ts';
import { Deletion } from './tables/departure.ts';
import { Experiment, ExperimentExposure } from './tables/experiments.ts';
import { GpuWorker } from './tables/gpu-workers.ts';
import { Idempotency, Job, JobCheckpoint, JobEvent, JobSeries, Outbox } from './tables/jobs.ts';
import { BillingAccount, StripeEvent, StripeUsage } from './tables/billing.ts';
import { Mail, MailEvent, MailSigns } from './tables/mails.ts';
import { Report, ReportFile } from './tables/reports.ts';
import { Site } from './tables/sites.ts';
import { LibraryItem } from './tables/library.ts';
import { SloMinute } from './tables/slo.ts';
import { DeletedCompute, UsageBatch, UsageHour, UsageRecord } from './tables/usage.ts';
import { Weather, WeatherSeries } from './tables/weather.ts';
import { Webhook, WebhookAttempt, WebhookDelivery, WebhookSlot } from './tables/webhooks.ts';
import { WindResource, WindResourceFile, WindTurbine } from './tables/wind.ts';

export const ENTITIES = [
  Plan,
  Organization,
  User,
  RecoveryCode,
  RefreshToken,
  IdentityProvider,
  ProviderLogin,
  PersonIdentity,
  GuessCount,
  AccountLink,
  Invitation,
  ApiKey,
  Site,
  Weather,
  WeatherSeries,
  LibraryItem,
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
  MailEvent,
  MailSigns,
  Outbox,
  Report,
  ReportFile,
  Idempotency,
  SloMinute,
  GpuWorker,
  UsageRecord,
  UsageHour,
  DeletedCompute,
  UsageBatch,
  BillingAccount,
  StripeEvent,
  StripeUsage,
  AuditEvent,
  AuditPersonal,
  AuditLink,
  AuditWaiting,
  FailedLogin,
  Administrator,
  AdministratorSession,
  Suspension,
  Deletion,
  Budget,
  BudgetAlert,
  Experiment,
  ExperimentExposure,
];
