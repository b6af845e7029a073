import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { exists } from '../platform/files/files.ts';
import { readCollectors } from '../settings/collectors-manifest.ts';
import { settingsWords } from '../settings/said-settings.ts';
import { readSiteSettings } from '../settings/site-settings-file.ts';
import { takeFromStick } from './stick-files.ts';

/** What a master would say at its start of what somebody put on the stick. */
export interface PreparedStick {
  said: string[];
  /** with any of them it would serve nothing */
  mistakes: string[];
}

/**
 * Reads recon.yaml, the list that it names and `collectors/`, as a master does, at the desk: on a mounted stick, a directory with these files, or, into `work`, a device or
 * image that is not mounted. Nothing there is changed. @throws ReconError `not-found`
 */
export async function checkPreparedStick(path: string, work: string): Promise<PreparedStick> {
  if (!(await exists(path)))
    throw new ReconError('not-found', `there is no ${path}`, { hint: 'name the mounted stick, its device, or a directory' });
  // a slash and a point behind a file's name is no path of its
  const root = (await exists(`${path}/.`)) ? path : await takeFromStick(path, join(work, 'stick'), 'settings');
  const said: string[] = [];
  const outcome = await readSiteSettings(root, (line) => said.push(line));
  const collectors = await readCollectors(root);
  const settings = outcome.outcome === 'read' ? Object.keys(outcome.settings) : [];
  if (outcome.outcome === 'none') said.push('there is no recon.yaml: everything is as usual');
  if (outcome.outcome === 'read')
    said.push(
      settings.length === 0 ? 'recon.yaml sets nothing: everything is as usual' : `recon.yaml sets ${settingsWords(outcome.settings)}`,
    );
  said.push(...collectors.said);
  if (collectors.collectors.length > 0 && collectors.mistakes.length === 0)
    said.push(`collectors, which every machine runs: ${collectors.collectors.map(({ name }) => name).join(', ')}`);
  return { said, mistakes: [...(outcome.outcome === 'wrong' ? outcome.mistakes : []), ...collectors.mistakes] };
}
