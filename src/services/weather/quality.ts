/** The quality of a weather dataset as it is answered, and its picture. */
import type { WeatherRow } from '../../adapters/database/tables/weather.ts';
import type { WeatherQualityAnswer } from '../../contracts/weather/quality.schema.ts';
import { lineChart } from '../../documents/charts/charts.ts';
import { FULL_WIDTH } from '../../documents/model.ts';
import { sceneFile } from '../../documents/scene-svg.ts';
import type { WeatherQuality } from '../../weather/quality.ts';
import { REQUIRED_QUANTITIES } from '../../weather/series.ts';

/** Puts the figures of a year into the names of the API. @param row the dataset, whose doubts were found at its upload */
export function qualityAnswer(
  { row_count, summary, warnings }: Pick<WeatherRow, 'row_count' | 'summary' | 'warnings'>,
  quality: WeatherQuality,
): WeatherQualityAnswer {
  const { clock, monthly, max, min, mean, meanDay, clearSkyIndex } = quality;
  const { nInterpolatedValues } = summary.gaps;
  return {
    closure_pct: quality.closurePct,
    monthly_closure_pct: [...quality.monthlyClosurePct],
    clock: {
      residual: clock.residual,
      shift_h: clock.shiftH,
      shifted_residual: clock.shiftedResidual,
      noon_shift_h: clock.noon?.shiftH ?? null,
      noon_shift_lower_h: clock.noon?.lowerH ?? null,
      noon_shift_upper_h: clock.noon?.upperH ?? null,
      n_clear_days: clock.nClearDays,
    },
    monthly_ghi_kwh_m2: [...monthly.ghiKwhM2],
    monthly_dni_kwh_m2: [...monthly.dniKwhM2],
    monthly_dhi_kwh_m2: [...monthly.dhiKwhM2],
    monthly_clear_sky_ghi_kwh_m2: [...monthly.clearSkyGhiKwhM2],
    mean_day: {
      ghi_w_m2: [...meanDay.ghiWm2],
      closed_ghi_w_m2: [...meanDay.closedWm2],
      clear_sky_ghi_w_m2: [...meanDay.clearSkyGhiWm2],
    },
    clear_sky_index_upper: clearSkyIndex?.upper ?? null,
    clear_sky_index_median: clearSkyIndex?.median ?? null,
    night_pct: quality.nightPct,
    impossible_pct: quality.impossiblePct,
    max_ghi_w_m2: max.ghiWm2,
    max_dni_w_m2: max.dniWm2,
    max_dhi_w_m2: max.dhiWm2,
    temp_air_min_c: min.tempAirC,
    temp_air_mean_c: mean.tempAirC,
    temp_air_max_c: max.tempAirC,
    wind_speed_mean_m_s: mean.windSpeedMPerS,
    wind_speed_max_m_s: max.windSpeedMPerS,
    pressure_mean_pa: mean.pressurePa,
    missing_pct: (100 * nInterpolatedValues) / (row_count * REQUIRED_QUANTITIES.length),
    warnings: [...warnings],
  };
}

/**
 * Draws the mean day by the file's clock against a clear sky. A shifted clock moves the day to one side; irradiances that do
 * not belong together part the two lower lines.
 */
export function qualityPicture({ meanDay }: WeatherQuality): string {
  const line = (name: string, values: readonly number[]) => ({
    name,
    points: values.map((value, hour) => [hour + 0.5, value] as const),
  });
  const scene = lineChart({
    width: FULL_WIDTH,
    height: 260,
    series: [
      line('global', meanDay.ghiWm2),
      line('direct on the horizontal + diffuse', meanDay.closedWm2),
      line('global of a clear sky', meanDay.clearSkyGhiWm2),
    ],
    xTitle: "hour of the file's clock",
    yTitle: 'mean irradiance, W/m²',
    xFormat: (hour) => String(hour),
    yFormat: (value) => String(Math.round(value)),
    fromZero: true,
  });
  const top = meanDay.ghiWm2.indexOf(Math.max(...meanDay.ghiWm2));
  return sceneFile(
    scene,
    `The mean day of a year of weather: global irradiance is highest between ${top} and ${top + 1} o'clock with ${Math.round(meanDay.ghiWm2[top])} W/m².`,
  );
}
