import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pseudonymsOf } from '../../../src/desk/share/pseudonyms.ts';
import { shareableRecord } from '../../../src/desk/share/record.ts';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { knownBy } from '../../../src/judge/identity/known-by.ts';
import { fullRecord, LEAF_FIELDS, valueAt, withField } from '../../domain/record/sample-record.ts';
import { fixtureCapture } from '../../inventory/capture-fixture.ts';
import { recordedTexts } from '../../inventory/recordings/recorded-texts.ts';
import { spellingsOf } from './spellings-of.ts';

const NAMES = pseudonymsOf(Buffer.alloc(32, 9));
const MAC = '3c:ec:ef:0a:bc:07';
const OF_RECORD = '52:54:00:00:00:0b';

/** What is left of an address in what is shared of a record, in any spelling. */
function leftOf(mac: string, record: NodeRecord, of = OF_RECORD): string[] {
  const text = JSON.stringify(shareableRecord(of, record, NAMES)).toLowerCase();
  return spellingsOf(mac).filter((spelling) => text.includes(spelling.toLowerCase()));
}

test('an address of the machine in any text of its record, in any spelling', () => {
  const record = withField(fullRecord(), 'nics[].mac', MAC);
  const says = (path: string, text: string): NodeRecord => withField(record, path, text);
  // a field of few words has one of ours
  const free = LEAF_FIELDS.filter(
    (path) => typeof valueAt(record, path) === 'string' && path !== 'nics[].mac' && NodeRecord.safeParse(says(path, 'port 1 up')).success,
  );
  let tried = 0;
  for (const spelling of spellingsOf(MAC)) {
    const quoting = free.reduce((full, path) => withField(full, path, `port ${spelling} up`), record);
    tried += free.length;
    assert.deepEqual(leftOf(MAC, quoting), [], spelling);
  }
  assert.ok(tried > 3000, `only ${tried} texts`);
});

test('the address that the record came under is none of its ports, and is replaced all the same', () => {
  const record = withField(fullRecord(), 'usb[].name', 'USB LAN 52540000000b');
  assert.deepEqual(leftOf(OF_RECORD, record), []);
});

test('no address of a recorded machine is left', () => {
  let tried = 0;
  for (const { name, outputs, files } of recordedTexts()) {
    const record = normalise(fixtureCapture({ outputs, files }));
    for (const mac of knownBy(record).macs) {
      // those of the test itself have zeros for a number, which is everywhere
      if (NAMES.mac(mac) === mac || mac.startsWith('52:54:00:00:00')) continue;
      tried += 1;
      assert.deepEqual(leftOf(mac, record), [], `${name}: ${mac}`);
    }
  }
  assert.ok(tried > 10, `only ${tried} addresses`);
});

test('an address in a text has the pseudonym that it has in its field', () => {
  const record = withField(withField(fullRecord(), 'nics[].mac', MAC), 'usb[].name', `LAN ${MAC} ${MAC.replaceAll(':', '')}`);
  const shared = shareableRecord(OF_RECORD, record, NAMES);
  const own = NAMES.mac(MAC);
  assert.equal(valueAt(shared, 'nics[].mac'), own);
  assert.equal(valueAt(shared, 'usb[].name'), `LAN ${own} ${own.replaceAll(':', '')}`);
});
