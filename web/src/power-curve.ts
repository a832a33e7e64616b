/** The curve of a turbine, as people paste it. */
export interface PastedCurve {
  wind_speed_m_s: number[];
  power_kw: number[];
  thrust_coefficient?: number[];
}

/**
 * Columns of a pasted curve: wind speed, power and, where it has one, thrust coefficient. A comma separates nothing: it may be
 * a decimal sign, so the API refuses the number in place of reading two.
 */
export function curveOf(text: string): PastedCurve {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) =>
      line
        .trim()
        .split(/[\s;]+/)
        .map(Number),
    );
  const column = (k: number): number[] => rows.map((row) => row[k]);
  return {
    wind_speed_m_s: column(0),
    power_kw: column(1),
    ...(rows.some((row) => row.length > 2) && { thrust_coefficient: column(2) }),
  };
}
