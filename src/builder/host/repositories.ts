import { ARCHITECTURES, type Architecture, USUAL_ARCHITECTURE } from '../../domain/values/architecture.ts';

/** What a KIWI description installs from. `architecture` is Debian's word. */
export type Repository =
  | { kind: 'apt'; url: string; release: string; components: readonly string[]; architecture: string }
  /** rpm-md */
  | { kind: 'rpm'; url: string };

/** The repositories of a KIWI description whose mirror is put in. Pure. */
export function repositoriesOf(configXml: string, architecture: Architecture = USUAL_ARCHITECTURE): Repository[] {
  return [...configXml.matchAll(/<repository\s([^>]*)>\s*<source\s+path="([^"]*)"/g)].map(([, attributes = '', path = '']) => {
    const value = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    const url = path.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    if (value('type') !== 'apt-deb') return { kind: 'rpm', url };
    return {
      kind: 'apt',
      url,
      release: value('distribution'),
      components: value('components').split(/\s+/),
      architecture: ARCHITECTURES[architecture].debian,
    };
  });
}
