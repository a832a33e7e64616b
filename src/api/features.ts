/** Parts of the API that a setting disables: their endpoints answer 404 `feature.disabled` and are not in OpenAPI. */
import type { Config } from '../adapters/config/config.ts';
import { AppError } from '../contracts/common/app-error.ts';
import { TECHNOLOGIES } from '../contracts/jobs/kinds.ts';
import type { Endpoint } from './endpoint.ts';

type SettingOf<Technology> = Technology extends { readonly setting: infer Setting } ? Setting : never;
type Switch = SettingOf<(typeof TECHNOLOGIES)[number]> | 'ENABLE_WEBHOOKS' | 'ENABLE_SSE';

const BY_TAG: Readonly<Record<string, Switch>> = {
  ...Object.fromEntries(TECHNOLOGIES.flatMap((one) => ('setting' in one ? [[one.tag, one.setting]] : []))),
  Webhooks: 'ENABLE_WEBHOOKS',
};
const BY_OPERATION: Readonly<Record<string, Switch>> = { streamJobEvents: 'ENABLE_SSE' };

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
    throw new AppError('feature.disabled', `This installation has ${name} set to false`, {
      fix: 'Ask the operator of the installation to set it to true.',
    });
}

export const enabledOf = (endpoints: readonly Endpoint[], config: Pick<Config, Switch>): readonly Endpoint[] =>
  endpoints.filter((one) => {
    const name = switchOf(one);
    return !name || config[name];
  });
