import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ovfDescriptor } from '../../../src/builder/disk/ovf.ts';
import { temporaryDirectory, writeAtomic } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { findOvfFaults } from './ovf-rules.ts';

const GOOD = ovfDescriptor({
  name: 'recon.x86_64-13.x.1',
  version: '13.x.1',
  diskFile: 'recon-disk1.vmdk',
  diskFileBytes: 123_456,
  capacityBytes: 786_432_000,
});

it('the descriptor of an appliance is as the standard has it', () => assert.deepEqual(findOvfFaults(GOOD), []));

const WRONG: readonly (readonly [was: string | RegExp, becomes: string, fault: RegExp])[] = [
  [/<References>[\s\S]*<\/References>\n/, '', /Envelope holds "DiskSection NetworkSection VirtualSystem"/],
  [
    /( {2}<DiskSection>[\s\S]*<\/DiskSection>\n)([\s\S]*<\/NetworkSection>\n)/,
    '$2$1',
    /Envelope holds "References NetworkSection DiskSection/,
  ],
  ['    <Info>A master of Recon</Info>\n', '', /VirtualSystem holds "Name ProductSection/],
  [/(<Product>.*<\/Product>)(\s*)(<Version>.*<\/Version>)/, '$3$2$1', /ProductSection holds "Info Version Product"/],
  ['ovf:diskId="disk1" ', '', /Disk has no ovf:diskId/],
  [' ovf:href="', ' href="', /File has no ovf:href/],
  ['ovf:fileRef="file1"', 'ovf:fileRef="file2"', /the file "file2" is nowhere/],
  ['ovf:/disk/disk1', 'ovf:/disk/disk2', /the disk "disk2" is nowhere/],
  ['<rasd:Connection>boot network', '<rasd:Connection>network', /the network "network" is nowhere/],
  ['<rasd:Parent>3', '<rasd:Parent>9', /the item "9" is nowhere/],
  ['<rasd:InstanceID>5', '<rasd:InstanceID>4', /the item "4" is there twice/],
  [/(<rasd:ElementName>2 processors.*)(\s*)(<rasd:InstanceID>1.*)/, '$3$2$1', /Item is not in the order of the alphabet/],
  ['<rasd:ResourceType>17</rasd:ResourceType>', '', /Item has no rasd:ResourceType/],
  ['<rasd:VirtualQuantity>2<', '<rasd:VirtualQuantity>two<', /rasd:VirtualQuantity is "two"/],
  ['byte * 2^20', 'MegaBytes', /"MegaBytes" is no unit/],
  ['ovf:href="recon-disk1', 'ovf:href="disks/recon-disk1', /is not beside the descriptor/],
  ['xmlns:rasd="http://schemas.dmtf.org/', 'xmlns:rasd="http://schemas.example/', /xmlns:rasd is not/],
  ['ovf:capacity="786432000"', 'ovf:capacity="750 MB"', /"750 MB" is no number/],
  ['<Envelope ', '<Wrapper ', /not one Envelope/],
];
for (const [was, becomes, fault] of WRONG) {
  it(`told of a descriptor: ${fault.source}`, () => {
    const text = GOOD.replace(was, becomes);
    assert.notEqual(text, GOOD);
    assert.ok(
      findOvfFaults(text).some((one) => fault.test(one)),
      findOvfFaults(text).join('\n') || 'no fault is found',
    );
  });
}

const schema = process.env['RECON_OVF_SCHEMA'];
it('the descriptor is valid by the schema of DMTF', {
  skip: schema === undefined ? 'needs RECON_OVF_SCHEMA=…/dsp8023_1.1.0.xsd, and xmllint' : false,
}, async () => {
  await using directory = await temporaryDirectory('recon-ovf-');
  const path = `${directory.path}/recon.ovf`;
  await writeAtomic(path, GOOD);
  const { status, stderr } = await run(['xmllint', '--noout', '--nonet', '--schema', schema ?? '', path], { timeoutMs: 60_000 });
  assert.equal(status, 'ok', stderr.toString());
});
