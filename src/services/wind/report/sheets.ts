/** Sheets of the workbook and files of the data pack of a wind job. */
import type { DataSheet } from '../../../documents/model.ts';
import { shownName } from '../../../series/columns.ts';
import { windMonthHours, windMonthly } from './energy.ts';
import { turbineElevations, utmOf } from './layout.ts';
import type { WindJob } from './wind-job.ts';
import { yieldOf } from './wind-job.ts';

export function windSheets(job: WindJob, prefix = ''): DataSheet[] {
  const windYield = yieldOf(job);
  const column = <Name extends string>(rows: readonly Readonly<Record<Name, number | string>>[], name: Name) => ({
    name,
    values: rows.map((row) => row[name]),
  });
  const monthly = windMonthly(job);
  const monthHours = windMonthHours(job);
  const elevations = turbineElevations(job);
  const utm = utmOf(windYield);
  const { sectors } = job.hubWind;
  const hasFits = sectors.length === windYield.sectors.length;
  return [
    ...(monthly
      ? [
          {
            name: `${prefix}monthly`,
            columns: [
              { name: 'month', values: monthly.map((_, m) => m + 1) },
              { name: 'monthly_energy_kwh', values: monthly },
            ],
          },
        ]
      : []),
    ...(monthHours
      ? [
          {
            name: `${prefix}month_hours`,
            columns: [
              { name: 'month', values: monthHours.flatMap((row, m) => row.map(() => m + 1)) },
              { name: 'hour', values: monthHours.flatMap((row) => row.map((_, h) => h)) },
              { name: 'mean_net_power_kw', values: monthHours.flat().map((kw) => (Number.isFinite(kw) ? kw : null)) },
            ],
          },
        ]
      : []),
    {
      name: `${prefix}losses`,
      columns: [
        { name: 'step', values: ['gross', ...windYield.losses.map(({ name }) => name)] },
        { name: 'loss_pct', values: [null, ...windYield.losses.map(({ loss_pct }) => loss_pct)] },
        {
          name: 'remaining_kwh',
          values: [windYield.annual_gross_energy_kwh, ...windYield.losses.map(({ remaining_kwh }) => remaining_kwh)],
        },
      ],
    },
    ...(windYield.curtailment
      ? [
          {
            name: `${prefix}curtailment`,
            columns: (
              [
                'type',
                'name',
                'turbine_hours',
                'curtailment_loss_kwh',
                'curtailment_loss_pct',
                'single_loss_kwh',
                'single_loss_pct',
              ] as const
            ).map((name) => ({ name, values: windYield.curtailment!.rules.map((rule) => rule[name]) })),
          },
        ]
      : []),
    {
      name: `${prefix}sectors`,
      columns: [
        ...(
          [
            'wind_direction_deg',
            'frequency',
            'wind_speed_mean_m_s',
            'annual_gross_energy_kwh',
            'annual_energy_with_wakes_kwh',
            'wake_loss_pct',
          ] as const
        ).map((name) => column(windYield.sectors, name)),
        ...(hasFits
          ? [
              { name: 'scale_m_s', values: sectors.map(({ weibull }) => weibull?.scaleMPerS ?? null) },
              { name: 'shape', values: sectors.map(({ weibull }) => weibull?.shape ?? null) },
            ]
          : []),
      ],
    },
    {
      name: `${prefix}turbines`,
      columns: [
        { name: 'number', values: windYield.turbines.map((_, k) => k + 1) },
        ...(['turbine', 'x_m', 'y_m'] as const).map((name) => column(windYield.turbines, name)),
        ...(windYield.layout.longitude_deg && windYield.layout.latitude_deg
          ? [
              { name: 'longitude_deg', values: windYield.layout.longitude_deg },
              { name: 'latitude_deg', values: windYield.layout.latitude_deg },
            ]
          : []),
        ...(utm
          ? [
              { name: 'epsg', values: utm.places.map(() => utm.epsg) },
              { name: 'easting_m', values: utm.places.map(([x]) => x) },
              { name: 'northing_m', values: utm.places.map(([, y]) => y) },
            ]
          : []),
        ...(elevations ? [{ name: 'elevation_m', values: elevations }] : []),
        ...(
          [
            'rated_kw',
            'wind_speed_mean_m_s',
            'annual_gross_energy_kwh',
            'annual_energy_with_wakes_kwh',
            'wake_loss_pct',
            'annual_energy_kwh',
            'capacity_factor_pct',
          ] as const
        ).map((name) => column(windYield.turbines, name)),
      ],
    },
    ...(job.power
      ? [
          {
            name: `${prefix}hourly`,
            columns: Object.entries(job.power.columns).map(([name, values]) => ({ name: shownName(name), values })),
            workbookRows: 17_568,
            instants: ['time'],
          },
        ]
      : []),
  ];
}
