/** One thread of the sweep: prepares its site once, then answers each range of candidates with their best energy. */
import { parentPort } from 'node:worker_threads';
import { annualEnergyKwh } from '../../src/solar/year/candidate.ts';
import { prepareSite } from '../../src/solar/year/simulate.ts';
import { PREPARATION, SYSTEM } from './inputs.ts';
import { parseWeather } from '../../src/weather/parse.ts';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';

const site = prepareSite(parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro }), PREPARATION);

/** Orientations spread over tilts 0 to 90 and the southern half of the azimuths. */
function energyOf(candidate: number): number {
  const tiltDeg = (candidate * 7) % 91;
  const azimuthDeg = 90 + ((candidate * 37) % 181);
  return annualEnergyKwh(site, { ...SYSTEM, mounting: { type: 'fixed', tiltDeg, azimuthDeg } });
}

parentPort?.on('message', ({ from, to }: { readonly from: number; readonly to: number }) => {
  let best = 0;
  for (let candidate = from; candidate < to; candidate++) best = Math.max(best, energyOf(candidate));
  parentPort?.postMessage(best);
});
parentPort?.postMessage('ready');
