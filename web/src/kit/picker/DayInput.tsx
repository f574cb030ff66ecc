import { DateInput, DatesProvider } from '@mantine/dates';
import '@mantine/dates/styles.css';
import 'dayjs/locale/es';
import 'dayjs/locale/ru';
import { useLanguage, useText } from '../../i18n/text.ts';

/** A typed date, always day before month as in the reports; the component's own reading is American. */
function readDay(typed: string): string | null {
  const parts = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(typed.trim());
  const day = parts ? `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}` : typed.trim();
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null;
}

interface DayInputProps {
  value: string | null;
  onChange: (day: string | null) => void;
  label?: string;
  /** Names it where there is no label. */
  name?: string;
  description?: string;
  placeholder?: string;
  required?: boolean;
  width?: string;
}

/** One day "2025-03-01", typed or chosen. */
export function DayInput({ value, onChange, label, name, description, placeholder, required, width }: DayInputProps) {
  const text = useText();
  const language = useLanguage();
  return (
    <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
      <DateInput
        size="xs"
        {...(label ? { label } : { 'aria-label': name })}
        {...(description ? { description } : {})}
        placeholder={placeholder ?? text('picker.dayFormat')}
        value={value}
        onChange={onChange}
        valueFormat="DD.MM.YYYY"
        dateParser={readDay}
        clearable={!required}
        required={required ?? false}
        {...(width ? { w: width } : {})}
      />
    </DatesProvider>
  );
}
