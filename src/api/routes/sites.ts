import type { Response } from 'express';
import { warningsAt } from '../../contracts/common/warnings.ts';
import {
  areaFileQuerySchema,
  siteBodySchema,
  siteChangesSchema,
  sitePageSchema,
  siteSchema,
} from '../../contracts/sites/sites.schema.ts';
import type { SiteWarning } from '../../contracts/sites/warnings.ts';
import { siteDoubts } from '../../geometry/area-doubts.ts';
import { inThread } from '../../services/sites/threads.ts';
import type { StoredSite } from '../../services/sites/sites.ts';
import { wholeText } from '../../services/jobs/jobs.ts';
import { fileOf } from '../middleware/request-body.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import { BODY_LIMITS, endpoint } from '../endpoint.ts';
import { linksById, linksOfFirst } from '../../contracts/common/links.ts';
import { cutPage, pageQuery } from '../../contracts/common/pages.schema.ts';
import type { Services } from '../services.ts';
import { jsonTextOf, sendJson } from '../stream.ts';

const view = ({ org_id: _org, ...shown }: SiteRow) => ({ ...shown, warnings: siteDoubts(shown) });

const textOf = (json: string | null) => (json === null ? null : wholeText(json));

export const siteRoutes = ({ sites, pool }: Services) => {
  /**
   * Sends a site: its areas as they are stored, and the doubts about them from a thread.
   * @param ofFile warnings of a file
   * @param keep stores the answer to a request with an Idempotency-Key
   */
  async function sendSite(
    response: Response,
    site: StoredSite,
    { ofFile = [], keep }: { ofFile?: readonly SiteWarning[]; keep?: (body: string) => Promise<void> } = {},
  ): Promise<void> {
    const { org_id: caller, boundary, exclusions, ...shown } = site;
    const doubts =
      boundary === null && exclusions === null
        ? []
        : await inThread(pool, 'doubtsOf', { ...shown, boundary, exclusions }, { caller, isAnswer: true });
    const isOfFile = ({ code, pointer }: SiteWarning): boolean =>
      ofFile.some((one) => one.code === code && one.pointer === pointer);
    const warnings = [...ofFile, ...doubts.filter((warning) => !isOfFile(warning))];
    const areas = { boundary: textOf(boundary), exclusions: textOf(exclusions) };
    await keep?.(jsonTextOf({ ...shown, warnings }, areas));
    await sendJson(response, { ...shown, warnings }, areas);
  }

  return [
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
      handler: async ({ principal, body, response, keep }) =>
        sendSite(response.status(201), await sites.create(principal.orgId, body), { keep }),
    }),
    endpoint({
      id: 'listSites',
      method: 'get',
      path: '/v1/sites',
      tag: 'Sites',
      links: linksOfFirst('getSite'),
      summary: 'List sites, newest first',
      scope: 'sites:read',
      query: pageQuery('site'),
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
      handler: async ({ principal, params, response }) =>
        sendSite(response, await sites.stored(principal.orgId, params.id)),
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
      handler: async ({ principal, params, body, response }) =>
        sendSite(response, await sites.update(principal.orgId, params.id, body)),
    }),
    endpoint({
      id: 'uploadSiteArea',
      method: 'post',
      path: '/v1/sites/:id/areas',
      tag: 'Sites',
      summary: 'Upload the boundary or the exclusions of a site: KML, KMZ, zipped shapefile, GeoJSON',
      description:
        'The body is the file itself. All its polygons with their holes become one area, which replaces that of the site. Exclusions may be points and lines with a setback. ' +
        'A shapefile is a zip of its .shp, .dbf and .prj. Its warnings list what was left out.',
      scope: 'sites:write',
      consumes: ['application/octet-stream', 'application/vnd.google-earth.kml+xml', 'application/zip'],
      uploadLimit: BODY_LIMITS.large,
      takesIdempotencyKey: true,
      query: areaFileQuerySchema,
      response: siteSchema,
      handler: async ({ principal, params, query, request, response, keep }) => {
        const { use, setback_m: setbackM, crs } = query;
        await sites.stored(principal.orgId, params.id);
        const bytes = fileOf(request, 'request.invalid', 'area');
        const caller = principal.orgId;
        const { area, warnings } = await inThread(pool, 'readArea', { bytes, use, setbackM, crs }, { caller });
        const ofFile = warningsAt(warnings, `/${use}`);
        await sendSite(response, await sites.update(principal.orgId, params.id, { [use]: area }), { ofFile, keep });
      },
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
};
