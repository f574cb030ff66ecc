import { expect, test } from 'vitest';
import { reportTitle } from './title.ts';
import { workbookName } from './workbook_name.ts';

const names: [string, string | null, string | null][] = [
  ['ОтчетВходящиеПроекты-ВТМ-15м.xlsx', 'ВТМ', '15m'],
  ['ОтчетВходящиеПроекты-Бизнес-30м.xlsx', 'Бизнес', '30m'],
  ['ОтчетВходящиеПроекты-И-1ч(1).xlsx', 'И', '1h'],
  ['ОтчетВходящиеПроекты-ФС 24-15м (2).xlsx', 'ФС 24', '15m'],
  ['ОтчетВходящиеПроекты-Б 24-15m.xlsx', 'Б 24', '15m'],
  ['ОтчетВходящиеПроекты-VTM-1h.XLSX', 'VTM', '1h'],
  ['отчётВходящиеПроекты-А-Б-30М.xlsx', 'А-Б', '30m'],
  ['ОтчетВходящиеПроекты-ВТМ-15м-дефекты.xlsx', 'ВТМ', '15m'],
  ['30м/ОтчетВходящиеПроекты-ВТМ-1ч.xlsx', 'ВТМ', '1h'],
  ['C:\\15м\\ОтчетВходящиеПроекты-ВТМ-30м.xlsx', 'ВТМ', '30m'],
  ['ОтчетВходящиеПроекты-Бизнес-15м.xlsx'.normalize('NFD'), 'Бизнес', '15m'],
  ['ОтчетВходящиеПроекты-ВТМ.xlsx', 'ВТМ', null],
  ['звонки-15м.xlsx', null, '15m'],
  ['ОтчетВходящиеПроекты-15мест.xlsx', '15мест', null],
  ['report.xlsx', null, null],
  ['', null, null],
];
test.each(names)('%s: project %s, interval %s', (name, project, interval) => {
  expect(workbookName(name)).toMatchObject({
    project,
    interval,
    intervalMinutes: interval === null ? null : { '15m': 15, '30m': 30, '1h': 60 }[interval],
  });
});

const titles: [string, object][] = [
  ['Входящие проекты [ c 24.01.2025 по 24.05.2025(+5) ]', { from: '2025-01-24', to: '2025-05-24', utcOffsetMinutes: 300 }],
  ['Входящие проекты [ с 24.01.2025 по 24.05.2025 (+5:30) ]', { from: '2025-01-24', to: '2025-05-24', utcOffsetMinutes: 330 }],
  ['Входящие проекты [с 24.01.2025 00:00 по 24.05.2025 23:59(-3)]', { from: '2025-01-24', to: '2025-05-24', utcOffsetMinutes: -180 }],
  ['Входящие\u00a0проекты [ c 24.01.2025 по\n24.05.2025 ]', { from: '2025-01-24', to: '2025-05-24' }],
  ['[ c 31.02.2025 по 24.05.2025(+5) ]', { utcOffsetMinutes: 300 }],
  ['[ c 25.05.2025 по 24.05.2025(+15) ]', {}],
  ['Отчет', {}],
];
test.each(titles)('%s', (text, said) => {
  expect(reportTitle(['', text])).toEqual({ text: text.replace(/\s+/gu, ' '), ...said });
});

test('the line with dates is the title, wherever it stands above the header', () => {
  expect(reportTitle(['ООО «ВТМ»', 'с 01.03.2025 по 31.03.2025(+0)'])).toMatchObject({ from: '2025-03-01', utcOffsetMinutes: 0 });
  expect(reportTitle([])).toBeNull();
});
