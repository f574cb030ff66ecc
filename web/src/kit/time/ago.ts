import { useCallback } from 'react';
import { useLanguage } from '../../i18n/text.ts';

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** `3 hours ago`, in the largest unit of which there is one. */
export function useAgo(): (moment: string) => string {
  const language = useLanguage();
  return useCallback(
    (moment) => {
      const difference = Date.parse(moment) - Date.now();
      const [unit, size] = steps.find(([, length]) => Math.abs(difference) >= length) ?? ['minute', 60_000];
      return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.round(difference / size), unit);
    },
    [language],
  );
}
