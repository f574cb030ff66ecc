import { Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useLanguage, useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { Refused } from '../session.ts';
import style from './SignIn.module.css';

/** Why somebody was not let in, and what to do: wait so long, try again, or ask an administrator. */
export function Refusal({ error, byPassword }: { error: Error; byPassword: boolean }) {
  const text = useText();
  const language = useLanguage();
  const wait = error instanceof Refused ? error.retryAfterSeconds : null;
  const isWrong = byPassword && error instanceof Refused && error.status === 401;
  if (wait === null && !isWrong) return <Problem error={error} />;
  return (
    <div className={style.refusal} role="alert">
      <IconLock size={20} stroke={1.6} aria-hidden />
      <Stack gap="xs">
        <Text fw={600}>{wait === null ? text('signIn.wrong') : text('signIn.locked', { time: waitText(wait, language) })}</Text>
        <Text size="sm">{wait === null ? text('signIn.wrongAdvice') : text('signIn.lockedAdvice')}</Text>
      </Stack>
    </div>
  );
}

/** Whole minutes, upwards: nobody should come back too early. */
function waitText(seconds: number, language: string): string {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
