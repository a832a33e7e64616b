/** Language, theme and units of the dashboard, which stay with the browser. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { IntlProvider } from 'use-intl';
import type { UnitSystem } from '../../src/lib/units.ts';
import { de } from './messages/de.ts';
import { en, type Messages } from './messages/en.ts';

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
    Locale: Language;
  }
}

export type Language = 'en' | 'de';
const MESSAGES: Readonly<Record<Language, Messages>> = { en, de };
const KEY = 'tessellate.language';

const LanguageContext = createContext<{ language: Language; setLanguage: (language: Language) => void }>({
  language: 'en',
  setLanguage: () => undefined,
});
export const useLanguage = () => useContext(LanguageContext);

const UNITS_KEY = 'tessellate.units';
const UnitsContext = createContext<{ units: UnitSystem; setUnits: (units: UnitSystem) => void }>({
  units: 'metric',
  setUnits: () => undefined,
});
/** The units that numbers are shown and typed in; requests and answers have those of the API. */
export const useUnits = () => useContext(UnitsContext);

export function UnitsProvider({ children }: { readonly children: ReactNode }) {
  const [units, setUnits] = useState<UnitSystem>(() =>
    localStorage.getItem(UNITS_KEY) === 'imperial' ? 'imperial' : 'metric',
  );
  useEffect(() => localStorage.setItem(UNITS_KEY, units), [units]);
  return <UnitsContext value={{ units, setUnits }}>{children}</UnitsContext>;
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => {
    const kept = localStorage.getItem(KEY) ?? navigator.language.slice(0, 2);
    return kept === 'de' ? 'de' : 'en';
  });
  useEffect(() => {
    localStorage.setItem(KEY, language);
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageContext value={{ language, setLanguage }}>
      <IntlProvider
        locale={language}
        messages={MESSAGES[language]}
        timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
      >
        {children}
      </IntlProvider>
    </LanguageContext>
  );
}

/** A draft of a form, kept in the browser until it is cleared, so that a reload or an ended session loses nothing. */
export function useDraft<Value>(name: string, initial: Value): [Value, SetDraft<Value>, () => void] {
  const key = `tessellate.draft.${name}`;
  const read = (): Value => {
    const kept = sessionStorage.getItem(key);
    return kept === null ? initial : { ...initial, ...(JSON.parse(kept) as Value) };
  };
  const [value, setValue] = useState<Value>(read);
  const set: SetDraft<Value> = (change) => {
    const next = change(read());
    sessionStorage.setItem(key, JSON.stringify(next));
    setValue(next);
  };
  return [value, set, () => sessionStorage.removeItem(key)];
}
/** Changes the newest draft, so that an act can be undone from another page and after further changes. */
type SetDraft<Value> = (change: (now: Value) => Value) => void;
