import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { unsupported, type WorkbookRefused } from './refused.ts';

const convert = 'Open it in Excel or LibreOffice and choose “Save as” → “Excel Workbook (.xlsx)”.';

/** Names of the streams of an OLE2 container, as far as one directory page tells. */
async function oleDirectory(file: FileHandle, head: Buffer): Promise<string> {
  const sectorSize = 1 << Math.min(head.readUInt16LE(30), 16);
  const page = Buffer.alloc(16 * 1024);
  const { bytesRead } = await file.read(page, 0, page.length, (head.readUInt32LE(48) + 1) * sectorSize);
  return page.toString('utf16le', 0, bytesRead);
}

async function ole(file: FileHandle, head: Buffer): Promise<WorkbookRefused> {
  const names = head.length >= 512 ? await oleDirectory(file, head) : '';
  if (names.includes('EncryptedPackage')) {
    return unsupported(
      'The workbook is encrypted with a password.',
      'Open it in Excel, remove the password (File → Info → Protect Workbook → Encrypt with Password), save and send it again.',
    );
  }
  const what = names.includes('WordDocument') ? 'a Word document (.doc)' : 'an old Excel workbook (.xls)';
  return unsupported(`The file is ${what}; only .xlsx is read.`, convert);
}

function text(head: Buffer): WorkbookRefused | null {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const start = utf16
    ? head.toString('utf16le').trimStart()
    : head
        .toString('latin1')
        .replace(/^\u00ef\u00bb\u00bf/, '')
        .trimStart();
  if (/^<(!doctype html|html|table|head|body|meta|style)/i.test(start))
    return unsupported('The file is a web page (HTML) under the name of a workbook.', convert);
  if (start.startsWith('<')) return unsupported('The file is XML under the name of a workbook.', convert);
  if (start.startsWith('{') || start.startsWith('['))
    return unsupported('The file is JSON under the name of a workbook.', 'Send JSON to the batch operations of the API instead.');
  const whole = head.subarray(0, Math.max(0, head.length - 4));
  const control = whole.some((byte) => byte < 9 || (byte > 13 && byte < 32));
  if (!utf16 && control) return null;
  const codePage = utf16 || isUtf8(whole) ? '' : ' in an old code page';
  return unsupported(`The file is plain text${codePage} (CSV, perhaps) under the name of a workbook.`, convert);
}

/** Says why a file that is no zip archive is refused; null when it looks like one. */
export async function refuseByHead(file: FileHandle): Promise<WorkbookRefused | null> {
  const buffer = Buffer.alloc(4096);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  const head = buffer.subarray(0, bytesRead);
  if (bytesRead === 0) return unsupported('The file is empty.', 'Export the report again and send the new file.');
  const magic = head.toString('latin1', 0, 8);
  if (magic.startsWith('PK')) return null;
  if (magic === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return ole(file, head);
  if (/^\x09[\x00\x02\x04\x08]/.test(magic)) return unsupported('The file is an old Excel workbook (.xls); only .xlsx is read.', convert);
  if (magic.startsWith('%PDF')) return unsupported('The file is a PDF.', 'Export the report as “Excel Workbook (.xlsx)”.');
  if (magic.startsWith('\x1f\x8b') || magic.startsWith('Rar!') || magic.startsWith('7z'))
    return unsupported('The file is a compressed archive.', 'Unpack it and send the workbook that is in it.');
  return text(head) ?? unsupported('The file is no workbook: it does not begin like an .xlsx file.');
}
