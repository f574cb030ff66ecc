/** One measured figure, with what it is held against. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What is to be reached, in words. */
  goal?: string;
  reached?: boolean;
  /** The naive way or the competitor, measured in the same run. */
  naive?: string;
  /** The physical limit, measured in the same run. */
  limit?: string;
}

export type Report = (figure: Figure) => void;

/** The value below which the given share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
