/** The interface's languages, and how values are written in each. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { ar, type Words } from './ar.ts';
import { en } from './en.ts';

export type Language = 'ar' | 'en';

/** A language with all that depends on it. */
export interface Tongue {
  readonly language: Language;
  readonly words: Words;
  readonly number: (value: number) => string;
}

// Western digits in both: values, offsets and code stand beside each other.
const LOCALES: Record<Language, string> = { ar: 'ar-u-nu-latn', en: 'en-GB' };

function tongue(language: Language, words: Words): Tongue {
  const format = new Intl.NumberFormat(LOCALES[language]);
  return { language, words, number: (value) => format.format(value) };
}

/** The languages by their tags. */
export const TONGUES: Record<Language, Tongue> = { ar: tongue('ar', ar), en: tongue('en', en) };

/** The locale in which a language writes numbers and dates. */
export function locale({ language }: Tongue): string {
  return LOCALES[language];
}

export const TongueContext = createContext(TONGUES.ar);

/** The language of the interface, inside a component. */
export function useTongue(): Tongue {
  return useContext(TongueContext);
}

/** The first of the reader's languages that the page speaks; Arabic where it speaks none. */
export function preferred(languages: readonly string[]): Language {
  for (const tag of languages) {
    if (tag.startsWith('ar')) return 'ar';
    if (tag.startsWith('en')) return 'en';
  }
  return 'ar';
}
