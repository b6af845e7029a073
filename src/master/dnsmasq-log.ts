import { type MacAddress, parseMac } from '../domain/mac.ts';
import type { Stage } from '../domain/stages.ts';

/** What one line of dnsmasq's log (`log-dhcp`, to stderr) means to us. */
export type DnsmasqLine =
  | { kind: 'started' }
  | { kind: 'dhcp'; stage: Stage; interface: string; mac: MacAddress; address?: string; detail?: string }
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

/** Reads one line of dnsmasq 2.90; undefined for lines that say nothing about a machine. */
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
  const found = /^(?:\d+ )?(DHCP[A-Z]+)\(([^)]+)\) (?:(\d+\.\d+\.\d+\.\d+) )?([0-9a-f:]{17})(?: (.*))?$/.exec(text);
  if (found === null) return /^(?:\d+ )?no address range available/.test(text) ? { kind: 'fault', detail: text } : undefined;
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
    ...(address === undefined ? {} : { address }),
    ...(detail === undefined ? {} : { detail }),
  };
}

function parseTftp(text: string): DnsmasqLine | undefined {
  const sent = /^sent (.+) to (\S+)$/.exec(text);
  if (sent !== null) return { kind: 'tftp', file: sent[1] ?? '', address: sent[2] ?? '' };
  const missing = /^(file .+ not found) for (\S+)$/.exec(text) ?? /^(failed sending .+) to (\S+)$/.exec(text);
  return missing === null ? undefined : { kind: 'tftp-failed', detail: missing[1] ?? '', address: missing[2] ?? '' };
}

function parseGeneral(text: string): DnsmasqLine | undefined {
  if (text.startsWith('started, version')) return { kind: 'started' };
  return /^(failed to|cannot|unknown interface|FAILED|bad option)/.test(text) ? { kind: 'fault', detail: text } : undefined;
}
