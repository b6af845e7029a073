import { ReconError } from '../../../domain/errors.ts';
import type { HeadMachine } from '../machine/head-machine.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import { forwardingText, natServiceText, natTableText } from '../text/nat-files.ts';
import { INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';
import { removeOwnFile, writeOwnFile } from './own-file.ts';
import { enableUnit, reloadUnits } from './units.ts';

const NAT_UNIT = 'recon-nat.service';

/** NAT and forwarding, where they are asked for; taken away where they are not. */
export async function openWayOut(machine: HeadMachine, plan: HeadPlan): Promise<Done> {
  if (!plan.isNat) return doneOf(await closeWayOut(machine, plan), 'none, as asked');
  if (plan.public === undefined) throw new ReconError('usage', '--nat needs a way out', { hint: '--public eth0' });
  const sides = { private: plan.private, public: plan.public, subnet: plan.subnet };
  const done: string[] = [];
  const table = await writeOwnFile(machine, INSTALL_PLACES.natTable, natTableText(sides));
  const unit = await writeOwnFile(machine, INSTALL_PLACES.natService, natServiceText());
  const forwarding = await writeOwnFile(machine, INSTALL_PLACES.forwarding, forwardingText(sides));
  done.push(...[table, unit, forwarding].filter((text) => text !== undefined));
  if (machine.isBooted && (forwarding !== undefined || !(await forwards(machine, sides))))
    await machine.run(['sysctl', '--quiet', '--load', INSTALL_PLACES.forwarding]);
  if (unit !== undefined) await reloadUnits(machine);
  if (await enableUnit(machine, NAT_UNIT, table !== undefined || unit !== undefined)) done.push(`${NAT_UNIT} loads it`);
  return doneOf(done);
}

/** What an install would write for a way out between these sides; nothing where they are not known. */
function wayOutTexts(plan: HeadPlan | undefined): Map<string, string> {
  if (plan?.public === undefined) return new Map();
  const sides = { private: plan.private, public: plan.public, subnet: plan.subnet };
  return new Map([
    [INSTALL_PLACES.natTable, natTableText(sides)],
    [INSTALL_PLACES.natService, natServiceText()],
    [INSTALL_PLACES.forwarding, forwardingText(sides)],
  ]);
}

/** An install may have been killed after it wrote the file. */
async function forwards({ read }: HeadMachine, sides: { private: string; public: string }): Promise<boolean> {
  const values = await Promise.all([sides.private, sides.public].map((name) => read(`/proc/sys/net/ipv4/conf/${name}/forwarding`)));
  return values.every((value) => value?.trim() === '1');
}

/** Gives back what was changed; what was done. Forwarding of the two interfaces ends unless the server forwarded everything before. */
export async function closeWayOut(machine: HeadMachine, plan: HeadPlan | undefined): Promise<string[]> {
  const done: string[] = [];
  const forwarding = await machine.read(INSTALL_PLACES.forwarding);
  const expected = wayOutTexts(plan);
  const take = async (path: string): Promise<void> => {
    const removed = await removeOwnFile(machine, path, expected.get(path));
    if (removed !== undefined) done.push(removed);
  };
  if (await machine.exists(INSTALL_PLACES.natService)) {
    if (machine.isBooted) await machine.run(['systemctl', 'disable', '--now', '--quiet', NAT_UNIT]);
    else await machine.run(['systemctl', 'disable', '--quiet', NAT_UNIT], { environment: { SYSTEMD_OFFLINE: '1' } });
    await take(INSTALL_PLACES.natService);
    await reloadUnits(machine);
  }
  await take(INSTALL_PLACES.natTable);
  if (forwarding === undefined) return done;
  await take(INSTALL_PLACES.forwarding);
  done.push('forwarding is off again');
  const everywhere = (await machine.read('/proc/sys/net/ipv4/ip_forward'))?.trim();
  if (!machine.isBooted || everywhere === '1') return done;
  for (const [, key] of forwarding.matchAll(/^(net\/\S+) = 1$/gm)) {
    // the interface may be gone by now
    await machine.run(['sysctl', '--quiet', '--ignore', '--write', `${key}=0`]).catch(() => {});
  }
  return done;
}
