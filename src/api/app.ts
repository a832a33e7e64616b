/** Composes the API: the middleware in order, the routes, and the OpenAPI document that follows from the routes. */
import compression from 'compression';
import cors from 'cors';
import express, { type Express, Router } from 'express';
import helmet from 'helmet';
import { AppError } from '../contracts/common/app-error.ts';
import { accountPages } from './account-pages.ts';
import { CONTENT_SECURITY, dashboardFiles, dashboardPage } from './dashboard.ts';
import { docsPages } from './docs-pages.ts';
import type { Endpoint } from './endpoint.ts';
import { mount, uploadLimitOf } from './endpoint.ts';
import { limitGuesses } from './guesses.ts';
import { enabledOf, requireEnabled } from './features.ts';
import { meterCalls } from './middleware/metering.ts';
import { noticeForwarded } from './middleware/forwarded.ts';
import { mailPreview } from './mail-preview.ts';
import { adminTokenOf, identify } from './middleware/identify.ts';
import { admitOperator } from './middleware/operator.ts';
import { problemHandler } from './middleware/problem.ts';
import { createLimiters } from './middleware/rate-limit.ts';
import { requestContext } from './middleware/request-context.ts';
import { openApiDocument } from './openapi.ts';
import { referencePage } from './reference-page.ts';
import { accountRoutes } from './routes/accounts.ts';
import { adminRoutes } from './routes/admin.ts';
import { experimentRoutes } from './routes/experiments.ts';
import { auditRoutes } from './routes/audit.ts';
import { departureRoutes } from './routes/departure.ts';
import { peopleRoutes } from './routes/people.ts';
import { identityProviderRoutes } from './routes/identity-provider.ts';
import { secondFactorRoutes } from './routes/second-factor.ts';
import { billingRoutes } from './routes/billing.ts';
import { mailRoutes } from './routes/mails.ts';
import { healthRoutes } from './routes/health.ts';
import { jobRoutes } from './routes/jobs.ts';
import { reportRoutes } from './routes/reports.ts';
import { siteRoutes } from './routes/sites.ts';
import { sloRoutes } from './routes/slo.ts';
import { submitRoutes } from './routes/submit.ts';
import { technologyRoutes } from './routes/technologies.ts';
import { usageRoutes } from './routes/usage.ts';
import { weatherRoutes } from './routes/weather.ts';
import { weatherQualityRoutes } from './routes/weather-quality.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import type { Services } from './services.ts';
import { sendAccepted } from './submit-job.ts';

/** Returns all endpoints of the API. */
export function endpointsOf(services: Services): readonly Endpoint[] {
  return [
    ...healthRoutes(services),
    ...sloRoutes(services),
    ...accountRoutes(services),
    ...peopleRoutes(services),
    ...secondFactorRoutes(services),
    ...identityProviderRoutes(services),
    ...auditRoutes(services),
    ...departureRoutes(services),
    ...siteRoutes(services),
    ...weatherRoutes(services),
    ...weatherQualityRoutes(services),
    ...submitRoutes(services),
    ...technologyRoutes(services),
    ...jobRoutes(services),
    ...reportRoutes(services),
    ...webhookRoutes(services),
    ...usageRoutes(services),
    ...billingRoutes(services),
    ...mailRoutes(services),
    ...adminRoutes(services),
    ...experimentRoutes(services),
  ];
}

/** Headers of answers that programs in browsers may read. */
const EXPOSED_HEADERS = [
  'X-Request-Id',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Location',
  'Idempotency-Replayed',
  'WWW-Authenticate',
  'Content-Disposition',
  'Digest',
  'Deprecation',
  'Sunset',
] as const;

/** So many of the largest uploads a process has in memory. */
const LARGEST_BODIES = 16;

export function createApp(services: Services): Express {
  const { config, log, accounts, adminCookie, administrators, counters, cookie, pool, redis, slo } = services;
  const endpoints = endpointsOf(services);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', config.TRUSTED_PROXY_HOPS);
  app.use(requestContext(log, slo), noticeForwarded(log, config.TRUSTED_PROXY_HOPS));
  app.use(helmet({ contentSecurityPolicy: { directives: CONTENT_SECURITY } }));
  const isAnyOrigin = config.ALLOWED_ORIGINS.includes('*');
  app.use(
    cors({
      origin: isAnyOrigin ? '*' : config.ALLOWED_ORIGINS,
      // Pages of any origin get no sessions of browsers.
      credentials: !isAnyOrigin,
      exposedHeaders: [...EXPOSED_HEADERS],
    }),
  );
  const compress = compression();
  app.use((request, response, next) =>
    request.headers['accept-encoding'] === undefined ? next() : compress(request, response, next),
  );
  app.use(dashboardFiles());
  // The caller is identified and the rate limit is checked before any body is read.
  const limiters = createLimiters(config, redis, counters);
  app.use(identify(accounts, cookie), ...limiters.default);
  if (services.journal) app.use(meterCalls(services.journal));
  let document: string | undefined;
  app.get('/openapi.json', (_request, response) => {
    document ??= JSON.stringify(openApiDocument(enabledOf(endpoints, config)));
    response.type('json').send(document);
  });
  app.use(accountPages());
  if (config.APP_ENV === 'development') app.use(mailPreview());
  app.use(docsPages());
  app.use(referencePage());
  const router = Router();
  mount(router, endpoints, {
    bodyBytes: LARGEST_BODIES * uploadLimitOf(config),
    limiters,
    limitGuesses: limitGuesses(services.guesses),
    admitOperator: (request, scope) => admitOperator(request, scope, config),
    admitAdministrator: async (request, response) => {
      response.locals.administrator = await administrators.authenticate(adminTokenOf(request, adminCookie));
    },
    requireEnabled: (one) => requireEnabled(one, config),
    requireFeature: (principal, feature) => accounts.requireFeature(principal, feature),
    idempotency: services.idempotency,
    sendStartedJob: async (response, orgId, jobId) => sendAccepted(response, await services.jobs.shown(orgId, jobId)),
    readLargeBody: async (operation, bytes, caller) =>
      (await pool.run('readLargeBody', { operation, bytes }, { caller })).result,
  });
  app.use(router, dashboardPage());
  app.use((request) => {
    throw new AppError('request.not_found', `No path ${request.path}`, {
      fix: 'See /docs for the paths of the API.',
    });
  });
  app.use(problemHandler(log));
  return app;
}
