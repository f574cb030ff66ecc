import { Skeleton, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';

/** Nothing for 200 ms, so that a fast answer does not blink; then the shape of what is coming. */
export function Loading({ rows = 3, height = 32 }: { rows?: number; height?: number }) {
  const text = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <Stack gap="sm" p="md" role="status" aria-label={text('common.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} />
      ))}
    </Stack>
  );
}
