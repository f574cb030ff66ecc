import { PasswordInput } from '@mantine/core';
import { useText } from '../../i18n/text.ts';

interface NewPasswordProps {
  label: string;
  value: string;
  onChange: (password: string) => void;
  /** The server found it too weak. */
  isRefused: boolean;
}

/** The only rules are length and that it is not guessed first; the server holds them. */
export function NewPassword({ label, value, onChange, isRefused }: NewPasswordProps) {
  const text = useText();
  return (
    <PasswordInput
      label={label}
      description={text('password.rule')}
      error={isRefused ? text('password.refused') : undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="new-password"
      minLength={10}
      maxLength={200}
      required
      visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
    />
  );
}
