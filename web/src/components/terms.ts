/** Names of inputs and results in words: the same as in reports. */
import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../settings.tsx';

const TEXTS = {
  en: async () => (await import('../../../src/services/reports/text/en.ts')).en as Readonly<Record<string, string>>,
  de: async () => (await import('../../../src/services/reports/text/de.ts')).de as Readonly<Record<string, string>>,
};

/** Returns a function that gives the words for a name such as `inverter_clipping`, else the name itself, readable. */
export function useTerm(): (name: string) => string {
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ['terms', language],
    queryFn: TEXTS[language],
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (name) => data?.[`term.${name}`] ?? name.replaceAll('_', ' ');
}
