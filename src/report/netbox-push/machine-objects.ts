import type { Nic } from '../../domain/record/network.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import { deviceHeight } from '../export/formats/netbox/device-height.ts';
import { fittingNumber } from '../export/formats/netbox/fitting-number.ts';
import { netboxInterfaceType } from '../export/formats/netbox/interface-type.ts';
import { BMC_PORT, namedPorts } from '../export/formats/netbox/named-ports.ts';
import type { ExportMachine } from '../export/machine.ts';
import { portMac } from '../export/ports.ts';
import { reachableAddress } from '../export/reachable-bmcs.ts';
import { oneLine } from '../export/safe-text.ts';
import { partObjects } from './part-objects.ts';
import type { PushContext } from './push-context.ts';
import { refTo, type WantedFields, type WantedObject } from './wanted.ts';

const MOST_KBPS = 2_147_483_647;

/** All that NetBox is to hold of a machine, the device first. */
export function machineObjects(machine: ExportMachine, context: PushContext): WantedObject[] {
  const device = deviceOf(machine, context);
  const ports = namedPorts(machine);
  const interfaces = new Map([...ports].map(([name, nic]) => [name, portOf(machine, name, nic)]));
  if (machine.bmc !== undefined) interfaces.set(BMC_PORT, bmcPortOf(machine));
  return [
    device,
    ...interfaces.values(),
    ...[...interfaces.values()].flatMap(macOf),
    ...partObjects(machine, context),
    ...addressesOf(machine, { ports, interfaces, device }, context),
    ...[...ports].flatMap(([name, nic]) => cableOf(interfaces.get(name), nic, context)),
  ];
}

function deviceOf(machine: ExportMachine, { settings, shared, leaveOut }: PushContext): WantedObject {
  const { name, assetTag, sections } = machine;
  const { system, board } = sections;
  const site = shared.site(settings.site);
  const vendor = system?.vendor ?? board?.vendor ?? 'Unknown';
  const serial = fittingNumber(system?.serial, 'serial number', leaveOut);
  const tag = fittingNumber(assetTag, 'asset tag', leaveOut);
  const place = settings.placeOf(machine);
  const unit: WantedFields = definedOnly({ position: place?.unit });
  return {
    ...{ kind: 'device', key: name, words: name, device: name },
    ...(isOwnSerial(machine) ? { number: serial } : {}),
    first: {
      ...{ name, role: shared.role('deviceRole', settings.role), site, status: 'active' },
      device_type: shared.deviceType(vendor, system?.product ?? board?.product ?? 'Unknown', deviceHeight(system)),
      ...(serial === '' ? {} : { serial }),
      ...(tag === '' ? {} : { asset_tag: tag }),
      // NetBox takes no position without it
      ...(place?.unit === undefined ? {} : { face: 'front' }),
    },
    ...(place === undefined ? {} : { facts: { rack: shared.rack(site, place.rack), ...unit } }),
  };
}

/** A machine is called by its serial number where that is its own; one that is shared, or a maker's filler, finds no device. */
function isOwnSerial({ name }: ExportMachine): boolean {
  return name.startsWith('sn-');
}

function deviceRef({ name }: ExportMachine): ReturnType<typeof refTo> {
  return { idOf: { kind: 'device', key: name, words: name } };
}

function portOf(machine: ExportMachine, port: string, nic: Nic): WantedObject {
  const kbps = nic.speedMbps === undefined ? 0 : nic.speedMbps * 1000;
  const guid = nic.guid === undefined ? undefined : `GUID ${nic.guid}`;
  const about = oneLine(knownWords([nic.vendor, nic.product, nic.slot, guid], ', '), 200);
  return interfaceOf(machine, port, portMac(nic), {
    ...{ type: netboxInterfaceType(nic), enabled: true, mgmt_only: false },
    ...(kbps >= 1 && kbps <= MOST_KBPS ? { speed: kbps } : {}),
    ...(about === '' ? {} : { description: about }),
  });
}

function bmcPortOf(machine: ExportMachine): WantedObject {
  return interfaceOf(machine, BMC_PORT, machine.bmc?.mac, { type: 'other', enabled: true, mgmt_only: true });
}

function interfaceOf(machine: ExportMachine, port: string, mac: string | undefined, more: WantedFields): WantedObject {
  return {
    ...{ kind: 'interface', key: `${machine.name} ${port}`, words: `${machine.name} ${port}`, device: machine.name },
    ...definedOnly({ number: mac }),
    first: { device: deviceRef(machine), name: port, ...more },
  };
}

/** The address of a port, and that it is its first one. */
function macOf(port: WantedObject): WantedObject[] {
  const { number: mac, key, words, device = '' } = port;
  if (mac === undefined) return [];
  const address: WantedObject = {
    ...{ kind: 'mac', key: `${key} ${mac}`, words: `${mac} of ${words}`, device },
    first: { mac_address: mac, assigned_object_type: 'dcim.interface', assigned_object_id: refTo(port) },
  };
  const primary: WantedObject = { ...port, of: refTo(port).idOf, first: { primary_mac_address: refTo(address) } };
  return [address, primary];
}

interface OfMachine {
  ports: ReadonlyMap<string, Nic>;
  interfaces: ReadonlyMap<string, WantedObject>;
  device: WantedObject;
}

function addressesOf(
  machine: ExportMachine,
  { ports, interfaces, device }: OfMachine,
  { settings, leaveOut }: PushContext,
): WantedObject[] {
  const { name, mac, address, bmc } = machine;
  const own = [...ports].find(([, nic]) => portMac(nic) === mac || nic.mac === mac)?.[0];
  const assigned = (host: string, prefix: string, port: WantedObject): WantedObject => ({
    ...{ kind: 'ip', key: host, words: `${host}/${prefix} of ${port.words}`, device: name },
    first: {
      ...{ address: `${host}/${prefix}`, status: 'active' },
      ...{ assigned_object_type: 'dcim.interface', assigned_object_id: refTo(port) },
    },
  });
  const found: WantedObject[] = [];
  const port = own === undefined ? undefined : interfaces.get(own);
  if (address !== undefined && port === undefined) leaveOut('the address of a machine whose port for it is not among its ports');
  else if (address !== undefined && port !== undefined) {
    const ip = assigned(address, settings.prefix, port);
    found.push(ip, { ...device, of: refTo(device).idOf, first: { primary_ip4: refTo(ip) }, facts: {} });
  }
  const bmcAddress = reachableAddress(machine);
  const bmcPort = interfaces.get(BMC_PORT);
  if (bmcAddress !== undefined && bmcPort !== undefined) {
    const ip = assigned(bmcAddress, settings.bmcPrefix, bmcPort);
    found.push(ip, { ...device, of: refTo(device).idOf, first: {}, facts: { oob_ip: refTo(ip) } });
  } else if (bmc?.address !== undefined) leaveOut('the address of a BMC that has none of its own (its interface is there)');
  return found;
}

function cableOf(port: WantedObject | undefined, nic: Nic, { switches, leaveOut }: PushContext): WantedObject[] {
  const end = port === undefined ? undefined : switches.take(nic, leaveOut);
  if (port === undefined || end === undefined) return [];
  return [
    {
      ...{ kind: 'cable', key: port.key, words: `${port.words} to ${end.device} ${end.port}`, device: port.device ?? '' },
      ...{ farEnd: { device: end.device, port: end.port }, first: { a_terminations: { endAt: refTo(port).idOf }, status: 'connected' } },
    },
  ];
}
