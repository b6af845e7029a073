import type { NodeRecord } from '../../domain/record/node-record.ts';
import { explain } from '../../inventory/explain.ts';
import { normalise } from '../../inventory/normalise.ts';
import { loadCapture } from './directory.ts';

/** What `recon normalise` prints of a capture directory. */
export interface ReadDirectory {
  record: NodeRecord;
  /** for standard error: files that are not used as they are, one line for each */
  notes: string[];
  /** `--explain`: each value with the files and lines that say it */
  explained(): string[];
}

/** @throws ReconError as loadCapture */
export async function readDirectory(directory: string): Promise<ReadDirectory> {
  const capture = await loadCapture(directory);
  const record = normalise(capture);
  const notes = (record.rawFiles ?? []).map(({ path, state, reason }) => `${path}: ${state}${reason === undefined ? '' : `, ${reason}`}`);
  const explained = (): string[] =>
    explain(record, capture).map(({ field, value, from }) => `${field} = ${value}  ${from.join(' ')}`.trimEnd());
  return { record, notes, explained };
}
