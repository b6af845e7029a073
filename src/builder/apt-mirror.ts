/**
 * The Debian mirror that a host uses, from the text of its apt sources (one-line format of sources.list(5) or deb822):
 * the first archive whose suite is a plain Debian release, not security or backports. Undefined when there is none.
 */
export function findDebianMirror(sources: readonly string[]): string | undefined {
  for (const text of sources) {
    for (const stanza of text.split(/\n\s*\n/)) {
      const mirror = fromDeb822(stanza) ?? fromOneLine(stanza);
      if (mirror !== undefined) return mirror;
    }
  }
  return undefined;
}

const RELEASE = /^(bookworm|trixie|forky|sid|stable|testing|unstable)$/;

function fromDeb822(stanza: string): string | undefined {
  const field = (name: string): string[] => new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
  if (!field('Types').includes('deb') || !field('Suites').some((suite) => RELEASE.test(suite)) || !field('Components').includes('main'))
    return undefined;
  return field('URIs').find((uri) => /^(https?|ftp|file):/.test(uri));
}

function fromOneLine(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const found = /^\s*deb\s+(?:\[[^\]]*\]\s+)?((?:https?|ftp|file):\S+)\s+(\S+)\s+.*\bmain\b/.exec(line);
    if (found?.[1] !== undefined && RELEASE.test(found[2] ?? '')) return found[1];
  }
  return undefined;
}
