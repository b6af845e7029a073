import { parse } from 'yaml';
import { decodeText } from '../../../domain/values/text.ts';
import { isObject, member, parseToolJson } from '../../values/json-value.ts';

/** The facts by their names, from `facter --json`, `facter --yaml` or its own notation. Undefined of any other text. */
export function readFacts(bytes: Uint8Array | undefined): Record<string, unknown> | undefined {
  const text = decodeText(bytes);
  return [() => parseToolJson(bytes), () => fromYaml(text), () => parseToolJson(Buffer.from(asJson(text)))]
    .map((read) => read())
    .map((found) => member(found, 'values') ?? found)
    .find((found): found is Record<string, unknown> => isObject(found) && KNOWN.some((name) => name in found));
}

/** Facts that every release has. Puppet puts them below `values` where it has kept them. */
const KNOWN = ['facterversion', 'kernelrelease', 'processors', 'networking', 'dmi', 'disks', 'productname', 'interfaces', 'blockdevices'];

function fromYaml(text: string): unknown {
  // a text without a name at the beginning of a line is none, and reading it costs
  if (!/^["']?[a-z]\w*["']?:(\s|$)/m.test(text)) return undefined;
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

/** `dmi => {` and `vendor => "Rackbau",` stand for what JSON writes with colons; a text at the outermost level has no quotation marks. */
function asJson(text: string): string {
  if (!/^[a-z]\w* => /m.test(text)) return '';
  const lines = text.split('\n').map((line) => {
    const [, indent = '', name, value = ''] = /^(\s*)("?[\w.:@/-]+"?) => (.*)$/.exec(line) ?? [];
    if (name === undefined) return line;
    const key = name.startsWith('"') ? name : JSON.stringify(name);
    const isPlain = indent === '' && !/^[[{"]/.test(value);
    return `${indent}${key}: ${isPlain ? JSON.stringify(value.trim()) : value}${indent === '' && !/[[{]$/.test(value) ? ',' : ''}`;
  });
  // what ends a group at the outermost level has no comma behind it
  return `{${lines.join('\n').replaceAll(/^([\]}])$/gm, '$1,')}}`;
}
