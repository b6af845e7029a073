import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import { loaderRoute } from '../../master/boot/loader-route.ts';
import { sendFile } from '../../master/http/send-file.ts';
import { nodeAt } from '../decide/known-node.ts';
import type { Asker } from '../history/boot-book.ts';
import { insideFolder } from './inside-folder.ts';
import type { MachinesDeps } from './machines-deps.ts';
import { noteDelivered } from './note-delivered.ts';

type Deps = Pick<MachinesDeps, 'pool' | 'leases' | 'images' | 'filesDirectory' | 'loaderDirectory' | 'book' | 'onOnceOver'>;

/** Images, which never change; files that profiles name; boot loaders. */
export function fileRoutes(app: FastifyInstance, deps: Deps): void {
  app.route<{ Params: { name: string; version: string; file: string } }>({
    method: ['GET', 'HEAD'],
    url: '/images/:name/:version/:file',
    handler: async (request, reply) => {
      const { name, version, file } = request.params;
      const image = /^[1-9]\d{0,8}$/.test(version) ? await deps.images.find(name, Number(version)) : undefined;
      const entry = image?.files.get(file);
      const isManifest = file === 'manifest.json';
      if (image === undefined || (entry === undefined && !isManifest))
        throw new ReconError('not-found', `there is no ${file} of ${name}@${version} here`);
      void reply.header('cache-control', 'public, max-age=31536000, immutable');
      const tag = entry === undefined ? {} : { tag: entry.sha256 };
      return sendFile(request, reply, { path: join(image.directory, file), name: file, ...tag }).catch(withoutCaching(reply));
    },
  });
  app.route<{ Params: { name: string; '*': string } }>({
    method: ['GET', 'HEAD'],
    url: '/profiles/:name/*',
    handler: async (request, reply) => {
      const { name, '*': source } = request.params;
      const profile = deps.pool().profiles.get(name);
      // files/ also holds what only a token opens: of it only what a profile boots is given to anybody
      if (profile === undefined || !sourcesOf(profile).includes(source)) throw new ReconError('not-found', `${name} boots no such file`);
      const path = await insideFolder(deps.filesDirectory, source);
      const asker = askerAt(deps, plainAddress(request.ip));
      if (request.method === 'GET' && asker !== undefined && source === lastSource(profile))
        reply.raw.once('finish', () => {
          if (reply.statusCode < 300 && deps.book.of(asker)?.script?.choice === name) noteDelivered(deps, asker);
        });
      return sendFile(request, reply, { path, name: source });
    },
  });
  loaderRoute(app, deps);
}

/** A refusal must not be kept by a cache for a year. */
function withoutCaching(reply: FastifyReply): (error: unknown) => never {
  return (error) => {
    void reply.header('cache-control', 'no-store');
    throw error;
  };
}

function sourcesOf(profile: Profile): string[] {
  if (profile.kind === 'linux') return [...profile.initrd, profile.kernel];
  return profile.kind === 'iso' ? [profile.iso] : profile.kind === 'script' ? [profile.script] : [];
}

function lastSource(profile: Profile): string | undefined {
  return sourcesOf(profile).at(-1);
}

function askerAt({ pool, leases }: Deps, address: string): Asker | undefined {
  const all = pool();
  const node = nodeAt(all, address);
  const mac = node === undefined ? leases.leaseHolder(address) : all.nodes.get(node)?.macs[0];
  return mac === undefined ? undefined : { mac, node };
}
