import { ActionIcon, Group, Input } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useText } from '../../../i18n/text.ts';
import type { Service } from '../queries.ts';
import style from './Services.module.css';

type Kinds = Service['kind_precedence'];

/** Which kind of source counts where several cover the same time; the first wins. */
export function Precedence({ value, onChange }: { value: Kinds; onChange: (kinds: Kinds) => void }) {
  const text = useText();
  const move = (index: number, step: -1 | 1) => {
    const kinds = [...value];
    const [kind] = kinds.splice(index, 1);
    if (kind) kinds.splice(index + step, 0, kind);
    onChange(kinds);
  };
  return (
    <Input.Wrapper size="xs" label={text('service.precedence')} description={text('service.precedenceText')}>
      <ol className={style.kinds}>
        {value.map((kind, index) => (
          <li key={kind}>
            <span>{text(`kind.${kind}`)}</span>
            <Group gap={4}>
              <ActionIcon
                size="sm"
                disabled={index === 0}
                onClick={() => move(index, -1)}
                aria-label={text('service.up', { kind: text(`kind.${kind}`) })}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                disabled={index === value.length - 1}
                onClick={() => move(index, 1)}
                aria-label={text('service.down', { kind: text(`kind.${kind}`) })}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ol>
    </Input.Wrapper>
  );
}
