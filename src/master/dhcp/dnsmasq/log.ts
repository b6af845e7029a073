import { architectureOf } from '../../../domain/firmware.ts';
import type { Stage } from '../../../domain/stages.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { type MacAddress, parseMac } from '../../../domain/values/mac.ts';

/** What one line of dnsmasq's log (`log-dhcp`, to stderr) means to us. */
export type DnsmasqLine =
  | { kind: 'started' }
  | { kind: 'dhcp'; stage: Stage; interface: string; mac: MacAddress; address?: string; detail?: string }
  /** wants to boot from the network, and was not answered: no loader for its firmware (option 93) */
  | { kind: 'unanswered'; interface: string; mac: MacAddress; architecture?: number }
  /** asked, and was not answered: no network-boot client */
  | { kind: 'stranger'; interface: string; mac: MacAddress }
  | { kind: 'tftp'; address: string; file: string }
  /** the file that a machine wanted does not exist, or the transfer broke */
  | { kind: 'tftp-failed'; address: string; detail: string }
  | { kind: 'fault'; detail: string };

const DHCP_STAGES: Readonly<Record<string, Stage>> = {
  DHCPDISCOVER: 'discover',
  DHCPOFFER: 'offer',
  DHCPREQUEST: 'request',
  DHCPACK: 'ack',
};

/** Vendor classes that are kept until it is known whether their machine is answered. */
const MOST_TRANSACTIONS = 1000;

/**
 * Makes a reader of dnsmasq's log. It remembers the vendor class of each transaction, because the line that says "ignored" does not
 * tell a machine that wants to boot from others.
 */
export function dnsmasqLogReader(): (line: string) => DnsmasqLine | undefined {
  const vendorClasses = new Map<string, string>();
  return (line) => {
    const parsed = parseDnsmasqLine(line);
    const [, transaction = '', text = ''] = /^dnsmasq-dhcp(?:\[\d+\])?: (\d+) (.*)$/.exec(line.trim()) ?? [];
    const vendorClass = /^vendor class: (.*)$/.exec(text)?.[1];
    if (vendorClass !== undefined) {
      if (vendorClasses.size >= MOST_TRANSACTIONS) vendorClasses.clear();
      vendorClasses.set(transaction, vendorClass);
    }
    if (parsed?.kind !== 'stranger') return parsed;
    const wanted = vendorClasses.get(transaction) ?? '';
    vendorClasses.delete(transaction);
    if (!/^(PXE|HTTP)Client/.test(wanted)) return parsed;
    const architecture = architectureOf(wanted);
    return { ...parsed, kind: 'unanswered', ...definedOnly({ architecture }) };
  };
}

/** Reads one line of dnsmasq 2.90 by itself; undefined for lines that say nothing about a machine. */
export function parseDnsmasqLine(line: string): DnsmasqLine | undefined {
  const found = /^dnsmasq(?:-(dhcp|tftp))?(?:\[\d+\])?: (.*)$/.exec(line.trim());
  if (found === null) return undefined;
  const [, service, text = ''] = found;
  if (service === 'dhcp') return parseDhcp(text);
  if (service === 'tftp') return parseTftp(text);
  return parseGeneral(text);
}

/** `1 DHCPACK(eth0) 10.77.85.131 52:54:00:00:00:01 name`; the number is the client's transaction. */
function parseDhcp(text: string): DnsmasqLine | undefined {
  const found = /^(?:\d+ )?(DHCP[A-Z]+)\(([^)]+)\) (?:([\d.]+) )?([0-9a-f:]{17})(?: (.*))?$/.exec(text);
  if (found === null)
    return parseProxy(text) ?? (/^(?:\d+ )?no address range available/.test(text) ? { kind: 'fault', detail: text } : undefined);
  const [, verb = '', networkInterface = '', address, macText = '', rest = ''] = found;
  const mac = parseMac(macText);
  const stage = DHCP_STAGES[verb];
  if (mac === undefined) return undefined;
  if (rest.trim() === 'ignored') return { kind: 'stranger', interface: networkInterface, mac };
  if (stage === undefined) return undefined;
  const detail = /^(no address available|no leases left|address .*|wrong .*)$/.exec(rest.trim())?.[1];
  return {
    kind: 'dhcp',
    stage,
    interface: networkInterface,
    mac,
    ...definedOnly({ address, detail }),
  };
}

/**
 * ProxyDHCP: `1 PXE(eth0) 52:54:00:00:00:01 proxy` for an offer, with the machine's address in front of the MAC and the boot file behind
 * it for the answer on port 4011.
 */
function parseProxy(text: string): DnsmasqLine | undefined {
  const found = /^(?:\d+ )?PXE\(([^)]+)\) (?:([\d.]+) )?([0-9a-f:]{17}) (.*)$/.exec(text);
  if (found === null) return undefined;
  const [, networkInterface = '', address, macText = '', rest = ''] = found;
  const mac = parseMac(macText);
  if (mac === undefined) return undefined;
  if (rest.endsWith('-ignored')) return { kind: 'stranger', interface: networkInterface, mac };
  if (rest === 'proxy' || address === undefined)
    return { kind: 'dhcp', stage: 'offer', interface: networkInterface, mac, detail: PROXY_OFFER };
  return { kind: 'dhcp', stage: 'ack', interface: networkInterface, mac, address, detail: FROM_OTHER_SERVER };
}

/** How the ledger names an address that is no lease of ours. */
export const FROM_OTHER_SERVER = 'address from another DHCP server';

/** How the ledger names an offer that has no address. */
export const PROXY_OFFER = 'ProxyDHCP';

/**
 * Files that shim, GRUB and iPXE ask for without needing them: shim for newer lists of revoked versions and more certificates, GRUB for a
 * configuration of the machine's own and lists of modules, iPXE for a script beside itself. That they are not there says nothing.
 */
const OPTIONAL_FILES = /(^|\/)(revocations\w*\.efi|shim_certificate\w*\.efi|grub\.cfg-[\w.:-]+|[\w-]+\.lst|autoexec\.ipxe)$/;

function parseTftp(text: string): DnsmasqLine | undefined {
  const file = /^(?:sent|file) (.+?)(?: not found)?(?: for| to) \S+$/.exec(text)?.[1];
  if (file !== undefined && OPTIONAL_FILES.test(file)) return undefined;
  const sent = /^sent (.+) to (\S+)$/.exec(text);
  if (sent !== null) return { kind: 'tftp', file: sent[1] ?? '', address: sent[2] ?? '' };
  const missing = /^(file .+ not found) for (\S+)$/.exec(text) ?? /^(failed sending .+) to (\S+)$/.exec(text);
  return missing === null ? undefined : { kind: 'tftp-failed', detail: missing[1] ?? '', address: missing[2] ?? '' };
}

function parseGeneral(text: string): DnsmasqLine | undefined {
  if (text.startsWith('started, version')) return { kind: 'started' };
  return /^(failed to|cannot|unknown interface|FAILED|bad option)/.test(text) ? { kind: 'fault', detail: text } : undefined;
}
