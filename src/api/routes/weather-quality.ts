/** How good a weather dataset is: figures and a picture. */
import { weatherQualitySchema } from '../../contracts/weather/quality.schema.ts';
import { qualityAnswer, qualityPicture } from '../../services/weather/quality.ts';
import { endpoint } from '../endpoint.ts';
import { fileTypes, setFileType } from '../files.ts';
import type { Services } from '../services.ts';

const SVG = 'image/svg+xml';

export function weatherQualityRoutes({ weather, pool }: Pick<Services, 'weather' | 'pool'>) {
  const qualityOf = async (orgId: string, id: string) =>
    (await pool.run('rateWeather', { data: await weather.data(orgId, id) }, { caller: orgId, isAnswer: true })).result;
  return [
    endpoint({
      id: 'getWeatherQuality',
      method: 'get',
      path: '/v1/weather/:id/quality',
      tag: 'Weather',
      summary: 'Rate a weather dataset: closure, clock, level, sums and doubts',
      scope: 'weather:read',
      response: weatherQualitySchema,
      handler: async ({ principal: { orgId }, params: { id } }) => {
        const row = await weather.get(orgId, id);
        return qualityAnswer(row, await qualityOf(orgId, id));
      },
    }),
    endpoint({
      id: 'getWeatherQualityPicture',
      method: 'get',
      path: '/v1/weather/:id/quality.svg',
      tag: 'Weather',
      summary: 'Draw the mean day of a weather dataset against a clear sky',
      scope: 'weather:read',
      produces: fileTypes(SVG),
      handler: async ({ principal: { orgId }, params: { id }, request, response }) => {
        setFileType(request, response, SVG).send(qualityPicture(await qualityOf(orgId, id)));
      },
    }),
  ];
}
