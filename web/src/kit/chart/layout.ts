import type { Box } from './draw.ts';

const head = 26;
const axis = 28;
/** What the figures of the axis have at least. */
export const leastGutter = 56;
const margin = 16;
const between = 4;

/** Panes share the width, so that one moment stands at one place in all of them. */
export function paneBoxes(count: number, width: number, height: number, gutter = leastGutter): Box[] {
  const each = Math.max(40, (height - axis) / count - head - between);
  return Array.from({ length: count }, (_, index) => ({
    left: gutter,
    top: index * (each + head + between) + head,
    width: Math.max(1, width - gutter - margin),
    height: each,
  }));
}

export const headTop = (box: Box): number => box.top - head;
