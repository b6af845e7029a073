import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Block, failedTools, recordText } from '../../../src/web/machine/record-text.ts';
import { recordFor } from '../../master/fixture-records.ts';

const record = recordFor('S1');
const section = (id: string) => {
  const found = recordText(record).find((one) => one.id === id);
  assert.ok(found !== undefined, id);
  return found;
};
const facts = (blocks: readonly Block[]) => Object.fromEntries(blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : [])));
const table = (blocks: readonly Block[]) => {
  const found = blocks.find((block) => block.kind === 'table');
  assert.ok(found !== undefined);
  return found;
};

describe('a record in words', () => {
  it('names fields as people do, with units', () => {
    const memory = section('memory');
    assert.deepEqual(facts(memory.blocks), { total: '126 GiB', installed: '128 GiB' });
    const { title, heads, rows } = table(memory.blocks);
    assert.equal(title, 'DIMMs');
    assert.deepEqual(Object.fromEntries(heads.map((head, at) => [head, rows[0]?.[at]])), {
      locator: 'A1',
      populated: 'yes',
      size: '128 GiB',
      type: 'DDR4',
      'configured speed': '2933 MT/s',
    });
  });

  it('lists are tables with their length; what an entry lacks stays empty', () => {
    const nics = section('nics');
    assert.equal(nics.count, 2);
    const { heads, rows } = table(nics.blocks);
    assert.equal(rows[0]?.[heads.indexOf('lldp')], 'chassis name sw1, port ID Eth1/1');
    assert.equal(rows[1]?.[heads.indexOf('lldp')], '');
    assert.equal(section('disks').count, 1);
    assert.deepEqual(table(section('disks').blocks).rows[0]?.slice(1, 3), ['other', '480 GB']);
  });

  it('folds what is too long to stand among facts', () => {
    const flags = Array.from({ length: 80 }, (_, at) => `flag${at}`);
    const sections = { ...record.sections, cpu: { status: 'ok', data: { model: 'X', currentMhz: 2600, flags } } } as typeof record.sections;
    const cpu = recordText({ ...record, sections }).find(({ id }) => id === 'cpu');
    assert.deepEqual(facts(cpu?.blocks ?? []), { model: 'X', 'current clock': '2600 MHz' });
    assert.deepEqual(cpu?.blocks.at(-1), { kind: 'long', title: 'flags', text: flags.join(', ') });
  });

  it('what failed says why, and what is absent is not mistaken for it', () => {
    assert.deepEqual([section('pci').status, section('pci').reason], ['failed', 'lspci failed (exit code 1)']);
    assert.equal(section('board').status, 'absent');
    assert.deepEqual(failedTools(record), [{ id: 'lspci', status: 'failed', reason: 'exit code 1' }]);
  });

  it('begins with what the machine is, and shows sections that it does not know', () => {
    const known = recordText({
      ...record,
      sections: { ...record.sections, novelty: { status: 'ok', data: { deep: { speedMbps: 10, heightRackUnits: 2 } } } },
    });
    assert.equal(known[0]?.id, 'system');
    assert.deepEqual(facts(known.at(-1)?.blocks ?? []), { 'deep speed': '10 Mbit/s', 'deep height': '2 U' });
  });
});
