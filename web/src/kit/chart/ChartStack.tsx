/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex, react/refs -- a drawing with the role of an application has keys of its own; refs are handed on while rendering, not read */
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { axisGap, drawPane, drawTimeAxis, readInk, textWidth } from './draw.ts';
import { headTop, leastGutter, paneBoxes } from './layout.ts';
import { PaneHead } from './PaneHead.tsx';
import { timeTicks, valueScale } from './scale.ts';
import type { Pane, Span } from './series.ts';
import { useCrosshair } from './useCrosshair.ts';
import style from './ChartStack.module.css';

interface ChartStackProps {
  label: string;
  panes: Pane[];
  span: Span;
  zone: string;
  height: number;
  onZoom: (span: Span) => void;
  onReset: () => void;
  /** A point was clicked, or Enter pressed on it. */
  onOpen: (pane: string, bucket: Span) => void;
}

/** Stacked charts over one time axis with one crosshair. Drag zooms, double-click resets, a click opens the number. */
export function ChartStack({ label, panes, span, zone, height, onZoom, onReset, onOpen }: ChartStackProps) {
  const text = useText();
  const format = useFormat();
  const scheme = useComputedColorScheme('light');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const base = useRef<HTMLCanvasElement>(null);
  const boxes = useMemo(() => {
    const plain = paneBoxes(panes.length, width, height);
    // As wide as its widest figure: a sum of money has many digits.
    const figures = panes.flatMap((pane, index) => valueScale(pane, span, plain[index]?.height ?? 0).ticks.map((tick) => pane.tick(tick)));
    const gutter = Math.max(leastGutter, ...figures.map((figure) => Math.ceil(textWidth(figure)) + 2 * axisGap));
    return gutter === leastGutter ? plain : paneBoxes(panes.length, width, height, gutter);
  }, [panes, span, width, height]);
  const crosshair = useCrosshair({ panes, boxes, span, zone, width, height, onZoom, onReset, onOpen });

  useEffect(() => {
    const canvas = base.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context || width === 0) return;
    sharpen(canvas, width, height);
    const ink = readInk(canvas);
    const plot = boxes[0];
    if (!plot) return;
    const ticks = timeTicks(span, plot.width, zone, format);
    panes.forEach((pane, index) => {
      const box = boxes[index];
      if (box) drawPane(context, pane, box, span, valueScale(pane, span, box.height), ticks, ink);
    });
    const lowest = boxes.at(-1);
    if (lowest) drawTimeAxis(context, { ...lowest, top: lowest.top + lowest.height }, span, ticks, ink);
    // The scheme changes the colours that are read.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [panes, boxes, span, zone, width, height, format, scheme]);

  return (
    <div
      ref={ref}
      className={style.stack}
      style={{ height }}
      role="application"
      aria-label={`${label}. ${text('chart.help')}`}
      tabIndex={0}
      onKeyDown={crosshair.onKeyDown}
      onBlur={crosshair.leave}
    >
      <canvas ref={base} aria-hidden />
      <canvas ref={crosshair.overlay} className={style.overlay} aria-hidden {...crosshair.pointer} />
      {panes.map((pane, index) => {
        const box = boxes[index];
        return box && <PaneHead key={pane.id} pane={pane} top={headTop(box)} values={crosshair.values} />;
      })}
      <div ref={crosshair.moment} className={style.moment} aria-live="polite" />
    </div>
  );
}

/** Gives the canvas one pixel of its own for each of the screen's. */
export function sharpen(canvas: HTMLCanvasElement, width: number, height: number): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.getContext('2d')?.setTransform(ratio, 0, 0, ratio, 0, 0);
}
