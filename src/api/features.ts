/** Parts of the API that a setting disables: their endpoints answer 404 `feature.disabled` and are not in OpenAPI. */
import type { Config } from '../adapters/config/config.ts';
import { FEATURES, type Feature, type Plan } from '../contracts/common/plans.ts';
import { AppError } from '../contracts/common/app-error.ts';
import { TECHNOLOGIES } from '../contracts/jobs/kinds.ts';
import type { Endpoint } from './endpoint.ts';

type SettingOf<Technology> = Technology extends { readonly setting: infer Setting } ? Setting : never;
type Switch =
  | SettingOf<(typeof TECHNOLOGIES)[number]>
  | 'ENABLE_WEBHOOKS'
  | 'ENABLE_SSE'
  | 'METERING_ENABLED'
  | 'ENABLE_AB_TESTING'
  | 'STRIPE_SECRET_KEY'
  | 'SENDGRID_WEBHOOK_PUBLIC_KEY';

const BY_TAG: Readonly<Record<string, Switch>> = {
  ...Object.fromEntries(TECHNOLOGIES.flatMap((one) => ('setting' in one ? [[one.tag, one.setting]] : []))),
  Webhooks: 'ENABLE_WEBHOOKS',
  Usage: 'METERING_ENABLED',
  Experiments: 'ENABLE_AB_TESTING',
  Billing: 'STRIPE_SECRET_KEY',
  Mails: 'SENDGRID_WEBHOOK_PUBLIC_KEY',
};
const BY_OPERATION: Readonly<Record<string, Switch>> = { streamJobEvents: 'ENABLE_SSE' };

/** Parts that an organization may have or lack, with the setting that switches each off for everybody. */
const PARTS: Readonly<Record<string, Switch | undefined>> = {
  ...Object.fromEntries(FEATURES.map((name) => [name, undefined])),
  ...Object.fromEntries(TECHNOLOGIES.flatMap((one) => ('setting' in one ? [[one.name, one.setting]] : []))),
  webhooks: 'ENABLE_WEBHOOKS',
  events: 'ENABLE_SSE',
  billing: 'STRIPE_SECRET_KEY',
};

/** Returns which parts an organization has, and why it lacks the others. */
export const featuresOf = ({ features }: Plan, config: Pick<Config, Switch>) =>
  Object.entries(PARTS).map(([name, setting]) => {
    const isOfPlans = (FEATURES as readonly string[]).includes(name);
    const off =
      setting && !config[setting]
        ? ('installation' as const)
        : isOfPlans && !features.includes(name as Feature)
          ? ('plan' as const)
          : null;
    return { name, is_on: off === null, off_by: off };
  });

/** Returns the setting that disables an endpoint; undefined for endpoints that every installation has. */
export const switchOf = ({ id, tag }: Pick<Endpoint, 'id' | 'tag'>): Switch | undefined =>
  BY_OPERATION[id] ?? BY_TAG[tag];

/**
 * Checks that an endpoint is enabled.
 * @throws AppError `feature.disabled` if a setting disables the endpoint
 */
export function requireEnabled(endpoint: Pick<Endpoint, 'id' | 'tag'>, config: Pick<Config, Switch>): void {
  const name = switchOf(endpoint);
  if (name && !config[name])
    throw new AppError(
      'feature.disabled',
      config[name] === false ? `This installation has ${name} set to false` : `This installation has no ${name}`,
      { fix: 'Ask the operator of the installation to set it.' },
    );
}

export const enabledOf = (endpoints: readonly Endpoint[], config: Pick<Config, Switch>): readonly Endpoint[] =>
  endpoints.filter((one) => {
    const name = switchOf(one);
    return !name || config[name];
  });
