import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { choose, type Language, languages } from '../i18n/language.ts';
import { useLanguage, useText } from '../i18n/text.ts';

export function LanguageMenu() {
  const text = useText();
  const language = useLanguage();
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={`${text('shell.language')}: ${language.toUpperCase()}`}>
          <Text size="xs" fw={600} aria-hidden>
            {language.toUpperCase()}
          </Text>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([code, name]) => (
          <Menu.Item
            key={code}
            lang={code}
            onClick={() => void choose(code as Language)}
            rightSection={code === language ? <IconCheck size={16} /> : null}
            aria-current={code === language}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
