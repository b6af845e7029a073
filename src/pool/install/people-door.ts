import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { AskedMachine } from './machine/asked-machine.ts';
import { INSTALL_PLACES } from './text/places.ts';

/** Where people go, as the running head says it. */
export interface PeopleDoor {
  url: string;
  /** SHA-256 of the certificate, as browsers show it */
  fingerprint: string;
  /** sets the first password, once; undefined when somebody can sign in */
  link?: string;
}

const Said = z.looseObject({ url: z.string(), fingerprint: z.string() });

/** Asks the service that has just been started. `fingerprint`: of the certificate that it is to have, which it takes by itself. Undefined when it does not get that far in time: its log says why. */
export async function peopleDoor(
  machine: AskedMachine,
  { waitMs, fingerprint }: { waitMs: number; fingerprint?: string | undefined },
): Promise<PeopleDoor | undefined> {
  for (let waitedMs = 0; ; waitedMs += 500) {
    const text = await sinceStart(machine);
    const said = Said.safeParse(parsed((await machine.read(join(INSTALL_PLACES.state, 'people-side.json'))) ?? ''));
    if (
      said.success &&
      text.includes(`page and API: ${said.data.url}`) &&
      (fingerprint ?? said.data.fingerprint) === said.data.fingerprint
    ) {
      const link = /nobody can sign in yet: (\S+)/.exec(text)?.[1];
      return { url: said.data.url, fingerprint: said.data.fingerprint, ...definedOnly({ link }) };
    }
    if (waitedMs >= waitMs) return undefined;
    await delay(500);
  }
}

/** The log of the process that runs now: links of earlier starts count no more. */
async function sinceStart({ ask }: AskedMachine): Promise<string> {
  const id = (await ask(['systemctl', 'show', '--property=InvocationID', '--value', 'recon-head.service'])).text.trim();
  if (id === '') return '';
  return (await ask(['journalctl', '--no-pager', '--output=cat', `_SYSTEMD_INVOCATION_ID=${id}`])).text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
