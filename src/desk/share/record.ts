import { EarlyFacts } from '../../domain/early-facts.ts';
import { NodeRecord } from '../../domain/record/node-record.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { findings } from '../../judge/findings/findings.ts';
import { fingerprint } from '../../judge/identity/fingerprint.ts';
import { byRules, type MaskText } from './by-rules.ts';
import { EARLY_FACTS_RULES } from './ledger-rules.ts';
import { maskedSpellings } from './mac-spellings.ts';
import { maskedValue, type Pseudonyms } from './pseudonyms.ts';
import { RECORD_RULES } from './record-rules.ts';
import { type ShareRules, shareRules } from './rules.ts';

const RECORD = shareRules(RECORD_RULES);
const EARLY_FACTS = shareRules(EARLY_FACTS_RULES);

/**
 * A record without anything that tells whose it is. What the rules do not know is left out; what is made from the rest (findings,
 * identity) is made anew. Outputs of the operator's own collectors and the list of commands are left out.
 */
export function shareableRecord(mac: string, { schemaVersion, origin, sections }: NodeRecord, names: Pseudonyms): NodeRecord {
  const change = changeOf(names, new Set([...identifyingValues(sections), mac]));
  const shared = Object.entries(sections).flatMap(([name, section]) => {
    const data = byRules(dataOf(section), RECORD, change, name);
    return RECORD.isKnown(name) ? [[name, { ...envelopeOf(section), ...definedOnly({ data }) }] as const] : [];
  });
  const masked = { schemaVersion, ...definedOnly({ origin }), sections: Object.fromEntries(shared), collectors: [] };
  const plain = NodeRecord.parse(masked);
  return {
    ...plain,
    identity: fingerprint(plain),
    findings: findings([{ name: names.mac(mac), record: plain }]).map(({ machine: _machine, ...finding }) => finding),
  };
}

/** The same for what a boot loader said. */
export function shareableFacts(facts: EarlyFacts, names: Pseudonyms): EarlyFacts {
  return EarlyFacts.parse(byRules(facts, EARLY_FACTS, changeOf(names, pseudonymous(facts, EARLY_FACTS))));
}

/** Every value of a record that gets a pseudonym, as it stands; also for the test that looks for them. */
export function identifyingValues(sections: NodeRecord['sections']): Set<string> {
  return new Set(Object.entries(sections).flatMap(([name, section]) => [...pseudonymous(dataOf(section), RECORD, name)]));
}

function pseudonymous(value: unknown, rules: ShareRules, path = ''): Set<string> {
  const found = new Set<string>();
  byRules(
    value,
    rules,
    (text, rule) => {
      if (rule !== 'keep') found.add(text);
      return text;
    },
    path,
  );
  return found;
}

function changeOf(names: Pseudonyms, originals: ReadonlySet<string>): MaskText {
  // a maker's text may quote a serial number
  const spelled = maskedSpellings(originals, names.mac);
  const quoted = [...originals].filter((original) => original.length >= 5 && /\d/.test(original));
  return (text, rule) => {
    if (rule !== 'keep') return names[rule](text);
    return quoted.reduce((plain, original) => plain.replaceAll(original, '…'), spelled(maskedValue(text, names)));
  };
}

function dataOf(section: unknown): unknown {
  return typeof section === 'object' && section !== null && 'data' in section ? section.data : undefined;
}

/** How the reading of a section went. A reason may quote anything. */
function envelopeOf(section: unknown): object {
  const { status, durationMs } = section as { status?: unknown; durationMs?: unknown };
  return definedOnly({ status, durationMs, reason: status === 'failed' ? 'the reason was left out' : undefined });
}
