import { z } from 'zod';
import { TOKEN_FILE } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { MacAddress } from '../domain/values/mac.ts';
import type { PeerDeps, PeerSettings } from './deps.ts';

/** Where a peer keeps what must survive a restart of its service, but not of the machine. */
export const RUN_DIRECTORY = '/run/recon';

/** Where a workload that is not root asks its warden. */
export const WARDEN_VARIABLE = 'RECON_WARDEN';

/** The environment of the workload in post.tgz; its own collectors may rely on these names. */
export function environmentOf(settings: PeerSettings & Pick<PeerDeps, 'warden'>): Record<string, string> {
  return {
    RECON_MASTER_URL: settings.masterUrl,
    RECON_BOOT_MAC: settings.bootMac,
    RECON_NODE: settings.nodePath,
    RECON_TOKEN_FILE: settings.tokenFile,
    RECON_RUN_DIRECTORY: settings.runDirectory,
    ...(settings.warden === undefined ? {} : { [WARDEN_VARIABLE]: settings.warden.socket }),
  };
}

const Environment = z.object({
  RECON_MASTER_URL: z.url({ protocol: /^http$/ }),
  RECON_BOOT_MAC: MacAddress,
  RECON_NODE: z.string().min(1).default(process.execPath),
  RECON_TOKEN_FILE: z.string().min(1).default(TOKEN_FILE),
  RECON_RUN_DIRECTORY: z.string().min(1).default(RUN_DIRECTORY),
});

/**
 * The settings of `recon peer-work` from its environment.
 * @throws ReconError `usage` that names the variable
 */
export function settingsFromEnvironment(environment: Record<string, string | undefined>): PeerSettings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ReconError('usage', `${issue?.path.join('.') ?? 'the environment'}: ${issue?.message ?? 'wrong'}`, {
      hint: '`recon peer` sets it for the workload in post.tgz. To inventory this machine without a master: recon capture DIR.',
    });
  }
  return {
    masterUrl: parsed.data.RECON_MASTER_URL.replace(/\/+$/, ''),
    bootMac: parsed.data.RECON_BOOT_MAC,
    nodePath: parsed.data.RECON_NODE,
    tokenFile: parsed.data.RECON_TOKEN_FILE,
    runDirectory: parsed.data.RECON_RUN_DIRECTORY,
  };
}
