import { Box, Title, useComputedColorScheme } from '@mantine/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { DataTable } from './DataTable.tsx';

export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface ChartProps {
  readonly title: string;
  /** ECharts' option; the chart sets colours of text and lines by the theme. */
  readonly option: EChartsCoreOption;
  /** The same numbers for readers who do not see the chart */
  readonly table: ChartTable;
  readonly height?: number;
  readonly onPick?: (index: number) => void;
}

/** A chart on a canvas, with its numbers as a table below. */
export function Chart({ title, option, table, height = 280, onPick }: ChartProps) {
  const t = useTranslations('common');
  const canvas = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  // What the chart shows and calls, for the moment when ECharts has been loaded
  const shown = useRef(option);
  const picked = useRef(onPick);
  const heading = useId();
  const scheme = useComputedColorScheme('light');

  useEffect(() => {
    let isGone = false;
    const observer = new ResizeObserver(() => chart.current?.resize());
    void import('./echarts.ts').then(({ init }) => {
      if (isGone || !canvas.current) return;
      chart.current = init(canvas.current, scheme === 'dark' ? 'dark' : undefined);
      chart.current.setOption(shown.current);
      chart.current.on('click', ({ dataIndex }) => picked.current?.(dataIndex));
      observer.observe(canvas.current);
    });
    return () => {
      isGone = true;
      observer.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, [scheme]);

  useEffect(() => {
    picked.current = onPick;
    shown.current = {
      backgroundColor: 'transparent',
      animationDuration: 200,
      grid: { left: 8, right: 16, top: 36, bottom: 28, containLabel: true },
      tooltip: { trigger: 'axis', confine: true },
      ...option,
    };
    chart.current?.setOption(shown.current, { notMerge: true });
  }, [option, onPick]);

  return (
    <Box component="section" aria-labelledby={heading}>
      <Title order={3} size="h5" id={heading}>
        {title}
      </Title>
      <Box ref={canvas} h={height} aria-hidden />
      <details>
        <Box component="summary" fz="sm" style={{ cursor: 'pointer' }}>
          {t('table')}
        </Box>
        <DataTable label={title} {...table} minWidth={320} maxHeight={320} />
      </details>
    </Box>
  );
}
