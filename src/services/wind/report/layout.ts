/** The chapter about the layout: positions and yields of the turbines, and the wind behind them. */
import { type FarmMap, layoutMap, MAX_NUMBERED_TURBINES, type MapZone } from '../../../documents/charts/wind.ts';
import type { Section, Table } from '../../../documents/model.ts';
import { utmProjection, utmZoneOf } from '../../../geometry/projection.ts';
import { FULL_WIDTH } from '../../../documents/model.ts';
import { SpanningTree } from '../../../wind/layout/cable.ts';
import type { FlowContour } from '../../../wind/energy/flow-contours.ts';
import { elevationsAt } from '../../../wind/resource/resource-grid.ts';
import type { LayoutSite } from '../../../wind/layout/layout-site.ts';
import type { ReportContext } from '../../reports/context.ts';
import { figure } from '../../reports/context.ts';
import { M_PER_MI } from '../../../lib/units.ts';
import { projectionOf, siteOf } from '../setup.ts';
import { turbinesText } from './summary.ts';
import type { WindJob, WindYield } from './wind-job.ts';
import { cableLengthM, farmSpecs, kindsOf, prevailing, yieldOf } from './wind-job.ts';

/** What pictures are written with. */
export type Words = Pick<ReportContext, 'text' | 'format'>;

/** What the map of a farm needs of its job. */
export type DrawnJob = Pick<WindJob, 'job' | 'body' | 'specs'>;

/** @param search beside an analysis; its boundary and exclusions are those of the farm */
export function layoutSection(context: ReportContext, job: WindJob, search: WindJob | null): Section {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const { layout, turbines } = windYield;
  const energy = format.energy(
    Math.max(...turbines.map(({ annual_energy_kwh }) => annual_energy_kwh)),
    text('unit.per_year'),
  );
  const length = format.lengthM(cableLengthM(windYield));
  const places = layout.longitude_deg && layout.latitude_deg;
  const types = new Set(turbines.map(({ turbine }) => turbine)).size > 1;
  return {
    title: text('layout.title'),
    blocks: [
      {
        type: 'paragraph',
        text:
          turbines.length === 1
            ? text('layout.intro_one')
            : text('layout.intro', {
                count: turbinesText(context, turbines.length),
                length: length.with(cableLengthM(windYield)),
              }),
      },
      layoutFigure(context, job, FULL_WIDTH, 330, search),
      {
        type: 'table',
        caption: text('layout.table', { unit: energy.unit }),
        dense: turbines.length > 16,
        columns: [
          { title: text('layout.number') },
          ...(types ? [{ title: text('turbine.type') }] : []),
          ...(places
            ? [
                { title: text('layout.longitude'), align: 'right' as const },
                { title: text('layout.latitude'), align: 'right' as const },
              ]
            : [
                { title: 'x [m]', align: 'right' as const },
                { title: 'y [m]', align: 'right' as const },
              ]),
          { title: text('wind.mean_speed', { unit: format.speed.unit }), align: 'right' },
          { title: text('layout.gross'), align: 'right' },
          { title: text('figure.wake_loss'), align: 'right' },
          { title: text('layout.net'), align: 'right' },
          { title: text('figure.capacity_factor'), align: 'right' },
        ],
        rows: turbines.map((one, k) => [
          String(k + 1),
          ...(types ? [one.turbine] : []),
          ...(places
            ? [format.fixed(layout.longitude_deg![k], 5), format.fixed(layout.latitude_deg![k], 5)]
            : [format.fixed(one.x_m), format.fixed(one.y_m)]),
          format.speed.of(one.wind_speed_mean_m_s),
          energy.of(one.annual_gross_energy_kwh),
          format.percent(one.wake_loss_pct),
          energy.of(one.annual_energy_kwh),
          format.percent(one.capacity_factor_pct),
        ]),
      },
      ...positionsTable(context, job),
      ...(job.flow ? [flowFigure(context, job, job.flow, search)] : []),
    ],
  };
}

/** Positions on the globe and in the zone of UTM around the first turbine; null without geographic positions */
export function utmOf({ layout }: Pick<WindYield, 'layout'>) {
  const { longitude_deg: longitudes, latitude_deg: latitudes } = layout;
  if (!longitudes?.length || !latitudes?.length) return null;
  const system = utmZoneOf(longitudes[0], latitudes[0]);
  if (!system) return null;
  const { toPlane } = utmProjection(system.zone, system.isSouth);
  return { ...system, places: longitudes.map((longitude, k) => toPlane(longitude, latitudes[k])) };
}

/** Returns the elevation of each turbine's ground where the wind resource has it [m]; else null. */
export const turbineElevations = (job: Pick<WindJob, 'job' | 'climate'>): number[] | null => {
  const { x_m: xM, y_m: yM } = yieldOf(job).layout;
  return elevationsAt(job.climate, { xM, yM });
};

/** Returns the table of the turbines' positions; none where neither their places on the globe nor their elevations are known. */
function positionsTable({ text, format }: ReportContext, job: WindJob): Table[] {
  const { layout, turbines } = yieldOf(job);
  const utm = utmOf({ layout });
  const elevations = turbineElevations(job);
  if (!utm && !elevations) return [];
  const kinds = kindsOf(job);
  const { body, specs } = job;
  const ground = elevations ? undefined : body.air?.elevation_m;
  const right = (title: string) => ({ title, align: 'right' as const });
  return [
    {
      type: 'table',
      caption: [
        utm
          ? text('layout.positions', { zone: `${utm.zone}${utm.isSouth ? 'S' : 'N'}`, epsg: String(utm.epsg) })
          : text('layout.positions_plane'),
        ...(ground === undefined ? [] : [text('layout.ground', { elevation: format.heightM(Math.round(ground)) })]),
      ].join(' '),
      dense: true,
      columns: [
        { title: text('layout.number') },
        { title: text('turbine.type') },
        ...(utm
          ? (['layout.easting', 'layout.northing', 'layout.longitude', 'layout.latitude'] as const).map((key) =>
              right(text(key)),
            )
          : [right('x [m]'), right('y [m]')]),
        ...(elevations ? [right(text('layout.elevation'))] : []),
        right(text('turbine.hub')),
      ],
      rows: turbines.map(({ turbine, x_m, y_m }, k) => [
        String(k + 1),
        turbine,
        ...(utm
          ? [
              ...utm.places[k].map((metres) => format.fixed(metres, 1)),
              format.fixed(layout.longitude_deg![k], 5),
              format.fixed(layout.latitude_deg![k], 5),
            ]
          : [format.fixed(x_m), format.fixed(y_m)]),
        ...(elevations ? [format.heightM(elevations[k])] : []),
        format.heightM(specs[kinds[k]].hubHeightM),
      ]),
    },
  ];
}

export function layoutFigure(
  context: Words,
  job: DrawnJob,
  width: number,
  maxHeight: number,
  search: DrawnJob | null = null,
) {
  const { text, format } = context;
  const { body } = job;
  const windYield = yieldOf(job);
  const { x_m: x, y_m: y } = windYield.layout;
  const substations = 'substations' in body ? body.substations.map(({ x_m, y_m }) => [x_m, y_m] as const) : [];
  const places = [...x.map((one, k) => [one, y[k]] as const), ...substations];
  const tree = new SpanningTree(x.length, substations);
  tree.length(x as number[], y as number[]);
  return figure(
    text(x.length > MAX_NUMBERED_TURBINES ? 'layout.caption_many' : 'layout.caption'),
    text('layout.alt', {
      count: String(x.length),
      length: format.lengthM(cableLengthM(windYield)).with(cableLengthM(windYield)),
    }),
    layoutMap({
      ...farmMap(context, job, search),
      width,
      maxHeight,
      cables: Array.from(tree.edges(), ([a, b]) => [places[a], places[b]] as const),
      substations,
    }),
  );
}

/** Draws the speed behind the turbines in the prevailing wind. */
function flowFigure(
  context: ReportContext,
  job: WindJob,
  { area, contours }: NonNullable<WindJob['flow']>,
  search: DrawnJob | null,
) {
  const { text, format } = context;
  const { wind_direction_deg, wind_speed_mean_m_s } = prevailing(yieldOf(job).sectors);
  const values = {
    direction: format.fixed(wind_direction_deg),
    speed: format.speed.with(wind_speed_mean_m_s),
    height: format.heightM(farmSpecs(job)[0].hubHeightM),
  };
  return figure(
    text('flow.caption', values),
    text('flow.alt', values),
    layoutMap({
      ...farmMap(context, job, search),
      width: FULL_WIDTH,
      maxHeight: 330,
      flow: {
        area,
        directionDeg: wind_direction_deg,
        contours: flowAreas(context, contours),
        title: text('flow.legend'),
        windName: text('flow.wind', values),
      },
    }),
  );
}

/** Returns the areas of a map by their loss of free-stream speed, with their names. */
export function flowAreas({ text, format }: Words, contours: readonly FlowContour[]) {
  const percent = (share: number): string => format.percent(100 * share, 0);
  return contours.map(({ deficit, rings }, k) => ({
    rings,
    name:
      k + 1 < contours.length
        ? text('flow.between', { from: format.fixed(100 * deficit), to: percent(contours[k + 1].deficit) })
        : text('flow.above', { from: percent(deficit) }),
  }));
}

/** Returns what all maps of a farm have in common. */
function farmMap(words: Words, job: DrawnJob, search: DrawnJob | null): Omit<FarmMap, 'width' | 'maxHeight'> {
  const { specs } = job;
  const kinds = kindsOf(job);
  const { layout } = yieldOf(job);
  const { x_m: x, y_m: y } = layout;
  const site = siteFor(job, search ?? job);
  return {
    turbines: x.map((one, k) => ({
      x: one,
      y: y[k],
      diameterM: specs[kinds[k]].diameterM,
      isFixed: 'is_fixed' in layout && layout.is_fixed[k],
    })),
    boundary: site ? zonesOf(site.zones) : [],
    exclusions: site?.exclusions ? zonesOf(site.exclusions) : [],
    ...mapWords(words),
  };
}

/** Returns boundary and exclusions of a search in the plane of a job; null where either has no place on the other's plane. */
function siteFor({ body, specs }: DrawnJob, search: DrawnJob): Pick<LayoutSite, 'zones' | 'exclusions'> | null {
  if (!('boundary' in search.body)) return null;
  const [from, to] = [projectionOf(search.body), projectionOf(body)];
  const site = siteOf(search.body, from, Math.max(...specs.map(({ diameterM }) => diameterM)));
  if (search.body === body || (from === null && to === null)) return site;
  if (from === null || to === null) return null;
  const moved = ([x, y]: readonly [number, number]) => to.toPlane(...from.toGlobe(x, y));
  const movedParts = (parts: LayoutSite['zones']): LayoutSite['zones'] =>
    parts.map((part) => {
      if (!('radiusM' in part))
        return { outer: part.outer.map(moved), holes: part.holes?.map((hole) => hole.map(moved)) };
      const [xM, yM] = moved([part.xM, part.yM]);
      return { ...part, xM, yM };
    });
  return { zones: movedParts(site.zones), exclusions: site.exclusions && movedParts(site.exclusions) };
}

/** Returns the north arrow, the scale and the legend of a map. */
export function mapWords({ text, format }: Words): Pick<FarmMap, 'north' | 'scaleLabel' | 'scaleUnitM' | 'legend'> {
  return {
    north: text('compass.n'),
    scaleLabel: (m) => {
      const { unit, value } = format.lengthM(format.isImperial ? m : m >= 1000 ? 3000 : m);
      return format.unit(format.plain(value(m)), unit);
    },
    scaleUnitM: format.isImperial ? M_PER_MI : 1000,
    legend: {
      turbine: text('layout.turbine'),
      standing: text('layout.standing'),
      boundary: text('layout.boundary'),
      exclusion: text('layout.exclusion'),
      cable: text('layout.cable'),
      substation: text('layout.substation'),
    },
  };
}

const zonesOf = (parts: LayoutSite['zones']): MapZone[] =>
  parts.map((part) =>
    'radiusM' in part
      ? { circle: { x: part.xM, y: part.yM, radius: part.radiusM } }
      : { rings: [part.outer, ...(part.holes ?? [])] },
  );
