import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dhcp6FenceProgram } from '../../../src/platform/network/dhcp6-fence.ts';

const PASS = 0;
const DROP = 2;
const BOOT = option(16, [0, 0, 1, 87, 0, 3, 80, 88, 69]);
const IPXE = option(15, [0, 4, 0x69, 0x50, 0x58, 0x45]);
const ELAPSED = option(8, [0, 0]);

test('firmware that boots from the network may ask, wherever its vendor class stands', () => {
  for (const type of [1, 3, 5]) {
    assert.equal(verdict(frame({ type, options: [BOOT] })), PASS, String(type));
    assert.equal(verdict(frame({ type, options: [ELAPSED, ELAPSED, option(1, [1, 2, 3, 4, 5]), BOOT, ELAPSED] })), PASS, String(type));
  }
});

test('iPXE may, by its user class', () => {
  assert.equal(verdict(frame({ options: [ELAPSED, IPXE] })), PASS);
  assert.equal(verdict(frame({ options: [option(15, [0, 4, 0x69, 0x50, 0x58, 0x46]), BOOT] })), DROP);
});

test('nobody else may', () => {
  for (const type of [4, 6, 8, 9, 11, 12, 13, 2, 7, 200]) assert.equal(verdict(frame({ type, options: [BOOT] })), DROP, String(type));
  for (const options of [[], [ELAPSED], [option(16, [0, 0, 1, 55, 0, 4, 77, 83, 70, 84])], [option(16, [])], [option(17, [0, 0, 1, 87])]])
    assert.equal(verdict(frame({ options })), DROP, JSON.stringify(options));
  const behind = (count: number): number => verdict(frame({ options: [...Array<number[]>(count).fill(ELAPSED), BOOT] }));
  assert.deepEqual([behind(15), behind(16), behind(40)], [PASS, DROP, DROP], 'endless options');
});

test('what is no DHCPv6 to a server passes', () => {
  assert.equal(verdict(frame({ port: 546 })), PASS);
  assert.equal(verdict(frame({ protocol: 6 })), PASS);
  assert.equal(verdict(frame({ etherType: 0x0800 })), PASS);
});

test('a message that is cut off anywhere before its vendor class is complete is dropped', () => {
  const whole = frame({ options: [ELAPSED, BOOT] });
  // enterprise number and length of the text
  const needed = whole.length - 3;
  for (let length = 63; length < needed; length++) assert.equal(verdict(whole.subarray(0, length)), DROP, String(length));
  assert.equal(verdict(whole.subarray(0, needed)), PASS);
});

test('an option whose length leads out of the frame ends the walk', () => {
  assert.equal(verdict(frame({ options: [[0, 8, 255, 255, 0, 0, 0, 0], BOOT] })), DROP);
});

/** Runs the program as the kernel does: the instructions that it uses, on a frame; what reads behind the end ends it with 0. */
function verdict(bytes: Buffer): number {
  const [count, ...code] = dhcp6FenceProgram().split(',');
  assert.equal(Number(count), code.length);
  let [accumulator, index, memory] = [0, 0, 0];
  try {
    for (let at = 0; at < code.length; at++) {
      const [operation = 0, jumpTrue = 0, jumpFalse = 0, value = 0] = (code[at] ?? '').split(' ').map(Number);
      if (operation === 0x00) accumulator = value;
      else if (operation === 0x28) accumulator = bytes.readUInt16BE(value);
      else if (operation === 0x30) accumulator = bytes.readUInt8(value);
      else if (operation === 0x48) accumulator = bytes.readUInt16BE(index + value);
      else if (operation === 0x40) accumulator = bytes.readUInt32BE(index + value);
      else if (operation === 0x02) memory = accumulator;
      else if (operation === 0x61) index = memory;
      else if (operation === 0x81) index = bytes.length;
      else if (operation === 0x04) accumulator += value;
      else if (operation === 0x0c) accumulator += index;
      else if (operation === 0x15) at += accumulator === value ? jumpTrue : jumpFalse;
      else if (operation === 0x2d) at += accumulator > index ? jumpTrue : jumpFalse;
      else if (operation === 0x06) return value;
      else assert.fail(`instruction ${operation}`);
    }
  } catch (error) {
    if (error instanceof RangeError) return PASS;
    throw error;
  }
  return assert.fail('the program ran off its end');
}

function option(code: number, value: readonly number[]): number[] {
  return [0, code, 0, value.length, ...value];
}

function frame({ type = 1, port = 547, protocol = 17, etherType = 0x86dd, options = [] as number[][] }): Buffer {
  const head = Buffer.alloc(66);
  head.writeUInt16BE(etherType, 12);
  head.writeUInt8(protocol, 20);
  head.writeUInt16BE(port, 56);
  head.writeUInt8(type, 62);
  return Buffer.concat([head, Buffer.from(options.flat())]);
}
