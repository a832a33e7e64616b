/** Parse time of each weather format: a real year of 8,760 records from bytes in memory to a checked `WeatherYear`. */
import { parseWeather } from '../../src/weather/parse.ts';
import { WEATHER, weatherFile, weatherText } from '../../test/support/fixtures.ts';
import { pvgisSeriesCsv, textOf } from '../../test/support/weather-files.ts';

const ROUNDS = 40;
const WARM_UP = 10;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const greensboro = () => parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro });

/** The file of each benchmark, made when it runs. */
const FILES: Readonly<Record<string, () => Uint8Array>> = {
  tmy3: () => encode(weatherText(WEATHER.greensboro)),
  tmy3_gzip: () => weatherFile(WEATHER.greensboro),
  tm2: () => encode(textOf.tm2(greensboro())),
  epw: () => encode(textOf.epw(greensboro())),
  sam_csv: () => encode(textOf['sam-csv'](greensboro())),
  pvgis_csv: () => encode(weatherText(WEATHER.pvgis)),
  pvgis_series_csv: () => encode(pvgisSeriesCsv(2019, greensboro())),
  pvgis_json: () => encode(textOf['pvgis-json'](greensboro())),
  nasa_power_json: () => encode(textOf['nasa-power-json'](greensboro())),
  open_meteo_json: () => encode(textOf['open-meteo-json'](greensboro())),
};

export const benchmarks: { name: string; unit: string; run(): Promise<number[]> }[] = Object.entries(FILES).map(
  ([format, file]) => ({
    name: `weather.parse_${format}_ms`,
    unit: 'ms',
    async run() {
      const bytes = file();
      const samples: number[] = [];
      for (let round = -WARM_UP; round < ROUNDS; round++) {
        const start = performance.now();
        const year = parseWeather(bytes, { name: format });
        const elapsed = performance.now() - start;
        if (year.timeMs.length !== 8760) throw new Error(`${format}: ${year.timeMs.length} records, expected 8760`);
        if (round >= 0) samples.push(elapsed);
      }
      return samples;
    },
  }),
);
