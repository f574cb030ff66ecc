import type { enExplorer } from './en_explorer.ts';

export const esExplorer: Record<keyof typeof enExplorer, string> = {
  'explorer.about': 'Todas las tablas y vistas que puede leer',
  'explorer.table': 'Tabla o vista',
  'explorer.pick': 'Elija una tabla',
  'explorer.pickTitle':
    '{count, plural, one {Se puede leer # tabla o vista} many {Se pueden leer # de tablas y vistas} other {Se pueden leer # tablas y vistas}}',
  'explorer.pickText': 'Elija una arriba: las filas se filtran y se ordenan en las cabeceras de las columnas, y la tabla se exporta entera.',
  'explorer.unknown': 'No hay ninguna tabla {table}, o usted no puede leerla. Elija otra.',
  'explorer.filterTime': 'Una parte, o días: >2025-05-01, 2025-05-01..2025-05-07',
  'explorer.estimate': '{count, plural, one {Aproximadamente # fila} many {Aproximadamente # de filas} other {Aproximadamente # filas}}',
  'explorer.more': 'Cargar {count} filas más',
  'explorer.emptyTitle': 'Todavía no hay filas',
  'explorer.emptyText': 'La tabla está vacía o no contiene filas que usted pueda ver.',
  'explorer.export': 'Exportar',
  'explorer.exportWhat': 'Todas las filas que cumplen los filtros',
  'explorer.exporting': 'El archivo se está escribiendo',
  'explorer.exported': '{count, plural, one {# fila en el archivo} many {# de filas en el archivo} other {# filas en el archivo}}, {size} kB',
  'explorer.exportFailed': 'El archivo no se escribió: {detail}',
  'explorer.download': 'Descargar',
};
