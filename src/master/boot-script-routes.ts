import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PATHS } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import type { AppDeps } from './app-deps.ts';
import { bootScript, menuScript } from './ipxe.ts';
import { machineOf } from './machine-parameter.ts';
import { tokenArchive } from './token-archive.ts';

/** What iPXE tells about the machine; all of it may be missing or odd. */
const BootQuery = z.looseObject({
  uuid: z.string().max(100).optional().catch(undefined),
  serial: z.string().max(200).optional().catch(undefined),
  product: z.string().max(200).optional().catch(undefined),
  manufacturer: z.string().max(200).optional().catch(undefined),
  buildarch: z.string().max(40).optional().catch(undefined),
  platform: z.string().max(40).optional().catch(undefined),
});

/** `menu.ipxe`, and each machine's own script and token. */
export function bootScriptRoutes(app: FastifyInstance, { manifest, ledger, leases, tokens, rootHost }: AppDeps): void {
  app.get(PATHS.menu, async (request, reply) => reply.type('text/plain').send(menuScript({ base: ourUrl(request).base })));

  app.get('/nodes/:mac/boot.ipxe', async (request, reply) => {
    const mac = machineOf(request.params);
    const query = BootQuery.parse(request.query);
    await tokens.mint(mac);
    // iPXE in a ROM with an address from elsewhere never showed up in our DHCP log
    if (leases.addressOf(mac) === undefined && /^\d/.test(request.ip)) await leases.add(mac, request.ip);
    const facts = [query.manufacturer, query.product, query.serial, query.platform, query.buildarch];
    ledger.add({ mac, stage: 'script', address: request.ip.replace(/^::ffff:/, ''), detail: facts.filter(Boolean).join(' ') });
    const { base, address, port } = ourUrl(request);
    const { kernel, initrd, rootImage } = manifest.files;
    const script = bootScript({
      mac,
      base,
      masterAddress: address,
      rootBase: `http://${rootHost}${port}`,
      image: {
        version: manifest.version,
        kernel: kernel.name,
        initrd: initrd.name,
        rootImage: rootImage.name,
        rootSha256: rootImage.sha256,
        rootSizeBytes: rootImage.sizeBytes,
      },
      buildArchitecture: query.buildarch,
    });
    return reply.type('text/plain').header('cache-control', 'no-store').send(script);
  });

  app.get('/nodes/:mac/token.cpio', async (request, reply) => {
    const mac = machineOf(request.params);
    const token = tokens.newest(mac);
    const owner = leases.macOf(request.ip);
    if (token === undefined) throw new ReconError('not-found', `${mac} has not asked for its boot script`);
    if (owner !== undefined && owner !== mac) throw new ReconError('forbidden', `${request.ip} is ${owner}, not ${mac}`);
    return reply.type('application/octet-stream').header('cache-control', 'no-store').send(tokenArchive(token));
  });
}

/** The address at which the client reached us is the one in its own segment. */
function ourUrl({ socket }: FastifyRequest): { base: string; address: string; port: string } {
  const address = (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  const port = socket.localPort === undefined || socket.localPort === 80 ? '' : `:${socket.localPort}`;
  return { base: `http://${address.includes(':') ? `[${address}]` : address}${port}`, address, port };
}
