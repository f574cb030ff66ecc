import { Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import type { Department } from '../people_queries.ts';
import style from '../People.module.css';

interface DepartmentTreeProps {
  departments: Department[];
  search: string;
  onOpen: (code: string) => void;
}

/** The units as a tree that the arrow keys walk: right opens, left closes, Enter shows the unit. */
export function DepartmentTree({ departments, search, onOpen }: DepartmentTreeProps) {
  const text = useText();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => shownOf(departments, search, closed), [departments, search, closed]);
  const fold = (row: Department, isClosed: boolean) => {
    const next = new Set(closed);
    if (isClosed) next.add(row.hierarchy_path);
    else next.delete(row.hierarchy_path);
    setClosed(next);
  };
  const go = (to: number) => {
    const at = Math.max(0, Math.min(rows.length - 1, to));
    setCurrent(at);
    list.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[at]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[current];
    if (!row) return;
    const isOpen = row.child_count > 0 && !closed.has(row.hierarchy_path);
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(current + 1),
      ArrowUp: () => go(current - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (row.child_count > 0 && !isOpen ? fold(row, false) : go(current + 1)),
      ArrowLeft: () => (isOpen ? fold(row, true) : go(rows.findIndex(({ department_id }) => department_id === row.parent_id))),
      Enter: () => onOpen(row.department_code),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  // One handler for all rows: the sign before a name folds, the rest of the row opens.
  const onClick = ({ target }: MouseEvent) => {
    const item = target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
    const row = rows[Number(item?.dataset['at'])];
    if (!row || !(target instanceof Element)) return;
    if (target.closest('[data-fold]')) fold(row, !closed.has(row.hierarchy_path));
    else onOpen(row.department_code);
  };
  if (rows.length === 0) return <Text p="md">{text('table.nothingMatches')}</Text>;
  return (
    <div>
      <div className={style.treeHead} aria-hidden>
        <span>{text('department.name')}</span>
        <span>{text('department.manager')}</span>
        <span className={style.count}>{text('department.employees')}</span>
        <span className={style.count}>{text('department.employeesBelow')}</span>
      </div>
      <div role="tree" aria-label={text('organisation.departments')} ref={list} tabIndex={-1} onKeyDown={onKeyDown} onClick={onClick}>
        {rows.map((row, index) => (
          <Row
            key={row.department_id}
            row={row}
            isClosed={closed.has(row.hierarchy_path)}
            isCurrent={index === Math.min(current, rows.length - 1)}
            at={index}
            onFocus={() => setCurrent(index)}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  row: Department;
  isClosed: boolean;
  isCurrent: boolean;
  at: number;
  onFocus: () => void;
}

function Row({ row, isClosed, isCurrent, at, onFocus }: RowProps) {
  const text = useText();
  const format = useFormat();
  const hasBelow = row.child_count > 0;
  const Sign = isClosed ? IconChevronRight : IconChevronDown;
  const heads = [row.manager_name, ...row.deputies.map(({ name }) => text('department.deputyOf', { name }))].filter(Boolean);
  return (
    <div
      role="treeitem"
      aria-level={row.hierarchy_level}
      aria-expanded={hasBelow ? !isClosed : undefined}
      aria-selected={isCurrent}
      tabIndex={isCurrent ? 0 : -1}
      className={style.unit}
      data-quiet={!row.is_active || undefined}
      data-at={at}
      onFocus={onFocus}
    >
      <span className={style.unitName} style={{ '--depth': row.hierarchy_level - 1 } as CSSProperties}>
        <span className={style.fold} data-fold={hasBelow || undefined}>
          {hasBelow && <Sign size={16} stroke={1.6} aria-hidden />}
        </span>
        <span>{row.department_name}</span>
        <span className={style.quiet}>
          {row.department_code} · {text(`departmentType.${row.department_type}`)}
        </span>
      </span>
      <span className={style.heads}>{heads.join(', ')}</span>
      <span className={style.count}>{format.number(row.employee_count)}</span>
      <span className={style.count}>{format.number(row.total_employee_count)}</span>
    </div>
  );
}

/** What is not inside something that is closed; while something is looked for, what matches with all above it. */
function shownOf(departments: Department[], search: string, closed: ReadonlySet<string>): Department[] {
  const words = search.trim().toLocaleLowerCase();
  if (words === '') {
    const hidden = [...closed];
    return departments.filter(({ hierarchy_path }) => !hidden.some((path) => hierarchy_path !== path && hierarchy_path.startsWith(path)));
  }
  const found = departments
    .filter(({ department_name, department_code, manager_name }) =>
      [department_name, department_code, manager_name].some((part) => part.toLocaleLowerCase().includes(words)),
    )
    .map(({ hierarchy_path }) => hierarchy_path);
  return departments.filter(({ hierarchy_path }) => found.some((path) => path.startsWith(hierarchy_path)));
}
