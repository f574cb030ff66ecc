/** A file that cannot be imported at all. Nothing of it is staged; the message says what is wrong, the hint what to do. */
export class WorkbookRefused extends Error {
  readonly code: 'unsupported_file' | 'too_large';
  readonly hint: string;

  constructor(code: 'unsupported_file' | 'too_large', message: string, hint: string) {
    super(message);
    this.name = 'WorkbookRefused';
    this.code = code;
    this.hint = hint;
  }
}

const saveAgain = 'Open the file in Excel or LibreOffice, save it as “Excel Workbook (.xlsx)” and send that copy.';

/** The file is not what it should be. */
export function unsupported(message: string, hint: string = saveAgain): WorkbookRefused {
  return new WorkbookRefused('unsupported_file', message, hint);
}

/** The file is a workbook, but larger than what is read. */
export function tooLarge(message: string, hint = 'Split the report by time and import the parts one after another.'): WorkbookRefused {
  return new WorkbookRefused('too_large', message, hint);
}
