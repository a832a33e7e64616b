/** Language and theme of the dashboard, which stay with the browser. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { IntlProvider } from 'use-intl';
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
export function useDraft<Value>(name: string, initial: Value): [Value, (value: Value) => void, () => void] {
  const key = `tessellate.draft.${name}`;
  const [value, setValue] = useState<Value>(() => {
    const kept = sessionStorage.getItem(key);
    return kept === null ? initial : { ...initial, ...(JSON.parse(kept) as Value) };
  });
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(value)), [key, value]);
  return [value, setValue, () => sessionStorage.removeItem(key)];
}
