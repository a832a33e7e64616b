/** The endpoints that start jobs: one for each job kind, from its declaration. */
import type { z } from 'zod';
import { jobEstimateSchema, jobSchemaOf, type JobView } from '../../contracts/jobs/jobs.schema.ts';
import type { JobBody, JobContract } from '../../contracts/jobs/kinds.ts';
import { TECHNOLOGIES } from '../../contracts/jobs/kinds.ts';
import type { Principal } from '../../contracts/common/scopes.ts';
import { choose } from '../../services/experiments/experiments.ts';
import { BODY_LIMITS, endpoint } from '../endpoint.ts';
import { linksById } from '../../contracts/common/links.ts';
import type { Services } from '../services.ts';
import { sendAccepted } from '../submit-job.ts';

/** What a search states about its iterations; its kind's schema has read it. */
interface Search {
  readonly method?: unknown;
  readonly n_iterations?: number | undefined;
}

export const submitRoutes = ({ config, database, jobs, jobKinds }: Services) => {
  /** Lets an experiment choose the iterations of a search that names none. */
  async function chosen(contract: JobContract, body: JobBody, { orgId, plan }: Principal) {
    const { method, n_iterations } = body as Search;
    if (!config.ENABLE_AB_TESTING || !('isSearch' in contract) || method !== 'nsga2' || n_iterations !== undefined)
      return { body };
    const choice = await choose(database, 'search_defaults', orgId, plan.id);
    if (!choice) return { body };
    const { experiment, variant } = choice;
    return { experiment, body: variant.n_iterations === null ? body : { ...body, n_iterations: variant.n_iterations } };
  }

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
      response: jobSchemaOf(contract.kind),
      errors: [...contract.errors, 'plan.limit_reached', 'usage.budget_reached'],
      example: contract.example,
      handler: async ({ principal, body: sent, repeatable, response }) => {
        const { body, experiment } = await chosen(contract, sent, principal);
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
          experiment,
          limits: principal.plan,
          createdBy: principal.id,
          isTest: principal.isTest,
          repeatable,
          requestId: response.locals.requestId as string,
        };
        return sendAccepted(response, await jobs.create(job, onCreate));
      },
    });

  const estimate = (tag: string, contract: JobContract & { readonly estimate: string }) =>
    endpoint<JobBody, undefined, z.output<typeof jobEstimateSchema>>({
      id: contract.estimate,
      method: 'post',
      path: `${contract.path}/estimate`,
      tag,
      summary: 'Estimate how long such a job would take, without starting it',
      description:
        'Takes the body of the job, checks it in the same way and answers with the same problems. What is too large is refused with the field to lower.',
      scope: contract.scope,
      feature: 'feature' in contract ? contract.feature : undefined,
      body: contract.body,
      bodyLimit: BODY_LIMITS.large,
      response: jobEstimateSchema,
      errors: contract.errors,
      example: contract.example,
      handler: async ({ principal, body: sent }) => {
        const { body } = await chosen(contract, sent, principal);
        const { size, warnings = [] } = await jobKinds
          .get(contract.kind)!
          .prepare(body, principal.orgId, principal.scopes);
        const { seconds, limitS, evaluations } = size!;
        return {
          kind: contract.kind,
          estimated_s: seconds,
          limit_s: limitS,
          n_evaluations: evaluations,
          warnings: [...warnings],
        };
      },
    });
  return TECHNOLOGIES.flatMap(({ tag, kinds }) =>
    kinds.flatMap((contract) => [submit(tag, contract), ...('estimate' in contract ? [estimate(tag, contract)] : [])]),
  );
};
