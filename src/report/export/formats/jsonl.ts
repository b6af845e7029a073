import { definedOnly } from '../../../domain/values/defined-only.ts';
import { plainJson } from '../../../domain/values/plain-json.ts';
import type { TextFormat } from '../format.ts';

/** One line of JSON per machine: its host name beside what nodes.jsonl has. */
export const JSONL: TextFormat = {
  name: 'jsonl',
  about: 'one line of JSON per machine, with the whole record',
  shape: 'file',
  async *write(machines) {
    for await (const { name, mac, node } of machines) {
      const line = { name, mac, ...definedOnly({ revision: node.revision }), record: node.record };
      yield { file: 'machines.jsonl', text: `${plainJson(line)}\n` };
    }
  },
};
