import { ReconError } from '../../domain/errors.ts';
import { HeadSettings } from '../../domain/pool/head-settings.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { settingsFromText } from '../../settings/settings-text.ts';

/** The settings of a head node. @throws ReconError `not-found`, `usage` with file, line and nearest word */
export async function readHeadSettings(path: string): Promise<HeadSettings> {
  const bytes = await readOrUndefined(path);
  if (bytes === undefined) {
    throw new ReconError('not-found', `there are no settings of a head node in ${path}`, { hint: 'recon head install --private eth1' });
  }
  const parsed = settingsFromText(bytes.toString('utf8'), HeadSettings);
  if (parsed.outcome === 'ok') return parsed.settings;
  const [first] = parsed.mistakes;
  const mistakes = parsed.mistakes.map(({ line, message }) => `${path} line ${line}: ${message}`);
  throw new ReconError('usage', mistakes.join('\n'), definedOnly({ hint: first?.hint }));
}
