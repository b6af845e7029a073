import { ReconError } from '../../domain/errors.ts';

/**
 * The mirror from `MIRROR=`, without blanks around it; undefined when there is none.
 * @throws ReconError `usage` for what is no URL of a mirror: found before any work, not by a tool that has its own words for it
 */
export function mirrorSetting(setting: string | undefined): string | undefined {
  const mirror = setting?.trim() ?? '';
  if (mirror === '') return undefined;
  // new URL() takes http:/host and http:host as well
  const isMirror = /^(https?:\/\/[^/\s,?#]+(\/[^\s,?#]*)?|file:\/\/\/[^\s,?#]*)$/.test(mirror) && URL.canParse(mirror);
  if (isMirror) return mirror;
  throw new ReconError('usage', `MIRROR=${mirror} is not the address of a mirror`, {
    hint: 'an address with http://, https:// or file:///, for example MIRROR=http://mirror.example.org/debian',
  });
}
