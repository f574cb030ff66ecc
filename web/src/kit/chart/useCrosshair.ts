import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef } from 'react';
import { useFormat } from '../../i18n/format.ts';
import { unknown } from '../../i18n/format.ts';
import { sharpen } from './ChartStack.tsx';
import type { Box } from './draw.ts';
import { valueKey } from './PaneHead.tsx';
import { bucketAt, nearestBucket, type Pane, type Span } from './series.ts';

interface CrosshairOptions {
  panes: Pane[];
  boxes: Box[];
  span: Span;
  zone: string;
  width: number;
  height: number;
  onZoom: (span: Span) => void;
  onReset: () => void;
  onOpen: (pane: string, bucket: Span) => void;
}

/** A click waits this long for the second one of a double-click. */
const doubleClick = 240;
const dragPixels = 4;

/** Pointer and keyboard over the stack. Nothing here renders: figures and lines are written to the page directly. */
export function useCrosshair(options: CrosshairOptions) {
  const { panes, boxes, span, zone, width, height, onZoom, onReset, onOpen } = options;
  const format = useFormat();
  const overlay = useRef<HTMLCanvasElement>(null);
  const moment = useRef<HTMLDivElement>(null);
  const values = useRef(new Map<string, HTMLElement>());
  const state = useRef({ at: Number.NaN, pane: 0, dragFrom: Number.NaN, click: 0 });
  const plot = boxes[0];

  const instantAt = (x: number) =>
    plot ? span.from + (Math.min(Math.max(x - plot.left, 0), plot.width) / plot.width) * (span.to - span.from) : span.from;
  const xOf = (instant: number) => (plot ? plot.left + ((instant - span.from) / (span.to - span.from)) * plot.width : 0);

  const clear = useCallback(() => {
    const canvas = overlay.current;
    canvas?.getContext('2d')?.clearRect(0, 0, width, height);
    for (const element of values.current.values()) element.textContent = '';
    if (moment.current) moment.current.style.visibility = 'hidden';
  }, [width, height]);

  useEffect(() => {
    if (overlay.current && width > 0) sharpen(overlay.current, width, height);
  }, [width, height]);
  useEffect(clear, [clear, panes, span]);

  const show = (instant: number, dragTo?: number) => {
    const canvas = overlay.current;
    const context = canvas?.getContext('2d');
    const lead = panes[0]?.series[0];
    if (!canvas || !context || !plot || !lead) return;
    clear();
    const css = getComputedStyle(canvas);
    const last = boxes.at(-1) ?? plot;
    if (dragTo !== undefined) {
      context.fillStyle = css.getPropertyValue('--qh-accent');
      context.globalAlpha = 0.14;
      context.fillRect(Math.min(xOf(instant), dragTo), plot.top, Math.abs(dragTo - xOf(instant)), last.top + last.height - plot.top);
      context.globalAlpha = 1;
    }
    const index = nearestBucket(lead, dragTo === undefined ? instant : instantAt(dragTo));
    if (index < 0) return;
    const [start, end] = [lead.starts[index] ?? 0, lead.ends[index] ?? 0];
    const middle = (start + end) / 2;
    state.current.at = middle;
    const x = Math.round(xOf(middle)) + 0.5;
    context.strokeStyle = css.getPropertyValue('--qh-ink-3');
    context.beginPath();
    context.moveTo(x, plot.top);
    context.lineTo(x, last.top + last.height);
    context.stroke();
    for (const pane of panes) {
      pane.series.forEach((series, at) => {
        const element = values.current.get(valueKey(pane.id, at));
        const found = bucketAt(series, middle);
        const value = found < 0 ? Number.NaN : (series.values[found] ?? Number.NaN);
        if (element) element.textContent = Number.isNaN(value) ? unknown : pane.format(value);
      });
    }
    const label = moment.current;
    if (!label) return;
    const days = end - start >= 86_000_000;
    const weekday = format.part(start, zone, { weekday: 'short' });
    label.textContent = `${weekday} ${days ? format.date(start, zone) : `${format.dateTime(start, zone)} – ${format.time(end, zone)}`}`;
    label.style.left = `${Math.min(Math.max(x, 110), width - 110)}px`;
    label.style.visibility = 'visible';
  };

  const bucketOf = (instant: number): Span | undefined => {
    const lead = panes[0]?.series[0];
    const index = lead ? nearestBucket(lead, instant) : -1;
    return lead && index >= 0 ? { from: lead.starts[index] ?? 0, to: lead.ends[index] ?? 0 } : undefined;
  };

  const open = (instant: number, paneIndex: number) => {
    const pane = panes[paneIndex];
    const bucket = bucketOf(instant);
    if (pane && bucket) onOpen(pane.id, bucket);
  };

  const paneAt = (y: number) =>
    Math.max(
      0,
      boxes.findLastIndex((box) => y >= box.top - 26),
    );

  const zoomTo = (from: number, to: number) => {
    const [first, last] = [bucketOf(Math.min(from, to)), bucketOf(Math.max(from, to))];
    if (first && last && last.to > first.from) onZoom({ from: Math.max(first.from, span.from), to: Math.min(last.to, span.to) });
  };

  const pointer = {
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      const { offsetX } = event.nativeEvent;
      const from = state.current.dragFrom;
      if (Number.isNaN(from)) show(instantAt(offsetX));
      else show(instantAt(from), offsetX);
    },
    onPointerLeave: () => Number.isNaN(state.current.dragFrom) && clear(),
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      state.current.dragFrom = event.nativeEvent.offsetX;
    },
    onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => {
      const from = state.current.dragFrom;
      state.current.dragFrom = Number.NaN;
      if (Number.isNaN(from)) return;
      const { offsetX, offsetY } = event.nativeEvent;
      if (Math.abs(offsetX - from) > dragPixels) {
        zoomTo(instantAt(from), instantAt(offsetX));
        return;
      }
      clearTimeout(state.current.click);
      state.current.click = window.setTimeout(() => open(instantAt(offsetX), paneAt(offsetY)), doubleClick);
    },
    onDoubleClick: () => {
      clearTimeout(state.current.click);
      state.current.click = window.setTimeout(() => undefined);
      onReset();
    },
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const at =
      Number.isNaN(state.current.at) || state.current.at < span.from || state.current.at > span.to ? (span.from + span.to) / 2 : state.current.at;
    const width = (bucketOf(at)?.to ?? 0) - (bucketOf(at)?.from ?? 0);
    const zoom = (factor: number) => zoomTo(at - (at - span.from) * factor, at + (span.to - at) * factor);
    const actions: Record<string, () => void> = {
      ArrowLeft: () => show(Math.max(span.from, at - width)),
      ArrowRight: () => show(Math.min(span.to - 1, at + width)),
      Home: () => show(span.from),
      End: () => show(span.to - 1),
      '+': () => zoom(0.5),
      '=': () => zoom(0.5),
      '-': onReset,
      Escape: onReset,
      Enter: () => open(at, 0),
    };
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  return { overlay, moment, values, pointer, onKeyDown, leave: clear };
}
