/**
 * The Debian mirror that a host uses, from the text of its apt sources (one-line format of sources.list(5) or deb822): the first archive
 * with a plain Debian release (not security, not backports) and the component main. Other vendors have such archives too, so one
 * whose path ends in `/debian` goes before all others. Undefined when there is none.
 */
export function findDebianMirror(sources: readonly string[]): string | undefined {
  const found = sources.flatMap((text) => [...fromDeb822(text), ...fromOneLine(text)]);
  return found.find((uri) => /\/debian\/*$/.test(uri)) ?? found[0];
}

const RELEASE = /^(bookworm|trixie|forky|sid|stable|testing|unstable)$/;
const URI = /^(https?|ftp|file):/;

function fromDeb822(text: string): string[] {
  return stanzas(text).flatMap((stanza) => {
    const words = (field: string): string[] => stanza.get(field)?.split(/\s+/) ?? [];
    const off = /^(no|false|without|off|disable)$/i.test(stanza.get('enabled') ?? '');
    const fits =
      words('types').includes('deb') && words('suites').some((suite) => RELEASE.test(suite)) && words('components').includes('main');
    return fits && !off ? words('uris').filter((uri) => URI.test(uri)) : [];
  });
}

/** deb822(5): fields by lower-case name; a line that begins with a blank continues its field, one that begins with `#` is a comment. */
function stanzas(text: string): Map<string, string>[] {
  return text.split(/\n[ \t\r]*\n/).map((stanza) => {
    const lines = stanza.split('\n').filter((line) => !line.startsWith('#'));
    const fields = lines
      .join('\n')
      .replaceAll(/\n[ \t]+/g, ' ')
      .split('\n');
    return new Map(fields.map((field) => [field.split(':', 1)[0]?.trim().toLowerCase() ?? '', field.slice(field.indexOf(':') + 1).trim()]));
  });
}

function fromOneLine(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.replace(/#.*$/, ''));
    const [, uri = '', suite = '', components = ''] = found ?? [];
    return URI.test(uri) && RELEASE.test(suite) && components.trim().split(/\s+/).includes('main') ? [uri] : [];
  });
}
