/** The endpoints that start jobs: one for each job kind, from its declaration. */
import { jobSchemaOf, type JobView } from '../../contracts/jobs/jobs.schema.ts';
import type { JobBody, JobContract } from '../../contracts/jobs/kinds.ts';
import { TECHNOLOGIES } from '../../contracts/jobs/kinds.ts';
import { BODY_LIMITS, endpoint } from '../endpoint.ts';
import { linksById } from '../../contracts/common/links.ts';
import type { Services } from '../services.ts';
import { idempotencyKeyOf, sendAccepted } from '../submit-job.ts';

export const submitRoutes = ({ jobs, jobKinds }: Services) => {
  const submit = (tag: string, contract: JobContract) =>
    endpoint<JobBody, undefined, JobView>({
      id: contract.operation,
      method: 'post',
      path: contract.path,
      tag,
      links: linksById('getJob', 'cancelJob', 'listJobSeries', 'streamJobEvents'),
      summary: contract.summary,
      description: contract.description,
      scope: contract.scope,
      feature: 'feature' in contract ? contract.feature : undefined,
      status: 202,
      body: contract.body,
      bodyLimit: BODY_LIMITS.large,
      headers: ['Idempotency-Key'],
      response: jobSchemaOf(contract.kind),
      errors: [...contract.errors, 'plan.limit_reached'],
      example: contract.example,
      handler: async ({ principal, body, request, response }) => {
        const idempotencyKey = idempotencyKeyOf(request);
        const { input, seed, warnings, gpu, onCreate } = await jobKinds
          .get(contract.kind)!
          .prepare(body, principal.orgId, principal.scopes);
        const job = {
          orgId: principal.orgId,
          kind: contract.kind,
          input,
          seed,
          warnings,
          gpu,
          limits: principal.plan,
          createdBy: principal.id,
          idempotencyKey,
          requestId: response.locals.requestId as string,
        };
        return sendAccepted(response, await jobs.create(job, onCreate));
      },
    });
  return TECHNOLOGIES.flatMap(({ tag, kinds }) => kinds.map((contract) => submit(tag, contract)));
};
