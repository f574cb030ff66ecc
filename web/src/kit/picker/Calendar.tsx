import { DatePicker, DatesProvider } from '@mantine/dates';
import '@mantine/dates/styles.css';
import 'dayjs/locale/es';
import 'dayjs/locale/ru';
import { useLanguage, useText } from '../../i18n/text.ts';

export type Draft = [from: string | null, to: string | null];

interface CalendarProps {
  value: Draft;
  /** Where it opens. */
  from: string;
  /** The last day that can be chosen. */
  to: string;
  onChange: (draft: Draft) => void;
}

/** Two clicks choose a first and a last day. */
export function Calendar({ value, from, to, onChange }: CalendarProps) {
  const text = useText();
  return (
    <DatesProvider settings={{ locale: useLanguage(), firstDayOfWeek: 1 }}>
      <DatePicker
        type="range"
        allowSingleDateInRange
        value={value}
        onChange={onChange}
        defaultDate={from}
        maxDate={to}
        size="xs"
        ariaLabels={{ previousMonth: text('picker.previousMonth'), nextMonth: text('picker.nextMonth') }}
      />
    </DatesProvider>
  );
}
