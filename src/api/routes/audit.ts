/** The audit log of an organization. */
import { z } from 'zod';
import { AUDIT_TYPES } from '../../contracts/audit/audit.ts';
import { auditPageSchema } from '../../contracts/audit/audit.schema.ts';
import { instantText } from '../../contracts/common/fields.schema.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import { type AuditFilter, listAudit, type ListedAuditEvent } from '../../services/audit/audit.ts';
import { endpoint } from '../endpoint.ts';
import { csvCell, sendPieces } from '../stream.ts';
import type { Services } from '../services.ts';

const instant = instantText.transform((text) => new Date(text));
const filters = {
  type: z.enum(AUDIT_TYPES).optional().describe('Only acts of this type'),
  actor_id: z.string().max(60).optional().describe('Only acts of this person (usr_...) or key (key_...)'),
  target_id: z.string().max(60).optional().describe('Only acts on this object'),
  starts_at: instant.optional().describe('First instant'),
  ends_at: instant.optional().describe('Last instant'),
};
const csvQuery = z.strictObject(filters);

const filterOf = ({
  type,
  actor_id: actorId,
  target_id: targetId,
  starts_at: since,
  ends_at: until,
}: z.output<typeof csvQuery>) => ({
  ...{ type, actorId, targetId, since, until },
});

const COLUMNS = [
  'id',
  'created_at',
  'type',
  'actor_kind',
  'actor_id',
  'target_id',
  'details',
  'personal',
  'is_erased',
] as const;
const CHAIN = ['sequence', 'hash'] as const;
const ROWS_A_PIECE = 500;

async function* csvOf(read: (before?: string) => Promise<ListedAuditEvent[]>): AsyncGenerator<string> {
  const names = [...COLUMNS, ...CHAIN];
  yield `${names.join(',')}\n`;
  for (let before: string | undefined; ; ) {
    const rows = await read(before);
    if (rows.length === 0) return;
    yield rows.map((row) => `${names.map((name) => csvCell(row[name])).join(',')}\n`).join('');
    before = rows[rows.length - 1].id;
  }
}

export const auditRoutes = ({ database }: Services) => [
  endpoint({
    id: 'listAuditEvents',
    method: 'get',
    path: '/v1/audit-events',
    tag: 'Audit log',
    summary: 'List what was done in your organization, by whom, newest first',
    description: 'Entries cannot be changed. An entry has its place in the chain within seconds.',
    scope: 'audit:read',
    query: pageQuery('audit').extend(filters),
    response: auditPageSchema,
    handler: async ({ principal, query: { limit, cursor, ...query } }) => {
      const filter: AuditFilter = { ...filterOf(query), limit: limit + 1, before: cursor };
      return page(await listAudit(database, principal.orgId, filter), limit, ({ org_id: _, ...row }) => row);
    },
  }),
  endpoint({
    id: 'getAuditCsv',
    method: 'get',
    path: '/v1/audit-events.csv',
    tag: 'Audit log',
    summary: 'Download the audit log of your organization, as CSV, newest first',
    scope: 'audit:read',
    query: csvQuery,
    produces: ['text/csv'],
    handler: async ({ principal, query, response }) => {
      response.type('text/csv').attachment('audit-events.csv');
      const filter = { ...filterOf(query), limit: ROWS_A_PIECE };
      await sendPieces(
        response,
        csvOf((before) => listAudit(database, principal.orgId, { ...filter, before })),
      );
      return undefined;
    },
  }),
];
