import assert from 'node:assert/strict';
import test from 'node:test';
import { EFI_GLOBAL, isInventoryVariable } from '../../../src/inventory/sections/efi-boot-order.ts';
import { normaliseFirmware } from '../../../src/inventory/sections/firmware.ts';
import { parseLoadOption, withoutOptionalData } from '../../../src/inventory/tools/efi-load-option.ts';
import { dataOf, sectionOf } from '../capture-fixture.ts';

const EFIVARS = 'sys/firmware/efi/efivars';
const ATTRIBUTES = Buffer.from([7, 0, 0, 0]);

/** A device path node: type, subtype, length, data. */
function node(type: number, subType: number, data: Buffer): Buffer {
  const header = Buffer.from([type, subType, 0, 0]);
  header.writeUInt16LE(4 + data.length, 2);
  return Buffer.concat([header, data]);
}

const END = node(0x7f, 0xff, Buffer.alloc(0));
const ACPI_ROOT = node(2, 1, Buffer.alloc(8));
const PCI = node(1, 1, Buffer.from([0, 0x1c]));
const MAC = node(3, 11, Buffer.concat([Buffer.from('aabbccddeeff', 'hex'), Buffer.alloc(26), Buffer.from([1])]));
const IPV4 = node(3, 12, Buffer.alloc(23));
const IPV6 = node(3, 13, Buffer.alloc(56));
const URI = node(3, 24, Buffer.from('http://boot.example/x.efi'));
const USB = node(3, 5, Buffer.from([1, 0]));
const HARD_DRIVE = node(4, 1, Buffer.alloc(38));
const FILE = node(4, 4, Buffer.from('\\EFI\\BOOT\\X.EFI\0', 'utf16le'));
const FIRMWARE_FILE = node(4, 6, Buffer.alloc(16));

function option({
  attributes = 1,
  name,
  path,
  tail = Buffer.alloc(0),
}: {
  attributes?: number;
  name: string;
  path: Buffer[];
  tail?: Buffer;
}) {
  const list = Buffer.concat([...path, END]);
  const header = Buffer.alloc(6);
  header.writeUInt32LE(attributes, 0);
  header.writeUInt16LE(list.length, 4);
  return Buffer.concat([header, Buffer.from(`${name}\0`, 'utf16le'), list, tail]);
}

const KINDS: readonly (readonly [string | undefined, Buffer[]])[] = [
  ['pxe-ipv4', [ACPI_ROOT, PCI, MAC, IPV4]],
  ['pxe-ipv6', [ACPI_ROOT, PCI, MAC, IPV6]],
  ['http', [ACPI_ROOT, PCI, MAC, IPV4, URI]],
  ['network', [ACPI_ROOT, PCI, MAC]],
  ['usb', [ACPI_ROOT, PCI, USB]],
  ['usb', [ACPI_ROOT, PCI, USB, HARD_DRIVE]],
  ['disk', [HARD_DRIVE, FILE]],
  ['disk', [ACPI_ROOT, PCI, node(3, 23, Buffer.alloc(12))]],
  ['cd', [ACPI_ROOT, PCI, node(3, 18, Buffer.alloc(6)), node(4, 2, Buffer.alloc(20))]],
  ['firmware', [node(4, 7, Buffer.alloc(16)), FIRMWARE_FILE]],
  ['network', [node(5, 1, Buffer.from([6, 0, 0, 0, 0]))]],
  [undefined, [ACPI_ROOT, PCI]],
  [undefined, []],
];
for (const [kind, path] of KINDS) {
  test(`a device path of ${path.length} nodes leads to ${kind}`, () => {
    assert.equal(parseLoadOption(option({ name: 'x', path }))?.kind, kind);
  });
}

test('an entry: active or not, its name, the card that it boots from', () => {
  const path = [ACPI_ROOT, PCI, MAC, IPV4];
  const network = { active: true, name: 'Slot 1 – PXE', kind: 'pxe-ipv4', mac: 'aa:bb:cc:dd:ee:ff' };
  assert.deepEqual(parseLoadOption(option({ name: 'Slot 1 – PXE', path })), network);
  assert.deepEqual(parseLoadOption(option({ attributes: 0x108, name: '', path: [] })), { active: false });
});

test('an entry that is cut off anywhere is read as far as it goes, and never throws', () => {
  const whole = option({ name: 'Disk', path: [HARD_DRIVE, FILE] });
  for (let length = 0; length <= whole.length; length++) {
    const read = parseLoadOption(whole.subarray(0, length));
    if (length >= 6 + 2 * 'Disk\0'.length) assert.equal(read?.name, 'Disk', String(length));
    else assert.equal(read, undefined, String(length));
  }
  const loop = option({ name: 'x', path: [Buffer.from([1, 1, 0, 0])] });
  assert.deepEqual(parseLoadOption(loop), { active: true, name: 'x' });
});

test('what an operating system put behind its entry is cut off', () => {
  const entry = { name: 'System', path: [HARD_DRIVE, FILE] };
  assert.deepEqual(withoutOptionalData(option({ ...entry, tail: Buffer.from('key=1') })), option(entry));
  assert.equal(withoutOptionalData(Buffer.from('no entry')).length, 0);
});

const variables = (values: Record<string, Buffer>): Record<string, Buffer> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${EFIVARS}/${name}-${EFI_GLOBAL}`, Buffer.concat([ATTRIBUTES, value])]),
  );

test('the boot order of the firmware, an entry that is gone and one of another order among it', () => {
  const files = variables({
    BootOrder: Buffer.from([3, 0, 0x0a, 0, 7, 0]),
    BootCurrent: Buffer.from([0x0a, 0]),
    BootNext: Buffer.from([1, 0]),
    Boot0003: option({ name: 'UEFI: PXE', path: [MAC, IPV4] }),
    Boot000A: option({ attributes: 0, name: 'Stick', path: [USB] }),
    Boot0001: option({ name: 'Not in the order', path: [] }),
  });
  assert.deepEqual(dataOf(sectionOf(normaliseFirmware, { files })), {
    bootCurrent: '000A',
    bootNext: '0001',
    bootOrder: [
      { id: '0003', active: true, name: 'UEFI: PXE', kind: 'pxe-ipv4', mac: 'aa:bb:cc:dd:ee:ff' },
      { id: '000A', active: false, name: 'Stick', kind: 'usb' },
      { id: '0007', active: false },
    ],
  });
});

test('of two sources of the boot order the variables go first', () => {
  const outputs = { efibootmgr: 'BootCurrent: 0001\nBootOrder: 0001,0002\nBoot0001* Old\n' };
  const data = dataOf(sectionOf(normaliseFirmware, { outputs, files: variables({ BootOrder: Buffer.from([5, 0]) }) }));
  assert.deepEqual([data.bootCurrent, data.bootOrder], ['0001', [{ id: '0005', active: false }]]);
});

test('Secure Boot by the variable, else by what the kernel was told', () => {
  const parameters = (byte: number): Buffer => {
    const page = Buffer.alloc(4096);
    page[0x1ec] = byte;
    return page;
  };
  const of = (value: number | undefined, told: number | undefined): boolean | undefined => {
    const files = {
      'sys/firmware/efi/fw_platform_size': Buffer.from('64\n'),
      ...(value === undefined ? {} : variables({ SecureBoot: Buffer.from([value]) })),
      ...(told === undefined ? {} : { 'sys/kernel/boot_params/data': parameters(told) }),
    };
    return dataOf(sectionOf(normaliseFirmware, { files })).secureBoot;
  };
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((told) => of(undefined, told)),
    [undefined, undefined, false, true, undefined],
  );
  assert.deepEqual([of(1, 2), of(0, 3), of(undefined, undefined)], [true, false, undefined]);
});

test('setup mode by the variable, and by nothing else', () => {
  const of = (...bytes: number[]): boolean | undefined =>
    dataOf(
      sectionOf(normaliseFirmware, {
        files: { 'sys/firmware/efi/fw_platform_size': Buffer.from('64\n'), ...variables({ SetupMode: Buffer.from(bytes) }) },
      }),
    ).setupMode;
  assert.deepEqual([of(1), of(0), of(7), of()], [true, false, undefined, undefined]);
});

test('only boot entries and the Secure Boot state of the specification are inventory', () => {
  const names = ['BootOrder', 'BootCurrent', 'BootNext', 'Boot0000', 'Boot00AF', 'SecureBoot', 'SetupMode'];
  for (const name of names) assert.ok(isInventoryVariable(`${name}-${EFI_GLOBAL}`), name);
  for (const name of ['db', 'dbx', 'PK', 'KEK', 'Boot00af', 'BootOrderDefault', 'Boot12345', 'OsIndications', 'ConOut'])
    assert.ok(!isInventoryVariable(`${name}-${EFI_GLOBAL}`), name);
  assert.ok(!isInventoryVariable('BootOrder-45cf35f6-0d6e-4d04-856a-0370a5b16f53'));
});
