import { UnstyledButton } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import style from './KpiCard.module.css';

interface KpiCardProps {
  label: string;
  value: string;
  unit: string;
  /** The difference to what is compared with, already worded. */
  change?: { text: string; direction: -1 | 0 | 1; about: string } | undefined;
  status?: ReactNode;
  openLabel: string;
  onOpen: () => void;
}

const arrows = { [-1]: IconArrowDownRight, 0: IconArrowRight, 1: IconArrowUpRight } as const;

/** One figure; the whole card opens the rows, the formula and the SQL behind it. */
export function KpiCard({ label, value, unit, change, status, openLabel, onOpen }: KpiCardProps) {
  const Arrow = change && arrows[change.direction];
  return (
    <UnstyledButton className={style.card} onClick={onOpen} title={openLabel}>
      <span className={style.head}>
        <span className={style.label}>{label}</span>
        {change && Arrow && (
          <span className={style.change} title={change.about}>
            <Arrow size={14} aria-hidden />
            {change.text}
          </span>
        )}
      </span>
      <span className={style.line}>
        <span className={style.value}>{value}</span>
        <span className={style.unit}>{unit}</span>
        <span className={style.status}>{status}</span>
      </span>
    </UnstyledButton>
  );
}

export function KpiRow({ children }: { children: ReactNode }) {
  return <div className={style.cards}>{children}</div>;
}
