import type { ChangeReport, PoolDiff, RevisionSummary } from '../../domain/pool/api-views.ts';
import { minuteText, textTable } from './text-table.ts';

/** What a change has done. Pure. */
export function changeText({ revision, isChanged, what, uncommitted }: ChangeReport): string {
  return `${what}: ${isChanged ? '' : 'it was so already, '}revision ${revision}\n${uncommittedText(uncommitted)}`;
}

/** A line when the folder's git has not got a change. Pure. */
export function uncommittedText(reason: string | undefined): string {
  return reason === undefined ? '' : `git does not get the pool's changes, which stand: ${reason}\n`;
}

/** A line when people will not like the page's certificate. Pure. */
export function certificateText(trouble: string | undefined): string {
  return trouble === undefined ? '' : `certificate of the page: ${trouble}\n`;
}

export function historyText(revisions: readonly RevisionSummary[]): string {
  return textTable(revisions.map(({ revision, at, by, what }) => [String(revision).padStart(5), minuteText(at), by, what]));
}

export function poolDiffText({ from, to, files }: PoolDiff): string {
  if (files.length === 0) return `revisions ${from} and ${to} say the same\n`;
  return files
    .map(({ path, lines }) => `--- ${path}, revision ${from}\n+++ ${path}, revision ${to}\n${lines.map((line) => `${line}\n`).join('')}`)
    .join('');
}

export function revisionText({ revision, at, by, what, files }: RevisionSummary & { files: Readonly<Record<string, string>> }): string {
  const heading = `revision ${revision}, ${minuteText(at)}, by ${by}: ${what}\n`;
  return (
    heading +
    Object.entries(files)
      .map(([path, text]) => `\n--- ${path}\n${text.endsWith('\n') || text === '' ? text : `${text}\n`}`)
      .join('')
  );
}
