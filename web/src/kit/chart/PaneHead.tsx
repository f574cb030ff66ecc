import type { RefObject } from 'react';
import type { Pane } from './series.ts';
import style from './ChartStack.module.css';

export const valueKey = (pane: string, series: number): string => `${pane}/${series}`;

interface PaneHeadProps {
  pane: Pane;
  top: number;
  /** The crosshair writes its figures straight into these, without rendering anything anew. */
  values: RefObject<Map<string, HTMLElement>>;
}

/** Title and unit, and the legend in which the crosshair's figures stand. */
export function PaneHead({ pane, top, values }: PaneHeadProps) {
  const keep = (key: string) => (element: HTMLElement | null) => {
    if (element) values.current.set(key, element);
    else values.current.delete(key);
  };
  return (
    <div className={style.head} style={{ top }}>
      <span>
        <span className={style.title}>{pane.title}</span> {pane.unit}
      </span>
      {pane.series.map((series, index) => (
        <span key={series.label} className={style.key}>
          <i
            className={style.swatch}
            data-shape={series.shape}
            data-tone={series.tone}
            style={typeof series.tone === 'number' ? { background: `var(--qh-category-${(series.tone % 6) + 1})` } : undefined}
          />
          {series.label !== pane.title && series.label}
          <b className={style.value} ref={keep(valueKey(pane.id, index))} />
        </span>
      ))}
      {pane.target && (
        <span className={style.key}>
          <i className={style.swatch} data-tone="target" />
          {pane.target.label}
        </span>
      )}
    </div>
  );
}
