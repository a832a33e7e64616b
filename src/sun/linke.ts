/** Linke turbidity if none is measured: monthly means from a table of the world. */
import { AppError } from '../contracts/common/app-error.ts';
import { LINKE_TABLE } from './linke-table.ts';

const STEP_DEG = 5;
const ROWS = 180 / STEP_DEG;
const COLUMNS = 360 / STEP_DEG;
const MONTHS = 12;

let table: Uint8Array | undefined;

function turbidityTable(): Uint8Array {
  table ??= Uint8Array.from(atob(LINKE_TABLE), (char) => char.charCodeAt(0));
  return table;
}

/**
 * Returns monthly Linke turbidities at a place, linear between cells of 5 degrees. Against the climatology of 1/12
 * degree, between 60 south and 60 north in January and July, the root mean square difference is 0.17 and 0.19, and 99 %
 * lie within 0.64 and 0.72.
 * @param latitudeDeg [deg] north, -90 to 90 @param longitudeDeg [deg] east, -180 to 360
 * @returns at air mass 2 [1], January first, 12
 * @throws AppError `solar.invalid_input` for a place that does not exist
 * @see Remund et al. 2003, Worldwide Linke turbidity information, ISES Solar World Congress
 */
export function linkeTurbidityMonths(latitudeDeg: number, longitudeDeg: number): Float64Array {
  if (!(Math.abs(latitudeDeg) <= 90))
    throw new AppError('solar.invalid_input', `latitude_deg is ${latitudeDeg}; expected -90 to 90`);
  if (!(longitudeDeg >= -180 && longitudeDeg <= 360))
    throw new AppError('solar.invalid_input', `longitude_deg is ${longitudeDeg}; expected -180 to 360`);
  const values = turbidityTable();
  const y = Math.min(Math.max((90 - latitudeDeg) / STEP_DEG - 0.5, 0), ROWS - 1);
  const x = (longitudeDeg + 180) / STEP_DEG - 0.5;
  const row = Math.min(Math.floor(y), ROWS - 2);
  const column = Math.floor(x);
  const [south, east] = [y - row, x - column];
  const at = (r: number, c: number, month: number): number =>
    values[(r * COLUMNS + (((c % COLUMNS) + COLUMNS) % COLUMNS)) * MONTHS + month] / 20;
  return Float64Array.from({ length: MONTHS }, (_, month) => {
    const north = at(row, column, month) * (1 - east) + at(row, column + 1, month) * east;
    const below = at(row + 1, column, month) * (1 - east) + at(row + 1, column + 1, month) * east;
    return north * (1 - south) + below * south;
  });
}

const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/**
 * Returns the turbidity of a day, linear between the middles of the months. @param months from `linkeTurbidityMonths`
 * @param dayOfYear 1 to 366
 */
export function linkeTurbidityOfDay(months: ArrayLike<number>, dayOfYear: number): number {
  const day = Math.min(dayOfYear, 365) - 0.5;
  const middle = (month: number): number => (DAYS_BEFORE[month] + DAYS_BEFORE[month + 1]) / 2;
  if (day < middle(0) || day >= middle(11)) {
    const since = day < middle(0) ? day + 365 - middle(11) : day - middle(11);
    const part = since / (365 - middle(11) + middle(0));
    return months[11] + part * (months[0] - months[11]);
  }
  let month = 0;
  while (day >= middle(month + 1)) month++;
  const part = (day - middle(month)) / (middle(month + 1) - middle(month));
  return months[month] + part * (months[month + 1] - months[month]);
}
