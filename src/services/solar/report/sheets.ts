/** Sheets of the workbook and files of the data pack of a solar job. */
import type { DataSheet } from '../../../documents/model.ts';
import { shownName } from '../../../series/columns.ts';
import type { SolarJob } from './load.ts';
import { monthlyOf } from './monthly.ts';
import { stringVoltages } from './voltages.ts';

export function solarSheets(job: SolarJob, prefix = ''): DataSheet[] {
  const { system } = job;
  const monthly = monthlyOf(job.hourly);
  const months = Array.from({ length: 12 }, (_, m) => m + 1);
  return [
    {
      name: `${prefix}monthly`,
      columns: [
        { name: 'month', values: months },
        ...(monthly
          ? [
              { name: 'ghi_kwh_m2', values: monthly.ghi },
              { name: 'dni_kwh_m2', values: monthly.dni },
              { name: 'dhi_kwh_m2', values: monthly.dhi },
              { name: 'poa_kwh_m2', values: monthly.poa },
              ...(monthly.effective ? [{ name: 'poa_effective_kwh_m2', values: monthly.effective }] : []),
              { name: 'monthly_dc_energy_kwh', values: monthly.arrayKwh },
              { name: 'temp_air_c', values: monthly.tempC },
            ]
          : []),
        { name: 'monthly_energy_kwh', values: system.monthly_energy_kwh },
      ],
    },
    {
      name: `${prefix}losses`,
      columns: [
        { name: 'step', values: ['start', ...system.waterfall.steps.map(({ name }) => name)] },
        { name: 'change_kwh', values: [null, ...system.waterfall.steps.map(({ change_kwh }) => change_kwh)] },
        {
          name: 'remaining_kwh',
          values: [system.waterfall.start_kwh, ...system.waterfall.steps.map(({ remaining_kwh }) => remaining_kwh)],
        },
      ],
    },
    ...voltageSheets(job, prefix),
    ...job.hourly.map(
      ({ columns }, year): DataSheet => ({
        name: `${prefix}hourly${job.hourly.length > 1 ? `_${year + 1}` : ''}`,
        columns: Object.entries(columns).map(([name, values]) => ({ name: shownName(name), values })),
        // The workbook holds one year of hours; the data pack all of them.
        workbookRows: year === 0 ? 17_568 : 0,
        instants: ['time'],
      }),
    ),
  ];
}

function voltageSheets(job: SolarJob, prefix: string): DataSheet[] {
  const all = stringVoltages(job);
  const names = {
    modules_per_string: 'modulesPerString',
    coldest_cell_c: 'coldC',
    coldest_open_circuit_v: 'coldOpenV',
    coldest_mpp_v: 'coldMppV',
    standard_mpp_v: 'standardMppV',
    hottest_cell_c: 'hotC',
    hottest_mpp_v: 'hotMppV',
    max_dc_v: 'maxDcV',
    mpp_min_v: 'mppMinV',
    mpp_max_v: 'mppMaxV',
  } as const;
  if (all.length === 0) return [];
  return [
    {
      name: `${prefix}string_voltages`,
      columns: Object.entries(names).map(([name, key]) => ({ name, values: all.map((one) => one[key]) })),
    },
  ];
}
