/** What a workbook may hold at most. Every limit is checked while reading, since sizes declared in a file can lie. */
export const limits = {
  entries: 1000,
  /** Inflated bytes of one part. */
  partBytes: 4 * 1024 ** 3,
  /** Inflated over compressed bytes, looked at once `ratioFreeBytes` have come out. */
  ratio: 200,
  ratioFreeBytes: 1024 ** 2,
  /** Parts that are read whole: workbook, relationships, styles. */
  smallPartBytes: 32 * 1024 ** 2,
  sharedTextBytes: 64 * 1024 ** 2,
  sharedStrings: 8_000_000,
  /** Bytes before the first row. */
  prologBytes: 4 * 1024 ** 2,
  /** The XML of one row, which is held in memory as a whole. */
  rowBytes: 32 * 1024 ** 2,
  rows: 1_048_576,
  columns: 16_384,
  cellText: 32_767,
  depth: 64,
  /** Bytes given to the database for one file: shared strings let a small file become very many rows of long text. */
  stagedBytes: 4 * 1024 ** 3,
  /** How far down the header is looked for. */
  headerRows: 200,
} as const;
