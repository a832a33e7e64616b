import { expect, test } from '@jest/globals';
import type { ReadWeather } from '../../weather/tasks.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Logger } from '../../adapters/observability/logger.ts';
import type { ProvidedWeather, Providers } from '../../adapters/providers/index.ts';
import { WeatherFetcher } from './provided-weather.ts';
import type { WeatherDatasets } from './weather-datasets.ts';

type Fetched = ProvidedWeather<ReadWeather>;

/** A fetcher whose provider answers when the test says so. */
function fetcher(limitMs = 30_000) {
  const downloads: { resolve(year: Fetched): void; reject(error: Error): void }[] = [];
  const told: string[] = [];
  const stored: string[] = [];
  const stopping = new AbortController();
  const pvgis = {
    title: 'PVGIS',
    fetch: (_request: object, signal: AbortSignal) =>
      new Promise<Fetched>((resolve, reject) => {
        downloads.push({ resolve, reject });
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  const made = new WeatherFetcher({
    providers: { pvgis } as unknown as Providers<ReadWeather>,
    datasets: {
      store: async (orgId: string, _year: ReadWeather, { name }: { name: string }) => {
        stored.push(`${orgId} ${name}`);
        return { id: `wth_${stored.length}` };
      },
    } as unknown as WeatherDatasets,
    limitMs,
    stopping: stopping.signal,
    log: { warning: (line: string) => told.push(line) } as unknown as Logger,
  });
  const ask = (orgId: string, latitudeDeg = 45) =>
    made.fetch(orgId, { provider: 'pvgis', latitudeDeg, longitudeDeg: 8, period: 'typical' });
  return { ask, downloads, told, stored, stopping };
}
const answer = {
  year: {},
  raw: { bytes: new Uint8Array() },
  cached: false,
  attribution: 'PVGIS',
} as unknown as Fetched;

test('requests for the same place share one download, and each gets a dataset of its own', async () => {
  const { ask, downloads, stored } = fetcher();
  const both = [ask('org_1'), ask('org_2', 45.00001)];
  expect(downloads).toHaveLength(1);
  downloads[0].resolve(answer);
  expect((await Promise.all(both)).map(({ row }) => row.id)).toEqual(['wth_1', 'wth_2']);
  expect(stored).toEqual(['org_1 PVGIS typical year', 'org_2 PVGIS typical year']);
  const later = ask('org_1');
  expect(downloads).toHaveLength(2);
  downloads[1].resolve(answer);
  await later;
});

test('the 17th download at once is refused for a while, a share in one of them is not', async () => {
  const { ask, downloads } = fetcher();
  const first = Array.from({ length: 16 }, (_, i) => ask('org_1', i));
  await expect(ask('org_1', 50)).rejects.toMatchObject({ code: 'service.unavailable', retryAfterS: 15 });
  first.push(ask('org_2', 3));
  for (const { resolve } of downloads) resolve(answer);
  await Promise.all(first);
  const later = ask('org_1', 50);
  expect(downloads).toHaveLength(17);
  downloads[16].resolve(answer);
  await later;
});

test('after the limit the request ends and the download continues; its late failure is reported to operators', async () => {
  const { ask, downloads, told, stored } = fetcher(20);
  await expect(ask('org_1')).rejects.toMatchObject({ code: 'provider.timeout', retryAfterS: 15 });
  const again = ask('org_1');
  expect(downloads).toHaveLength(1);
  downloads[0].reject(new AppError('provider.unavailable', 'away'));
  await expect(again).rejects.toMatchObject({ code: 'provider.unavailable' });
  expect([told, stored]).toEqual([['PVGIS failed after its request had been answered'], []]);
});

test('a process that stops ends its downloads', async () => {
  const { ask, stopping } = fetcher();
  const waiting = ask('org_1');
  stopping.abort(new AppError('service.unavailable', 'This process is stopping'));
  await expect(waiting).rejects.toMatchObject({ code: 'service.unavailable' });
});
