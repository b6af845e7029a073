import type { LldpNeighbour, Nic } from '../../../../domain/record/network.ts';
import { parseMac } from '../../../../domain/values/mac.ts';
import type { LeaveOut } from '../../format.ts';
import { oneLine } from '../../safe-text.ts';

/** The far end of a cable, as LLDP tells it. */
export interface SwitchPort {
  device: string;
  port: string;
  /** the switch is met for the first time */
  isNew: boolean;
  /** so is any switch */
  isFirst: boolean;
}

/** NetBox 4.7 takes a comma in these columns for the end of a name. */
const COMMA = ',';

/** Remembers the switches and their ports, so that each end has one cable and each name belongs to one switch. */
export class SwitchPorts {
  readonly #switches = new Map<string, { device: string; chassisId: string | undefined }>();
  readonly #ends = new Set<string>();

  /** Where the cable of a port goes; undefined, and the reason told, where NetBox could not take the answer. */
  take(nic: Nic, leaveOut: LeaveOut): SwitchPort | undefined {
    const [neighbour, another] = nic.lldp ?? [];
    if (neighbour === undefined) return undefined;
    const told = oneLine(neighbour.chassisName ?? '', 64);
    const port = portName(neighbour);
    const known = this.#switches.get(told.toLowerCase());
    const reason = this.#reason(told, port, neighbour, another, known?.chassisId);
    if (reason !== undefined || port === undefined) {
      leaveOut(`a cable: ${reason}`);
      return undefined;
    }
    const device = known?.device ?? told;
    const isFirst = this.#switches.size === 0;
    this.#switches.set(told.toLowerCase(), { device, chassisId: known?.chassisId ?? neighbour.chassisId });
    this.#ends.add(endOf(told, port));
    return { device, port, isNew: known === undefined, isFirst };
  }

  #reason(
    device: string,
    port: string | undefined,
    { chassisId }: LldpNeighbour,
    another: LldpNeighbour | undefined,
    knownId: string | undefined,
  ): string | undefined {
    if (another !== undefined) return 'the port has several neighbours';
    if (device === '') return 'the switch does not tell its name';
    if (port === undefined) return 'the switch does not tell the name of its port, but a MAC address or a number of its own';
    if (device.includes(COMMA) || port.includes(COMMA)) return 'there is a comma in the name of the switch or of its port';
    if (/^(sn|mac)-/i.test(device)) return 'the neighbour is a machine by its name, not a switch';
    if (knownId !== undefined && chassisId !== undefined && knownId !== chassisId) return 'two switches have the same name';
    return this.#ends.has(endOf(device, port)) ? 'another port has the same end' : undefined;
  }
}

function endOf(device: string, port: string): string {
  return JSON.stringify([device.toLowerCase(), port.toLowerCase()]);
}

/**
 * What the switch's own configuration calls the port. LLDP leaves the kind of a port's id to the switch (IEEE 802.1AB, 8.5.3): some send
 * the interface's name, some its MAC address, some its number in SNMP; the last two have the name in the description, where nobody has
 * written a sentence over it.
 */
function portName({ portId, portDescription }: LldpNeighbour): string | undefined {
  const id = oneLine(portId ?? '', 64);
  const description = oneLine(portDescription ?? '', 64);
  const isMac = parseMac(id) !== undefined || /^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(id);
  const isNumber = /^\d+$/.test(id);
  if (id !== '' && !isMac && !isNumber) return id;
  if (INTERFACE_NAME.test(description)) return description;
  // many switches call their ports by plain numbers; beside a sentence the number may be one of SNMP
  return isNumber && (description === '' || description === id) ? id : undefined;
}

/** `swp1`, `ge-0/0/12`, `Ethernet1/49`, `1/0/7`, `Te 1/2`; no words alone and no sentences. */
const INTERFACE_NAME = /^(?:[a-z][a-z-]{0,30} ?\d+(?:[/.:]\d+){0,4}|\d+(?:[/.:]\d+){1,4})$/i;
