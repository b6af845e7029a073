import { ReconError } from '../../domain/errors.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { parseMac } from '../../domain/values/mac.ts';
import { nearestWord } from '../../domain/values/nearest-word.ts';
import { NO_HISTORY } from '../decide/boot-history.ts';
import type { BootingMachine } from '../decide/booting-machine.ts';
import { decideBoot } from '../decide/decide.ts';
import { whyText } from '../decide/why-text.ts';

/** Why a node, or a machine with a MAC address, boots what it boots, by the pool alone. @throws ReconError `usage` for a name of nobody */
export function explainNode(pool: Pool, name: string, facts: Omit<BootingMachine, 'mac'>): string {
  const mac = pool.nodes.get(name)?.macs[0] ?? parseMac(name);
  if (mac === undefined) {
    const near = nearestWord(name, [...pool.nodes.keys()]);
    throw new ReconError('usage', `${name} is no node, and no MAC address`, near === undefined ? {} : { hint: `Did you mean ${near}?` });
  }
  return whyText(name, decideBoot(pool, { mac, ...facts }, NO_HISTORY, 0));
}

const FACTS = ['vendor', 'product', 'serial', 'uuid', 'firmware', 'architecture', 'switch', 'port'] as const;
const GIBIBYTE = 1024 ** 3;

/** Reads `vendor=Dell Inc.`, `memoryGiB=64` …; later ones win. @throws ReconError `usage` */
export function factsFromWords(words: readonly string[]): Omit<BootingMachine, 'mac'> {
  const facts: Record<string, string | number> = {};
  for (const word of words) {
    const [, key = '', value = ''] = /^([A-Za-z]+)=(.+)$/.exec(word) ?? [];
    if (key === 'memoryGiB' && Number(value) > 0) facts['memoryBytes'] = Number(value) * GIBIBYTE;
    else if (FACTS.some((fact) => fact === key)) facts[key] = value;
    else
      throw new ReconError('usage', `${word} is no fact of a machine`, {
        hint: `Write KEY=VALUE, with one of ${[...FACTS, 'memoryGiB'].join(', ')}.`,
      });
  }
  return facts;
}
