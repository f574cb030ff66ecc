import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/text.ts';

interface SidePanelProps {
  title: ReactNode;
  /** At most so many pixels wide. */
  width?: number;
  opened?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** What is opened beside the page: one row of it, or what makes one. */
export function SidePanel({ title, width = 560, opened = true, onClose, children }: SidePanelProps) {
  const text = useText();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={`min(${width}px, 100vw)`}
      title={title}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      {children}
    </Drawer>
  );
}
