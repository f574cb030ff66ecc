import { implement } from '../../platform/contract/implement.ts';
import { pageOf } from '../../platform/contract/page.ts';
import { QhError } from '../../platform/errors.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { kinds as kindsOperation } from './contract.ts';
import { mayImport } from '../../platform/imports/may_import.ts';

/** The kinds of file that the rooms declare, with what a page or a person needs to choose one. */
export const kindsVerb = (kinds: readonly ImportKind[]) =>
  implement(kindsOperation, async (input, { principal }) =>
    pageOf(
      kindsOperation,
      kinds.map((kind) => ({
        name: kind.name,
        title: kind.title,
        belongs_to_service: kind.periodFormat !== undefined,
        may_import: mayImport(principal, kind),
        columns: kind.columns.map((column) => ({ header: column.header, kind: column.kind, is_required: column.optional !== true })),
      })),
      input,
    ),
  );

/** The kind of a name that somebody gave. */
export function kindOf(kinds: readonly ImportKind[], name: string): ImportKind {
  const kind = kinds.find((candidate) => candidate.name === name);
  if (kind !== undefined) return kind;
  const rule = `There is no layout ${name}`;
  throw new QhError('bad_request', `${rule}.`, {
    errors: [{ path: 'layout', rule, value: name, hint: `One of ${kinds.map((candidate) => candidate.name).join(', ')}.` }],
  });
}
