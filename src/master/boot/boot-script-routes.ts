import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PATHS } from '../../domain/api.ts';
import type { EarlyFacts } from '../../domain/early-facts.ts';
import { ReconError } from '../../domain/errors.ts';
import type { ImageManifest } from '../../domain/image.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import { startMemoryBytes } from '../../domain/ram-needs.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { bootsWithRareDrivers } from '../../domain/values/rare-cards.ts';
import { fitsRecord } from '../../judge/identity/fits-record.ts';
import type { StoredRevision } from '../../records/revisions.ts';
import type { Leases } from '../dhcp/leases.ts';
import { type HoldsAddress, requireOwnAddress } from '../dhcp/own-address.ts';
import { requireBootClient } from '../http/boot-client.ts';
import { clientKey } from '../http/client-network.ts';
import { headThenGet } from '../http/head-then-get.ts';
import type { MasterLimits } from '../http/limits.ts';
import { machineOf } from '../http/machine-parameter.ts';
import { rateLimit } from '../http/rate-limit.ts';
import type { Store } from '../intake/store.ts';
import type { Tokens } from '../intake/tokens.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { notingRefused } from '../ledger/note-refused.ts';
import { bootFactsOf } from './boot-facts.ts';
import { grubBootScript, grubStoredScript, grubTooSmallScript } from './grub.ts';
import { AGAIN, type BootImage, bootScript, menuScript, storedScript, tooSmallScript } from './ipxe.ts';
import { INVENTORY, type OtherBoots, type ScriptLoader } from './other-boots.ts';
import { isQuietVisit } from './quiet-visit.ts';

/** The body says only what the route needs; boot-facts.ts reads the rest. */
const BootQuery = z.looseObject({
  buildarch: z.string().max(40).optional().catch(undefined),
  [AGAIN]: z.string().max(1).optional().catch(undefined),
  [INVENTORY]: z.string().max(1).optional().catch(undefined),
});

export interface BootScriptDeps {
  image: {
    manifest: ImageManifest;
    /** host name of the root image's URL; the master's address where peers cannot resolve names */
    rootHost: string;
  };
  leases: Pick<Leases, 'addressOf' | 'leaseHolder' | 'presume'>;
  holdsAddress: HoldsAddress;
  ledger: Pick<Ledger, 'add' | 'hasRoomFor' | 'machine'>;
  store: Pick<Store, 'candidates' | 'latest'>;
  tokens: Pick<Tokens, 'mint'>;
  limits: Pick<MasterLimits, 'scriptBurst' | 'scriptsPerSecond' | 'machines'>;
  /** missing: every machine is inventoried */
  otherBoots?: Pick<OtherBoots, 'bootOf'> | undefined;
}

/** `menu.ipxe`, and each machine's own script, for iPXE and for GRUB under Secure Boot. */
export function bootScriptRoutes(
  app: FastifyInstance,
  { image, leases, holdsAddress, ledger, store, tokens, limits, otherBoots }: BootScriptDeps,
): void {
  const { manifest, rootHost } = image;
  const { scriptBurst: burst, scriptsPerSecond: perSecond, machines: keys } = limits;
  const perAddress = rateLimit({ burst, perSecond, keys });
  /** Nobody gets another machine's token, and nobody may make up machines without end. */
  const admit = (mac: MacAddress, address: string): void => {
    requireOwnAddress(leases, mac, address);
    // leased addresses of one /64 are as many machines
    if (!perAddress.take(leases.leaseHolder(address) === undefined ? clientKey(address) : address))
      throw new ReconError('busy', `${address} asks for scripts too often`, { hint: 'Wait a minute.' });
    if (!ledger.hasRoomFor(mac)) throw new ReconError('busy', 'the master knows as many machines as it can');
  };
  app.get(PATHS.menu, async (request, reply) => reply.type('text/plain').send(menuScript({ base: ourUrl(request).base })));

  const answer =
    (write: Writer) =>
    async (request: FastifyRequest): Promise<string> => {
      requireBootClient(request);
      const mac = machineOf(request.params);
      const query = BootQuery.parse(request.query);
      const client = plainAddress(request.ip);
      await notingRefused(ledger, { mac, holder: leases.leaseHolder(client), address: client, stage: 'script' }, () => admit(mac, client));
      const { base, address, port } = ourUrl(request);
      const facts = bootFactsOf(query);
      const other = query[INVENTORY] === undefined ? await otherBoots?.bootOf(request, write.loader) : undefined;
      if (other !== undefined) {
        ledger.add({ mac, stage: 'handover', address: client, detail: `boots ${other.choice}`, ...definedOnly({ facts }) });
        return other.script;
      }
      const isLeased = await holdsAddress(mac, client);
      const candidates = query[AGAIN] === undefined ? store.candidates(mac) : [];
      // any record may name any port, and two machines may share an adapter: only the firmware's own words tell whose it is; and the machine itself brings one in
      // the place of a stranger's
      const stored = candidates.find(
        (one) => !(isLeased && one.receipt?.unleased === true) && fitsRecord(facts, one.facts.keys) === 'fits',
      );
      if (stored !== undefined) {
        noteOwnDisk(ledger, stored, { mac, address: client, ...definedOnly({ facts }) });
        return write.stored({ mac, base, revision: stored.revision });
      }
      await tokens.mint(mac, client, isLeased);
      // iPXE in a ROM with an address from elsewhere never showed up in our DHCP log
      if (leases.addressOf(mac) === undefined) leases.presume(mac, client);
      const unleased = isLeased ? undefined : (true as const);
      const detail = `${doubtWords(facts, candidates, mac)}${factWords(facts)}`;
      ledger.add({ mac, stage: 'script', address: client, detail, ...definedOnly({ facts, unleased }) });
      const { withRareDrivers, neededBytes } = whatIsLoaded(manifest, facts);
      if (facts?.memoryBytes !== undefined && facts.memoryBytes < neededBytes)
        return write.tooSmall({ mac, memoryBytes: facts.memoryBytes, neededBytes });
      const place = { base, masterAddress: address, rootBase: `http://${rootHost}${port}`, isQuiet: isQuietVisit(store.latest()) };
      return write.boot({ mac, ...place, image: bootImage(manifest), withRareDrivers, buildArchitecture: query.buildarch });
    };
  const ipxe = answer({ loader: 'ipxe', stored: storedScript, tooSmall: tooSmallScript, boot: bootScript });
  const grub = answer({ loader: 'grub', stored: grubStoredScript, tooSmall: grubTooSmallScript, boot: grubBootScript });
  app.get('/nodes/:mac/boot.ipxe', headThenGet(ipxe));
  app.route({ method: ['GET', 'HEAD'], url: '/nodes/:mac/boot.grub', handler: headThenGet(grub) });
}

/** Puts what was decided into the words of a loader. */
interface Writer {
  loader: ScriptLoader;
  stored: typeof storedScript;
  tooSmall: typeof tooSmallScript;
  boot: typeof bootScript;
}

/** A record is stored under this address, and the request does not show that it is this machine's. */
function doubtWords(facts: EarlyFacts | undefined, candidates: readonly StoredRevision[], mac: MacAddress): string {
  const standing = candidates.find((one) => one.mac === mac) ?? candidates[0];
  if (standing === undefined) return '';
  const name = standing.facts.identity.serial ?? standing.mac;
  return fitsRecord(facts, standing.facts.keys) === 'differs'
    ? `another machine than ${name}, whose record is stored: `
    : `does not say if it is ${name}, whose record is stored: `;
}

function factWords({ vendor, product, serial, platform, buildArchitecture, secureBoot }: EarlyFacts = {}): string {
  const words = [vendor, product, serial, platform, buildArchitecture, secureBoot === true ? 'Secure Boot' : undefined];
  return words.filter((word) => word !== undefined).join(' ');
}

/** Whether the archive of rare drivers is loaded, and the memory with which kernel and initrds start at all. */
function whatIsLoaded(
  { rareCards = [], files }: ImageManifest,
  facts: EarlyFacts | undefined,
): { withRareDrivers: boolean; neededBytes: number } {
  const withRareDrivers = bootsWithRareDrivers(rareCards, facts?.nicPciId);
  const initrdBytes = files.initrd.sizeBytes + (withRareDrivers ? (files.drivers?.sizeBytes ?? 0) : 0);
  return { withRareDrivers, neededBytes: startMemoryBytes({ kernelBytes: files.kernel.sizeBytes, initrdBytes }) };
}

function bootImage({ version, architecture, files: { kernel, initrd, drivers, rootImage } }: ImageManifest): BootImage {
  const { name, sha256: rootSha256, sizeBytes: rootSizeBytes } = rootImage;
  return {
    version,
    kernel: kernel.name,
    initrd: initrd.name,
    ...definedOnly({ architecture, drivers }),
    rootImage: name,
    rootSha256,
    rootSizeBytes,
  };
}

/** Under the address that the record came by, also when the machine boots from another port; one that asked for an address says now who it is. */
function noteOwnDisk(
  ledger: Pick<Ledger, 'add' | 'machine'>,
  { mac, revision }: StoredRevision,
  asked: { mac: MacAddress; address: string; facts?: EarlyFacts },
): void {
  const port = asked.mac === mac ? '' : `, asked from its port ${asked.mac}`;
  if (port !== '' && ledger.machine(asked.mac) !== undefined) ledger.add({ ...asked, stage: 'own-disk', detail: `a port of ${mac}` });
  ledger.add({ mac, stage: 'own-disk', address: asked.address, detail: `revision ${revision} is stored${port}` });
}

/** The address at which the client reached us is the one in its own segment. */
function ourUrl({ socket }: FastifyRequest): { base: string; address: string; port: string } {
  const address = plainAddress(socket.localAddress ?? '127.0.0.1');
  const port = socket.localPort === undefined || socket.localPort === 80 ? '' : `:${socket.localPort}`;
  return { base: `http://${address.includes(':') ? `[${address}]` : address}${port}`, address, port };
}
