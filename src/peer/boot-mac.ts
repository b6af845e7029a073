import { join } from 'node:path';
import { z } from 'zod';
import { isIpAddress } from '../domain/ip-address.ts';
import { type MacAddress, parseMac } from '../domain/values/mac.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import type { RunCommand } from './capture/runner.ts';

const COMMAND_MS = 10_000;
const Routes = z.array(z.looseObject({ dev: z.string().regex(/^[^/]+$/) }));

/** MAC address of the interface that leads to the master, for a boot loader that gave no BOOTIF. Undefined when no route does. */
export async function findBootMac(masterUrl: string, deps: { run: RunCommand; root: string }): Promise<MacAddress | undefined> {
  const address = await addressOf(new URL(masterUrl).hostname.replace(/^\[|\]$/g, ''), deps.run);
  if (address === undefined) return undefined;
  const route = await deps.run(['ip', '-j', 'route', 'get', address], { timeoutMs: COMMAND_MS });
  const dev = route.status === 'ok' ? deviceOf(route.stdout.toString('utf8')) : undefined;
  if (dev === undefined) return undefined;
  return parseMac((await readOrUndefined(join(deps.root, 'sys/class/net', dev, 'address')))?.toString('utf8') ?? '');
}

async function addressOf(host: string, run: RunCommand): Promise<string | undefined> {
  if (isIpAddress(host)) return host;
  const found = await run(['getent', 'ahosts', host], { timeoutMs: COMMAND_MS });
  return found.stdout.toString('utf8').split(/\s/)[0] || undefined;
}

/** The interface in the output of `ip -j route get`. */
function deviceOf(json: string): string | undefined {
  try {
    return Routes.parse(JSON.parse(json))[0]?.dev;
  } catch {
    return undefined;
  }
}
