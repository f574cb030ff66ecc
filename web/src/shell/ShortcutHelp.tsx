import { ActionIcon, Kbd, Modal, Table, Tooltip } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconKeyboard } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { MessageKey } from '../i18n/en.ts';
import { useText } from '../i18n/text.ts';

const shortcuts: readonly (readonly [string[], MessageKey])[] = [
  [['?'], 'keys.help'],
  [['['], 'keys.navigation'],
  [['1', '2', '3', '4'], 'keys.pages'],
  [['←', '→'], 'keys.chartMove'],
  [['+', '−'], 'keys.chartZoom'],
  [['Esc'], 'keys.chartReset'],
  [['Enter'], 'keys.open'],
  [['Shift', '←↑→↓'], 'keys.select'],
  [['Ctrl', 'C'], 'keys.copy'],
  [['Ctrl', 'Z'], 'keys.undo'],
];

export function ShortcutHelp() {
  const text = useText();
  const navigate = useNavigate();
  const [opened, { open, close, toggle }] = useDisclosure(false);
  const go = (to: '/intervals' | '/import' | '/sources' | '/services') => () => void navigate({ to });
  useHotkeys([
    ['shift+?', toggle],
    ['?', toggle],
    ['1', go('/intervals')],
    ['2', go('/import')],
    ['3', go('/sources')],
    ['4', go('/services')],
  ]);
  return (
    <>
      <Tooltip label={text('keys.title')}>
        <ActionIcon aria-label={text('keys.title')} onClick={open} visibleFrom="sm">
          <IconKeyboard size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Modal opened={opened} onClose={close} title={text('keys.title')} closeButtonProps={{ 'aria-label': text('common.close') }}>
        <Table verticalSpacing="xs">
          <Table.Tbody>
            {shortcuts.map(([keys, label]) => (
              <Table.Tr key={label}>
                <Table.Td>
                  {keys.map((key) => (
                    <Kbd key={key} mr={4}>
                      {key}
                    </Kbd>
                  ))}
                </Table.Td>
                <Table.Td>{text(label)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  );
}
