import { z } from 'zod';
import { EarlyFacts } from '../../domain/early-facts.ts';
import { NodeRecord } from '../../domain/record/node-record.ts';
import { findings } from '../../judge/findings/findings.ts';
import { fingerprint } from '../../judge/identity/fingerprint.ts';
import { maskedValue, type Pseudonyms } from './pseudonyms.ts';
import { shareRule } from './rules.ts';

/**
 * A record without anything that tells whose it is. What the rules do not know is left out; what is made from the rest (findings,
 * identity) is made anew. Outputs of the operator's own collectors and the list of commands are left out.
 */
export function shareableRecord(mac: string, record: NodeRecord, names: Pseudonyms): NodeRecord {
  const { custom: _custom, ...sections } = record.sections;
  const originals = identifyingValues({ sections });
  const masked = mask({ ...record, sections, collectors: [], findings: undefined, identity: undefined }, '', '', {
    names,
    originals,
  }) as object;
  const plain = NodeRecord.parse({ ...masked, collectors: [] });
  return {
    ...plain,
    identity: fingerprint(plain),
    findings: findings([{ name: names.mac(mac), record: plain }]).map(({ machine: _machine, ...finding }) => finding),
  };
}

/** The same for what a boot loader said. */
export function shareableFacts(facts: EarlyFacts, names: Pseudonyms): EarlyFacts {
  return EarlyFacts.parse(mask(facts, '', '', { names, originals: identifyingValues(facts) }));
}

/** Every value that gets a pseudonym, as it stands; also for the test that looks for them. */
export function identifyingValues(value: unknown, parent = '', key = ''): Set<string> {
  if (typeof value === 'string') return new Set(['keep', 'drop'].includes(shareRule(parent, key)) ? [] : [value]);
  if (Array.isArray(value))
    return new Set(value.flatMap((item) => [...identifyingValues(item, typeof item === 'object' ? key : parent, key)]));
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(Object.entries(value).flatMap(([name, inner]) => [...identifyingValues(inner, nameOf(parent, key, name), name)]));
}

interface Masking {
  names: Pseudonyms;
  originals: ReadonlySet<string>;
}

function mask(value: unknown, parent: string, key: string, masking: Masking): unknown {
  if (typeof value === 'string') return maskText(value, parent, key, masking);
  if (Array.isArray(value)) {
    return value.map((item) => mask(item, typeof item === 'object' ? key : parent, key, masking)).filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const isNamed = key === 'vulnerabilities';
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    if (!isNamed && !KNOWN_KEYS.has(name)) return [];
    const masked = mask(inner, nameOf(parent, key, name), isNamed ? key : name, masking);
    return masked === undefined ? [] : [[name, masked] as const];
  });
  const found = Object.fromEntries(entries);
  return found['status'] === 'failed' && 'reason' in value ? { ...found, reason: 'the reason was left out' } : found;
}

/** Sections wrap their data in `data`, which is no name of its own. */
function nameOf(parent: string, key: string, _name: string): string {
  return key === 'data' ? parent : key;
}

function maskText(text: string, parent: string, key: string, { names, originals }: Masking): string | undefined {
  const rule = shareRule(parent, key);
  if (rule === 'drop') return undefined;
  if (rule !== 'keep') return names[rule](text);
  let plain = maskedValue(text, names);
  // a maker's text may quote a serial number
  for (const original of originals) if (original.length >= 5 && /\d/.test(original)) plain = plain.replaceAll(original, '…');
  return plain;
}

/** All keys that the schemas of this version know. */
const KNOWN_KEYS: ReadonlySet<string> = new Set([...keysOf(z.toJSONSchema(NodeRecord, { io: 'input' })), ...Object.keys(EarlyFacts.shape)]);

function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null ? Object.keys(schema.properties) : [];
  return [...own, ...Object.values(schema).flatMap(keysOf)];
}
