import type { NodeRecord } from '../../domain/record/node-record.ts';
import { expectedBmc, expectedCards, expectedDimms, expectedDisks } from '../plan/expected-hardware.ts';
import type { LabMachine } from '../plan/lab-plan.ts';

/** A field, what it should be, and what the record says. Both are compared as JSON. */
type Comparison = readonly [field: string, expected: unknown, found: unknown];

/** The stick in the master is a disk of the machine, too, as far as Linux is concerned. */
export const STICK_SERIAL = 'RSTICK';

/** Findings: where a record says something else than what QEMU was given, word for word; one for each field. */
export function findRecordMismatches(machine: LabMachine, record: NodeRecord): string[] {
  const { sections } = record;
  const { identity } = machine;
  const system = foundIn(sections.system);
  const comparisons: Comparison[] = [
    ['system vendor', identity.vendor, system?.vendor],
    ['system product', identity.product, system?.product],
    ['system serial', identity.serial, system?.serial],
    ['system UUID', identity.uuid, system?.uuid],
    ['chassis serial', identity.chassisSerial, system?.chassis?.serial],
    ['board serial', identity.boardSerial, foundIn(sections.board)?.serial],
    ...compareFirmware(machine, record),
    ...compareMemory(machine, record),
    ...compareDisks(machine, record),
    ...compareCards(machine, record),
    ...compareBmc(machine, record),
    ['TPM', machine.tpm === undefined ? 'absent' : '2.0', foundIn(sections.tpm)?.version ?? sections.tpm?.status],
  ];
  return comparisons
    .filter(([, expected, found]) => JSON.stringify(expected) !== JSON.stringify(found))
    .map(
      ([name, expected, found]) =>
        `${machine.name}: ${name} should be ${JSON.stringify(expected)}, the record says ${JSON.stringify(found)}`,
    );
}

/** QEMU's UEFI has an entry for the card that it booted from; a kernel that it has checked keeps to itself what could change it. */
function compareFirmware(
  { firmware, fromCd, nics, overHttp, role, secureBoot = false }: LabMachine,
  { sections }: NodeRecord,
): Comparison[] {
  const found = foundIn(sections.firmware);
  const mode: Comparison = ['boot mode', firmware, found?.bootMode];
  if (firmware !== 'uefi' || role !== 'peer') return [mode];
  const mac = nics[0]?.mac;
  const kind = overHttp === true ? 'http' : 'pxe-ipv4';
  const entry = found?.bootOrder?.find((one) => one.kind === kind && one.mac === mac);
  return [
    mode,
    ['firmware secureBoot', secureBoot, found?.secureBoot],
    ['kernel lockdown', secureBoot ? 'integrity' : 'none', foundIn(sections.kernel)?.lockdown],
    ...(fromCd === true
      ? []
      : [['firmware bootOrder', `${kind} ${mac}`, entry === undefined ? found?.bootOrder : `${entry.kind} ${entry.mac}`] as const]),
  ];
}

function compareMemory(machine: LabMachine, { sections }: NodeRecord): Comparison[] {
  const memory = foundIn(sections.memory);
  const expected = expectedDimms(machine.dimms);
  return [
    ['memory slots', expected.map((dimm) => dimm.locator), memory?.dimms.map((dimm) => dimm.locator)],
    ['memory ecc', 'Multi-bit ECC', memory?.ecc],
    ...expected.flatMap((dimm) =>
      compareFields(
        `DIMM ${dimm.locator}`,
        dimm,
        memory?.dimms.find((one) => one.locator === dimm.locator),
      ),
    ),
  ];
}

function compareDisks(machine: LabMachine, { sections }: NodeRecord): Comparison[] {
  const disks = foundIn(sections.disks)?.filter((disk) => disk.serial !== STICK_SERIAL);
  const found = disks?.map((disk) => ({ ...disk, controller: describeFunction(sections.pci, disk.pciAddress) }));
  const expected = expectedDisks(machine.disks);
  return [
    ['disks', sorted(expected.map((disk) => disk.serial)), sorted(disks?.map((disk) => disk.serial ?? disk.name))],
    ...expected.flatMap((disk) =>
      compareFields(
        `disk ${disk.serial}`,
        disk,
        found?.find((one) => one.serial === disk.serial),
      ),
    ),
  ];
}

function compareCards(machine: LabMachine, { sections }: NodeRecord): Comparison[] {
  const nics = foundIn(sections.nics);
  const found = nics?.map((nic) => ({ ...nic, device: describeFunction(sections.pci, nic.pciAddress) }));
  const expected = expectedCards(machine.nics);
  return [
    ['network cards', sorted(expected.map((nic) => nic.mac)), sorted(nics?.map((nic) => nic.mac ?? nic.name))],
    ...expected.flatMap((nic) =>
      compareFields(
        `network card ${nic.mac}`,
        nic,
        found?.find((one) => one.mac === nic.mac),
      ),
    ),
  ];
}

function compareBmc(machine: LabMachine, { sections }: NodeRecord): Comparison[] {
  const status: Comparison = ['BMC', machine.bmc === undefined ? 'absent' : 'ok', sections.bmc.status];
  if (machine.bmc === undefined || sections.bmc.status !== 'ok') return [status];
  const { fru, ...expected } = expectedBmc(machine.bmc);
  const found = sections.bmc.data;
  const foundFru = found.fru?.find((one) => one.name === fru.name);
  return [
    status,
    ['BMC FRU', fru.name, foundFru?.name],
    ...compareFields('BMC', expected, found),
    ...compareFields(`FRU ${fru.name}`, fru, foundFru),
  ];
}

/** The fields of `expected`; of something that the record does not have at all, the list of what there is says enough. */
function compareFields(what: string, expected: object, found: object | undefined): Comparison[] {
  if (found === undefined) return [];
  const fieldsFound = new Map<string, unknown>(Object.entries(found));
  return Object.entries(expected).map(([field, value]) => [`${what} ${field}`, value, fieldsFound.get(field)]);
}

/** Identity and driver of a PCI function. */
function describeFunction(pci: NodeRecord['sections']['pci'], address: string | undefined): string | undefined {
  const found = foundIn(pci)?.find((one) => one.address === address);
  return found === undefined ? undefined : `${found.vendorId}:${found.deviceId} ${found.driver}`;
}

function foundIn<T>(section: { status: 'ok'; data: T } | { status: 'absent' | 'failed' } | undefined): T | undefined {
  return section?.status === 'ok' ? section.data : undefined;
}

function sorted(texts: readonly string[] | undefined): string[] | undefined {
  return texts === undefined ? undefined : [...texts].sort();
}
