/** What stands round everything: the name, the language, the appearance. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Language, preferred, TongueContext, TONGUES, useTongue } from '../words/index.ts';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

/** What the reader chose before; nothing where the browser keeps nothing. */
function kept(name: string): string | null {
  try {
    return localStorage.getItem(`isnad.${name}`);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`isnad.${name}`, value);
  } catch {
    // It is then chosen anew next time.
  }
}

/** The reader's language, and how to change it. */
function useLanguage(): [Language, (language: Language) => void] {
  const before = kept('language');
  const [language, setLanguage] = useState<Language>(before === 'ar' || before === 'en' ? before : preferred(navigator.languages));
  useEffect(() => {
    const { words } = TONGUES[language];
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
    document.title = words.title;
  }, [language]);
  return [language, (next) => (keep('language', next), setLanguage(next))];
}

function Themes() {
  const { words } = useTongue();
  const [theme, setTheme] = useState<Theme>(THEMES.find((each) => each === kept('theme')) ?? 'auto');
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <label class="theme">
      <span class="sr">{words.theme}</span>
      <select
        value={theme}
        onChange={(event) => {
          const next = THEMES.find((each) => each === event.currentTarget.value) ?? 'auto';
          keep('theme', next);
          setTheme(next);
        }}
      >
        {THEMES.map((each) => (
          <option key={each} value={each}>
            {words.themes[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Frame({ children, footer }: { children: ComponentChildren; footer?: ComponentChildren }) {
  const [language, setLanguage] = useLanguage();
  const tongue = TONGUES[language];
  const { words } = tongue;
  const other: Language = language === 'ar' ? 'en' : 'ar';
  return (
    <TongueContext.Provider value={tongue}>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), document.getElementById('main')?.focus())}>
        {words.skip}
      </a>
      <header class="head">
        <h1>
          <span class="brand">{words.brand}</span>
        </h1>
        <p class="tagline">{words.tagline}</p>
        <div class="settings">
          <Themes />
          <button type="button" class="quiet" lang={other} title={words.languageHint} onClick={() => setLanguage(other)}>
            {words.language}
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {footer}
    </TongueContext.Provider>
  );
}
