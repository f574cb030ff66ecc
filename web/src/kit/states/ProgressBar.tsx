import { Progress } from '@mantine/core';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import style from './states.module.css';

interface ProgressBarProps {
  label: string;
  percent: number;
  /** Rows per second. */
  rate: number | null;
  secondsLeft: number | null;
}

export function ProgressBar({ label, percent, rate, secondsLeft }: ProgressBarProps) {
  const text = useText();
  const format = useFormat();
  return (
    <div className={style.progress}>
      <div className={style.progressLine}>
        <span>{label}</span>
        <span>
          {text('progress.percent', { percent: format.number(percent) })}
          {rate !== null && ` · ${text('progress.rate', { rate: format.number(rate) })}`}
          {secondsLeft !== null && ` · ${text('progress.left', { time: format.duration(secondsLeft * 1000) })}`}
        </span>
      </div>
      <Progress.Root size="lg">
        <Progress.Section value={percent} animated={percent < 100} aria-label={label} />
      </Progress.Root>
    </div>
  );
}
