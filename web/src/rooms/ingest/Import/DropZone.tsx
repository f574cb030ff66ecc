import { Button, FileButton, Text } from '@mantine/core';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../../i18n/text.ts';
import style from './Import.module.css';

const workbooks = '.xlsx,.xlsm,.xls,.csv';

/** Files may be dropped anywhere on the page; the frame only says so. */
export function DropZone({ onFiles, isSmall }: { onFiles: (files: File[]) => void; isSmall: boolean }) {
  const text = useText();
  const isOver = useDrop(onFiles);
  return (
    <div className={style.zone} data-small={isSmall || undefined}>
      <IconFileSpreadsheet size={isSmall ? 24 : 40} stroke={1.3} aria-hidden />
      <div>
        <Text fw={600}>{text('import.drop')}</Text>
        {!isSmall && (
          <Text size="sm" c="dimmed">
            {text('import.dropText')}
          </Text>
        )}
      </div>
      <FileButton multiple accept={workbooks} onChange={onFiles} inputProps={{ 'aria-label': text('import.choose') }}>
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={16} />}>
            {text('import.choose')}
          </Button>
        )}
      </FileButton>
      {isOver && (
        <div className={style.over}>
          <IconFileSpreadsheet size={48} stroke={1.2} aria-hidden />
          <Text size="lg" fw={600}>
            {text('import.release')}
          </Text>
        </div>
      )}
    </div>
  );
}

function useDrop(onFiles: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  }, [onFiles]);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const count = (step: number) => (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth + step);
      setOver(depth > 0);
    };
    const enter = count(1);
    const leave = count(-1);
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    const handlers = { dragenter: enter, dragleave: leave, dragover: over, drop } as const;
    for (const [name, handler] of Object.entries(handlers)) window.addEventListener(name, handler as EventListener);
    return () => {
      for (const [name, handler] of Object.entries(handlers)) window.removeEventListener(name, handler as EventListener);
    };
  }, []);
  return isOver;
}
