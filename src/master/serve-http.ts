import type { FastifyInstance } from 'fastify';
import { ReconError } from '../domain/errors.ts';
import type { ImageManifest } from '../domain/image.ts';
import { isLoopback } from '../domain/ip-address.ts';
import { MASTER_HOST_NAME } from '../domain/network.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { type AppOptions, buildApp } from './app.ts';
import { addressHolder } from './dhcp/own-address.ts';
import { listenEverywhere } from './http/listen-everywhere.ts';
import type { RunState } from './run-state.ts';

/** Everything that the routes take, but for what follows from the image and from what is served. */
type ServeHttpInput = Omit<AppOptions, 'image' | 'version' | 'isServedAddress' | 'holdsAddress'> & {
  manifest: ImageManifest;
  /** the mounted ISO that we booted from */
  liveDirectory: string;
  /** host in the root image's URL; `bang` when missing */
  rootHost?: string;
  /** TCP port; 80 when missing, 0: a free one */
  httpPort?: number;
  /** the only address that it listens on; every one of this host when missing */
  httpAddress?: string;
  state: Pick<RunState, 'segments'>;
};

/** Starts the HTTP side; it answers on the addresses of the segments that are served at the time. @throws ReconError `busy` */
export async function serveHttp({
  manifest,
  liveDirectory,
  rootHost = MASTER_HOST_NAME,
  httpPort = 80,
  httpAddress,
  state,
  ...options
}: ServeHttpInput): Promise<FastifyInstance> {
  const app = buildApp({
    ...options,
    image: { manifest, liveDirectory, rootHost },
    version: manifest.version,
    holdsAddress: addressHolder({ leases: options.leases, segments: () => state.segments }),
    isServedAddress: (address) =>
      isLoopback(address) || state.segments.some((segment) => segment.address === address || segment.ipv6?.address === address),
  });
  const listening = httpAddress === undefined ? listenEverywhere(app, httpPort) : app.listen({ host: httpAddress, port: httpPort });
  await listening.catch((cause: unknown) => {
    throw new ReconError('busy', `HTTP port ${httpPort} cannot be used: ${messageOf(cause)}`, { cause });
  });
  return app;
}
