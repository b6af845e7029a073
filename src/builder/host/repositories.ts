/** What a KIWI description installs from. */
export type Repository =
  | { kind: 'apt'; url: string; release: string; components: readonly string[] }
  /** rpm-md */
  | { kind: 'rpm'; url: string };

/** The repositories of a KIWI description whose mirror is put in. Pure. */
export function repositoriesOf(configXml: string): Repository[] {
  return [...configXml.matchAll(/<repository\s([^>]*)>\s*<source\s+path="([^"]*)"/g)].map(([, attributes = '', path = '']) => {
    const value = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    const url = path.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    if (value('type') !== 'apt-deb') return { kind: 'rpm', url };
    return { kind: 'apt', url, release: value('distribution'), components: value('components').split(/\s+/) };
  });
}
