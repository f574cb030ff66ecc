import { posix } from 'node:path';
import { ByteWindow } from './byte_window.ts';
import { type Container, openContainer } from './container.ts';
import { limits } from './limits.ts';
import { unsupported } from './refused.ts';
import { dateStyles } from './styles.ts';
import { type Element, elements } from './xml_elements.ts';

export interface SheetPart {
  name: string;
  part: string;
}

/** A workbook as a package of parts, before any row is read. */
export interface WorkbookPackage {
  container: Container;
  sheets: SheetPart[];
  sharedStrings: string | null;
  /** Per cell style: 1 when it shows a date. */
  dateStyles: Uint8Array;
  date1904: boolean;
}

const convert = 'Open it in Excel and choose “Save as” → “Excel Workbook (.xlsx)”.';

async function opening(container: Container, part: string, visit: (element: Element) => void): Promise<void> {
  const window = new ByteWindow(part, limits.smallPartBytes + 1);
  window.append(await container.smallPart(part));
  window.finish();
  for (const element of elements(window)) if (element.opens) visit(element);
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

async function relations(container: Container, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found: Relation[] = [];
  if (!container.has(file)) return found;
  await opening(container, file, (element) => {
    if (element.local !== 'Relationship' || element.attribute('TargetMode') === 'External') return;
    const target = (element.attribute('Target') ?? '').replaceAll('\\', '/');
    found.push({
      id: element.attribute('Id') ?? '',
      type: (element.attribute('Type') ?? '').split('/').pop() ?? '',
      target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
    });
  });
  return found;
}

/** The part that describes the workbook, or why there is none. */
async function workbookPart(container: Container): Promise<string> {
  const part = (await relations(container, '')).find((relation) => relation.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (part.endsWith('.bin')) throw unsupported('The file is a binary workbook (.xlsb); only .xlsx is read.', convert);
  if (part.toLowerCase().startsWith('xl/') && container.has(part)) return part;
  if (container.has('xl/workbook.bin')) throw unsupported('The file is a binary workbook (.xlsb); only .xlsx is read.', convert);
  const other = container.has('word/document.xml')
    ? 'a Word document'
    : container.has('ppt/presentation.xml')
      ? 'a presentation'
      : container.has('content.xml')
        ? 'an OpenDocument file (.ods)'
        : 'an archive without a workbook in it';
  throw unsupported(
    `The file is ${other}; only .xlsx is read.`,
    other.startsWith('an archive') ? 'If the report is inside it, unpack it first.' : convert,
  );
}

/** Opens a workbook and reads what stands around the rows. */
export async function openPackage(path: string): Promise<WorkbookPackage> {
  const container = await openContainer(path);
  try {
    const part = await workbookPart(container);
    const related = await relations(container, part);
    const byId = new Map(related.map((relation) => [relation.id, relation]));
    const sheets: SheetPart[] = [];
    let date1904 = false;
    await opening(container, part, (element) => {
      if (element.local === 'workbookPr') date1904 = ['1', 'true', 'on'].includes(element.attribute('date1904') ?? '');
      if (element.local !== 'sheet') return;
      const relation = byId.get(element.attribute('r:id') ?? element.attribute('id') ?? '');
      if (relation?.type !== 'worksheet') return;
      if (sheets.some((sheet) => sheet.part === relation.target))
        throw unsupported(`The workbook is damaged: two sheets share the part ${relation.target}.`);
      sheets.push({ name: element.attribute('name') ?? '', part: relation.target });
    });
    if (sheets.length === 0) throw unsupported('The workbook holds no worksheet.');
    const target = (type: string) => related.find((relation) => relation.type === type && container.has(relation.target))?.target ?? null;
    const styles = target('styles');
    return {
      container,
      sheets,
      sharedStrings: target('sharedStrings'),
      dateStyles: styles === null ? new Uint8Array() : dateStyles(await container.smallPart(styles)),
      date1904,
    };
  } catch (error) {
    container.close();
    throw error;
  }
}
