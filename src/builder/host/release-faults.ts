import type { Repository } from './repositories.ts';

/** What a `Release` of an apt archive (InRelease without its signature) lacks for a repository, as the end of a sentence about it; undefined: nothing. Pure. */
export function releaseFault(
  text: string,
  { release, components, architecture }: Omit<Extract<Repository, { kind: 'apt' }>, 'kind' | 'url'>,
): string | undefined {
  const words = (field: string): string[] => new RegExp(`^${field}:[ \\t]*(.*)$`, 'm').exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  const names = [...words('Codename'), ...words('Suite')];
  if (names.length === 0) return 'answers, but not as a Debian mirror does';
  if (!names.includes(release)) return `calls itself ${names[0]} where ${release} should be`;
  // an archive may write `main` with the name of its part before it: updates/main
  const has = words('Components').map((name) => name.split('/').at(-1));
  const lacking = components.filter((name) => !has.includes(name));
  if (lacking.length > 0) return `has no ${lacking.join(' and no ')} in ${release}`;
  return words('Architectures').includes(architecture) ? undefined : `has no packages for ${architecture} in ${release}`;
}
