import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { bootPaths, type ImageManifest } from '../../domain/image.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import type { LedgerEntry } from '../../domain/ledger.ts';
import type { Stage } from '../../domain/stages.ts';
import type { Leases } from '../dhcp/leases.ts';
import { isBootClient } from '../http/boot-client.ts';
import { sendFile, type TransferProgress } from '../http/send-file.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type LoaderDeps, loaderRoute } from './loader-route.ts';

export interface InstallDeps extends LoaderDeps {
  image: {
    manifest: ImageManifest;
    /** the mounted ISO */
    liveDirectory: string;
  };
  leases: Pick<Leases, 'macOf'>;
  ledger: Pick<Ledger, 'add'>;
}

/** Kernel, initrd and root image of the medium that we booted from, and the boot loaders for UEFI HTTP boot. */
export function installRoutes(app: FastifyInstance, deps: InstallDeps): void {
  const { files, architecture } = deps.image.manifest;
  const paths = bootPaths(architecture);
  const served: { name: string; sizeBytes: number; sha256: string; path: string; stage: Stage }[] = [
    { ...files.kernel, path: paths.kernel, stage: 'kernel' },
    { ...files.initrd, path: paths.initrd, stage: 'initrd' },
    ...(files.drivers === undefined ? [] : [{ ...files.drivers, path: paths.drivers, stage: 'initrd' as const }]),
    { ...files.rootImage, path: paths.rootImage, stage: 'root-image' },
  ];

  app.get(PATHS.install, async () => served.map(({ name, sizeBytes, sha256 }) => ({ name, sizeBytes, sha256 })));

  app.route<{ Params: { name: string } }>({
    method: ['GET', 'HEAD'],
    url: `${PATHS.install}:name`,
    handler: async (request, reply) => {
      const { name } = request.params;
      const file = served.find((one) => one.name === name);
      if (file === undefined) throw new ReconError('not-found', `there is no ${name} in this image`);
      const path = join(deps.image.liveDirectory, file.path);
      const { ip } = request;
      const onProgress = (progress: TransferProgress): void => noteByAddress(deps, ip, { stage: file.stage, ...progress });
      return sendFile(request, reply, { path, name, tag: file.sha256, ...(isBootClient(request) ? { onProgress } : {}) });
    },
  });

  loaderRoute(app, deps, (request, name) => {
    if (isBootClient(request)) noteByAddress(deps, request.ip, { stage: 'loader', detail: `${name} over HTTP` });
  });
}

/** Notes a stage of the machine behind a client address, when that machine is known. */
function noteByAddress({ leases, ledger }: InstallDeps, address: string, entry: Omit<LedgerEntry, 'mac'>): void {
  const mac = leases.macOf(address);
  if (mac !== undefined) ledger.add({ mac, address: plainAddress(address), ...entry });
}
