import { Button, type ButtonProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';

interface ConfirmButtonProps extends ButtonProps {
  children: string;
  onConfirm: () => void;
}

/** For what cannot be undone and is quickly made anew: the first click asks, the second does it. */
export function ConfirmButton({ children, onConfirm, ...props }: ConfirmButtonProps) {
  const text = useText();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => setAsked(false), 6000);
    return () => clearTimeout(timer);
  }, [asked]);
  const click = () => {
    setAsked(!asked);
    if (asked) onConfirm();
  };
  return (
    <Button color="red" variant={asked ? 'filled' : 'outline'} {...props} onClick={click} aria-live="polite">
      {asked ? text('common.confirm', { what: children }) : children}
    </Button>
  );
}
