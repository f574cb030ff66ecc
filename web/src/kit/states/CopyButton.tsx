import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';

export function CopyButton({ value, label }: { value: string; label?: string }) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  const name = copied ? text('common.copied') : (label ?? text('common.copy'));
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <Tooltip label={name}>
      <ActionIcon size="sm" aria-label={name} onClick={() => void copy()}>
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  );
}
