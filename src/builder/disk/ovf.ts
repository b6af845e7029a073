/** What a virtual machine is described by. */
export interface OvfInput {
  name: string;
  version: string;
  diskFile: string;
  /** of the file */
  diskFileBytes: number;
  /** as the machine sees it */
  capacityBytes: number;
}

const MEMORY_MIB = 2048;
const DISK_FORMAT = 'http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized';
/** CIM_ResourceAllocationSettingData, the kinds of hardware (DMTF DSP0243, CIM schema 2.22). */
const KIND = { processor: 3, memory: 4, scsiController: 6, ethernet: 10, disk: 17 } as const;

/**
 * The descriptor of an appliance, in the words of OVF 1.1 (DSP0243 1.1.0): one that VMware, VirtualBox, Proxmox and libvirt's tools read.
 * Two networks would be a choice that we cannot make: one, which the importer connects.
 */
export function ovfDescriptor(input: OvfInput): string {
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"',
    '  xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"',
    '  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"',
    '  xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData">',
    ...diskAndNetwork(input),
    ...system(input),
    '</Envelope>',
  ].join('\n')}\n`;
}

function diskAndNetwork({ diskFile, diskFileBytes, capacityBytes }: OvfInput): string[] {
  return [
    '  <References>',
    `    <File ovf:id="file1" ovf:href="${escaped(diskFile)}" ovf:size="${diskFileBytes}"/>`,
    '  </References>',
    '  <DiskSection>',
    '    <Info>The disk: Recon and its data partition</Info>',
    `    <Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="${capacityBytes}" ovf:format="${DISK_FORMAT}"/>`,
    '  </DiskSection>',
    '  <NetworkSection>',
    '    <Info>The network that machines boot from</Info>',
    '    <Network ovf:name="boot network">',
    '      <Description>Nothing else may answer DHCP there</Description>',
    '    </Network>',
    '  </NetworkSection>',
  ];
}

function system({ name, version }: OvfInput): string[] {
  return [
    `  <VirtualSystem ovf:id="${escaped(name)}">`,
    '    <Info>A master of Recon</Info>',
    `    <Name>${escaped(name)}</Name>`,
    '    <ProductSection>',
    '      <Info>What it is</Info>',
    '      <Product>Recon</Product>',
    `      <Version>${escaped(version)}</Version>`,
    '    </ProductSection>',
    // 96: Debian, 64 bit, in CIM_OperatingSystem
    '    <OperatingSystemSection ovf:id="96">',
    '      <Info>The system inside</Info>',
    '    </OperatingSystemSection>',
    '    <VirtualHardwareSection>',
    '      <Info>What it needs</Info>',
    '      <System>',
    '        <vssd:ElementName>Virtual hardware</vssd:ElementName>',
    '        <vssd:InstanceID>0</vssd:InstanceID>',
    `        <vssd:VirtualSystemIdentifier>${escaped(name)}</vssd:VirtualSystemIdentifier>`,
    '        <vssd:VirtualSystemType>vmx-10</vssd:VirtualSystemType>',
    '      </System>',
    ...hardware(),
    '    </VirtualHardwareSection>',
    '  </VirtualSystem>',
  ];
}

function hardware(): string[] {
  const memory = { AllocationUnits: 'byte * 2^20', ElementName: `${MEMORY_MIB} MB of memory`, VirtualQuantity: `${MEMORY_MIB}` };
  const card = { Connection: 'boot network', ElementName: 'Network card', ResourceSubType: 'E1000' };
  return [
    ...item(1, KIND.processor, { ElementName: '2 processors', VirtualQuantity: '2' }),
    ...item(2, KIND.memory, memory),
    ...item(3, KIND.scsiController, { Address: '0', ElementName: 'SCSI controller', ResourceSubType: 'lsilogic' }),
    ...item(4, KIND.disk, { AddressOnParent: '0', ElementName: 'Disk', HostResource: 'ovf:/disk/disk1', Parent: '3' }),
    ...item(5, KIND.ethernet, { AddressOnParent: '1', AutomaticAllocation: 'true', ...card }),
  ];
}

function item(id: number, kind: number, elements: Readonly<Record<string, string>>): string[] {
  const all: Record<string, string> = { InstanceID: `${id}`, ResourceType: `${kind}`, ...elements };
  // the schema of CIM has them in the order of the alphabet
  const sorted = Object.keys(all).sort((one, other) => (one < other ? -1 : 1));
  return ['      <Item>', ...sorted.map((key) => `        <rasd:${key}>${escaped(all[key] ?? '')}</rasd:${key}>`), '      </Item>'];
}

/** The manifest of an appliance (DSP0243, section 5.1): a line for each file, itself not among them. */
export function ovfManifest(files: readonly { name: string; sha256: string }[]): string {
  return files.map(({ name, sha256 }) => `SHA256(${name})= ${sha256}\n`).join('');
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
