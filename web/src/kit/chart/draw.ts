import { type Pane, type Series, type Span, visible } from './series.ts';
import type { TimeTick, ValueScale } from './scale.ts';

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The colours of the design, read from the page once per drawing. */
export interface Ink {
  surface: string;
  line: string;
  text: string;
  main: string;
  fill: string;
  pale: string;
  bad: string;
  target: string;
  categories: string[];
  font: string;
}

type Context = CanvasRenderingContext2D;

/** Between a figure of the axis and the plot. */
export const axisGap = 8;

const ruler = document.createElement('canvas').getContext('2d');

/** How wide a figure of the axis is drawn. */
export function textWidth(text: string): number {
  if (ruler === null) return 0;
  const css = getComputedStyle(document.body);
  ruler.font = `${css.getPropertyValue('--qh-text-small').trim()} ${css.fontFamily}`;
  return ruler.measureText(text).width;
}

export function readInk(element: Element): Ink {
  const css = getComputedStyle(element);
  const token = (name: string) => css.getPropertyValue(`--qh-${name}`).trim();
  return {
    surface: token('surface'),
    line: token('line'),
    text: token('ink-3'),
    main: token('accent'),
    fill: token('accent-fill'),
    pale: token('pale'),
    bad: token('bad'),
    target: token('good'),
    categories: [1, 2, 3, 4, 5, 6].map((index) => token(`category-${index}`)),
    font: `${token('text-small')} ${css.fontFamily}`,
  };
}

function colour(series: Series, ink: Ink): string {
  if (typeof series.tone === 'number') return ink.categories[series.tone % ink.categories.length] ?? ink.main;
  if (series.tone === 'main') return series.shape === 'bars' ? ink.fill : ink.main;
  return series.tone === 'bad' ? ink.bad : ink.pale;
}

export function drawPane(context: Context, pane: Pane, box: Box, span: Span, scale: ValueScale, ticks: TimeTick[], ink: Ink): void {
  const x = (instant: number) => box.left + ((instant - span.from) / (span.to - span.from)) * box.width;
  const y = (value: number) => box.top + box.height - ((value - scale.low) / (scale.high - scale.low)) * box.height;
  drawGrid(context, pane, box, scale, ticks, ink, x, y);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top - 1, box.width, box.height + 2);
  context.clip();
  // What it is compared with lies beneath.
  const order = pane.series.toSorted((a, b) => Number(b.tone === 'pale') - Number(a.tone === 'pale'));
  for (const series of order) {
    context.fillStyle = colour(series, ink);
    context.strokeStyle = colour(series, ink);
    if (series.shape === 'bars') drawBars(context, series, span, x, y);
    else drawLine(context, series, span, box, x, y);
  }
  context.restore();
  if (pane.target && pane.target.value <= scale.high && pane.target.value >= scale.low) {
    // A seam of the ground keeps the line visible where the series is dense.
    context.strokeStyle = ink.surface;
    horizontal(context, box, Math.round(y(pane.target.value)) + 0.5, 3);
    context.strokeStyle = ink.target;
    context.setLineDash([5, 4]);
    horizontal(context, box, Math.round(y(pane.target.value)) + 0.5);
    context.setLineDash([]);
  }
}

function horizontal(context: Context, box: Box, at: number, width = 1): void {
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(box.left, at);
  context.lineTo(box.left + box.width, at);
  context.stroke();
}

function drawGrid(
  context: Context,
  pane: Pane,
  box: Box,
  scale: ValueScale,
  ticks: TimeTick[],
  ink: Ink,
  x: (t: number) => number,
  y: (v: number) => number,
): void {
  context.strokeStyle = ink.line;
  context.fillStyle = ink.text;
  context.font = ink.font;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of scale.ticks) {
    const at = Math.round(y(tick)) + 0.5;
    horizontal(context, box, at);
    context.fillText(pane.tick(tick), box.left - axisGap, at);
  }
  context.beginPath();
  for (const { at } of ticks) {
    const line = Math.round(x(at)) + 0.5;
    context.moveTo(line, box.top);
    context.lineTo(line, box.top + box.height);
  }
  context.stroke();
}

/** Bars narrower than a pixel become one bar per pixel, as high as the highest of them. */
function drawBars(context: Context, series: Series, span: Span, x: (t: number) => number, y: (v: number) => number): void {
  const [first, last] = visible(series, span);
  const base = y(0);
  let column = Number.NaN;
  let highest = 0;
  const flush = () => {
    if (highest > 0) context.fillRect(column, y(highest), 1, base - y(highest));
    highest = 0;
  };
  for (let index = first; index < last; index += 1) {
    const value = series.values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const left = x(series.starts[index] ?? 0);
    const right = x(series.ends[index] ?? 0);
    if (series.base) {
      const floor = series.base[index] ?? 0;
      const width = right - left;
      context.fillRect(left, y(floor + value), Math.max(width - (width > 4 ? 1 : 0), 0.75), y(floor) - y(floor + value));
      continue;
    }
    if (right - left >= 1.5) {
      const gap = right - left > 4 ? 1 : 0;
      context.fillRect(left, y(value), right - left - gap, base - y(value));
      continue;
    }
    if (Math.floor(left) !== column) {
      flush();
      column = Math.floor(left);
    }
    highest = Math.max(highest, value);
  }
  flush();
}

/**
 * Where several points share a pixel column its lowest and highest are drawn, so that no dip is lost however
 * far one zooms out (smoothing decimators such as LTTB may drop it).
 */
function drawLine(context: Context, series: Series, span: Span, box: Box, x: (t: number) => number, y: (v: number) => number): void {
  const [visibleFirst, visibleLast] = visible(series, span);
  const first = Math.max(0, visibleFirst - 1);
  const last = Math.min(series.values.length, visibleLast + 1);
  const dense = last - first > box.width * 1.5;
  const perPixel = (span.to - span.from) / box.width;
  context.lineWidth = dense ? 1 : series.tone === 'pale' ? 1.25 : 1.5;
  context.lineJoin = 'round';
  context.beginPath();
  let pen: 'up' | 'once' | 'down' = 'up';
  let lastX = 0;
  let lastY = 0;
  let lastEnd = 0;
  const lift = () => {
    if (pen === 'once') context.rect(lastX - 0.75, lastY - 0.75, 1.5, 1.5);
    pen = 'up';
  };
  const to = (px: number, py: number) => {
    if (pen === 'up') context.moveTo(px, py);
    else context.lineTo(px, py);
    pen = pen === 'up' ? 'once' : 'down';
    lastX = px;
    lastY = py;
  };
  let index = first;
  while (index < last) {
    const value = series.values[index] ?? Number.NaN;
    const start = series.starts[index] ?? 0;
    if (Number.isNaN(value) || (start - lastEnd > 0 && start - lastEnd >= perPixel)) lift();
    if (Number.isNaN(value)) {
      index += 1;
      continue;
    }
    const px = x((start + (series.ends[index] ?? 0)) / 2);
    if (!dense) {
      to(px, y(value));
      lastEnd = series.ends[index] ?? 0;
      index += 1;
      continue;
    }
    const column = Math.floor(px);
    let low = value;
    let high = value;
    let final = value;
    for (; index < last && Math.floor(x(((series.starts[index] ?? 0) + (series.ends[index] ?? 0)) / 2)) === column; index += 1) {
      const inside = series.values[index] ?? Number.NaN;
      if (Number.isNaN(inside)) continue;
      low = Math.min(low, inside);
      high = Math.max(high, inside);
      final = inside;
      lastEnd = series.ends[index] ?? 0;
    }
    to(column + 0.5, y(value));
    if (high > low) {
      to(column + 0.5, y(low));
      to(column + 0.5, y(high));
      to(column + 0.5, y(final));
    }
  }
  lift();
  context.stroke();
}

export function drawTimeAxis(context: Context, box: Box, span: Span, ticks: TimeTick[], ink: Ink): void {
  context.fillStyle = ink.text;
  context.textBaseline = 'top';
  let free = box.left - 40;
  for (const { at, label, major } of ticks) {
    const px = box.left + ((at - span.from) / (span.to - span.from)) * box.width;
    context.font = major ? `600 ${ink.font}` : ink.font;
    const half = context.measureText(label).width / 2;
    if (px - half < free || px + half > box.left + box.width + 12) continue;
    context.textAlign = 'center';
    context.fillText(label, px, box.top + 6);
    free = px + half + 8;
  }
}
