import { z } from 'zod';
import { isIpAddress } from './ip-address.ts';
import { NetworkSettings } from './network-settings.ts';
import { EncryptTo } from './values/age-recipient.ts';
import { MacAddress } from './values/mac.ts';

/** Name of the settings file in the root of RECONDATA. */
export const SITE_SETTINGS_FILE = 'recon.yaml';

/** Which visit a start of the stick is of, when the person says it. */
export const VisitSetting = z.enum(['auto', 'continue']);
export type VisitSetting = z.infer<typeof VisitSetting>;

export const ListedMachine = z
  .strictObject({
    mac: MacAddress.exactOptional().meta({ description: 'address of any of its network ports, or of its BMC' }),
    serial: z.string().min(1).max(100).exactOptional().meta({ description: 'serial number or service tag' }),
    uuid: z.string().min(1).max(100).exactOptional().meta({ description: 'UUID of the system' }),
    assetTag: z.string().min(1).max(100).exactOptional().meta({ description: 'label that its owner gave it' }),
    bmcAddress: z.string().refine(isIpAddress, 'not an IP address').exactOptional().meta({ description: 'IP address of its BMC' }),
    name: z.string().min(1).max(100).exactOptional().meta({ description: 'what you call it' }),
  })
  .refine(
    ({ mac, serial, uuid, assetTag, bmcAddress }) => [mac, serial, uuid, assetTag, bmcAddress].some((one) => one !== undefined),
    'a machine needs a mac or a serial',
  );

/**
 * `recon.yaml` on RECONDATA. Everything is optional, and a key that is not known here is an error: a person wrote it and meant
 * something by it.
 */
export const SiteSettings = z
  .strictObject({
    site: z
      .string()
      .min(1)
      .max(60)
      .exactOptional()
      .meta({ description: 'name of this place; part of the name of the tarball', example: 'hall-3' }),
    visit: VisitSetting.exactOptional().meta({
      description:
        'auto (default): a start on another day or at another machine begins a new visit. Then every machine is inventoried anew; the records of earlier visits stay on the stick and count for nothing. continue: go on with the last visit, whenever and wherever that was',
      example: 'auto',
    }),
    mode: NetworkSettings.shape.mode.unwrap().exactOptional().meta({
      description:
        'own-dhcp (default): serve each quiet network. proxy-dhcp: where another DHCP server is, add only what network boot needs. look-only: serve nothing, inventory this machine only',
      example: 'own-dhcp',
    }),
    subnet: z.string().exactOptional().meta({
      description: 'network of the first segment, from /8 to /29; further segments get the networks behind it. Default 10.77.0.0/16',
      example: '10.77.0.0/16',
    }),
    address: z
      .string()
      .exactOptional()
      .meta({ description: 'proxy-dhcp only: a free address of that network for this machine', example: '192.0.2.5/24' }),
    vlan: z
      .int()
      .min(1)
      .max(4094)
      .exactOptional()
      .meta({ description: 'serve inside this VLAN, on ports that carry it tagged', example: 120 }),
    interfaces: z
      .array(z.string().regex(/^[^\s/]{1,17}$/))
      .min(1)
      .exactOptional()
      .meta({ description: 'serve on these only, by kernel name or MAC address. Default: on each that is quiet', example: ['eno1'] }),
    ipv6: z.boolean().exactOptional().meta({ description: 'own-dhcp only: network boot over IPv6 too. Default true', example: true }),
    expected: z
      .strictObject({
        count: z
          .int()
          .min(1)
          .max(100_000)
          .exactOptional()
          .meta({ description: 'how many machines there are, this one included', example: 40 }),
        file: z
          .string()
          .regex(/^[^/\\]{1,100}$/, 'a file in the root of RECONDATA, without a path')
          .exactOptional()
          .meta({
            description: 'CSV file beside this one: a MAC address or a serial number per line, or columns mac, serial, name',
            example: 'expected.csv',
          }),
        machines: z
          .array(ListedMachine)
          .max(100_000)
          .exactOptional()
          .meta({ description: 'the same here', example: [{ serial: 'ABC1234', name: 'rack 4 unit 12' }] }),
      })
      .exactOptional()
      .meta({ description: 'what should be found; the page and the report then say what did not arrive' }),
    limits: z
      .strictObject({
        discoveryMinutes: z
          .int()
          .min(1)
          .max(60 * 24 * 7)
          .exactOptional()
          .meta({ description: 'answer no new machine after this time. Default: no end', example: 240 }),
        machines: z
          .int()
          .min(1)
          .max(20_000)
          .exactOptional()
          .meta({ description: 'answer no new machine once so many have their receipt. Default: no end', example: 200 }),
        quietMinutes: z
          .number()
          .min(0.1)
          .max(120)
          .exactOptional()
          .meta({ description: 'make the tarball when nothing has happened for this time. Default 2', example: 2 }),
        captureSeconds: z
          .int()
          .min(30)
          .max(3600)
          .exactOptional()
          .meta({ description: "time for a machine's whole inventory. Default 180", example: 180 }),
      })
      .exactOptional()
      .meta({ description: 'when things end' }),
    ssh: z
      .strictObject({
        authorizedKey: z
          .string()
          .regex(
            /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+( [\x20-\x7e]*)?$/,
            'not a public key of OpenSSH',
          )
          .meta({
            description: 'public key that may log in as root on this machine and on all peers',
            example: 'ssh-ed25519 AAAA… you@laptop',
          }),
      })
      .exactOptional()
      .meta({ description: 'remote login, off without this' }),
    encryptTo: EncryptTo.exactOptional().meta({
      description:
        'public key of age (age-keygen): the tarball is encrypted to it, and only who has the other half can read it. none: not encrypted, even if the image was built with a key. records/ and ledger.jsonl on the stick stay readable without encryptRecords',
      example: 'age1…',
    }),
    keepRecords: z.boolean().exactOptional().meta({
      description:
        'false, with encryption only: at power-off, once the tarball is on the stick and was read back, records/, partial/ and ledger.jsonl of this visit are overwritten and removed. Whoever loses the identity has nothing then. Default true',
      example: true,
    }),
    encryptRecords: z.boolean().exactOptional().meta({
      description:
        'true, with encryption only: records and ledger are encrypted as they arrive, and nothing of a machine can be read on the stick at any time; the master keeps them in its RAM meanwhile. Without a tarball, recon recover --identity opens them. Default false',
      example: false,
    }),
    grow: z.boolean().exactOptional().meta({
      description:
        'false: RECONDATA stays as large as the image made it. Otherwise it is given all of the stick at the first start of a master, before anything is stored. Default true',
      example: true,
    }),
    tools: z
      .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,60}$/))
      .exactOptional()
      .meta({
        description: 'programs in the folder tools/ that must be there, such as storcli64; all that are there are used anyway',
        example: ['storcli64'],
      }),
  })
  .check((context) => {
    const { mode, address, subnet } = context.value;
    const fault = (path: PropertyKey[], message: string): void =>
      void context.issues.push({ code: 'custom', path, message, input: context.value });
    const network = NetworkSettings.safeParse(networkKeys(context.value));
    for (const issue of network.error?.issues ?? []) fault(issue.path, issue.message);
    if (mode !== 'proxy-dhcp' && address !== undefined)
      fault(['address'], 'is for mode proxy-dhcp only; own networks are chosen by `subnet`');
    if (mode === 'proxy-dhcp' && subnet !== undefined)
      fault(['subnet'], 'is for mode own-dhcp only; in proxy-dhcp the network is that of `address`');
  });
export type SiteSettings = z.infer<typeof SiteSettings>;

/** What the settings say of networks, with our defaults for the rest. */
export function networkSettings(settings: SiteSettings): NetworkSettings {
  return NetworkSettings.parse(networkKeys(settings));
}

function networkKeys(settings: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key in NetworkSettings.shape));
}
