import { siteBodySchema, siteChangesSchema, sitePageSchema, siteSchema } from '../../contracts/sites/sites.schema.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import { BODY_LIMITS, endpoint } from '../endpoint.ts';
import { linksById, linksOfFirst } from '../../contracts/common/links.ts';
import { cutPage, pageQuery } from '../../contracts/common/pages.schema.ts';
import type { Services } from '../services.ts';

const view = ({ org_id: _org, ...shown }: SiteRow) => shown;

export const siteRoutes = ({ sites }: Services) => [
  endpoint({
    id: 'createSite',
    method: 'post',
    path: '/v1/sites',
    tag: 'Sites',
    links: linksById('getSite', 'updateSite', 'deleteSite'),
    summary: 'Create a site',
    scope: 'sites:write',
    status: 201,
    body: siteBodySchema,
    bodyLimit: BODY_LIMITS.large,
    response: siteSchema,
    example: { name: 'Greensboro', latitude_deg: 36.1, longitude_deg: -79.95, elevation_m: 273 },
    handler: async ({ principal, body }) => view(await sites.create(principal.orgId, body)),
  }),
  endpoint({
    id: 'listSites',
    method: 'get',
    path: '/v1/sites',
    tag: 'Sites',
    links: linksOfFirst('getSite'),
    summary: 'List sites, newest first',
    scope: 'sites:read',
    query: pageQuery,
    response: sitePageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      cutPage(await sites.list(principal.orgId, limit, cursor), view),
  }),
  endpoint({
    id: 'getSite',
    method: 'get',
    path: '/v1/sites/:id',
    tag: 'Sites',
    summary: 'Read a site',
    scope: 'sites:read',
    response: siteSchema,
    handler: async ({ principal, params }) => view(await sites.get(principal.orgId, params.id)),
  }),
  endpoint({
    id: 'updateSite',
    method: 'patch',
    path: '/v1/sites/:id',
    tag: 'Sites',
    summary: 'Change a site',
    scope: 'sites:write',
    body: siteChangesSchema,
    bodyLimit: BODY_LIMITS.large,
    response: siteSchema,
    example: { name: 'Greensboro north' },
    handler: async ({ principal, params, body }) => view(await sites.update(principal.orgId, params.id, body)),
  }),
  endpoint({
    id: 'deleteSite',
    method: 'delete',
    path: '/v1/sites/:id',
    tag: 'Sites',
    summary: 'Delete a site; its weather datasets remain',
    scope: 'sites:write',
    handler: ({ principal, params }) => sites.delete(principal.orgId, params.id),
  }),
];
