/** An organization's own generators. */
import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { cutPage } from '../../contracts/common/pages.schema.ts';
import { generatorSchema, type toyEndpoints } from '../../contracts/toy/endpoints.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { LibraryItemRow } from '../../adapters/database/tables/library.ts';
import type { EndpointHandlers, EndpointServices } from '../jobs/endpoint-handlers.ts';
import { Library } from '../library/library.ts';

type Generator = z.output<typeof generatorSchema>;
type ToyLibrary = Library<{ generator: Generator }>;

export const toyLibrary = (database: Database): ToyLibrary => new Library(database, 'toy');

/** @throws AppError `request.not_found`, for another organization's too */
export async function generatorOf(library: ToyLibrary, orgId: string, id: string): Promise<Generator> {
  const [row] = await library.named(orgId, [id]);
  if (!row) throw new AppError('request.not_found', `No generator ${id}`);
  return row.spec;
}

/** @throws AppError `toy.invalid_input` */
function read(name: string, bytes: Uint8Array): Generator {
  const [rated_kw, run_probability] = new TextDecoder().decode(bytes).split(',').map(Number);
  const { data, error } = generatorSchema.safeParse({ rated_kw, run_probability });
  if (error) throw new AppError('toy.invalid_input', `${name}: ${error.issues[0].message}`);
  return data;
}

const view = ({ id, name, spec, created_at }: LibraryItemRow<'generator', Generator>) => ({
  id,
  name,
  ...spec,
  created_at,
});

export function toyHandlers({ database }: EndpointServices): EndpointHandlers<typeof toyEndpoints> {
  const library = toyLibrary(database);
  return {
    async uploadToyGenerator({ orgId, query: { name }, body }) {
      const [row] = await library.add(orgId, 'generator', 'csv', [{ name, spec: read(name, body) }]);
      return view(row);
    },
    listToyGenerators: async ({ orgId, query: { limit, cursor } }) =>
      cutPage(await library.list(orgId, 'generator', limit, cursor), view),
    deleteToyGenerator: ({ orgId, params }) => library.delete(orgId, 'generator', params.id),
  };
}
