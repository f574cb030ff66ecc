import type { enExplorer } from './en_explorer.ts';

export const ruExplorer: Record<keyof typeof enExplorer, string> = {
  'explorer.about': 'Все таблицы и представления, которые вам доступны',
  'explorer.table': 'Таблица или представление',
  'explorer.pick': 'Выберите таблицу',
  'explorer.pickTitle': '{count, plural, one {Доступна # таблица} few {Доступны # таблицы} many {Доступно # таблиц} other {Доступно # таблицы}}',
  'explorer.pickText': 'Выберите одну выше: строки фильтруются и сортируются в заголовках столбцов, а таблица целиком выгружается в файл.',
  'explorer.unknown': 'Таблицы {table} нет, или она вам недоступна. Выберите другую.',
  'explorer.filterTime': 'Часть значения или дни: >2025-05-01, 2025-05-01..2025-05-07',
  'explorer.estimate': '{count, plural, one {Примерно # строка} few {Примерно # строки} many {Примерно # строк} other {Примерно # строки}}',
  'explorer.more': 'Загрузить ещё {count} строк',
  'explorer.emptyTitle': 'Строк пока нет',
  'explorer.emptyText': 'Таблица пуста или в ней нет строк, доступных вам.',
  'explorer.export': 'Выгрузить',
  'explorer.exportWhat': 'Все строки, подходящие под фильтры',
  'explorer.exporting': 'Файл записывается',
  'explorer.exported': '{count, plural, one {В файле # строка} few {В файле # строки} many {В файле # строк} other {В файле # строки}}, {size} КБ',
  'explorer.exportFailed': 'Файл не записан: {detail}',
  'explorer.download': 'Скачать',
};
