/** Texts of the page Explorer. */
export const enExplorer = {
  'explorer.about': 'Every table and view that you may read',
  'explorer.table': 'Table or view',
  'explorer.pick': 'Choose a table',
  'explorer.pickTitle': '{count, plural, one {# table or view can be read} other {# tables and views can be read}}',
  'explorer.pickText': 'Choose one above: its rows can be filtered and sorted by the heads of the columns, and exported whole.',
  'explorer.estimate': '{count, plural, one {About # row} other {About # rows}}',
  'explorer.more': 'Load {count} more rows',
  'explorer.emptyTitle': 'No rows yet',
  'explorer.emptyText': 'This table is empty, or holds nothing that you may see.',
  'explorer.export': 'Export',
  'explorer.exportWhat': 'All rows that fulfil the filters',
  'explorer.exporting': 'The file is being written',
  'explorer.exported': '{count, plural, one {# row is in the file} other {# rows are in the file}}, {size} kB',
  'explorer.exportFailed': 'The file was not written: {detail}',
  'explorer.download': 'Download',
} as const;
