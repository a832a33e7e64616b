/** Pictures of wind jobs: the figures of their reports, as files, in English and metric units. */
import { AppError } from '../../contracts/common/app-error.ts';
import { flowMapMetaSchema } from '../../contracts/wind/result.schema.ts';
import { layoutMap, windRose } from '../../documents/charts/wind.ts';
import { FULL_WIDTH } from '../../documents/model.ts';
import { sceneFile } from '../../documents/scene-svg.ts';
import type { decodeColumns } from '../../series/columns.ts';
import { flowContours } from '../../wind/energy/flow-contours.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { Formatter } from '../reports/format.ts';
import { textOf } from '../reports/text/text.ts';
import type { WindJobRow } from './load.ts';
import { DEFICITS } from './report/flow.ts';
import { flowAreas, layoutFigure, mapWords } from './report/layout.ts';
import { prevailing, yieldFound, type WindYield } from './report/wind-job.ts';

const MAX_HEIGHT = 480;
/** No picture shows money. */
const words = { text: textOf('en'), format: new Formatter('en', 'metric', 'EUR') };

/** Returns the yield and layout of an analysis, or of the best layout found. @throws AppError where the job has none */
function yieldOf(job: WindJobRow): WindYield {
  const drawn = yieldFound(job);
  if (!drawn) throw new AppError('request.not_found', `Job ${job.id} has no layout to draw`);
  return drawn;
}

export function layoutPicture(job: WindJobRow, specs: readonly TurbineSpec[]): string {
  yieldOf(job);
  const { scene, alt } = layoutFigure(words, { job, body: job.input, specs }, FULL_WIDTH, MAX_HEIGHT);
  return sceneFile(scene, alt);
}

export function rosePicture(job: WindJobRow): string {
  const { text, format } = words;
  const { sectors } = yieldOf(job);
  const main = prevailing(sectors);
  const scene = windRose({
    size: FULL_WIDTH,
    sectors: sectors.map(({ wind_direction_deg: directionDeg, frequency, wind_speed_mean_m_s: speed }) => ({
      directionDeg,
      shares: [frequency],
      label: format.fixed(speed, 1),
    })),
    classes: [text('wind.rose_key', { unit: format.speed.unit })],
    compass: [text('compass.n'), text('compass.e'), text('compass.s'), text('compass.w')],
    format: (share) => format.percent(100 * share, 0),
  });
  const values = { direction: format.fixed(main.wind_direction_deg), share: format.percent(100 * main.frequency, 0) };
  return sceneFile(scene, text('wind.rose_alt', values));
}

/** Returns the picture of a stored flow map. */
export function flowMapPicture({ columns, meta }: ReturnType<typeof decodeColumns>): string {
  const { text, format } = words;
  const { x_m, y_m, wind_speed_m_s } = columns;
  const {
    n_x: width,
    freestream_m_s: freeMPerS,
    wind_direction_deg: directionDeg,
    turbines,
  } = flowMapMetaSchema.parse(meta);
  // The points are listed row by row.
  const xM = Float64Array.from(x_m.slice(0, width));
  const yM = Float64Array.from({ length: y_m.length / width }, (_, row) => y_m[row * width]);
  const wsMPerS = Float64Array.from(wind_speed_m_s);
  const values = {
    direction: format.fixed(directionDeg),
    speed: format.speed.with(freeMPerS),
    least: format.speed.with(wsMPerS.reduce((least, one) => Math.min(least, one), freeMPerS)),
  };
  const scene = layoutMap({
    ...mapWords(words),
    turbines: turbines.map(([x, y, diameterM]) => ({ x, y, diameterM, isFixed: false })),
    boundary: [],
    exclusions: [],
    width: FULL_WIDTH,
    maxHeight: MAX_HEIGHT,
    flow: {
      area: { minX: xM[0], maxX: xM[xM.length - 1], minY: yM[0], maxY: yM[yM.length - 1] },
      directionDeg,
      contours: flowAreas(words, flowContours({ xM, yM, freeMPerS, wsMPerS }, DEFICITS)),
      title: text('flow.legend'),
      windName: text('flow.map_wind', values),
    },
  });
  return sceneFile(scene, text('flow.map_alt', values));
}
