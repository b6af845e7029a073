import type { PoolImageView } from '../../domain/pool/api-views.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';

export interface BootOption {
  value: string;
  text: string;
}

/** What may be assigned, those that somebody wrote first. */
export function profileOptions(profiles: Readonly<Record<string, Profile>>): BootOption[] {
  return Object.entries(profiles)
    .sort(([a, one], [b, other]) => Number(isBuiltIn(a, one)) - Number(isBuiltIn(b, other)) || a.localeCompare(b))
    .map(([name, profile]) => ({ value: name, text: profile.title === undefined ? name : `${name}: ${profile.title}` }));
}

/** The same with each version that is there, for one field; what is written now stays a choice. */
export function choiceOptions(
  { profiles, images }: { profiles: Readonly<Record<string, Profile>>; images: readonly PoolImageView[] },
  now: string,
): BootOption[] {
  const options = profileOptions(profiles).flatMap((option) => [
    option,
    ...versionOptions(option.value, profiles[option.value], images)
      .filter(({ value }) => value !== '')
      .map(({ value, text }) => ({ value: `${option.value}${value}`, text: `${option.value}, ${text}` })),
  ]);
  return now === '' || options.some(({ value }) => value === now) ? options : [{ value: now, text: now }, ...options];
}

/** Versions of a profile's image; the first is whatever the profile names. None for a profile without an image. */
export function versionOptions(name: string, profile: Profile | undefined, images: readonly PoolImageView[]): BootOption[] {
  const { image, version: named } = imageOf(name, profile);
  if (image === undefined) return [];
  const versions = images
    .filter((one) => one.name === image)
    .map(({ version }) => version)
    .sort((a, b) => b - a);
  const [newest] = versions;
  return [
    { value: '', text: `as the profile says (${named === undefined ? 'newest' : named})` },
    { value: '@newest', text: newest === undefined ? 'newest' : `newest (now ${newest})` },
    ...versions.map((version) => ({ value: `@${version}`, text: `version ${version}` })),
  ];
}

/** Name and version of a profile's image, as it is written; without one, failsafe boots the image of its own name. */
export function imageOf(name: string, profile: Profile | undefined): { image?: string; version?: string } {
  if (profile?.kind !== 'compute' && profile?.kind !== 'failsafe') return {};
  const [image, version] = (profile.image ?? name).split('@');
  return definedOnly({ image, version });
}

/** There without being written down, under the name of its kind. */
function isBuiltIn(name: string, profile: Profile): boolean {
  return name === profile.kind;
}
