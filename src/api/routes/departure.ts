/** What an organization takes along, and its deletion. */
import { z } from 'zod';
import { deletionSchema } from '../../contracts/departure/departure.schema.ts';
import { audit } from '../../services/audit/audit.ts';
import { readDeletion, requestDeletion } from '../../services/departure/deletion.ts';
import { exportOrganization } from '../../services/departure/export.ts';
import type { DeletionRow } from '../../adapters/database/tables/departure.ts';
import { endpoint } from '../endpoint.ts';
import { personOf } from '../middleware/identify.ts';
import { csvOf, sendPieces } from '../stream.ts';
import type { Services } from '../services.ts';

const view = ({ org_id: organization_id, ...row }: DeletionRow) => ({
  ...row,
  organization_id,
  status: row.ended_at === null ? ('running' as const) : ('ended' as const),
});

export const departureRoutes = ({ database, pool }: Services) => [
  endpoint({
    id: 'exportOrganization',
    method: 'get',
    path: '/v1/organization/export',
    tag: 'Accounts',
    summary: 'Download all data of your organization as a zip, without secrets',
    description:
      'Tables are files of JSON lines; series are CSV; files of reports and measurements are as they are. At most 4 GB.',
    scope: 'organization:own',
    produces: ['application/octet-stream', 'application/zip'],
    handler: async ({ principal, response }) => {
      const caller = principal.orgId;
      await database.transaction((tx) => audit(tx, { orgId: caller, type: 'organization.exported', targetId: caller }));
      response.type('application/zip').attachment(`${caller}.zip`);
      const decode = async (data: Buffer, names: readonly string[]) =>
        (await pool.run('decodeSeries', { data, names }, { caller, isAnswer: true })).result;
      await sendPieces(response, exportOrganization(database, caller, { decode, csvOf }));
      return undefined;
    },
  }),
  endpoint({
    id: 'deleteOrganization',
    method: 'post',
    path: '/v1/organization/deletion',
    tag: 'Accounts',
    summary: 'Delete your organization with all its data; this cannot be undone',
    description:
      'The organization is suspended at once, its jobs are cancelled, and its data are deleted within minutes. The id of the answer reads the report later, when no credentials are left.',
    scope: 'organization:own',
    status: 202,
    body: z.strictObject({ name: z.string().min(1).max(200).describe('Name of the organization, which confirms it') }),
    response: deletionSchema,
    errors: ['request.conflict'],
    example: { name: 'Sun Ltd' },
    handler: async ({ principal, body }) => {
      personOf(principal);
      return view(await requestDeletion(database, principal.orgId, body.name));
    },
  }),
  endpoint({
    id: 'getDeletion',
    method: 'get',
    path: '/v1/deletions/:id',
    tag: 'Accounts',
    summary: 'Read what became of the data of a deleted organization; needs no credentials but the id',
    scope: 'public',
    response: deletionSchema,
    handler: async ({ params }) => view(await readDeletion(database, params.id)),
  }),
];
