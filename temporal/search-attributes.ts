/** Registers the search attributes that workflows set, before workers poll; idempotent. */
import type { Client } from '@temporalio/client';
import { isClosed } from '../src/adapters/temporal/temporal-client.ts';
import { SEARCH_ATTRIBUTES } from '../src/contracts/jobs/jobs.ts';

/** INDEXED_VALUE_TYPE_KEYWORD of temporal.api.enums.v1.IndexedValueType */
const KEYWORD = 2;

/**
 * Registers the search attributes.
 * @returns names that were missing and are now registered
 */
export async function registerSearchAttributes(client: Client): Promise<string[]> {
  const { connection } = client;
  const namespace = client.options.namespace;
  const known = await connection.operatorService.listSearchAttributes({ namespace }).catch((error: unknown) => {
    if (isClosed(error)) return undefined;
    throw error;
  });
  if (known === undefined) return [];
  const missing = Object.keys(SEARCH_ATTRIBUTES).filter((name) => !(name in (known.customAttributes ?? {})));
  if (missing.length === 0) return [];
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
    });
  } catch (error) {
    // Another process was first.
    if (!/already exists/i.test(String(error))) throw error;
  }
  return missing;
}
