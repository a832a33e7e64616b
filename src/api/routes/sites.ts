import { z } from 'zod';
import { areaSchema } from '../../contracts/common/area.schema.ts';
import { sitePageSchema, siteSchema } from '../../contracts/sites/sites.schema.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import { endpoint } from '../endpoint.ts';
import { page, pageQuery } from '../pages.ts';
import type { Services } from '../services.ts';

const areaOfSite = areaSchema.refine(({ unit }) => unit === 'deg', {
  message: "a site's area is in degrees",
  path: ['unit'],
});
const site = z.strictObject({
  name: z.string().min(1).max(200),
  latitude_deg: z.number().min(-90).max(90).describe('Latitude, positive in the north [deg]'),
  longitude_deg: z.number().min(-180).max(180).describe('Longitude, positive in the east [deg]'),
  elevation_m: z.number().min(-500).max(9000).nullish().describe('Elevation above sea level [m]'),
  boundary: areaOfSite.nullish().describe('Boundary that searches of this site use; null: none'),
  exclusions: areaOfSite.nullish().describe('Exclusions that searches of this site use; null: none'),
});
const view = ({ org_id: _org, ...shown }: SiteRow) => shown;

export const siteRoutes = ({ sites }: Services) => [
  endpoint({
    id: 'createSite',
    method: 'post',
    path: '/v1/sites',
    tag: 'Sites',
    summary: 'Create a site',
    scope: 'sites:write',
    status: 201,
    body: site,
    response: siteSchema,
    example: { name: 'Greensboro', latitude_deg: 36.1, longitude_deg: -79.95, elevation_m: 273 },
    handler: async ({ principal, body }) => view(await sites.create(principal.orgId, body)),
  }),
  endpoint({
    id: 'listSites',
    method: 'get',
    path: '/v1/sites',
    tag: 'Sites',
    summary: 'List sites, newest first',
    scope: 'sites:read',
    query: pageQuery,
    response: sitePageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await sites.list(principal.orgId, limit + 1, cursor), limit, view),
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
    body: site.partial(),
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
