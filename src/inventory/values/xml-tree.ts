/** An element of an XML text: enough for the output of tools, without namespaces, schemas or external entities. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** of the element itself, without that of its children */
  text: string;
}

/**
 * The root elements of a text. It is made for output that may stop anywhere: elements that are not closed are closed at the end and have no text, a closing tag
 * without an opening one is passed over. No tool mixes text with tags: where a broken tag makes it look so, the element has no text. Never throws.
 */
export function parseXml(text: string): XmlElement[] {
  const roots: XmlElement[] = [];
  const open: XmlElement[] = [];
  const spoilt = new Set<XmlElement>();
  for (const [, skipped, closing, name, attributes = '', selfClosing, plain] of text.matchAll(TOKEN)) {
    const at = open.at(-1);
    if (at !== undefined && (skipped !== undefined || plain === '<')) spoilt.add(at);
    if (skipped !== undefined) continue;
    if (plain !== undefined) {
      if (at !== undefined) at.text += unescaped(plain);
    } else if (closing !== undefined) {
      const depth = open.findLastIndex((element) => element.name === closing);
      if (depth >= 0) open.length = depth;
      else if (at !== undefined) spoilt.add(at);
    } else if (name !== undefined) {
      const element: XmlElement = { name, attributes: readAttributes(attributes), children: [], text: '' };
      (at?.children ?? roots).push(element);
      if (at !== undefined) spoilt.add(at);
      if (selfClosing !== '/' && open.length < MAX_DEPTH) open.push(element);
    }
  }
  // half a serial number is not a serial number
  for (const element of [...open, ...spoilt]) element.text = '';
  return roots;
}

/** Deeper nesting than any tool has. */
const MAX_DEPTH = 200;

const TOKEN =
  /(<\?[^>]*>|<![^>]*>)|<\/([A-Za-z_][\w:.-]*)\s*>|<([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+|<)/g;

function readAttributes(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, double, single] of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name !== undefined) found[name] = unescaped(double ?? single ?? '');
  }
  return found;
}

function unescaped(text: string): string {
  return text.replaceAll(/&(lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/gi, (whole, entity: string) => {
    const named = ENTITIES[entity.toLowerCase()];
    if (named !== undefined) return named;
    const code = Number(entity[1] === 'x' || entity[1] === 'X' ? `0${entity.slice(1)}` : entity.slice(1));
    return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
