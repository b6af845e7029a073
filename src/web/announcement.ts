import { counted } from '../domain/values/counted.ts';
import type { PageLinkState } from './parts/link.ts';

/** What a screen reader is told about the visit; the same text is not told twice. */
export function announcement(
  counts: { total: number; done: number; stuck: number },
  expectedCount: number | undefined,
  link: PageLinkState,
): string {
  if (link.state === 'lost') return 'The master does not answer.';
  const { total, done, stuck } = counts;
  const of = expectedCount === undefined ? `of ${counted(total, 'machine')} seen` : `of ${expectedCount} expected`;
  return `${done} ${of} done, ${stuck === 0 ? 'none stuck' : `${stuck} stuck`}.`;
}

/** The window's title: readable on a tab and in a list of apps. */
export function titleText(counts: { total: number; done: number; stuck: number } | undefined, expectedCount: number | undefined): string {
  if (counts === undefined) return 'Recon';
  const stuck = counts.stuck === 0 ? '' : `, ${counts.stuck} stuck`;
  return `${counts.done}/${expectedCount ?? counts.total} done${stuck} – Recon`;
}
