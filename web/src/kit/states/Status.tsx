import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconClock, IconLoader2, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import style from './states.module.css';

export type Tone = 'good' | 'risk' | 'bad' | 'quiet' | 'busy' | 'undone';

const signs = { good: IconCheck, risk: IconAlertTriangle, bad: IconX, quiet: IconClock, busy: IconLoader2, undone: IconArrowBackUp } as const;

/** Never colour alone: a sign and a word say the same. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Sign = signs[tone];
  return (
    <span className={style.status} data-tone={tone === 'undone' ? 'quiet' : tone}>
      <Sign size={14} stroke={2} aria-hidden />
      {children}
    </span>
  );
}
