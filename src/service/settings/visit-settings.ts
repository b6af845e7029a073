import { dirname, join } from 'node:path';
import type { SiteSettings } from '../../domain/site-settings.ts';
import { keepOperatorTools, POST_TOOLS } from '../../peer/operator-tools.ts';
import { buildPostArchive } from '../../peer/post-archive.ts';
import type { WorkloadSettings } from '../../peer/workload-settings.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import type { Log } from '../../platform/log.ts';
import { settingsWords } from '../../settings/said-settings.ts';
import { readSiteSettings } from '../../settings/site-settings-file.ts';
import { keepCollectors } from './collectors-folder.ts';

/** Where the operator's programs lie while this boot lasts. */
const TOOLS_DIRECTORY = '/run/recon/tools';
const COLLECTORS_DIRECTORY = '/run/recon/collectors';

/** What the stick says about this visit, ready for use. */
export interface VisitSettings {
  settings: SiteSettings;
  toolsDirectory: string;
  collectorsDirectory: string;
  workload: WorkloadSettings;
  /** what a person should read: which settings count, which programs travel */
  said: string[];
  /** with any of them nothing may be served */
  mistakes: string[];
}

/** Reads recon.yaml, `tools/` and `collectors/` of the stick. Mistakes are told, never guessed over. */
export async function readVisitSettings(directory: string, log: Log): Promise<VisitSettings> {
  const read: string[] = [];
  const outcome = await readSiteSettings(directory, (line) => read.push(line));
  const settings = outcome.outcome === 'read' ? outcome.settings : {};
  const tools = await keepOperatorTools(join(directory, POST_TOOLS), TOOLS_DIRECTORY, log);
  const collectors = await keepCollectors(directory, COLLECTORS_DIRECTORY, (line) => read.push(line));
  const names = Object.keys(settings);
  const said = [
    ...read,
    ...(names.length === 0 ? [] : [`recon.yaml sets ${settingsWords(settings)}; everything else is as usual`]),
    ...(tools.length === 0 ? [] : [`tools from the stick, which every machine is given: ${tools.join(', ')}`]),
    ...(collectors.names.length === 0 ? [] : [`collectors from the stick, which every machine runs: ${collectors.names.join(', ')}`]),
    ...(collectors.unlisted.length === 0 ? [] : [`in collectors/ and not run by themselves: ${collectors.unlisted.join(', ')}`]),
  ];
  const mistakes = [...(outcome.outcome === 'wrong' ? outcome.mistakes : []), ...collectors.mistakes];
  return {
    settings,
    toolsDirectory: TOOLS_DIRECTORY,
    collectorsDirectory: COLLECTORS_DIRECTORY,
    workload: workloadOf(settings),
    said,
    mistakes,
  };
}

/**
 * Makes what peers fetch and run, with the operator's programs, once at the start, when these are known; a post.tgz of the operator's own on the stick
 * is served in its place. Gives the path.
 */
export async function keepWorkload(path: string, program: string, visit: VisitSettings): Promise<string> {
  const { toolsDirectory, collectorsDirectory, workload } = visit;
  const settings = Object.keys(workload).length === 0 ? {} : { settings: workload };
  await makeDirectory(dirname(path));
  await writeAtomic(path, await buildPostArchive(program, { toolsDirectory, collectorsDirectory, ...settings }));
  return path;
}

function workloadOf({ limits, ssh }: SiteSettings): WorkloadSettings {
  return {
    ...(limits?.captureSeconds === undefined ? {} : { captureMs: limits.captureSeconds * 1000 }),
    ...(ssh === undefined ? {} : { authorizedKey: ssh.authorizedKey }),
  };
}
