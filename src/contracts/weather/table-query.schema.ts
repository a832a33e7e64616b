/** What a query says about a weather file of format csv: a table whose columns have any names and units. */
import { z } from 'zod';
import { byColumnJson, tableFormat } from '../common/table-query.schema.ts';

const number = (min: number, max: number) => z.coerce.number().min(min).max(max).optional();

export const tableQuery = {
  columns: byColumnJson.describe(
    'Columns of the file by the names here, as JSON: `{"time": "Date Time", "ghi_w_m2": "GHI", "temp_air_c": "Tamb"}`. The time may also be in `date` and `time`, or in `year`, `month`, `day`, `hour`, `minute`',
  ),
  column_units: byColumnJson.describe(
    'Units of columns, if the file states none or wrong ones, as JSON: `{"ghi_w_m2": "kWh/m2", "wind_speed_m_s": "km/h"}`',
  ),
  ...tableFormat,
  utc_offset_h: number(-12, 14).describe("Standard time minus UTC, of the file's clock [h]"),
  time_label: z
    .enum(['start', 'centre', 'end'])
    .optional()
    .describe('Whether a time is the start, the centre or the end of its record'),
  poa_tilt_deg: number(0, 90).describe('Tilt from horizontal of the plane of the column `poa_w_m2` [deg]; 0 to 90'),
  poa_azimuth_deg: number(0, 360).describe(
    'Azimuth, clockwise from north, of the plane of the column `poa_w_m2` [deg]; 0 to 360',
  ),
  poa_albedo: number(0, 1).describe(
    'Albedo of the ground before the plane of the column `poa_w_m2` [1]; absent: 0.25, as in pvlib, irradiance.gti_dirint',
  ),
  latitude_deg: number(-90, 90).describe(
    'Latitude, positive in the north, of a table; without it, that of the site [deg]',
  ),
  longitude_deg: number(-180, 180).describe(
    'Longitude, positive in the east, of a table; without it, that of the site [deg]',
  ),
  elevation_m: number(-500, 9000).describe('Elevation above sea level, of a table; without it, that of the site [m]'),
};
