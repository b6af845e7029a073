import { SITE_SETTINGS_FILE, SiteSettings } from '../../../domain/site-settings.ts';
import type { FatVolume } from '../../../platform/fat/fat-volume.ts';
import { ENCRYPTED_FOLDER } from '../../../records/encrypted-files.ts';
import { ledgerNumber, VISITS_FILE } from '../../../records/visit-files.ts';
import { savedText } from '../../../settings/saved-text.ts';
import { settingsFromText } from '../../../settings/settings-text.ts';

/** More than any recon.yaml. */
const LARGEST_BYTES = 16 * 1024 * 1024;
const RECORDS = ['records', 'partial', 'incoming', ENCRYPTED_FOLDER, VISITS_FILE];
const TARBALL = /^recon-.+\.tar\.gz(\.age)?$/;

export type NewOrNot = { isNew: true } | { isNew: false; reason: string; isUsual: boolean };

/** Whether a stick that is not mounted had no visit yet, and its recon.yaml lets it grow. In doubt it stays as it is. */
export async function isNewStick(volume: FatVolume): Promise<NewOrNot> {
  const no = (reason: string, isUsual: boolean): NewOrNot => ({ isNew: false, reason, isUsual });
  const { entries } = await volume.directory();
  const used = entries.find(({ name }) => RECORDS.includes(name) || ledgerNumber(name) !== undefined || TARBALL.test(name));
  if (used !== undefined) return no(`it has been used: ${used.name} is on it`, true);
  const settings = entries.filter(({ name }) => /^recon\.ya?ml(\.txt)?$/i.test(name));
  const [one] = settings;
  if (one === undefined) return { isNew: true };
  const bytes = settings.length === 1 && one.name.toLowerCase() === SITE_SETTINGS_FILE ? await volume.read(one, LARGEST_BYTES) : undefined;
  const parsed = bytes === undefined ? undefined : settingsFromText(savedText(bytes).text, SiteSettings);
  // what was meant may be that it stays as it is
  if (parsed?.outcome !== 'ok') return no(`${one.name} cannot be read without doubt`, false);
  return parsed.settings.grow === false ? no(`${one.name} says so`, false) : { isNew: true };
}
