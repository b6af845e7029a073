import { subnetOf, subnetSet } from '../../../domain/ip-address.ts';
import type { InterfaceFacts } from '../../../platform/network/interfaces.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import type { HeadFault } from './head-fault.ts';

type Sides = Pick<HeadPlan, 'private' | 'public' | 'subnet'>;

/** What speaks against the interfaces that were named. Pure. */
export function interfaceFaults(plan: Sides, interfaces: readonly InterfaceFacts[]): HeadFault[] {
  const inside = interfaces.find(({ name }) => name === plan.private);
  if (inside === undefined) return [missing(plan.private, '--private', interfaces)];
  const faults: HeadFault[] = [];
  const stop = (code: HeadFault['code'], message: string, hint: string): void => void faults.push({ code, message, hint, weight: 'stops' });
  if (plan.public !== undefined && interfaces.every(({ name }) => name !== plan.public)) {
    faults.push(missing(plan.public, '--public', interfaces));
  }
  if (plan.public === plan.private) {
    stop('same-side', `${plan.private} cannot be both sides`, 'A head node has an interface for machines, and another one for people.');
  }
  if (inside.hasDefaultRoute) {
    stop(
      'same-side',
      `The default route leads over ${inside.name}, so it is the side of people, not of diskless machines.`,
      `Name the other interface: --private ${others(plan, interfaces)[0] ?? 'eth1'}`,
    );
  }
  if (!inside.isEthernet) stop('interface', `${inside.name} is no Ethernet interface.`, 'Machines boot over Ethernet: name another one.');
  if (inside.master !== undefined) {
    stop('interface', `${inside.name} is a port of ${inside.master}.`, `Name the bridge or bond itself: --private ${inside.master}`);
  }
  faults.push(...addressFaults(plan, inside, interfaces));
  return faults;
}

/** Other addresses on the private side, and the private subnet on another one. */
function addressFaults({ subnet }: Sides, inside: InterfaceFacts, interfaces: readonly InterfaceFacts[]): HeadFault[] {
  const own = subnetSet([subnet]);
  const faults: HeadFault[] = [];
  for (const { name, addresses } of interfaces) {
    for (const { family, address, prefixLength, scope, dynamic } of addresses) {
      if (family !== 'ipv4' || scope !== 'global') continue;
      const isInside = own.contains(address);
      const overlaps = isInside || subnetSet([subnetOf({ address, prefixLength })]).contains(subnet.split('/')[0] ?? '');
      if (name === inside.name && (dynamic || !isInside)) {
        faults.push({
          code: 'manager',
          message: `${name} has ${address}/${prefixLength}${dynamic ? ' from a DHCP server' : ''}, which is not of ${subnet}.`,
          hint: `Take that address away (where it is configured, then: ip address del ${address}/${prefixLength} dev ${name}), or name its subnet with --subnet.`,
          weight: 'stops',
        });
      } else if (name !== inside.name && overlaps) {
        faults.push({
          code: 'subnet-taken',
          message: `${subnet} is not free: ${name} has ${address}/${prefixLength}.`,
          hint: 'Name another one, for example --subnet 10.77.0.0/16',
          weight: 'stops',
        });
      }
    }
  }
  return faults;
}

function missing(name: string, option: string, interfaces: readonly InterfaceFacts[]): HeadFault {
  const there = interfaces.filter(({ isEthernet }) => isEthernet).map((one) => one.name);
  return {
    code: 'interface',
    message: name === 'lo' ? 'lo is the loopback: no machine is behind it.' : `This server has no interface ${name}.`,
    hint: there.length === 0 ? 'It has no Ethernet interface at all.' : `${option} names one of: ${there.join(', ')}`,
    weight: 'stops',
  };
}

function others({ private: inside, public: outside }: Sides, interfaces: readonly InterfaceFacts[]): string[] {
  return interfaces
    .filter(({ name, isEthernet, hasDefaultRoute }) => name !== inside && name !== outside && isEthernet && !hasDefaultRoute)
    .map(({ name }) => name);
}
