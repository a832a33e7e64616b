/**
 * Bodies of JSON that may be large: areas, layouts, time series. A compute thread parses and checks them, so that a body
 * of megabytes, or one with a hundred thousand faults, does not hold up other requests.
 */
import type { z } from 'zod';
import { checked } from './common/checked.ts';
import { parseJson } from './common/json-text.ts';
import type { TechnologyContract } from './jobs/job-kind.ts';
import { JOB_CONTRACTS, TECHNOLOGIES } from './jobs/kinds.ts';
import { siteBodySchema, siteChangesSchema } from './sites/sites.schema.ts';

/** By operation; each endpoint with a larger limit than the usual one is here. */
export const LARGE_BODIES: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(
    JOB_CONTRACTS.flatMap((contract) => {
      const names = 'estimate' in contract ? [contract.operation, contract.estimate] : [contract.operation];
      return names.map((name) => [name, contract.body]);
    }),
  ),
  ...Object.fromEntries(
    TECHNOLOGIES.flatMap(({ endpoints = {} }: TechnologyContract) =>
      Object.entries(endpoints).flatMap(([operation, { body, bodyLimit }]) =>
        body && bodyLimit ? [[operation, body]] : [],
      ),
    ),
  ),
  createSite: siteBodySchema,
  updateSite: siteChangesSchema,
};

/** @throws AppError `request.malformed`, `request.invalid` */
export const readLargeBody = (operation: string, bytes: Uint8Array): unknown =>
  checked(LARGE_BODIES[operation], parseJson(bytes));
