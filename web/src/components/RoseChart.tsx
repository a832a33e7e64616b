import { useTranslations } from 'use-intl';
import { Chart } from './Chart.tsx';
import { useNumbers } from './numbers.ts';

interface RoseSector {
  readonly wind_direction_deg: number;
  readonly frequency: number;
  readonly wind_speed_mean_m_s: number | null;
}

/** How often the wind comes from each direction, and how strong it is on average. */
export function RoseChart({ sectors }: { readonly sectors: readonly RoseSector[] }) {
  const t = useTranslations('result');
  const { number, percent, unit, inUnit } = useNumbers();
  const names = sectors.map(({ wind_direction_deg }) => `${number(wind_direction_deg)}°`);
  return (
    <Chart
      title={t('rose')}
      height={360}
      option={{
        tooltip: { trigger: 'item' },
        polar: { radius: '72%' },
        // North is up, and a sector's bar stands on its direction.
        angleAxis: { type: 'category', data: names, startAngle: 90 + 180 / sectors.length },
        radiusAxis: { axisLabel: { formatter: '{value} %' } },
        series: [
          {
            type: 'bar',
            coordinateSystem: 'polar',
            name: t('frequency'),
            data: sectors.map(({ frequency }) => 100 * frequency),
          },
        ],
      }}
      table={{
        head: [t('direction'), t('frequency'), `${t('meanSpeed')} [${unit('m/s')}]`],
        rows: sectors.map(({ frequency, wind_speed_mean_m_s }, k) => [
          names[k],
          percent(100 * frequency, 2),
          wind_speed_mean_m_s === null ? '–' : number(inUnit(wind_speed_mean_m_s, 'm/s'), 2),
        ]),
      }}
    />
  );
}
