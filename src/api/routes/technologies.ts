/** The endpoints that technologies declare besides those that start jobs. */
import { z } from 'zod';
import type { EndpointContract } from '../../contracts/common/endpoint-contract.ts';
import type { TechnologyContract } from '../../contracts/jobs/job-kind.ts';
import { TECHNOLOGIES } from '../../contracts/jobs/kinds.ts';
import { endpointHandlers } from '../../services/jobs/registry.ts';
import { type Endpoint, endpoint, uploadLimitOf } from '../endpoint.ts';
import { fileTypes, setFileType } from '../files.ts';
import { fileOf } from '../middleware/request-body.ts';
import type { Services } from '../services.ts';
import { sendText } from '../stream.ts';

/** The query of an upload may name its file. */
const named = z.object({ name: z.string() });

export function technologyRoutes(services: Services): readonly Endpoint[] {
  const handlers = endpointHandlers(services);

  function route(id: string, contract: EndpointContract, { tag, invalidInput }: TechnologyContract): Endpoint {
    const handle = handlers.get(id)!;
    const { file, produces, ...declared } = contract;
    return endpoint<unknown, unknown, unknown>({
      ...declared,
      id,
      tag,
      ...(produces && { produces: fileTypes(produces) }),
      ...(file && { consumes: file.mediaTypes, uploadLimit: file.maxBytes ?? uploadLimitOf(services.config) }),
      async handler({ principal: { orgId }, params, query, body, request, response }) {
        const bytes = file && fileOf(request, invalidInput, named.safeParse(query).data?.name ?? 'document');
        const answer = await handle({ orgId, params, query, body: bytes ?? body });
        if (produces === undefined) return answer;
        await sendText(setFileType(request, response, produces), String(answer));
        return undefined;
      },
    });
  }

  return TECHNOLOGIES.flatMap((technology: TechnologyContract) =>
    Object.entries(technology.endpoints ?? {}).map(([id, contract]) => route(id, contract, technology)),
  );
}
